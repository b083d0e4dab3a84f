"""Which version of the public data there is, as this process knows it."""

import threading
import time
from collections.abc import Hashable
from dataclasses import dataclass

from django.db import Error, close_old_connections, connection
from django.db.models import Count, Max, Min

from exhibitors.models import DataChange

LASTS = 0.9  # seconds: with the time that a page needs, readers are at most one behind


@dataclass(frozen=True)
class Known:
    """The version as last read; `is_current` is false where the database did not answer."""

    version: Hashable
    is_current: bool


class Watch:
    """Reads the version at most once in `LASTS` seconds, however many ask, and at once after `expire`."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._expiries = 0
        self._known = Known(version=None, is_current=False)
        self._read_at = float("-inf")
        self._read_after = -1  # expiries

    def read(self) -> Known:
        """One query where it is due. While one thread waits for a database that was down, others are told so."""
        if self._is_fresh():
            return self._known
        if not self._lock.acquire(blocking=self._known.is_current or self._known.version is None):
            return self._known
        try:
            if not self._is_fresh():
                self._read()
            return self._known
        finally:
            self._lock.release()

    def expire(self) -> None:
        """This process has written: what it shows next must hold that."""
        self._expiries += 1

    def _is_fresh(self) -> bool:
        return self._read_after == self._expiries and time.monotonic() - self._read_at < LASTS

    def _read(self) -> None:
        expiries, now = self._expiries, time.monotonic()
        try:
            self._known = Known(current(), is_current=True)
        except Error:
            self._known = Known(self._known.version, is_current=False)
        self._read_after, self._read_at = expiries, now


def current() -> Hashable:
    """The version that the database has: another one after each commit that changes what readers may see. One query.

    The least number rises when old rows are removed, and the count with each commit, one that comes late included.
    """
    if not connection.in_atomic_block:
        close_old_connections()  # outside of requests nobody else does
    row = DataChange.objects.aggregate(Min("pk"), Max("pk"), Count("pk"), Max("stamp"))
    return tuple(row.values())


watch = Watch()
