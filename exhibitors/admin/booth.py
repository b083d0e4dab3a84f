"""Booths at the desk."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exhibitors.admin import new_booths, renumbering
from exhibitors.admin.filters import HallEditionFilter, HallFilter, OccupiedFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.models import Booth, Edition, Exhibitor


class BoothAdmin(EditionRowAdmin):
    edition_path = "hall__edition"
    edition_column = "hall_edition"
    list_display = ["label", "hall", "hall_edition", "stands_here", "rectangle", "sample_mark"]
    list_filter = [HallEditionFilter, HallFilter, OccupiedFilter]
    list_select_related = ["hall__edition"]
    ordering = ["-hall__edition__slug", "hall__position", "hall__code", "number_key", "pk"]
    search_fields = [
        "number",
        "hall__code",
        "hall__name_ko",
        "hall__name_en",
        "exhibitors__name_ko",
        "exhibitors__name_en",
    ]
    search_help_text = _("Number, hall or exhibitor")
    actions = ["renumber"]
    autocomplete_fields = ["hall"]
    readonly_fields = ["stands_here"]
    fieldsets = [
        (None, {"fields": ["hall", "number", "stands_here"]}),
        (_("Rectangle on the plan"), {"fields": [("x", "y"), ("width", "depth")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Booth]:
        return (
            super()
            .get_queryset(request)
            .select_related("hall__edition")
            .prefetch_related(Prefetch("exhibitors", queryset=Exhibitor.objects.order_by("sort_key", "pk")))
            .annotate(exhibitor_count=Count("assignments", distinct=True))
        )

    def get_fieldsets(self, request: HttpRequest, obj: Booth | None = None) -> Any:
        if obj is not None:
            return self.fieldsets
        return [(None, {"fields": ["hall", "number"]}), *self.fieldsets[1:]]

    def place_of(self, row: Booth) -> dict[str, int]:
        return {"edition": row.hall.edition_id, "hall": row.hall_id}

    @admin.display(description=_("number"), ordering="number_key")
    def label(self, booth: Booth) -> str:
        return booth.label

    @admin.display(description=_("edition"), ordering="hall__edition__slug")
    def hall_edition(self, booth: Booth) -> Edition:
        return booth.hall.edition

    @admin.display(description=_("exhibitors"), ordering="exhibitor_count")
    def stands_here(self, booth: Booth) -> SafeString:
        links = (
            (reverse("admin:exhibitors_exhibitor_change", args=[exhibitor.pk]), exhibitor)
            for exhibitor in booth.exhibitors.all()
        )
        return format_html_join(", ", '<a href="{}">{}</a>', links)

    @admin.display(description=_("rectangle (m)"))
    def rectangle(self, booth: Booth) -> SafeString | None:
        if booth.x is None:
            return None
        return format_html("{} × {} ({}, {})", booth.width, booth.depth, booth.x, booth.y)

    # Changes of many

    @admin.action(description=_("Renumber …"), permissions=["change"])
    def renumber(self, request: HttpRequest, booths: QuerySet[Booth]) -> HttpResponse | None:
        pks = booths.prefetch_related(None).order_by().values_list("pk", flat=True)
        return renumbering.ask(request, self, list(pks))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.create_view)
        return [path("create/", view, name="exhibitors_booth_create"), *super().get_urls()]

    def create_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return new_booths.page(request, self)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {**(extra_context or {}), "create_address": new_booths.address(request)}
        return super().changelist_view(request, context)
