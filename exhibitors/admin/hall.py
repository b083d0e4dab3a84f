"""Themes and halls at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.filters import EditionFilter, ThemeFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.models import Hall, Theme


class ThemeAdmin(EditionRowAdmin):
    list_display = ["__str__", "code", "position", "edition", "hall_total", "page_link"]
    list_editable = ["position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    ordering = ["-edition__slug", "position", "code"]
    search_fields = ["code", "name_ko", "name_en"]
    search_help_text = _("Name or code")
    fieldsets = [
        (None, {"fields": ["edition", ("code", "position")]}),
        (_("In Korean"), {"fields": ["name_ko", "description_ko"]}),
        (_("In English"), {"fields": ["name_en", "description_en"]}),
    ]

    def view_on_site(self, theme: Theme) -> str:
        return theme.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Theme]:
        return super().get_queryset(request).annotate(hall_count=Count("halls"))

    @admin.display(description=_("halls"), ordering="hall_count")
    def hall_total(self, theme: Any) -> int:
        return int(theme.hall_count)


class HallAdmin(EditionRowAdmin):
    list_display = [
        "__str__",
        "code",
        "position",
        "edition",
        "theme",
        "colour",
        "booth_total",
        "exhibitor_total",
        "sample_mark",
        "page_link",
    ]
    list_editable = ["position"]
    list_filter = [EditionFilter, ThemeFilter]
    list_select_related = ["edition", "theme"]
    ordering = ["-edition__slug", "position", "code"]
    search_fields = ["code", "name_ko", "name_en", "theme__name_ko", "theme__name_en"]
    search_help_text = _("Name, code or theme")
    autocomplete_fields = ["theme"]
    fieldsets = [
        (None, {"fields": ["edition", "theme", ("code", "position"), "colour"]}),
        (_("In Korean"), {"fields": ["name_ko", "description_ko"]}),
        (_("In English"), {"fields": ["name_en", "description_en"]}),
    ]

    def view_on_site(self, hall: Hall) -> str:
        return hall.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hall]:
        return (
            super()
            .get_queryset(request)
            .annotate(
                booth_count=Count("booths", distinct=True),
                exhibitor_count=Count("booths__assignments__exhibitor", distinct=True),
            )
        )

    @admin.display(description=_("booths"), ordering="booth_count")
    def booth_total(self, hall: Any) -> SafeString:
        address = reverse("admin:exhibitors_booth_changelist")
        return _count_link(address, hall, hall.booth_count)

    @admin.display(description=_("exhibitors"), ordering="exhibitor_count")
    def exhibitor_total(self, hall: Any) -> SafeString:
        address = reverse("admin:exhibitors_exhibitor_changelist")
        return _count_link(address, hall, hall.exhibitor_count)


def _count_link(address: str, hall: Hall, count: int) -> SafeString:
    return format_html('<a href="{}?edition={}&hall={}">{}</a>', address, hall.edition_id, hall.pk, count)
