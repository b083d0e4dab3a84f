"""Assigns exhibitors to booths and keeps the log of their moves."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain import history, indexing
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import Booth, BoothAssignment, BoothMove, Exhibitor, Hall
from exhibitors.models.booth import booth_number_key

BATCH = 500


@dataclass(frozen=True)
class Moves:
    """How many exhibitors joined and left booths."""

    joined: int
    left: int


@recorded(Action.PLACE)
def assign(placement: Mapping[Exhibitor, Collection[Booth]], *, by: User | None = None) -> Moves:
    """Make the booths given the only ones of each exhibitor, and log who left or joined which booth.

    What stays as it is, is neither written nor logged. Raises DomainError where a booth belongs to another edition.
    Costs 4 queries and one per 500 rows written, however many exhibitors there are, and what `indexing.refresh` does.
    """
    indexing.lock({exhibitor.edition_id for exhibitor in placement})
    moves = place(placement, by=by)
    if moves.joined or moves.left:
        indexing.refresh(exhibitor.pk for exhibitor in placement)
        history.add_exhibitors(exhibitor.pk for exhibitor in placement)
    return moves


def place(placement: Mapping[Exhibitor, Collection[Booth]], *, by: User | None = None) -> Moves:
    """Do what `assign` does inside the transaction of a verb that has locked the edition and refreshes at its end."""
    _check_editions(placement)
    current = _current_booths(placement)
    wanted = {exhibitor.pk: set(booths) for exhibitor, booths in placement.items()}
    leaving = [(e, b) for e in placement for b in _in_order(current.get(e.pk, {}).keys() - wanted[e.pk])]
    joining = [(e, b) for e in placement for b in _in_order(wanted[e.pk] - current.get(e.pk, {}).keys())]
    _remove([current[exhibitor.pk][booth] for exhibitor, booth in leaving])
    BoothAssignment.objects.bulk_create(
        [BoothAssignment(exhibitor=exhibitor, booth=booth) for exhibitor, booth in joining], batch_size=BATCH
    )
    _log(leaving, BoothMove.Kind.LEFT, by)
    _log(joining, BoothMove.Kind.JOINED, by)
    return Moves(joined=len(joining), left=len(leaving))


def _in_order(booths: Iterable[Booth]) -> list[Booth]:
    """Booths as lists of booths name them, so that the log of moves reads the same wherever it is written."""
    return sorted(booths, key=lambda booth: (booth.hall.position, booth.hall.code, booth.number_key, booth.pk))


def _check_editions(placement: Mapping[Exhibitor, Collection[Booth]]) -> None:
    for exhibitor, booths in placement.items():
        for booth in booths:
            if booth.hall.edition_id != exhibitor.edition_id:
                message = _("Booth %(booth)s belongs to another edition than %(exhibitor)s.")
                raise DomainError(message % {"booth": booth, "exhibitor": exhibitor})


def _current_booths(exhibitors: Iterable[Exhibitor]) -> dict[int, dict[Booth, int]]:
    """Booths of each exhibitor with the keys of the assignments.

    Locks the exhibitors, so that two organisers cannot both add to what neither has seen.
    """
    pks = sorted(exhibitor.pk for exhibitor in exhibitors)
    current: dict[int, dict[Booth, int]] = {}
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        list(Exhibitor.objects.select_for_update().filter(pk__in=batch).order_by("pk").values_list("pk"))
        rows = BoothAssignment.objects.filter(exhibitor__in=batch).select_related("booth__hall").order_by()
        for row in rows:
            current.setdefault(row.exhibitor_id, {})[row.booth] = row.pk
    return current


def _remove(assignments: Sequence[int]) -> None:
    for start in range(0, len(assignments), BATCH):
        BoothAssignment.objects.filter(pk__in=assignments[start : start + BATCH]).delete()


def _log(pairs: list[tuple[Exhibitor, Booth]], kind: BoothMove.Kind, by: User | None) -> None:
    now = timezone.now()
    BoothMove.objects.bulk_create(
        [
            BoothMove(
                edition_id=exhibitor.edition_id,
                exhibitor=exhibitor,
                booth=booth,
                exhibitor_name=exhibitor.name_ko or exhibitor.name_en,
                hall_name=booth.hall.name_ko,
                booth_number=booth.number,
                kind=kind,
                moved_at=now,
                moved_by=by,
            )
            for exhibitor, booth in pairs
        ],
        batch_size=BATCH,
    )


@recorded(Action.EDIT)
def create_booths(wanted: Iterable[tuple[Hall, str]], *, is_sample: bool = False) -> list[Booth]:
    """Create booths by hall and number (blank: number to follow) in bulk. One query per 500."""
    return create(make(wanted, are_samples=is_sample))


def make(wanted: Iterable[tuple[Hall, str]], *, are_samples: bool = False) -> list[Booth]:
    """Booths by hall and number that are still to be saved by `create`."""
    return [
        Booth(hall=hall, number=number, number_key=booth_number_key(number), is_sample=are_samples)
        for hall, number in wanted
    ]


def create(booths: list[Booth]) -> list[Booth]:
    """Save new booths in bulk, inside the transaction of a verb that is recorded. One query per 500."""
    created = Booth.objects.bulk_create(booths, batch_size=BATCH)
    history.add(created)
    return created
