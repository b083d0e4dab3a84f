"""Finds a booth by the number on a sign or a sheet, also by one that it no longer has; who stands and stood there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Max
from reversion.models import Version

from exhibitors.domain.booth_numbers import key
from exhibitors.domain.directory import with_places
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.models import Booth, BoothAssignment, BoothMove, Edition, Exhibitor, Hall
from exhibitors.search.normalise import booth_keys

READINGS: tuple[Callable[[str], str], ...] = (str, key, booth_keys)
"""How alike two numbers are, the strictest first: as written; but for case and width; a12 as A-012."""


@dataclass(frozen=True)
class Renumbering:
    """A booth had a number until a moment."""

    booth: int
    number: str
    until: datetime


@dataclass(frozen=True)
class Departure:
    """Somebody stood on a booth until a moment and stands elsewhere since another (no booth: none)."""

    exhibitor: Exhibitor
    left_at: datetime
    since: datetime | None


@dataclass(frozen=True)
class Answer:
    """The booth that an address means; without one, those that it may mean."""

    booth: Booth | None = None
    candidates: tuple[Booth, ...] = ()


def look_up(hall: Hall, number: str) -> Answer:
    """The booth of a hall that has a number or, where none has, that had it last. Up to three queries.

    A looser reading counts only where it means one booth: a12 is A-12, unless there is A-1-2 as well.
    """
    booths = {booth.pk: booth for booth in Booth.objects.filter(hall=hall).exclude(number="")}
    for read in READINGS:
        wanted = read(number)
        found = [booth for booth in booths.values() if wanted and read(booth.number) == wanted]
        if len(found) == 1:
            return Answer(found[0])
        if found:
            return Answer(candidates=tuple(found))
    return Answer(_formerly(hall, number, booths))


def _formerly(hall: Hall, number: str, booths: dict[int, Booth]) -> Booth | None:
    """Who had the number last, of the booths that are still there."""
    kept = Version.objects.get_for_model(Booth).filter(serialized_data__contains=f'"hall": {hall.pk},')
    gone = sorted(_renumberings(kept), key=lambda one: one.until, reverse=True)
    for read in READINGS:
        wanted = read(number)
        for one in gone:
            if wanted and one.booth in booths and read(one.number) == wanted:
                return booths[one.booth]
    return None


def former_numbers(booth: Booth) -> list[Renumbering]:
    """The numbers that a booth no longer has, the last first. One query."""
    kept = Version.objects.get_for_object(booth)
    return [one for one in _renumberings(kept) if one.number != booth.number][::-1]


def former_holders(booth: Booth) -> list[tuple[Booth, datetime]]:
    """Other booths of the hall that once had this booth's number, and until when. Two queries."""
    kept = Version.objects.get_for_model(Booth).filter(serialized_data__contains=f'"hall": {booth.hall_id},')
    until = {one.booth: one.until for one in _renumberings(kept) if one.number == booth.number}
    until.pop(booth.pk, None)
    others = Booth.objects.filter(pk__in=until, hall=booth.hall_id).exclude(number="") if until else ()
    return [(other, until[other.pk]) for other in others]


def _renumberings(kept: Iterable[Version]) -> Iterator[Renumbering]:
    """Where a version of a booth has another number than the one before, in the order of the history."""
    versions: dict[str, list[Version]] = {}
    for version in kept.order_by("pk").select_related("revision"):  # type: ignore[attr-defined]
        versions.setdefault(version.object_id, []).append(version)
    changes = []
    for pk, own in versions.items():
        for before, after in pairwise(own):
            number = _number_in(before)
            if number and number != _number_in(after):
                changes.append((after.pk, Renumbering(int(pk), number, after.revision.date_created)))
    return (one for _pk, one in sorted(changes, key=lambda change: change[0]))


def _number_in(version: Version) -> str:
    return str(version.field_dict.get("number", ""))


# Who stands there, and who stood there


def standing(booth: Booth) -> Sequence[Exhibitor]:
    """The public exhibitors on a booth, with their places. Two queries."""
    rows = Exhibitor.objects.public().filter(assignments__booth=booth).defer(*SEARCH_COLUMNS)
    return list(with_places(rows.order_by("sort_key", "pk")))


def departures(booth: Booth, here: Iterable[Exhibitor]) -> list[Departure]:
    """Public exhibitors who left a booth and have not come back, the last first; others are passed over in silence.

    Four queries, however many there are.
    """
    left = dict(
        BoothMove.objects.filter(booth=booth, kind=BoothMove.Kind.LEFT, exhibitor__state=Exhibitor.State.PUBLIC)
        .exclude(exhibitor__in=[exhibitor.pk for exhibitor in here])
        .order_by()
        .values_list("exhibitor")
        .annotate(last=Max("moved_at"))
    )
    if not left:
        return []
    exhibitors = with_places(Exhibitor.objects.public().filter(pk__in=left).defer(*SEARCH_COLUMNS).order_by("pk"))
    joined = _joined(left)
    found = [Departure(one, left[one.pk], _since(one, joined)) for one in exhibitors]
    return sorted(found, key=lambda departure: (departure.left_at, departure.exhibitor.pk), reverse=True)


def _joined(exhibitors: Iterable[int]) -> dict[tuple[int, int], datetime]:
    """When each exhibitor came to each booth last."""
    moves = BoothMove.objects.filter(kind=BoothMove.Kind.JOINED, exhibitor__in=list(exhibitors), booth__isnull=False)
    rows = moves.order_by().values_list("exhibitor", "booth").annotate(last=Max("moved_at"))
    return {(exhibitor, booth): last for exhibitor, booth, last in rows}


def _since(exhibitor: Exhibitor, joined: dict[tuple[int, int], datetime]) -> datetime | None:
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    return max((at for place in places if (at := joined.get((exhibitor.pk, place.booth_id)))), default=None)


def hall_of(edition: Edition, code: str) -> Hall | None:
    """A hall by its code, in whatever case somebody types it."""
    return Hall.objects.filter(edition=edition, code=code.lower()).select_related("theme").first()
