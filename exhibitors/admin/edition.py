"""Editions at the desk."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from exhibitors.admin import next_edition, preflight
from exhibitors.admin.base import DeskAdmin
from exhibitors.domain import editions
from exhibitors.models import (
    Booth,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Theme,
)

PARTS: tuple[tuple[type[Model], str], ...] = (
    (Theme, "edition"),
    (Hall, "edition"),
    (Industry, "edition"),
    (Booth, "hall__edition"),
    (Exhibitor, "edition"),
    (Collaboration, "edition"),
    (Facility, "edition"),
)


class EditionAdmin(DeskAdmin):
    list_display = [
        "__str__",
        "preflight_link",
        "slug",
        "dates",
        "is_public",
        "is_current",
        "public_exhibitors",
        "all_exhibitors",
        "hall_total",
        "booth_total",
        "sample_mark",
        "page_link",
    ]
    list_filter = ["is_public", "is_current"]
    search_fields = ["slug", "name_ko", "name_en", "slogan_ko", "slogan_en", "venue_ko", "venue_en"]
    search_help_text = _("Name, address, slogan or venue")
    readonly_fields = ["contents", "updated_at"]
    fieldsets = [
        (_("What it holds"), {"fields": ["contents", "updated_at"]}),
        (None, {"fields": ["slug", ("is_public", "is_current"), "contact_email"]}),
        (_("Dates and hours"), {"fields": [("starts_on", "ends_on"), ("opens_at", "closes_at")]}),
        (_("In Korean"), {"fields": ["name_ko", "slogan_ko", "venue_ko", "hosts_ko", "about_ko"]}),
        (_("In English"), {"fields": ["name_en", "slogan_en", "venue_en", "hosts_en", "about_en"]}),
    ]

    def view_on_site(self, edition: Edition) -> str:
        return edition.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Edition]:
        exhibitors = Exhibitor.objects.filter(edition=OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(
                public_total=_total(exhibitors.public(), "edition"),
                exhibitor_total=_total(exhibitors, "edition"),
                hall_total=_total(Hall.objects.filter(edition=OuterRef("pk")), "edition"),
                booth_total=_total(Booth.objects.filter(hall__edition=OuterRef("pk")), "hall__edition"),
            )
        )

    def save_model(self, request: HttpRequest, obj: Edition, form: ModelForm, change: bool) -> None:
        editions.save(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Edition | None = None) -> Any:
        return self.fieldsets[1:] if obj is None else self.fieldsets

    @admin.display(description=_("days"), ordering="starts_on")
    def dates(self, edition: Edition) -> str:
        days = [date_format(day, "SHORT_DATE_FORMAT") for day in (edition.starts_on, edition.ends_on) if day]
        return " – ".join(days)

    @admin.display(description=_("public exhibitors"), ordering="public_total")
    def public_exhibitors(self, edition: Any) -> SafeString:
        return _list_link(Exhibitor, edition, str(edition.public_total), state=Exhibitor.State.PUBLIC.value)

    @admin.display(description=_("all exhibitors"), ordering="exhibitor_total")
    def all_exhibitors(self, edition: Any) -> SafeString:
        return _list_link(Exhibitor, edition, str(edition.exhibitor_total))

    @admin.display(description=_("halls"), ordering="hall_total")
    def hall_total(self, edition: Any) -> SafeString:
        return _list_link(Hall, edition, str(edition.hall_total))

    @admin.display(description=_("booths"), ordering="booth_total")
    def booth_total(self, edition: Any) -> SafeString:
        return _list_link(Booth, edition, str(edition.booth_total))

    @admin.display(description=_("pre-flight"))
    def preflight_link(self, edition: Edition) -> SafeString:
        return format_html('<a href="{}">{}</a>', preflight.address_of(edition), gettext("Look over"))

    @admin.display(description=_("rows"))
    def contents(self, edition: Edition) -> SafeString:
        """Links to the lists and forms of all that belongs to the edition, with counts. One query each."""
        return format_html(
            '<ul class="contents">{}</ul>',
            format_html_join("", "<li>{} · {}</li>", self._links(edition)),
        )

    def _links(self, edition: Edition) -> Iterator[tuple[SafeString, SafeString]]:
        for model, edition_path in PARTS:
            total = model._default_manager.filter(**{edition_path: edition}).count()
            title = f"{model._meta.verbose_name_plural}: {total}"
            address = reverse(f"admin:exhibitors_{model._meta.model_name}_add")
            add = format_html('<a href="{}?edition={}">{}</a>', address, edition.pk, gettext("Add"))
            yield _list_link(model, edition, title), add

    # Pre-flight and the next edition

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preflight/", view(self.preflight_view), name="exhibitors_edition_preflight"),
            path("<int:pk>/preflight/intend/", view(self.intend_view), name="exhibitors_edition_intend"),
            path("<int:pk>/preflight/reopen/", view(self.reopen_view), name="exhibitors_edition_reopen"),
            path("next/", view(self.next_of_newest_view), name="exhibitors_edition_next_of_newest"),
            path("<int:pk>/next/", view(self.next_view), name="exhibitors_edition_next"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def preflight_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What to look at before the edition is printed."""
        if not request.user.has_perm("exhibitors.view_exhibitor"):
            raise PermissionDenied
        return preflight.show(request, self.admin_site, self._readable(request, pk))

    @method_decorator(require_POST)
    def intend_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return preflight.intend(request, self._markable(request, pk))

    @method_decorator(require_POST)
    def reopen_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return preflight.reopen(request, self._markable(request, pk))

    def _readable(self, request: HttpRequest, pk: int) -> Edition:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(Edition, pk=pk)

    def _markable(self, request: HttpRequest, pk: int) -> Edition:
        """Findings are marked by those who could mend them."""
        if not request.user.has_perm(preflight.CHANGES):
            raise PermissionDenied
        return self._readable(request, pk)

    @method_decorator(require_safe)
    def next_of_newest_view(self, request: HttpRequest) -> HttpResponse:
        """Lead to the newest edition's page; without any edition, to the form of the first."""
        newest = Edition.objects.newest_first().first()
        if newest is None:
            return HttpResponseRedirect(reverse("admin:exhibitors_edition_add"))
        return HttpResponseRedirect(reverse("admin:exhibitors_edition_next", args=[newest.pk]))

    def next_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return next_edition.page(request, self, get_object_or_404(Edition, pk=pk))


def _total(rows: QuerySet[Any], edition_path: str) -> Coalesce:
    """Count rows of the outer edition without joining, which would multiply one count by the others."""
    counted = rows.order_by().values(edition_path).annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted), 0)


def _list_link(model: type[Model], edition: Edition, text: str, **filters: str) -> SafeString:
    address = reverse(f"admin:exhibitors_{model._meta.model_name}_changelist")
    more = "".join(f"&{name}__exact={value}" for name, value in filters.items())
    return format_html('<a href="{}?edition={}{}">{}</a>', address, edition.pk, more, text)
