"""What changed in the public directory: who joined it, was renamed, moved, has another number or does not take part.

Read from the history, which also holds what is nobody's business: a change is told only where the edition was public
before it, the exhibitor is no draft now, and what it says was shown to readers then. Who did it and why is never read.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import merge
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext, gettext_lazy
from reversion.models import Version

from exhibitors.domain import renumbered
from exhibitors.domain.history import Action
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.domain.renumbered import fields_in
from exhibitors.models import BoothMove, Edition, Exhibitor
from exhibitors.models.booth import label_of
from exhibitors.models.fields import LocalText, pick

MOST = 100
MOST_READ = 2_500  # versions: texts that nobody is told of are changed much more often than names and booths
BATCH = 500

TOLD = {"state", "name_ko", "name_en", "booths"}
PUBLIC, WITHDRAWN = Exhibitor.State.PUBLIC, Exhibitor.State.WITHDRAWN


class Kind(StrEnum):
    NEW = "new"
    RENAMED = "renamed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Place:
    hall: LocalText
    number: str


@dataclass(frozen=True)
class PublicChange:
    """One thing that readers could see before and after; `name` is the exhibitor's at that moment."""

    kind: Kind
    key: str
    """The same for good, and no other change's."""
    at: datetime
    exhibitor: Exhibitor
    name: LocalText
    old_name: LocalText | None = None
    left: tuple[Place, ...] = ()
    joined: tuple[Place, ...] = ()


def latest(edition: Edition) -> list[PublicChange]:
    """The newest changes, the newest first, at most MOST.

    Six queries, three more per further 500 versions, six more where a number changed.
    """
    was_public = _public_times(edition)
    shown = Exhibitor.objects.filter(edition=edition, state__in=[PUBLIC, WITHDRAWN])
    steps = (step for batch in _batches(shown) for step in _steps(batch, edition, shown) if was_public(step.at))
    own = (change for step in steps for change in _changes(step))
    of_booths = (change for change in _renumbered(edition, shown) if was_public(change.at))
    return list(islice(merge(own, of_booths, key=attrgetter("at"), reverse=True), MOST))


def _public_times(edition: Edition) -> Callable[[datetime], bool]:
    """Tells whether the edition was public before a moment; what is older than its history was not."""
    versions = Version.objects.get_for_object(edition).order_by("pk").select_related("revision")
    known = [
        (version.revision.date_created, bool(fields_in(version.serialized_data)["is_public"])) for version in versions
    ]
    moments = [moment for moment, _ in known]

    def was_public(at: datetime) -> bool:
        index = bisect_left(moments, at)
        return known[index - 1][1] if index else not known and edition.is_public

    return was_public


@dataclass(frozen=True)
class _Pair:
    """A version of an exhibitor and the one before it, where there is one, by their keys."""

    version: int
    exhibitor: int
    at: datetime
    before: int | None
    since: datetime | None


def _batches(exhibitors: QuerySet[Exhibitor]) -> Iterator[list[_Pair]]:
    """Pairs of versions, the newest first; their contents are read batch by batch, as most are not needed.

    What the history began with is left out: it was there before. Which version came before which is found here: asked
    for each of them, SQLite took seconds.
    """
    keys = exhibitors.order_by().annotate(key=Cast("pk", CharField())).values("key")
    versions = Version.objects.get_for_model(Exhibitor).filter(object_id__in=keys).order_by("pk")
    known: dict[str, tuple[int, datetime]] = {}
    pairs: deque[_Pair] = deque(maxlen=MOST_READ)
    for pk, key, at, action in versions.values_list("pk", "object_id", "revision__date_created", "revision__comment"):
        before, since = known.get(key, (None, None))
        known[key] = pk, at
        if action != Action.BEGIN:
            pairs.append(_Pair(pk, int(key), at, before, since))
    newest = [*reversed(pairs)]
    return (newest[start : start + BATCH] for start in range(0, len(newest), BATCH))


@dataclass(frozen=True)
class _Step:
    """An exhibitor before and after a version; `moves` are those between the two."""

    version: int
    at: datetime
    exhibitor: Exhibitor
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    moves: tuple[BoothMove, ...]


def _steps(pairs: list[_Pair], edition: Edition, shown: QuerySet[Exhibitor]) -> Iterator[_Step]:
    contents = _contents(pairs)
    told = [(pair, contents.get(pair.before, {}), contents[pair.version]) for pair in pairs]
    telling = [step for step in told if _is_telling(*step[1:])]
    pks = {pair.exhibitor for pair, _, _ in telling}
    rows = {row.pk: row for row in shown.defer(*SEARCH_COLUMNS).filter(pk__in=pks)}
    moves = _moves(edition, pks)
    for pair, before, after in telling:
        exhibitor = rows[pair.exhibitor]
        exhibitor.edition = edition
        between = (move for move in moves.get(exhibitor.pk, ()) if pair.since and pair.since < move.moved_at <= pair.at)
        yield _Step(pair.version, pair.at, exhibitor, before, after, tuple(between))


def _contents(pairs: list[_Pair]) -> dict[int | None, dict[str, Any]]:
    """What is told of, out of each version."""
    keys = {key for pair in pairs for key in (pair.version, pair.before) if key is not None}
    rows = Version.objects.filter(pk__in=keys).values_list("pk", "serialized_data")
    return {
        pk: {name: value for name, value in fields_in(data).items() if name in TOLD} for pk, data in rows.iterator()
    }


def _is_telling(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether readers could see a difference of the kinds that are told."""
    if before.get("state") != after["state"]:
        return after["state"] == PUBLIC or (before.get("state"), after["state"]) == (PUBLIC, WITHDRAWN)
    return after["state"] == PUBLIC and any(before[name] != after[name] for name in ("name_ko", "name_en", "booths"))


def _moves(edition: Edition, pks: set[int]) -> dict[int, list[BoothMove]]:
    """Moves of some exhibitors, in their order."""
    moves: dict[int, list[BoothMove]] = {}
    rows = BoothMove.objects.filter(edition=edition, exhibitor__in=sorted(pks)).select_related("booth__hall")
    for move in rows.order_by("moved_at", "pk"):
        moves.setdefault(move.exhibitor_id or 0, []).append(move)
    return moves


def _changes(step: _Step) -> Iterator[PublicChange]:
    before, after = step.before, step.after
    if after["state"] == WITHDRAWN:
        yield _change(step, Kind.WITHDRAWN, name=_name(before))  # the one that readers knew
    elif before.get("state") != PUBLIC:
        yield _change(step, Kind.NEW)
    else:
        if _name(before) != _name(after):
            yield _change(step, Kind.RENAMED, old_name=_name(before))
        left, joined = _places(step, before, after)
        if left or joined:
            yield _change(step, Kind.MOVED, left=left, joined=joined)


def _change(step: _Step, kind: Kind, *, name: LocalText | None = None, **details: Any) -> PublicChange:
    return PublicChange(
        kind=kind,
        key=f"{step.version}-{kind}",
        at=step.at,
        exhibitor=step.exhibitor,
        name=name or _name(step.after),
        **details,
    )


class _Named:
    """Names out of a version, as `pick` reads them."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self.name_ko: str = fields["name_ko"]
        self.name_en: str = fields["name_en"]


def _name(fields: Mapping[str, Any]) -> LocalText:
    return pick(_Named(fields), "name")


def _places(
    step: _Step, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Where an exhibitor stood and no longer does, and where it stands instead; there and back again is nothing."""
    left, joined = set(before["booths"]) - set(after["booths"]), set(after["booths"]) - set(before["booths"])
    return (
        _called(step.moves, BoothMove.Kind.LEFT, left),
        _called(step.moves, BoothMove.Kind.JOINED, joined),
    )


def _called(moves: Iterable[BoothMove], kind: BoothMove.Kind, booths: set[int]) -> tuple[Place, ...]:
    """The places of some booths, as the moves call them. Where a booth was deleted since, its move is all there is."""
    told = (move for move in moves if move.kind == kind and (move.booth_id is None or move.booth_id in booths))
    return tuple({move.booth_id or -move.pk: _place(move) for move in told}.values())


def _place(move: BoothMove) -> Place:
    hall = pick(move.booth.hall, "name") if move.booth else LocalText(move.hall_name, "ko", is_foreign=False)
    return Place(hall, move.booth_number)


def _renumbered(edition: Edition, shown: QuerySet[Exhibitor]) -> Iterator[PublicChange]:
    """Of who was public at that moment: nobody moved, but the address on paper leads to another place."""
    told = [one for one in renumbered.latest(edition, shown, MOST) if one.known["state"] == PUBLIC]
    for one in told:
        one.exhibitor.edition = edition
        yield PublicChange(
            kind=Kind.RENUMBERED,
            key=f"{one.key}-{Kind.RENUMBERED}",
            at=one.at,
            exhibitor=one.exhibitor,
            name=_name(one.known),
            left=tuple(Place(pick(place.hall, "name"), place.old) for place in one.renumberings),
            joined=tuple(Place(pick(place.hall, "name"), place.new) for place in one.renumberings),
        )


SENTENCES = {
    Kind.NEW: gettext_lazy("New: {name}"),
    Kind.RENAMED: gettext_lazy("{old} is now called {name}"),
    Kind.RENUMBERED: gettext_lazy("{name} stays in place, renumbered from {left} to {joined}"),
    Kind.WITHDRAWN: gettext_lazy("{name} does not take part"),
}


def sentence(change: PublicChange) -> str:
    """How a change is told, with {name}, {old}, {left} and {joined} where they belong."""
    if change.kind != Kind.MOVED:
        return str(SENTENCES[change.kind])
    if not change.left:
        return gettext("{name} is now at {joined}")
    if not change.joined:
        return gettext("{name} is no longer at {left}")
    return gettext("{name} has moved from {left} to {joined}")


def told(change: PublicChange) -> str:
    """A change in a line of plain text."""
    line = sentence(change).format(
        name=change.name,
        old=change.old_name,
        left=", ".join(map(place_text, change.left)),
        joined=", ".join(map(place_text, change.joined)),
    )
    return f"{line} ({gettext('sample')})" if change.exhibitor.is_sample else line


def place_text(place: Place) -> str:
    return f"{place.hall} {label_of(place.number)}"
