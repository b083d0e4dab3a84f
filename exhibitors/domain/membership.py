"""Which exhibitors of an edition have each value of each facet: a bit an exhibitor, so that counting is arithmetic.

The whole edition's is kept by each process for one version of the data. To intersect and count 100,000 exhibitors takes
a few microseconds; the database groups them seven times for every page. The bits stand in the order of names, so that
a page of any selection is a matter of arithmetic too, where the database reads thousands who are not of it.
"""

import sys
import threading
import time
from array import array
from bisect import bisect_left
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import chain, islice
from operator import or_
from typing import Any

from django.db.models import QuerySet, Value

from exhibitors.domain import memory
from exhibitors.domain.criteria import Sort
from exhibitors.domain.kept import Kept
from exhibitors.models import BoothAssignment, Edition, Exhibitor, ExhibitorIndustry
from exhibitors.models.exhibitor import ExhibitorQuerySet

MOST_EDITIONS = 8
CHUNK = 2000  # rows in memory at a time
SLOW = 0.1  # seconds
MB = 1024 * 1024

Bits = int
"""A set of exhibitors."""


@dataclass(frozen=True)
class Membership:
    """Halls and industries by primary key, initials of either name as they are stored."""

    places: Mapping[int, int]
    """Of each exhibitor the place of its bit, by primary key."""
    everyone: Bits
    halls: Mapping[int, Bits]
    industries: Mapping[int, Bits]
    initials: Mapping[str, Bits]

    def of(self, exhibitors: Iterable[int]) -> Bits | None:
        """Some exhibitors as a set; None where one is not known, because it came after this was read."""
        try:
            return _set_of((self.places[pk] for pk in exhibitors), len(self.places))
        except KeyError:
            return None


class Places(Mapping[int, int]):
    """What a dictionary of keys to places says, in an eighth of its memory: 12 bytes an exhibitor."""

    def __init__(self, places: Mapping[int, int]) -> None:
        pairs = sorted(places.items())
        self._keys = array("Q", (key for key, _place in pairs))
        self._places = array("I", (place for _key, place in pairs))

    def __getitem__(self, key: int) -> int:
        keys = self._keys
        index = key - keys[0] if keys else 0  # where it is among keys of one import
        if not (0 <= index < len(keys) and keys[index] == key):
            index = bisect_left(keys, key)
            if index == len(keys) or keys[index] != key:
                raise KeyError(key)
        return self._places[index]

    def __iter__(self) -> Iterator[int]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


Named = Iterable[tuple[int, str, str]]
"""Primary key and both initials of exhibitors."""
Links = Iterable[tuple[str, int, int]]
"""Kind ('hall' or 'industry'), primary key of the value and of the exhibitor."""


def build(exhibitors: Named, links: Links) -> Membership:
    """Gather what was read. Links of others are left out."""
    places: dict[int, int] = {}
    members: dict[str, dict[Any, list[int]]] = {kind: defaultdict(list) for kind in ("initial", "hall", "industry")}
    for place, (pk, initial, initial_en) in enumerate(exhibitors):
        places[pk] = place
        for one in {initial, initial_en}:
            members["initial"][one].append(place)
    for kind, value, pk in links:
        if pk in places:
            members[kind][value].append(places[pk])
    size = len(places)
    sets = {kind: {value: _set_of(own, size) for value, own in found.items()} for kind, found in members.items()}
    return Membership(places, (1 << size) - 1, sets["hall"], sets["industry"], sets["initial"])


def union(sets: Iterable[Bits]) -> Bits:
    return reduce(or_, sets, 0)


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
    links: QuerySet[Any, Any] = pairs.union(industries.values_list("kind", "industry", "exhibitor"), all=True)
    return links.iterator(CHUNK)


# What a process keeps of whole editions


@dataclass(frozen=True)
class Everyone:
    """All public exhibitors of an edition, whose places are those of the list by name."""

    version: Hashable
    members: Membership
    took: float
    _edition: Edition
    _keys: Sequence[int]
    _orders: dict[Sort, Sequence[int]] = field(default_factory=dict)
    _reading: Any = field(default_factory=threading.Lock)
    _sets: Kept[tuple[Bits, ...] | None] = field(default_factory=lambda: Kept(300, weigh=_bytes, heaviest=4 * MB))
    """Of searches; here, as they mean these places and no others, whatever version those were read at."""

    def ranked(
        self, search: Hashable, version: Hashable, find: Callable[[], Iterable[Iterable[int]] | None]
    ) -> tuple[Bits, ...] | None:
        """What a search finds at a version, as sets, best first; None where one found is not known here."""

        def make() -> tuple[Bits, ...] | None:
            found = find()
            sets = [self.members.of(keys) for keys in found or ()]
            return None if found is None or None in sets else tuple(one for one in sets if one is not None)

        return self._sets.get(search, version, make)

    def keys(self, sets: Iterable[Bits], sort: Sort, rows: slice) -> list[int] | None:
        """Primary keys of some rows of a list: of these sets one after another, each of them in an order.

        None where another thread is reading that order, which takes one query the first time.
        """
        order = self._order(sort)
        if order is None:
            return None
        found = chain.from_iterable(_in_order(members, order) for members in sets)
        return [self._keys[place] for place in islice(found, rows.start, rows.stop)]

    def _order(self, sort: Sort) -> Sequence[int] | None:
        """The places in their order; empty where they stand so already."""
        if sort in _OWN_ORDERS:
            return ()
        if sort not in self._orders:
            if not self._reading.acquire(blocking=False):
                return None
            try:
                keys = _public(self._edition).order_by(*ORDERS[sort]).values_list("pk", flat=True)
                places = (self.members.places.get(pk) for pk in keys.iterator(CHUNK))
                self._orders[sort] = array("I", (place for place in places if place is not None))
            finally:
                self._reading.release()
        return self._orders[sort]


def _bytes(sets: tuple[Bits, ...] | None) -> int:
    return sum(sys.getsizeof(one) for one in sets) if sets else 0


ORDERS = {
    Sort.NAME: ("sort_key", "pk"),
    Sort.NAME_EN: ("sort_key_en", "pk"),
    Sort.BOOTH: ("first_booth", "sort_key", "pk"),
}
_OWN_ORDERS = (Sort.NAME, Sort.RELEVANCE)  # in a search names decide among those that match equally well


def _in_order(members: Bits, order: Sequence[int]) -> Iterator[int]:
    """The places of a set. Finding in a text is the fastest way that Python has to the next bit."""
    digits = f"{members:b}"[::-1]
    if order:
        yield from (place for place in order if digits[place : place + 1] == "1")
        return
    place = digits.find("1")
    while place >= 0:
        yield place
        place = digits.find("1", place + 1)


_kept: "OrderedDict[int, Everyone]" = OrderedDict()
_asked: dict[int, Hashable] = {}
_lock = threading.Lock()


def of_edition(edition: Edition, version: Hashable) -> Everyone | None:
    """All public exhibitors at a version; None where to ask the database is better. No query, two to read them.

    An edition that takes long to read is read when a version is asked for the second time: while organisers write, most
    versions are not.
    """
    kept = _kept.get(edition.pk)
    if kept is not None and kept.version == version:
        return kept
    if kept is not None and kept.took > SLOW and _asked.get(edition.pk) != version:
        _asked[edition.pk] = version
        return None
    if not _lock.acquire(blocking=False):
        return None  # another thread reads; the database answers sooner than it is done
    try:
        return _keep(edition, version)
    finally:
        _lock.release()


def _keep(edition: Edition, version: Hashable) -> Everyone:
    began = time.monotonic()
    members = _read(edition)
    keys = array("Q", members.places)  # in the order of the places
    members = replace(members, places=Places(members.places))
    kept = Everyone(version, members, time.monotonic() - began, edition, keys)
    _kept[edition.pk] = kept
    _kept.move_to_end(edition.pk)
    while len(_kept) > MOST_EDITIONS:
        _kept.popitem(last=False)
    if kept.took > SLOW:
        memory.give_back()
    return kept


def _read(edition: Edition) -> Membership:
    exhibitors = _public(edition).order_by(*ORDERS[Sort.NAME])
    standing = BoothAssignment.objects.filter(booth__hall__edition=edition)
    listed = ExhibitorIndustry.objects.filter(industry__edition=edition)
    return build(exhibitors.values_list("pk", "initial", "initial_en").iterator(CHUNK), links_of(standing, listed))


def _public(edition: Edition) -> ExhibitorQuerySet:
    return Exhibitor.objects.public().filter(edition=edition)


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    _kept.clear()
    _asked.clear()
