"""Finds the exhibitors of an edition that a reader asked for."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property, partial

from django.db.models import Exists, OuterRef, Prefetch, Q

from exhibitors.domain import data_version, membership
from exhibitors.domain.criteria import OTHER, Criteria, Facet, Sort
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.domain.kept import Kept
from exhibitors.domain.membership import ORDERS, Bits, Everyone
from exhibitors.domain.search import conditions, vocabulary
from exhibitors.domain.search.finding import Hits, Searcher
from exhibitors.models import (
    NO_VALUE,
    BoothAssignment,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Facility,
    Hall,
    Industry,
    Theme,
)
from exhibitors.models.exhibitor import ExhibitorQuerySet

STORED_OTHER = "#"  # how the column says what addresses call OTHER

# Every page of an edition needs its halls and industries, and whoever narrows or turns a search asks for it again.
_halls: Kept[list[Hall]] = Kept(16)
_industries: Kept[list[Industry]] = Kept(16)
searches: Kept[Hits] = Kept(300, weigh=lambda hits: hits.count, heaviest=500_000)  # eight bytes a hit


@dataclass(frozen=True)
class Directory:
    """An edition with its halls and industries, read once a version (two queries, and one for the version)."""

    edition: Edition
    offers: bool = True
    """Whether somebody reads what other readings of a query there are."""
    _hits: dict[tuple[str, bool], Hits] = field(default_factory=dict, init=False, compare=False)

    def hits(self, criteria: Criteria) -> Hits:
        """What the query finds in the whole edition, before any facet narrows it; searched once a version."""
        key = (criteria.query, criteria.is_exact)
        if key not in self._hits:
            search = partial(self._search, criteria.query, exactly=criteria.is_exact)
            self._hits[key] = searches.get((self.edition.pk, self.offers, *key), self.version, search)
        return self._hits[key]

    def _search(self, text: str, *, exactly: bool) -> Hits:
        if self.everyone is not None:
            vocabulary.prepare(self.edition, len(self.everyone.members.places))
        searcher = Searcher(self.edition, Exhibitor.objects.public().filter(edition=self.edition), self.version)
        return searcher.search(text, exactly=exactly, offers=self.offers)

    def ranked_sets(self, criteria: Criteria) -> tuple[Bits, ...] | None:
        """Whom the criteria's query finds, best first, and everyone without one; None where only the database knows."""
        everyone = self.everyone
        if everyone is None:
            return None
        if not criteria.query or self.hits(criteria).query is None:
            return (everyone.members.everyone,)
        key = (criteria.query, criteria.is_exact)
        return everyone.ranked(key, self.version, lambda: self.hits(criteria).ranked)

    @cached_property
    def version(self) -> Hashable:
        """The version of the data, that at which the edition was read if it says so; None within a transaction."""
        return getattr(self.edition, "version", None) or data_version.settled()

    @cached_property
    def everyone(self) -> Everyone | None:
        """All exhibitors, where the process knows them at this version or can read them cheaply."""
        return membership.of_edition(self.edition, self.version) if self.version else None

    def facilities(self, criteria: Criteria) -> list[Facility]:
        """The facilities that the criteria's query finds; all of them without one. No facet narrows them."""
        if criteria.query:
            return list(self.hits(criteria).facilities)
        return list(Facility.objects.filter(edition=self.edition).select_related("booth__hall"))

    @cached_property
    def halls(self) -> list[Hall]:
        rows = Hall.objects.filter(edition=self.edition).select_related("theme")
        return _halls.get(self.edition.pk, self.version, lambda: list(rows))

    @cached_property
    def numbered_halls(self) -> dict[int, tuple[int, Hall]]:
        """By primary key, each with its place among them."""
        return {hall.pk: (number, hall) for number, hall in enumerate(self.halls)}

    @cached_property
    def numbered_industries(self) -> dict[int, tuple[int, Industry]]:
        """By primary key, each with its place among them."""
        return {industry.pk: (number, industry) for number, industry in enumerate(self.industries)}

    @cached_property
    def industries(self) -> list[Industry]:
        rows = Industry.objects.filter(edition=self.edition)
        return _industries.get(self.edition.pk, self.version, lambda: list(rows))

    @cached_property
    def themes(self) -> list[Theme]:
        """The themes that have halls, in their own order."""
        themes = {hall.theme.pk: hall.theme for hall in self.halls if hall.theme is not None}
        return sorted(themes.values(), key=lambda theme: (theme.position, theme.code))

    def hall_pks(self, criteria: Criteria) -> set[int]:
        """The halls that the criteria name, those of its themes included."""
        return {
            hall.pk
            for hall in self.halls
            if hall.code in criteria.halls or (hall.theme is not None and hall.theme.code in criteria.themes)
        }

    def industry_pks(self, criteria: Criteria) -> set[int]:
        return {industry.pk for industry in self.industries if industry.slug in criteria.industries}


def find(directory: Directory, criteria: Criteria) -> ExhibitorQuerySet:
    """Return the public exhibitors that the criteria select, in their order. One query when it is read."""
    exhibitors = without_search_columns(selected(directory, criteria))
    if criteria.sort == Sort.RELEVANCE and (query := directory.hits(criteria).query):
        return exhibitors.annotate(rank=conditions.rank(query)).order_by("rank", "sort_key", "pk")
    return _ordered(exhibitors, criteria.sort)


def selected(directory: Directory, criteria: Criteria) -> ExhibitorQuerySet:
    """Return what `find` does, unordered, for counting."""
    exhibitors = Exhibitor.objects.public().filter(edition=directory.edition).order_by()
    if criteria.query:
        exhibitors = exhibitors.filter(directory.hits(criteria).condition)
    for condition in _conditions(directory, criteria).values():
        exhibitors = exhibitors.filter(condition)
    return exhibitors


def _conditions(directory: Directory, criteria: Criteria) -> dict[Facet, Q | Exists]:
    """One condition a facet that has values; values that the edition does not know select nothing."""
    conditions: dict[Facet, Q | Exists] = {}
    if criteria.halls or criteria.themes:
        conditions[Facet.HALL] = _linked_or_none(
            BoothAssignment, "booth__hall", directory.hall_pks(criteria), with_none=NO_VALUE in criteria.halls
        )
    if criteria.industries:
        conditions[Facet.INDUSTRY] = _linked_or_none(
            ExhibitorIndustry,
            "industry",
            directory.industry_pks(criteria),
            with_none=NO_VALUE in criteria.industries,
        )
    if criteria.initials:
        stored = [STORED_OTHER if value == OTHER else value for value in criteria.initials]
        conditions[Facet.INITIAL] = Q(initial__in=stored) | Q(initial_en__in=stored)
    return conditions


def _linked_or_none(
    model: type[BoothAssignment | ExhibitorIndustry], path: str, pks: set[int], *, with_none: bool
) -> Q | Exists:
    links = model._default_manager.filter(exhibitor=OuterRef("pk")).order_by()
    linked = Exists(links.filter(**{f"{path}__in": sorted(pks)}))
    return Q(linked) | ~Q(Exists(links)) if with_none else linked


def _ordered(exhibitors: ExhibitorQuerySet, sort: Sort) -> ExhibitorQuerySet:
    return exhibitors.order_by(*ORDERS[Sort.NAME if sort == Sort.RELEVANCE else sort])


def without_search_columns(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """No page shows what is only searched."""
    return exhibitors.defer(*SEARCH_COLUMNS)


def with_places(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Read each exhibitor's booths with halls too: one more query, as `exhibitor.places`."""
    assignments = BoothAssignment.objects.select_related("booth__hall__theme")
    return exhibitors.prefetch_related(Prefetch("assignments", queryset=assignments, to_attr="places"))


def with_industries(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Read each exhibitor's industries too: one more query, as `exhibitor.lines`."""
    links = ExhibitorIndustry.objects.select_related("industry")
    return exhibitors.prefetch_related(Prefetch("industry_links", queryset=links, to_attr="lines"))


def neighbours(exhibitor: Exhibitor, hall: Hall) -> tuple[Exhibitor | None, Exhibitor | None]:
    """Return the public exhibitors before and after this one in a hall, by first booth there. Two queries.

    Reads `exhibitor.places`, in their order.
    """
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    here = next((place.booth.number_key for place in places if place.booth.hall_id == hall.pk), None)
    if here is None or not exhibitor.is_public:
        return None, None
    mine = (here, exhibitor.sort_key, exhibitor.pk)
    return _nearest(hall, mine, forwards=False), _nearest(hall, mine, forwards=True)


def _nearest(hall: Hall, mine: tuple[str, str, int], *, forwards: bool) -> Exhibitor | None:
    order = ("booth__number_key", "exhibitor__sort_key", "exhibitor")
    beyond, sign = ("gt", "") if forwards else ("lt", "-")
    condition = Q()
    for length in range(len(order)):
        same = {order[number]: mine[number] for number in range(length)}
        condition |= Q(**same, **{f"{order[length]}__{beyond}": mine[length]})
    standing = BoothAssignment.objects.filter(booth__hall=hall)
    earlier = standing.filter(exhibitor=OuterRef("exhibitor"), booth__number_key__lt=OuterRef("booth__number_key"))
    # The first bound is one that an index of the booths can begin at; the condition's alternatives are none.
    rows = standing.filter(**{f"booth__number_key__{beyond}e": mine[0]})
    rows = rows.filter(condition, ~Exists(earlier.order_by()), exhibitor__state=Exhibitor.State.PUBLIC)
    nearest = rows.select_related("exhibitor__edition").order_by(*(f"{sign}{field}" for field in order)).first()
    return nearest.exhibitor if nearest else None
