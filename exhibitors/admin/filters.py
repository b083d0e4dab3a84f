"""Filters of the lists: the edition first, then what belongs to it."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.lookup import pk_or_none
from exhibitors.models import NO_VALUE, Edition, Hall, Industry, Theme

WITHIN_EDITION = ("hall", "theme", "industry")


class EditionFilter(admin.SimpleListFilter):
    """Keeps the rows of one edition."""

    title = _("edition")
    parameter_name = "edition"
    path: ClassVar[str] = "edition"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(str(edition.pk), str(edition)) for edition in Edition.objects.newest_first()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return _kept(queryset, self.path, self.value())

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Another edition has other halls, so a link to it drops what was chosen within this one."""
        yield {
            "selected": self.value() is None,
            "query_string": changelist.get_query_string(remove=[self.parameter_name, *WITHIN_EDITION]),
            "display": gettext("All"),
        }
        for value, title in self.lookup_choices:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({self.parameter_name: value}, WITHIN_EDITION),
                "display": title,
            }


class HallEditionFilter(EditionFilter):
    path = "hall__edition"


class ExhibitorEditionFilter(EditionFilter):
    path = "exhibitor__edition"


class WithinEditionFilter(admin.SimpleListFilter):
    """Keeps the rows under one row of the edition chosen (or of the only one), or those under none."""

    model: ClassVar[type[Model]]
    path: ClassVar[str]
    offers_none: ClassVar[bool] = True
    is_many: ClassVar[bool] = False

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        edition = pk_or_none(request.GET.get("edition")) or _only_edition()
        if edition is None:
            return []
        rows = self.model._default_manager.filter(edition=edition)
        choices = [(str(row.pk), str(row)) for row in rows]
        return [*choices, (NO_VALUE, gettext("undecided"))] if choices and self.offers_none else choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == NO_VALUE:
            return queryset.filter(**{f"{self.path}__isnull": True})
        if not self.is_many or self.value() is None:
            return _kept(queryset, self.path, self.value())
        # A join over many would show an exhibitor once for each of its booths in the hall.
        kept = _kept(queryset.model._default_manager.order_by(), self.path, self.value())
        return queryset.filter(pk__in=kept.values("pk"))


class ThemeFilter(WithinEditionFilter):
    title = _("theme")
    parameter_name = "theme"
    model = Theme
    path = "theme"


class HallFilter(WithinEditionFilter):
    title = _("hall")
    parameter_name = "hall"
    model = Hall
    path = "hall"
    offers_none = False


class ExhibitorHallFilter(WithinEditionFilter):
    title = _("hall")
    parameter_name = "hall"
    model = Hall
    path = "booths__hall"
    is_many = True


class ExhibitorIndustryFilter(WithinEditionFilter):
    title = _("industry")
    parameter_name = "industry"
    model = Industry
    path = "industries"
    is_many = True


class OccupiedFilter(admin.SimpleListFilter):
    """Keeps free booths, booths of one exhibitor, or shared ones."""

    title = _("exhibitors")
    parameter_name = "occupied"
    FREE, ONE, SHARED = "0", "1", "2"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [(self.FREE, gettext("nobody")), (self.ONE, gettext("one")), (self.SHARED, gettext("shared"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == self.SHARED:
            return queryset.filter(exhibitor_count__gte=2)
        if self.value() in (self.FREE, self.ONE):
            return queryset.filter(exhibitor_count=int(self.value() or 0))
        return queryset


def _kept(rows: QuerySet[Any], path: str, value: str | None) -> QuerySet[Any]:
    """No value keeps all rows; a value that is no key keeps none, never more than was asked for."""
    if value is None:
        return rows
    pk = pk_or_none(value)
    return rows.filter(**{path: pk}) if pk else rows.none()


def _only_edition() -> int | None:
    editions = list(Edition.objects.order_by("pk").values_list("pk", flat=True)[:2])
    return editions[0] if len(editions) == 1 else None
