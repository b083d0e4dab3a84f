"""Booth lists for paper: the directory's selection by hall, booth number, name or industry.

Read column by column, not as objects of the models: those take longer to make than to print.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from exhibitors.domain import listing
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.standing import Place, standing_of
from exhibitors.models import NO_VALUE, Booth, ExhibitorIndustry, Facility, Hall, Industry
from exhibitors.models.booth import NO_NUMBER_KEY
from exhibitors.models.fields import LocalText, pick


class Order(StrEnum):
    HALL = "hall"
    BOOTH = "booth"
    NAME = "name"
    INDUSTRY = "industry"


class Listed(NamedTuple):
    """An exhibitor with what paper shows of it; `rank` is its place among the names.

    A tuple, as a row is: thousands are made in half the time of frozen dataclasses.
    """

    rank: int
    places: tuple[Place, ...]
    industries: tuple[Industry, ...]
    pk: int
    slug: str
    is_sample: bool
    name_ko: str
    name_en: str
    main_products_ko: str
    main_products_en: str
    introduction_ko: str = ""
    introduction_en: str = ""

    @property
    def name(self) -> LocalText:
        return pick(self, "name")


COLUMNS = ("slug", "is_sample", "name_ko", "name_en", "main_products_ko", "main_products_en")
INTRODUCTIONS = ("introduction_ko", "introduction_en")


class Row(NamedTuple):
    """A line of the list: who (an exhibitor or a facility), on which booths (none: to follow)."""

    places: tuple[Place, ...] = ()
    exhibitor: Listed | None = None
    facility: Facility | None = None

    @property
    def subject(self) -> Listed | Facility | None:
        return self.exhibitor or self.facility

    @property
    def booths(self) -> tuple[Place | Booth, ...]:
        if self.facility is not None:
            return (self.facility.booth,) if self.facility.booth else ()
        return self.places


@dataclass(frozen=True)
class Section:
    """Lines under one heading: a hall, an industry, or neither where the value is missing or the list is whole."""

    rows: tuple[Row, ...]
    hall: Hall | None = None
    industry: Industry | None = None

    @property
    def exhibitor_count(self) -> int:
        return len({row.exhibitor.pk for row in self.rows if row.exhibitor is not None})

    @property
    def is_facilities(self) -> bool:
        return self.hall is None and all(row.facility is not None for row in self.rows)


@dataclass(frozen=True)
class BoothList:
    order: Order
    sections: tuple[Section, ...]
    total: int
    """Exhibitors selected; one in two halls or industries stands in each of their sections."""


def build(directory: Directory, criteria: Criteria, order: Order, *, with_introductions: bool = False) -> BoothList:
    """Arrange the selected exhibitors for paper, with the facilities that a reader of this selection expects.

    Facilities stand where their booths are, or at the end where the order knows no booths. Ten queries at most.
    """
    columns = COLUMNS + INTRODUCTIONS if with_introductions else COLUMNS
    exhibitors = _listed(directory, replace(criteria, sort=_name_sort(criteria)), columns)
    facilities = _facilities(directory, criteria)
    apart = Section(tuple(Row(facility=facility) for facility in facilities))
    arrange: dict[Order, Callable[[], Iterable[Section]]] = {
        Order.HALL: lambda: _by_hall(directory, criteria, exhibitors, facilities),
        Order.BOOTH: lambda: [_by_booth(directory, criteria, exhibitors, facilities)],
        Order.NAME: lambda: [Section(tuple(_row(exhibitor) for exhibitor in exhibitors)), apart],
        Order.INDUSTRY: lambda: [*_by_industry(directory, criteria, exhibitors), apart],
    }
    sections = tuple(section for section in arrange[order]() if section.rows)
    return BoothList(order, sections, total=len(exhibitors))


def _name_sort(criteria: Criteria) -> Sort:
    return Sort.NAME_EN if criteria.sort == Sort.NAME_EN else Sort.NAME


def _listed(directory: Directory, criteria: Criteria, columns: tuple[str, ...]) -> list[Listed]:
    """The selected exhibitors in their order. Three queries, and those of the keys."""
    keys = listing.keys_of(directory, criteria)
    rows = listing.columns_of(directory, keys, *columns)
    places, industries = places_of(directory, keys), industries_of(directory, keys)
    return [Listed(rank, places[row[0]], industries[row[0]], *row) for rank, row in enumerate(rows)]


def places_of(directory: Directory, pks: list[int]) -> Mapping[int, tuple[Place, ...]]:
    """By exhibitor, in the order of the halls and of the numbers; a hall of this very moment is not known yet."""
    halls = directory.numbered_halls
    known = [one for one in standing_of(pks) if one.hall in halls]
    known.sort(key=lambda one: (halls[one.hall][0], one.number_key, one.pk))
    found: dict[int, tuple[Place, ...]] = defaultdict(tuple)
    for one in known:
        found[one.exhibitor] += (Place(one.booth, one.number, one.number_key, halls[one.hall][1]),)
    return found


def industries_of(directory: Directory, pks: list[int]) -> Mapping[int, tuple[Industry, ...]]:
    """By exhibitor, in their own order."""
    known = directory.numbered_industries
    links = ExhibitorIndustry.objects.filter(exhibitor__pk__among=pks).order_by()
    rows = [
        (known[industry][0], exhibitor)
        for exhibitor, industry in links.values_list("exhibitor", "industry")
        if industry in known
    ]
    found: dict[int, tuple[Industry, ...]] = defaultdict(tuple)
    for number, exhibitor in sorted(rows):
        found[exhibitor] += (directory.industries[number],)
    return found


def _row(exhibitor: Listed) -> Row:
    return Row(exhibitor.places, exhibitor=exhibitor)


def _facilities(directory: Directory, criteria: Criteria) -> list[Facility]:
    """Those in the halls asked for; with a query those that it finds; none among industries or initials."""
    if criteria.industries or criteria.initials:
        return []
    facilities = directory.facilities(criteria)
    if not (criteria.halls or criteria.themes):
        return facilities
    wanted = directory.hall_pks(criteria)
    return [f for f in facilities if (f.booth.hall_id in wanted if f.booth else NO_VALUE in criteria.halls)]


def _wanted_halls(directory: Directory, criteria: Criteria) -> list[Hall]:
    wanted = directory.hall_pks(criteria)
    return [hall for hall in directory.halls if not (criteria.halls or criteria.themes) or hall.pk in wanted]


def _by_hall(
    directory: Directory, criteria: Criteria, exhibitors: list[Listed], facilities: list[Facility]
) -> Iterable[Section]:
    standing: dict[int, list[Row]] = defaultdict(list)
    for exhibitor in exhibitors:
        for hall, here in groupby(exhibitor.places, key=lambda place: place.hall.pk):
            standing[hall].append(Row(tuple(here), exhibitor=exhibitor))
    for facility in facilities:
        if facility.booth is not None:
            standing[facility.booth.hall_id].append(Row(facility=facility))
    for own in _wanted_halls(directory, criteria):
        yield Section(tuple(sorted(standing[own.pk], key=_booth_key)), hall=own)
    without = [_row(exhibitor) for exhibitor in exhibitors if not exhibitor.places]
    yield Section((*without, *(Row(facility=f) for f in facilities if f.booth is None)))


def _by_booth(
    directory: Directory, criteria: Criteria, exhibitors: list[Listed], facilities: list[Facility]
) -> Section:
    """One line per booth and exhibitor, in natural order of the numbers whatever the hall; without a booth last."""
    wanted = {hall.pk for hall in _wanted_halls(directory, criteria)}
    rows = [
        Row((place,), exhibitor=exhibitor)
        for exhibitor in exhibitors
        for place in exhibitor.places
        if place.hall.pk in wanted
    ]
    rows += [_row(exhibitor) for exhibitor in exhibitors if not exhibitor.places]
    rows += [Row(facility=facility) for facility in facilities]
    return Section(tuple(sorted(rows, key=_booth_key)))


def _booth_key(row: Row) -> tuple[str, int, str]:
    """Natural booth number, then the hall's position; what has no booth sorts after '~', the key of no number."""
    booth = row.places[0] if row.places else row.facility.booth if row.facility else None
    return (booth.number_key, booth.hall.position, booth.hall.code) if booth else (NO_NUMBER_KEY * 2, 0, "")


def _by_industry(directory: Directory, criteria: Criteria, exhibitors: list[Listed]) -> Iterable[Section]:
    listed: dict[int, list[Row]] = defaultdict(list)
    for exhibitor in exhibitors:
        for industry in exhibitor.industries:
            listed[industry.pk].append(_row(exhibitor))
    wanted = directory.industry_pks(criteria)
    for industry in directory.industries:
        if not criteria.industries or industry.pk in wanted:
            yield Section(tuple(listed[industry.pk]), industry=industry)
    yield Section(tuple(_row(exhibitor) for exhibitor in exhibitors if not exhibitor.industries))
