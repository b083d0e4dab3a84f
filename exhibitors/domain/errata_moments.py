"""Since when something is no longer as it was printed: read from the log of moves and from the history."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import models
from django.db.models import Max
from reversion.models import Version

from exhibitors.domain.errata import Difference, Kind
from exhibitors.models import Booth, BoothMove, Exhibitor

FIELDS = {
    Kind.WITHDRAWN: ("state",),
    Kind.NEW: ("state",),
    Kind.RENAMED: ("name_ko", "name_en"),
    Kind.CHANGED: ("main_products_ko", "main_products_en", "industries"),
}


def dated(differences: Sequence[Difference], *, since: datetime) -> tuple[Difference, ...]:
    """The differences with the moments after `since` at which they arose. Up to three queries."""
    versions = _versions(Exhibitor, (d.row.subject.pk for d in differences if d.kind in FIELDS and d.row.exhibitor))
    moved = [difference for difference in differences if difference.kind == Kind.MOVED]
    places = _versions(Booth, (place.pk for difference in moved if difference.new for place in difference.new.booths))
    moves = _moves([difference.row.subject.pk for difference in moved if difference.row.exhibitor], since)

    def moment(difference: Difference) -> datetime | None:
        if difference.row.facility:
            return None
        if difference.kind == Kind.MOVED:
            known = [moves.get(difference.row.subject.pk), *_renumbered(difference, places)]
        else:
            known = [_since(versions.get(difference.row.subject.pk, ()), FIELDS.get(difference.kind, ()))]
        return max((at for at in known if at and at > since), default=None)

    return tuple(replace(difference, at=moment(difference)) for difference in differences)


def _versions(model: type[models.Model], pks: Iterable[int]) -> Mapping[int, Sequence[Version]]:
    """What the history keeps of some rows, the newest first."""
    wanted = sorted({str(pk) for pk in pks})
    found: dict[int, list[Version]] = defaultdict(list)
    if wanted:
        rows = Version.objects.get_for_model(model).filter(object_id__in=wanted)
        for version in rows.select_related("revision").order_by("-pk"):
            found[int(version.object_id)].append(version)
    return found


def _moves(exhibitors: Sequence[int], since: datetime) -> Mapping[int, datetime]:
    if not exhibitors:
        return {}
    rows = BoothMove.objects.filter(exhibitor__pk__among=list(exhibitors), moved_at__gt=since).order_by()
    return dict(rows.values_list("exhibitor").annotate(last=Max("moved_at")))


def _renumbered(difference: Difference, places: Mapping[int, Sequence[Version]]) -> Iterable[datetime | None]:
    """When the booths got their numbers on which an exhibitor stood before as well."""
    stood = {place.pk for place in difference.old.booths} if difference.old else set()
    now = difference.new.booths if difference.new else ()
    return (_since(places.get(place.pk, ()), ("number", "hall_id")) for place in now if place.pk in stood)


def _since(versions: Sequence[Version], fields: Sequence[str]) -> datetime | None:
    """Since when a row has had its present values, going back version by version."""
    at = None
    newest = None
    for version in versions if fields else ():
        values = [version.field_dict.get(field) for field in fields]
        newest = values if newest is None else newest
        if values != newest:
            break
        at = version.revision.date_created
    return at
