"""Whose booth got another number, as the history of booths tells; nobody moved, so no move is logged."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast
from reversion.models import Version

from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.models import Booth, BoothAssignment, BoothMove, Edition, Exhibitor, Hall


@dataclass(frozen=True)
class Renumbering:
    """A booth had a number until a revision, and has had another since."""

    revision: int
    at: datetime
    booth: int
    hall: Hall
    """Where the booth is now."""
    old: str
    new: str


@dataclass(frozen=True)
class Renumbered:
    """An exhibitor, as it was then, and its booths that were renumbered at one moment."""

    exhibitor: Exhibitor
    known: Mapping[str, Any]
    """The exhibitor's fields before."""
    renumberings: tuple[Renumbering, ...]

    @property
    def at(self) -> datetime:
        return self.renumberings[0].at

    @property
    def key(self) -> str:
        return f"{self.renumberings[0].revision}-{self.exhibitor.pk}"


def latest(edition: Edition, shown: QuerySet[Exhibitor], most: int) -> list[Renumbered]:
    """The newest, the newest first, about `most`. One query where no number changed, else seven."""
    newest = sorted(_renumberings(edition), key=attrgetter("at", "revision", "booth"), reverse=True)
    if not newest:
        return []
    stood = _Standing({one.booth for one in newest})
    found: list[tuple[int, list[Renumbering]]] = []
    for _revision, together in groupby(newest, key=attrgetter("revision")):
        if len(found) < most:
            found += _by_exhibitor(together, stood).items()
    return _told(found[:most], shown)


def _by_exhibitor(together: Iterable[Renumbering], stood: "_Standing") -> dict[int, list[Renumbering]]:
    found: dict[int, list[Renumbering]] = {}
    for one in sorted(together, key=attrgetter("booth")):
        for exhibitor in stood.on(one.booth, one.at):
            found.setdefault(exhibitor, []).append(one)
    return found


def _told(found: Sequence[tuple[int, list[Renumbering]]], shown: QuerySet[Exhibitor]) -> list[Renumbered]:
    """Those of the shown, with what was known of each just before; who was not in the history then is left out."""
    rows = {row.pk: row for row in shown.defer(*SEARCH_COLUMNS).filter(pk__in={exhibitor for exhibitor, _ in found})}
    versions: dict[int, list[tuple[datetime, int]]] = {pk: [] for pk in rows}
    kept = Version.objects.get_for_model(Exhibitor).filter(object_id__in=map(str, rows)).order_by("pk")
    for pk, exhibitor, at in kept.values_list("pk", "object_id", "revision__date_created"):
        versions[int(exhibitor)].append((at, pk))

    def before(exhibitor: int, moment: datetime) -> int:
        return max((pk for at, pk in versions.get(exhibitor, ()) if at < moment), default=0)

    wanted = {before(exhibitor, together[0].at) for exhibitor, together in found}
    contents = Version.objects.filter(pk__in=wanted).values_list("pk", "serialized_data")
    known = {pk: fields_in(data) for pk, data in contents}
    return [
        Renumbered(rows[exhibitor], known[version], tuple(together))
        for exhibitor, together in found
        if (version := before(exhibitor, together[0].at)) in known
    ]


def fields_in(serialized: str) -> dict[str, Any]:
    """The fields of a row, out of its version."""
    fields: dict[str, Any] = json.loads(serialized)[0]["fields"]
    return fields


def _renumberings(edition: Edition) -> list[Renumbering]:
    booths = Booth.objects.filter(hall__edition=edition).order_by().annotate(key=Cast("pk", CharField()))
    versions = Version.objects.get_for_model(Booth).filter(object_id__in=booths.values("key")).order_by()
    changed = versions.values("object_id").annotate(count=Count("pk")).filter(count__gt=1).values("object_id")
    rows = Version.objects.get_for_model(Booth).filter(object_id__in=changed).order_by("pk")
    numbers: dict[str, str] = {}
    found = []
    for booth, revision, at, data in rows.values_list(
        "object_id", "revision", "revision__date_created", "serialized_data"
    ):
        number = str(fields_in(data)["number"])
        if numbers.get(booth, number) != number:
            found.append((revision, at, int(booth), numbers[booth], number))
        numbers[booth] = number
    if not found:
        return []
    places = Booth.objects.filter(pk__among=[booth for _, _, booth, _, _ in found]).select_related("hall")
    halls = {place.pk: place.hall for place in places}
    return [Renumbering(revision, at, booth, halls[booth], old, new) for revision, at, booth, old, new in found]


class _Standing:
    """Who stood on some booths at a moment: the first move after it tells, without one who stands there now."""

    def __init__(self, booths: set[int]) -> None:
        places = BoothAssignment.objects.filter(booth__pk__among=sorted(booths)).order_by()
        moves = BoothMove.objects.filter(booth__pk__among=sorted(booths), exhibitor__isnull=False)
        self._now = set(places.values_list("booth", "exhibitor"))
        self._moves: dict[tuple[int, int], list[tuple[datetime, str]]] = {}
        for booth, exhibitor, at, kind in moves.order_by("moved_at", "pk").values_list(
            "booth", "exhibitor", "moved_at", "kind"
        ):
            self._moves.setdefault((booth, exhibitor), []).append((at, kind))
        self._exhibitors: dict[int, set[int]] = {}
        for booth, exhibitor in [*self._now, *self._moves]:
            self._exhibitors.setdefault(booth, set()).add(exhibitor)

    def on(self, booth: int, at: datetime) -> list[int]:
        return [one for one in sorted(self._exhibitors.get(booth, ())) if self._stood(booth, one, at)]

    def _stood(self, booth: int, exhibitor: int, at: datetime) -> bool:
        after = (kind for moved_at, kind in self._moves.get((booth, exhibitor), ()) if moved_at > at)
        first = next(after, None)
        return first == BoothMove.Kind.LEFT if first else (booth, exhibitor) in self._now
