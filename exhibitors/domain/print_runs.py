"""Freezes booth lists as print runs, and tells what has changed since."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import override

from exhibitors.domain import booth_list, errata_moments, indexing
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import OTHER, Criteria, Sort
from exhibitors.domain.directory import Directory, with_industries, with_places
from exhibitors.domain.editions import with_sample_mark
from exhibitors.domain.errata import Difference, Renamed, diff, renamed
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.domain.print_sheets import (
    Head,
    Named,
    Row,
    Sheet,
    exhibitor_row,
    facility_row,
    from_json,
    hall_of,
    industry_of,
    merged,
    sections_of,
    to_json,
)
from exhibitors.models import NO_VALUE, Edition, Exhibitor, Facility, PrintRun


@recorded(Action.EDIT)
def freeze(
    edition: Edition,
    criteria: Criteria,
    order: Order,
    *,
    name: str = "",
    note: str = "",
    by: User | None = None,
) -> PrintRun:
    """Keep the booth list of a selection as it stands, under the edition's next number.

    Raises DomainError where the selection is empty. There is no verb that changes or deletes a run.
    """
    indexing.lock([edition.pk])
    canonical = _canonical(criteria)
    sheet = _sheet(edition, canonical, order)
    if not sheet.total:
        raise DomainError(_("This selection holds no exhibitor. Nothing was frozen."))
    last = PrintRun.objects.filter(edition=edition).aggregate(last=Max("number"))["last"] or 0
    return PrintRun.objects.create(
        edition=edition,
        number=last + 1,
        name=name.strip(),
        note=note.strip(),
        order=order.value,
        criteria=asdict(canonical),
        sheet=to_json(sheet),
        frozen_by=by,
    )


def _canonical(criteria: Criteria) -> Criteria:
    """The same selection in one way of writing it; a list for paper knows two orders of names."""
    values = {name: tuple(sorted(set(getattr(criteria, name)))) for name in _TUPLES}
    sort = Sort.NAME_EN if criteria.sort == Sort.NAME_EN else Sort.NAME
    return replace(criteria, sort=sort, **values)  # type: ignore[arg-type]


_TUPLES = ("themes", "halls", "industries", "initials")


def criteria_of(run: PrintRun) -> Criteria:
    kept: Mapping[str, Any] = run.criteria
    return Criteria(**{**kept, **{name: tuple(kept[name]) for name in _TUPLES}, "sort": Sort(kept["sort"])})


def sheet_of(run: PrintRun) -> Sheet:
    return from_json(run.sheet)


def _sheet(edition: Edition, criteria: Criteria, order: Order) -> Sheet:
    marked = with_sample_mark(Edition.objects.filter(pk=edition.pk)).get()
    directory = Directory(edition)
    listed = booth_list.build(directory, criteria, order)
    has_sample: bool = marked.has_sample  # type: ignore[attr-defined]
    head = Head(edition.name_ko, edition.name_en, edition.contact_email, has_sample)
    return Sheet(head, tuple(_filters(directory, criteria)), sections_of(listed), listed.total)


def _filters(directory: Directory, criteria: Criteria) -> Iterable[Named]:
    """What narrows the list, as the sheet says it in either language."""
    if criteria.query:
        yield Named(f"“{criteria.query}”", f"“{criteria.query}”")
    for theme in directory.themes:
        if theme.code in criteria.themes:
            yield Named(theme.name_ko, theme.name_en)
    yield from (hall_of(hall) for hall in directory.halls if hall.code in criteria.halls)
    if NO_VALUE in criteria.halls:
        yield _in_both("Hall to follow")
    yield from (industry_of(industry) for industry in directory.industries if industry.slug in criteria.industries)
    if NO_VALUE in criteria.industries:
        yield _in_both("Industry to follow")
    for initial in criteria.initials:
        yield _in_both("Other") if initial == OTHER else Named(initial, initial)


def _in_both(message: str) -> Named:
    texts = []
    for language in ("ko", "en"):
        with override(language):
            texts.append(_(message))
    return Named(name_ko=texts[0], name_en=texts[1])


# What has changed since


@dataclass(frozen=True)
class Errata:
    differences: tuple[Difference, ...]
    renamed: tuple[Renamed, ...]

    @property
    def total(self) -> int:
        return len(self.differences) + len(self.renamed)


def errata(run: PrintRun, sheet: Sheet) -> Errata:
    """What readers of the sheet have to know now; nothing of who is not public but that it is no longer listed."""
    frozen = merged(sheet.rows)
    directory = Directory(run.edition)
    listed = booth_list.build(directory, criteria_of(run), Order(run.order))
    current = merged(row for section in sections_of(listed) for row in section.rows)
    left = [row for key, row in frozen.items() if key not in current]
    elsewhere, withdrawn = _still_there(left)
    differences = diff(frozen, current | elsewhere, withdrawn=withdrawn)
    return Errata(errata_moments.dated(differences, since=run.frozen_at), renamed(sheet.parts, _parts(directory)))


def _still_there(rows: Iterable[Row]) -> tuple[dict[str, Row], set[str]]:
    """Of rows that the selection no longer holds: what is public all the same, and the keys of who has withdrawn."""
    keys = {row.subject.pk: row.key for row in rows if row.exhibitor}
    facilities = [row.subject.pk for row in rows if row.facility]
    found: dict[str, Row] = {}
    withdrawn = set()
    for exhibitor in _read(keys) if keys else ():
        if exhibitor.is_public:
            industries = [link.industry for link in exhibitor.lines]  # type: ignore[attr-defined]
            booths = [place.booth for place in exhibitor.places]  # type: ignore[attr-defined]
            found[keys[exhibitor.pk]] = exhibitor_row(exhibitor, industries, booths)
        elif exhibitor.state == Exhibitor.State.WITHDRAWN:
            withdrawn.add(keys[exhibitor.pk])
    if facilities:
        left = Facility.objects.filter(pk__among=facilities).select_related("booth__hall")
        found |= {row.key: row for row in map(facility_row, left)}
    return found, withdrawn


def _read(pks: Iterable[int]) -> Iterable[Exhibitor]:
    rows = Exhibitor.objects.filter(pk__among=list(pks)).defer(*SEARCH_COLUMNS)
    return with_industries(with_places(rows))


def _parts(directory: Directory) -> dict[str, Named]:
    halls = {f"hall-{hall.pk}": hall_of(hall) for hall in directory.halls}
    return halls | {f"industry-{one.pk}": industry_of(one) for one in directory.industries}
