"""Booth lists for paper: the directory's selection by hall, booth number, name or industry."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find, with_industries, with_places
from exhibitors.models import NO_VALUE, Booth, BoothAssignment, Exhibitor, Facility, Hall, Industry
from exhibitors.models.booth import NO_NUMBER_KEY


class Order(StrEnum):
    HALL = "hall"
    BOOTH = "booth"
    NAME = "name"
    INDUSTRY = "industry"


@dataclass(frozen=True)
class Row:
    """A line of the list: who (an exhibitor or a facility), on which assignments (none: to follow)."""

    places: tuple[BoothAssignment, ...] = ()
    exhibitor: Exhibitor | None = None
    facility: Facility | None = None

    @property
    def subject(self) -> Exhibitor | Facility | None:
        return self.exhibitor or self.facility

    @property
    def booths(self) -> list[Booth]:
        if self.facility is not None:
            return [self.facility.booth] if self.facility.booth else []
        return [place.booth for place in self.places]


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


def build(directory: Directory, criteria: Criteria, order: Order) -> BoothList:
    """Arrange the selected exhibitors for paper, with the facilities that a reader of this selection expects.

    Facilities stand where their booths are, or at the end where the order knows no booths. Six queries.
    """
    in_name_order = find(directory, replace(criteria, sort=_name_sort(criteria)))
    exhibitors = list(with_industries(with_places(in_name_order)))
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


def _row(exhibitor: Exhibitor, places: Iterable[BoothAssignment] | None = None) -> Row:
    return Row(tuple(_places(exhibitor) if places is None else places), exhibitor=exhibitor)


def _places(exhibitor: Exhibitor) -> list[BoothAssignment]:
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    return places


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
    directory: Directory, criteria: Criteria, exhibitors: list[Exhibitor], facilities: list[Facility]
) -> Iterable[Section]:
    for hall in _wanted_halls(directory, criteria):
        rows = [
            _row(exhibitor, here)
            for exhibitor in exhibitors
            if (here := [place for place in _places(exhibitor) if place.booth.hall_id == hall.pk])
        ]
        rows += [Row(facility=f) for f in facilities if f.booth is not None and f.booth.hall_id == hall.pk]
        yield Section(tuple(sorted(rows, key=_booth_key)), hall=hall)
    without = [_row(exhibitor) for exhibitor in exhibitors if not _places(exhibitor)]
    yield Section((*without, *(Row(facility=f) for f in facilities if f.booth is None)))


def _by_booth(
    directory: Directory, criteria: Criteria, exhibitors: list[Exhibitor], facilities: list[Facility]
) -> Section:
    """One line per booth and exhibitor, in natural order of the numbers whatever the hall; without a booth last."""
    wanted = {hall.pk for hall in _wanted_halls(directory, criteria)}
    rows = [
        _row(exhibitor, [place])
        for exhibitor in exhibitors
        for place in _places(exhibitor)
        if place.booth.hall_id in wanted
    ]
    rows += [_row(exhibitor, []) for exhibitor in exhibitors if not _places(exhibitor)]
    rows += [Row(facility=facility) for facility in facilities]
    return Section(tuple(sorted(rows, key=_booth_key)))


def _booth_key(row: Row) -> tuple[str, int, str]:
    """Natural booth number, then the hall's position; what has no booth sorts after '~', the key of no number."""
    booth = row.places[0].booth if row.places else row.facility.booth if row.facility else None
    return (booth.number_key, booth.hall.position, booth.hall.code) if booth else (NO_NUMBER_KEY * 2, 0, "")


def _by_industry(directory: Directory, criteria: Criteria, exhibitors: list[Exhibitor]) -> Iterable[Section]:
    wanted = directory.industry_pks(criteria)
    for industry in directory.industries:
        if not criteria.industries or industry.pk in wanted:
            rows = [_row(e) for e in exhibitors if any(link.industry_id == industry.pk for link in e.lines)]  # type: ignore[attr-defined]
            yield Section(tuple(rows), industry=industry)
    yield Section(tuple(_row(exhibitor) for exhibitor in exhibitors if not exhibitor.lines))  # type: ignore[attr-defined]
