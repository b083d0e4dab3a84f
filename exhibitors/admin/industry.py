"""Industries at the desk."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.models import Industry


class IndustryAdmin(EditionRowAdmin):
    list_display = ["__str__", "slug", "position", "edition", "exhibitor_total", "page_link"]
    list_editable = ["position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    ordering = ["-edition__slug", "position", "slug"]
    search_fields = ["slug", "name_ko", "name_en"]
    search_help_text = _("Name or address")
    fields = ["edition", ("slug", "position"), ("name_ko", "name_en")]

    def view_on_site(self, industry: Industry) -> str:
        return industry.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Industry]:
        return super().get_queryset(request).annotate(exhibitor_count=Count("exhibitor_links"))

    @admin.display(description=_("exhibitors"), ordering="exhibitor_count")
    def exhibitor_total(self, industry: Any) -> SafeString:
        address = reverse("admin:exhibitors_exhibitor_changelist")
        return format_html(
            '<a href="{}?edition={}&industry={}">{}</a>',
            address,
            industry.edition_id,
            industry.pk,
            industry.exhibitor_count,
        )
