"""Counts, beside each filter value, the length of the list that it would open."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from exhibitors.domain.criteria import OTHER, Criteria, Facet
from exhibitors.domain.directory import STORED_OTHER, Directory, selected
from exhibitors.models import NO_VALUE, BoothAssignment, ExhibitorIndustry

Rows = QuerySet[Any, Any]


@dataclass(frozen=True)
class Counts:
    """Lengths of lists: all selected, and per value alone in its facet with the other facets as they are."""

    total: int
    themes: Mapping[str, int]
    halls: Mapping[str, int]
    industries: Mapping[str, int]
    initials: Mapping[str, int]


def count(directory: Directory, criteria: Criteria) -> Counts:
    """Count everything in one query."""
    parts = _parts(directory, criteria)
    rows: dict[str, Counter[str]] = {}
    for kind, key, number in parts[0].union(*parts[1:], all=True):
        rows.setdefault(kind, Counter())[key or ""] += number
    return Counts(
        total=rows.get("total", Counter())[""],
        themes=_by_code(rows.get("theme"), {str(theme.pk): theme.code for theme in directory.themes}),
        halls=_by_code(rows.get("hall"), {str(hall.pk): hall.code for hall in directory.halls}),
        industries=_by_code(rows.get("industry"), {str(row.pk): row.slug for row in directory.industries}),
        initials=_by_initial(rows.get("initial", Counter())),
    )


def _parts(directory: Directory, criteria: Criteria) -> list[Rows]:
    by_hall = selected(directory, criteria.without_facet(Facet.HALL))
    by_industry = selected(directory, criteria.without_facet(Facet.INDUSTRY))
    by_initial = selected(directory, criteria.without_facet(Facet.INITIAL))
    standing = BoothAssignment.objects.filter(exhibitor__in=by_hall.values("pk"))
    listed = ExhibitorIndustry.objects.filter(exhibitor__in=by_industry.values("pk"))
    exhibitors = Count("exhibitor", distinct=True)
    return [
        _part("total", selected(directory, criteria), Value(""), Count("pk")),
        _part("hall", standing, F("booth__hall"), exhibitors),
        _part("theme", standing.exclude(booth__hall__theme=None), F("booth__hall__theme"), exhibitors),
        _part("hall", _without(by_hall, BoothAssignment), Value(NO_VALUE), Count("pk")),
        _part("industry", listed, F("industry"), exhibitors),
        _part("industry", _without(by_industry, ExhibitorIndustry), Value(NO_VALUE), Count("pk")),
        _part("initial", by_initial, Concat("initial", Value("|"), "initial_en"), Count("pk")),
    ]


def _part(kind: str, rows: Rows, key: Combinable, number: Count) -> Rows:
    keyed = rows.order_by().annotate(kind=Value(kind, CharField()), key=Cast(key, CharField()))
    counted: Rows = keyed.values("kind", "key").annotate(number=number)
    return counted.values_list("kind", "key", "number")


def _without(exhibitors: Rows, links: type[BoothAssignment | ExhibitorIndustry]) -> Rows:
    return exhibitors.filter(~Exists(links._default_manager.filter(exhibitor=OuterRef("pk")).order_by()))


def _by_code(rows: Counter[str] | None, codes: Mapping[str, str]) -> dict[str, int]:
    known = {**codes, NO_VALUE: NO_VALUE}
    return {known[key]: number for key, number in (rows or {}).items() if key in known}


def _by_initial(pairs: Counter[str]) -> dict[str, int]:
    """An exhibitor counts under the initial of its name and, where it differs, of its English name."""
    counts: Counter[str] = Counter()
    for pair, number in pairs.items():
        for initial in set(pair.split("|")):
            counts[OTHER if initial == STORED_OTHER else initial] += number
    return dict(counts)
