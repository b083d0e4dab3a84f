"""Counts, beside each filter value, the length of the list that it would open."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from exhibitors.domain.criteria import OTHER, Criteria, Facet
from exhibitors.domain.directory import STORED_OTHER, Directory, selected
from exhibitors.domain.search import conditions
from exhibitors.domain.search.finding import Hit, Hits
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
    """Count everything in one query."""
    hits = directory.hits(criteria) if criteria.query else None
    if hits is None or hits.listed is None:
        return _count_in_database(directory, criteria)
    return _count_listed(directory, criteria, hits.listed)


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
            counts[_shown(initial)] += number
    return dict(counts)


def _shown(initial: str) -> str:
    return OTHER if initial == STORED_OTHER else initial


def _count_listed(directory: Directory, criteria: Criteria, hits: Sequence[Hit]) -> Counts:
    """Count hits by the sets of those that have each value: cheaper than seven groupings of them in the database."""
    everyone = {hit.pk for hit in hits}
    halls, industries = _by_hall_and_industry(directory, everyone)
    initials = _by_shown_initial(hits)
    themes = {
        theme.code: set().union(*(halls.get(hall.code, set()) for hall in directory.halls if hall.theme == theme))
        for theme in directory.themes
    }
    in_halls = _having(themes, criteria.themes) | _having(halls, criteria.halls)
    in_halls = in_halls if criteria.themes or criteria.halls else everyone
    in_industries = _having(industries, criteria.industries) if criteria.industries else everyone
    in_initials = _having(initials, criteria.initials) if criteria.initials else everyone
    return Counts(
        total=len(in_halls & in_industries & in_initials),
        themes=_lengths(themes, in_industries & in_initials),
        halls=_lengths(halls, in_industries & in_initials),
        industries=_lengths(industries, in_halls & in_initials),
        initials=_lengths(initials, in_halls & in_industries),
    )


_Members = Mapping[str, set[int]]  # which exhibitors have a value


def _by_hall_and_industry(directory: Directory, exhibitors: set[int]) -> tuple[_Members, _Members]:
    """Which of the exhibitors stand in each hall and are listed under each industry. One query."""
    members: dict[str, dict[int, set[int]]] = {"hall": defaultdict(set), "industry": defaultdict(set)}
    for kind, key, exhibitor in _links(exhibitors):
        members[kind][key].add(exhibitor)
    halls = {hall.code: members["hall"][hall.pk] for hall in directory.halls}
    industries = {industry.slug: members["industry"][industry.pk] for industry in directory.industries}
    halls[NO_VALUE] = exhibitors.difference(*members["hall"].values())
    industries[NO_VALUE] = exhibitors.difference(*members["industry"].values())
    return halls, industries


def _links(exhibitors: Collection[int]) -> Rows:
    pks = list(exhibitors)
    standing = BoothAssignment.objects.filter(exhibitor__pk__among=pks).order_by().annotate(kind=Value("hall"))
    listed = ExhibitorIndustry.objects.filter(exhibitor__pk__among=pks).order_by().annotate(kind=Value("industry"))
    halls: Rows = standing.values_list("kind", "booth__hall", "exhibitor")
    return halls.union(listed.values_list("kind", "industry", "exhibitor"), all=True)


def _by_shown_initial(hits: Sequence[Hit]) -> _Members:
    members: dict[str, set[int]] = defaultdict(set)
    for hit in hits:
        members[_shown(hit.initial)].add(hit.pk)
        members[_shown(hit.initial_en)].add(hit.pk)
    return members


def _having(members: _Members, values: Iterable[str]) -> set[int]:
    return set().union(*(members.get(value, set()) for value in values))


def _lengths(members: _Members, among: set[int]) -> dict[str, int]:
    """Those without any are left out, as they are where the database counts."""
    return {value: count for value, own in members.items() if (count := len(own & among))}
