"""Changes many exhibitors of an edition at once: their hall, their industries. Each returns the keys of who changed."""

from collections.abc import Iterator, Sequence

from django.contrib.auth.models import User
from django.utils.translation import gettext as _

from exhibitors.domain import booths, history, indexing
from exhibitors.domain.booths import BATCH
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import Booth, BoothAssignment, Exhibitor, ExhibitorIndustry, Hall, Industry
from exhibitors.models.exhibitor import ExhibitorQuerySet


@recorded(Action.BULK)
def assign_hall(
    exhibitors: ExhibitorQuerySet, hall: Hall, *, keeps_other_booths: bool, by: User | None = None
) -> list[int]:
    """Bring exhibitors into a hall: who has no booth in it gets the hall's "number to follow".

    Booths in other halls are kept or left as told. Raises DomainError where an exhibitor belongs to another edition.
    At most 18 queries for 500 exhibitors.
    """
    indexing.lock([hall.edition_id])
    rows = _of_edition(exhibitors, hall)
    present = _booths_of(rows)
    placement: dict[Exhibitor, set[Booth]] = {}
    to_follow: Booth | None = None
    for exhibitor in rows:
        own = present.get(exhibitor.pk, set())
        wanted = {booth for booth in own if booth.hall_id == hall.pk}
        if not wanted:
            to_follow = to_follow or _to_follow(hall)
            wanted = {to_follow}
        if keeps_other_booths:
            wanted |= own
        if wanted != own:
            placement[exhibitor] = wanted
    booths.place(placement, by=by)
    return _refreshed([exhibitor.pk for exhibitor in placement])


def _booths_of(exhibitors: Sequence[Exhibitor]) -> dict[int, set[Booth]]:
    present: dict[int, set[Booth]] = {}
    for batch in _batches([exhibitor.pk for exhibitor in exhibitors]):
        for row in BoothAssignment.objects.filter(exhibitor__in=batch).select_related("booth__hall").order_by():
            present.setdefault(row.exhibitor_id, set()).add(row.booth)
    return present


def _to_follow(hall: Hall) -> Booth:
    booth = Booth.objects.filter(hall=hall, number="").select_related("hall").first()
    return booth or booths.create_booths([(hall, "")]).pop()


@recorded(Action.BULK)
def assign_industry(
    exhibitors: ExhibitorQuerySet,
    industry: Industry,
    *,
    replaces_others: bool,
    by: User | None = None,  # noqa: ARG001 who wrote it is for the history
) -> list[int]:
    """List exhibitors under an industry, beside their others or instead of them.

    Raises DomainError where an exhibitor belongs to another edition. At most 12 queries for 500.
    """
    indexing.lock([industry.edition_id])
    pks = [exhibitor.pk for exhibitor in _of_edition(exhibitors, industry)]
    changed: list[int] = []
    for batch in _batches(pks):
        changed += _list_under(batch, industry, replaces_others=replaces_others)
    return _refreshed(changed)


def _list_under(exhibitors: Sequence[int], industry: Industry, *, replaces_others: bool) -> list[int]:
    links = ExhibitorIndustry.objects.filter(exhibitor__in=exhibitors).order_by()
    listed: set[int] = set()
    others: dict[int, int] = {}
    for pk, exhibitor, listed_under in links.values_list("pk", "exhibitor", "industry"):
        if listed_under == industry.pk:
            listed.add(exhibitor)
        elif replaces_others:
            others[pk] = exhibitor
    if others:
        ExhibitorIndustry.objects.filter(pk__among=list(others)).delete()
    new = [pk for pk in exhibitors if pk not in listed]
    ExhibitorIndustry.objects.bulk_create(
        [ExhibitorIndustry(exhibitor_id=pk, industry=industry) for pk in new], batch_size=BATCH
    )
    return sorted({*new, *others.values()})


@recorded(Action.BULK)
def remove_industry(
    exhibitors: ExhibitorQuerySet,
    industry: Industry,
    *,
    by: User | None = None,  # noqa: ARG001 who wrote it is for the history
) -> list[int]:
    """List exhibitors no longer under an industry. At most 11 queries for 500.

    Raises DomainError where an exhibitor belongs to another edition.
    """
    indexing.lock([industry.edition_id])
    pks = [exhibitor.pk for exhibitor in _of_edition(exhibitors, industry)]
    changed: list[int] = []
    for batch in _batches(pks):
        links = ExhibitorIndustry.objects.filter(exhibitor__in=batch, industry=industry).order_by()
        changed += links.values_list("exhibitor", flat=True)
        links.delete()
    return _refreshed(changed)


def _of_edition(exhibitors: ExhibitorQuerySet, part: Hall | Industry) -> list[Exhibitor]:
    """The exhibitors with what the log of moves needs of them. One query."""
    rows = exhibitors.select_related(None).prefetch_related(None).order_by("pk")
    found = list(rows.defer(*indexing.SEARCH_COLUMNS))
    for exhibitor in found:
        if exhibitor.edition_id != part.edition_id:
            message = _("%(exhibitor)s belongs to another edition than %(part)s.")
            raise DomainError(message % {"exhibitor": exhibitor, "part": part})
    return found


def _refreshed(pks: list[int]) -> list[int]:
    indexing.refresh(pks)
    history.add_exhibitors(pks)
    return pks


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
