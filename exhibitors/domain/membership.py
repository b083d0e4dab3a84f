"""Which exhibitors of an edition have each value of each facet: a bit an exhibitor, so that counting is arithmetic.

The whole edition's is kept by each process for one version of the data. To intersect and count 100,000 exhibitors takes
a few microseconds; the database groups them seven times for every page.
"""

import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Value

from exhibitors.domain import data_version
from exhibitors.models import BoothAssignment, Edition, Exhibitor, ExhibitorIndustry

MOST_EDITIONS = 8
SLOW = 0.1  # seconds

Bits = int
"""A set of exhibitors."""


@dataclass(frozen=True)
class Membership:
    """Halls and industries by primary key, initials of either name as they are stored."""

    bits: Mapping[int, Bits]
    """Of each exhibitor the place of its bit, by primary key."""
    everyone: Bits
    halls: Mapping[int, Bits]
    industries: Mapping[int, Bits]
    initials: Mapping[str, Bits]

    def of(self, exhibitors: Iterable[int]) -> Bits | None:
        """Some exhibitors as a set; None where one is not known, because it came after this was read."""
        try:
            return _set_of((self.bits[pk] for pk in exhibitors), len(self.bits))
        except KeyError:
            return None


Named = Iterable[tuple[int, str, str]]
"""Primary key and both initials of exhibitors."""
Links = Iterable[tuple[str, int, int]]
"""Kind ('hall' or 'industry'), primary key of the value and of the exhibitor."""


def build(exhibitors: Named, links: Links) -> Membership:
    """Gather what was read. Links of others are left out."""
    bits: dict[int, int] = {}
    members: dict[str, dict[Any, list[int]]] = {kind: defaultdict(list) for kind in ("initial", "hall", "industry")}
    for place, (pk, initial, initial_en) in enumerate(exhibitors):
        bits[pk] = place
        for one in {initial, initial_en}:
            members["initial"][one].append(place)
    for kind, value, pk in links:
        if pk in bits:
            members[kind][value].append(bits[pk])
    sets = {kind: {value: _set_of(own, len(bits)) for value, own in found.items()} for kind, found in members.items()}
    return Membership(bits, (1 << len(bits)) - 1, sets["hall"], sets["industry"], sets["initial"])


def _set_of(places: Iterable[int], size: int) -> Bits:
    flags = bytearray(size // 8 + 1)
    for place in places:
        flags[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(flags, "little")


def links_of(standing: QuerySet[BoothAssignment], listed: QuerySet[ExhibitorIndustry]) -> Links:
    """One query."""
    halls: QuerySet[Any, Any] = standing.order_by().annotate(kind=Value("hall"))
    industries: QuerySet[Any, Any] = listed.order_by().annotate(kind=Value("industry"))
    pairs = halls.values_list("kind", "booth__hall", "exhibitor")
    links: Links = pairs.union(industries.values_list("kind", "industry", "exhibitor"), all=True)
    return links


# What a process keeps of whole editions


@dataclass(frozen=True)
class _Kept:
    version: Hashable
    membership: Membership
    took: float


_kept: "OrderedDict[int, _Kept]" = OrderedDict()
_asked: dict[int, Hashable] = {}
_lock = threading.Lock()


def of_edition(edition: Edition) -> Membership | None:
    """The membership of all public exhibitors; None where to ask the database is better. One query, three to read it.

    Within a transaction, whose own writes make no version, nothing is taken from memory. An edition that takes long to
    read is read when a version is asked for the second time: while organisers write, most versions are not.
    """
    if connection.in_atomic_block:
        return None
    version = data_version.current()
    kept = _kept.get(edition.pk)
    if kept is not None and kept.version == version:
        return kept.membership
    if kept is not None and kept.took > SLOW and _asked.get(edition.pk) != version:
        _asked[edition.pk] = version
        return None
    if not _lock.acquire(blocking=False):
        return None  # another thread reads; the database answers sooner than it is done
    try:
        return _keep(edition, version)
    finally:
        _lock.release()


def _keep(edition: Edition, version: Hashable) -> Membership:
    began = time.monotonic()
    membership = _read(edition)
    _kept[edition.pk] = _Kept(version, membership, time.monotonic() - began)
    _kept.move_to_end(edition.pk)
    while len(_kept) > MOST_EDITIONS:
        _kept.popitem(last=False)
    return membership


def _read(edition: Edition) -> Membership:
    exhibitors = Exhibitor.objects.public().filter(edition=edition).order_by()
    standing = BoothAssignment.objects.filter(booth__hall__edition=edition)
    listed = ExhibitorIndustry.objects.filter(industry__edition=edition)
    return build(exhibitors.values_list("pk", "initial", "initial_en"), links_of(standing, listed))


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    _kept.clear()
    _asked.clear()
