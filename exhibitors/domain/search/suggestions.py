"""Suggestions while a visitor types."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from exhibitors.domain import listing, readings
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.models import Exhibitor, Hall, Industry, Theme
from exhibitors.models.fields import pick
from exhibitors.search.document import Columns, Source, build
from exhibitors.search.match import matches
from exhibitors.search.query import Query
from exhibitors.search.reasons import reasons

MOST = 8
READ = 24  # exhibitors read: beyond the shown ones, some hit by a product, an industry or a booth


class Kind(StrEnum):
    """In the order in which they are shown."""

    EXHIBITOR = "exhibitor"
    PRODUCT = "product"
    HALL = "hall"
    INDUSTRY = "industry"
    BOOTH = "booth"


SUGGESTION_LABELS = {
    Kind.EXHIBITOR: _("Exhibitor"),
    Kind.PRODUCT: _("Product"),
    Kind.HALL: _("Hall"),
    Kind.INDUSTRY: _("Industry"),
    Kind.BOOTH: _("Booth"),
}


@dataclass(frozen=True)
class Suggestion:
    """Something that the typed text may mean, and where it leads."""

    kind: Kind
    text: str
    detail: str
    address: str


def suggest(directory: Directory, criteria: Criteria) -> list[Suggestion]:
    """At most MOST suggestions, best first: exhibitors, products, halls, industries, booths. Four queries at most."""
    query = directory.hits(criteria).query if criteria.query else None
    if query is None:
        return []
    rows = _best(directory, criteria)
    found: dict[Kind, list[Suggestion]] = {kind: [] for kind in Kind}
    for row in rows:
        _sort_in(found, row, query)
    found[Kind.HALL] = list(_halls(directory, query))
    found[Kind.INDUSTRY] = list(_industries(directory, query))
    return _fairly(found)


def _best(directory: Directory, criteria: Criteria) -> list[Exhibitor]:
    best_first = Criteria(query=criteria.query, is_exact=criteria.is_exact, sort=Sort.RELEVANCE)
    return listing.page(directory, best_first, slice(0, READ), readings.SEARCHED)


def _sort_in(found: dict[Kind, list[Suggestion]], exhibitor: Exhibitor, query: Query) -> None:
    """An exhibitor stands under the kind of the first thing that the query hit."""
    name, address = exhibitor.name.text, exhibitor.get_absolute_url()
    why = reasons(query, exhibitor.searched)  # type: ignore[attr-defined]
    first = why[0] if why else None
    if first is None or first.field == "name":
        places = ", ".join(str(row.booth) for row in exhibitor.places)  # type: ignore[attr-defined]
        found[Kind.EXHIBITOR].append(Suggestion(Kind.EXHIBITOR, name, places, address))
    elif first.field == "product":
        found[Kind.PRODUCT].append(Suggestion(Kind.PRODUCT, first.value, name, address))
    elif first.field == "booth":
        found[Kind.BOOTH].append(Suggestion(Kind.BOOTH, first.value, name, address))


def _halls(directory: Directory, query: Query) -> Iterator[Suggestion]:
    places: tuple[Theme | Hall, ...] = (*directory.themes, *directory.halls)
    for hall in places:
        if _matches(hall, query):
            hall.edition = directory.edition
            yield Suggestion(Kind.HALL, pick(hall, "name").text, "", hall.get_absolute_url())


def _industries(directory: Directory, query: Query) -> Iterator[Suggestion]:
    for industry in directory.industries:
        if _matches(industry, query):
            industry.edition = directory.edition
            yield Suggestion(Kind.INDUSTRY, pick(industry, "name").text, "", industry.get_absolute_url())


def _matches(row: Hall | Theme | Industry, query: Query) -> bool:
    return matches(query, _columns(row.name_ko, row.name_en))


@lru_cache(maxsize=1000)
def _columns(*names: str) -> Columns:
    """The same few dozen names are asked for at every key press."""
    return build(Source(names=tuple(filter(None, names))))


def _fairly(found: dict[Kind, list[Suggestion]]) -> list[Suggestion]:
    """Up to MOST in the order of the kinds, each kind that found something with at least one."""
    room = MOST - sum(1 for rows in found.values() if rows)
    chosen: list[Suggestion] = []
    for rows in found.values():
        extra = min(max(len(rows) - 1, 0), room)
        chosen += rows[: 1 + extra]
        room -= extra
    return chosen
