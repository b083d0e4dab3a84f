"""What stands on a printed booth list, free of the database: in both languages, kept with a print run as JSON."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, cast

from exhibitors.domain import booth_list, standing
from exhibitors.domain.booth_list import BoothList, Listed
from exhibitors.models import Booth, Exhibitor, Facility, Hall, Industry
from exhibitors.models.booth import label_of


@dataclass(frozen=True)
class Named:
    """A hall, an industry or a filter, as it was called."""

    name_ko: str
    name_en: str
    pk: int = 0
    code: str = ""


@dataclass(frozen=True)
class Place:
    """A booth, as it was called."""

    pk: int
    number: str
    hall: Named

    @property
    def label(self) -> str:
        return label_of(self.number)


@dataclass(frozen=True)
class Line:
    industry: Named


@dataclass(frozen=True)
class Subject:
    """An exhibitor or a facility with the texts that the list shows of it."""

    pk: int
    slug: str
    name_ko: str
    name_en: str
    main_products_ko: str = ""
    main_products_en: str = ""
    is_sample: bool = False
    is_facility: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def industries(self) -> tuple[Named, ...]:
        return tuple(line.industry for line in self.lines)


@dataclass(frozen=True)
class Row:
    """A line of the list; templates read it as they read a row of a list that is not frozen."""

    subject: Subject
    booths: tuple[Place, ...] = ()

    @property
    def key(self) -> str:
        """By which two rows are about the same exhibitor or facility."""
        return f"{'facility' if self.subject.is_facility else 'exhibitor'}-{self.subject.pk}"

    @property
    def exhibitor(self) -> Subject | None:
        return None if self.subject.is_facility else self.subject

    @property
    def facility(self) -> Subject | None:
        return self.subject if self.subject.is_facility else None


@dataclass(frozen=True)
class Section:
    rows: tuple[Row, ...]
    hall: Named | None = None
    industry: Named | None = None

    @property
    def exhibitor_count(self) -> int:
        return len({row.key for row in self.rows if row.exhibitor is not None})

    @property
    def is_facilities(self) -> bool:
        return self.hall is None and all(row.facility is not None for row in self.rows)


@dataclass(frozen=True)
class Head:
    """What the sheet says of its edition."""

    name_ko: str
    name_en: str
    contact_email: str
    has_sample: bool


@dataclass(frozen=True)
class Sheet:
    edition: Head
    filters: tuple[Named, ...]
    sections: tuple[Section, ...]
    total: int

    @property
    def rows(self) -> Iterable[Row]:
        return (row for section in self.sections for row in section.rows)

    @property
    def parts(self) -> dict[str, Named]:
        """The halls and industries that the sheet names."""
        halls = (place.hall for row in self.rows for place in row.booths)
        industries = (line.industry for row in self.rows for line in row.subject.lines)
        return {f"hall-{hall.pk}": hall for hall in halls} | {f"industry-{one.pk}": one for one in industries}


def merged(rows: Iterable[Row]) -> dict[str, Row]:
    """Each exhibitor and facility once, with all of its booths: one in two halls has a row in each."""
    found: dict[str, Row] = {}
    for row in rows:
        before = found.get(row.key, row)
        booths = tuple(dict.fromkeys((*before.booths, *row.booths)))
        found[row.key] = replace(before, booths=booths)
    return found


# From the database


def sections_of(listed: BoothList) -> tuple[Section, ...]:
    return tuple(_section(section) for section in listed.sections)


def _section(section: booth_list.Section) -> Section:
    return Section(
        rows=tuple(_row(row) for row in section.rows),
        hall=hall_of(section.hall) if section.hall else None,
        industry=industry_of(section.industry) if section.industry else None,
    )


def _row(row: booth_list.Row) -> Row:
    if row.facility is not None:
        return facility_row(row.facility)
    listed = cast(Listed, row.exhibitor)  # a line is about one or the other
    return exhibitor_row(listed, listed.industries, row.booths)


def exhibitor_row(
    exhibitor: Exhibitor | Listed, industries: Iterable[Industry], booths: Iterable[Booth | standing.Place]
) -> Row:
    subject = Subject(
        pk=exhibitor.pk,
        slug=exhibitor.slug,
        name_ko=exhibitor.name_ko,
        name_en=exhibitor.name_en,
        main_products_ko=exhibitor.main_products_ko,
        main_products_en=exhibitor.main_products_en,
        is_sample=exhibitor.is_sample,
        lines=tuple(Line(industry_of(industry)) for industry in industries),
    )
    return Row(subject, tuple(map(place_of, booths)))


def facility_row(facility: Facility) -> Row:
    subject = Subject(facility.pk, facility.slug, facility.name_ko, facility.name_en, is_facility=True)
    return Row(subject, (place_of(facility.booth),) if facility.booth else ())


def place_of(booth: Booth | standing.Place) -> Place:
    return Place(booth.pk, booth.number, hall_of(booth.hall))


def hall_of(hall: Hall) -> Named:
    return Named(hall.name_ko, hall.name_en, hall.pk, hall.code)


def industry_of(industry: Industry) -> Named:
    return Named(industry.name_ko, industry.name_en, industry.pk, industry.slug)


# As JSON


def to_json(sheet: Sheet) -> dict[str, Any]:
    return asdict(sheet)


def from_json(kept: Mapping[str, Any]) -> Sheet:
    return Sheet(
        edition=Head(**kept["edition"]),
        filters=tuple(Named(**one) for one in kept["filters"]),
        sections=tuple(_section_from(section) for section in kept["sections"]),
        total=kept["total"],
    )


def _section_from(kept: Mapping[str, Any]) -> Section:
    hall, industry = (Named(**kept[part]) if kept[part] else None for part in ("hall", "industry"))
    return Section(tuple(_row_from(row) for row in kept["rows"]), hall, industry)


def _row_from(kept: Mapping[str, Any]) -> Row:
    lines = tuple(Line(Named(**line["industry"])) for line in kept["subject"]["lines"])
    booths = tuple(Place(booth["pk"], booth["number"], Named(**booth["hall"])) for booth in kept["booths"])
    return Row(Subject(**{**kept["subject"], "lines": lines}), booths)
