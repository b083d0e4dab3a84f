"""Counts, beside each filter value, the length of the list that it would open."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from exhibitors.domain import facet_sets, membership
from exhibitors.domain.criteria import Criteria, Facet
from exhibitors.domain.directory import Directory, selected
from exhibitors.domain.facet_sets import shown_initial
from exhibitors.domain.membership import Bits, Membership
from exhibitors.domain.search import conditions
from exhibitors.domain.search.finding import Hits
from exhibitors.models import NO_VALUE, BoothAssignment, Exhibitor, ExhibitorIndustry
from exhibitors.search.query import Query

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
    """Count everything. One query; none where the process knows who has which value at this version."""
    everyone, found = directory.everyone, directory.ranked_sets(criteria)
    if everyone is not None and found is not None:
        return _count_members(directory, criteria, everyone.members, membership.union(found))
    listed = directory.hits(criteria).listed if criteria.query else None
    if listed is None:
        return _count_in_database(directory, criteria)
    members = _members_of(listed)
    return _count_members(directory, criteria, members, members.everyone)


def total(directory: Directory, criteria: Criteria) -> int:
    """The length of a list, where nothing beside it is counted. One query at most."""
    everyone, found = directory.everyone, directory.ranked_sets(criteria)
    if everyone is None or found is None:
        return selected(directory, criteria).count()
    sets = facet_sets.of(directory, criteria, everyone.members)
    return (membership.union(found) & sets.selected).bit_count()


def related_industries(directory: Directory, hits: Hits) -> set[str]:
    """Slugs of the industries of what single words find, where together they find nothing. One query at most."""
    words = hits.query.words if hits.query and any(count for _, count in hits.resolution.word_counts) else ()
    if not words:
        return set()
    found = reduce(or_, (conditions.matching(Query((word,), word, ())) for word in words))
    exhibitors = Exhibitor.objects.public().filter(found, edition=directory.edition).order_by()
    links = ExhibitorIndustry.objects.filter(exhibitor__in=exhibitors.values("pk")).order_by()
    return set(links.values_list("industry__slug", flat=True).distinct())


def _count_in_database(directory: Directory, criteria: Criteria) -> Counts:
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
    standing = _links_of(BoothAssignment, directory, criteria.without_facet(Facet.HALL))
    listed = _links_of(ExhibitorIndustry, directory, criteria.without_facet(Facet.INDUSTRY))
    exhibitors = Count("exhibitor", distinct=True)
    return [
        _part("total", selected(directory, criteria), Value(""), Count("pk")),
        _part("hall", standing, F("booth__hall"), exhibitors),
        _part("theme", standing.exclude(booth__hall__theme=None), F("booth__hall__theme"), exhibitors),
        _part("hall", _without(by_hall, BoothAssignment), Value(NO_VALUE), Count("pk")),
        _part("industry", listed, F("industry"), Count("pk")),  # nobody is linked to an industry twice
        _part("industry", _without(by_industry, ExhibitorIndustry), Value(NO_VALUE), Count("pk")),
        _part("initial", by_initial, Concat("initial", Value("|"), "initial_en"), Count("pk")),
    ]


def _part(kind: str, rows: Rows, key: Combinable, number: Count) -> Rows:
    keyed = rows.order_by().annotate(kind=Value(kind, CharField()), key=Cast(key, CharField()))
    counted: Rows = keyed.values("kind", "key").annotate(number=number)
    return counted.values_list("kind", "key", "number")


def _links_of(links: type[BoothAssignment | ExhibitorIndustry], directory: Directory, criteria: Criteria) -> Rows:
    """Links of the selected exhibitors; where nothing narrows them, joined, which takes a third less."""
    if not criteria.is_narrowed:
        public = Exhibitor.State.PUBLIC
        return links._default_manager.filter(exhibitor__edition=directory.edition, exhibitor__state=public)
    return links._default_manager.filter(exhibitor__in=selected(directory, criteria).values("pk"))


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
            counts[shown_initial(initial)] += number
    return dict(counts)


def _members_of(pks: list[int]) -> Membership:
    """Who of the hits has which value: cheaper than seven groupings of them in the database. Two queries."""
    hits = Exhibitor.objects.filter(pk__among=pks).order_by().values_list("pk", "initial", "initial_en")
    standing = BoothAssignment.objects.filter(exhibitor__pk__among=pks)
    listed = ExhibitorIndustry.objects.filter(exhibitor__pk__among=pks)
    return membership.build(hits, membership.links_of(standing, listed))


def _count_members(directory: Directory, criteria: Criteria, members: Membership, among: Bits) -> Counts:
    sets = facet_sets.of(directory, criteria, members)
    return Counts(
        total=(among & sets.selected).bit_count(),
        themes=_lengths(sets.themes, among & sets.in_industries & sets.in_initials),
        halls=_lengths(sets.halls, among & sets.in_industries & sets.in_initials),
        industries=_lengths(sets.industries, among & sets.in_halls & sets.in_initials),
        initials=_lengths(sets.initials, among & sets.in_halls & sets.in_industries),
    )


def _lengths(sets: Mapping[str, Bits], among: Bits) -> dict[str, int]:
    """Those without any are left out, as they are where the database counts."""
    return {value: count for value, own in sets.items() if (count := (own & among).bit_count())}
