"""Which version of the public data there is, as this process knows it."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.db import Error, close_old_connections, connection

from exhibitors.models import DataChange

LASTS = 0.9  # seconds: with the time that a page needs, readers are at most one behind
PATIENCE = 1.0  # seconds; a database whose machine has vanished is not given up by its connection before some more


@dataclass(frozen=True)
class Known:
    """The version as last read; `is_current` is false where the database did not answer."""

    version: Hashable
    is_current: bool


class Watch:
    """Reads the version at most once in `LASTS` seconds, however many ask, and at once after `expire`."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.announce: Callable[[], object] | None = None
        """What tells other processes that this one has written, where something does."""
        self._patience = patience
        self._lock = threading.Lock()
        self._known = Known(version=None, is_current=False)
        self._read_at = float("-inf")
        self._expiry = object()  # replaced as a whole: of two threads that add to a number one could be lost
        self._read_after: object = None  # expiry

    def read(self) -> Known:
        """One query where it is due. While one thread waits for a database that is down, others are told so."""
        if self._is_fresh():
            return self._known
        if not self._lock.acquire(timeout=self._time_to_wait()):
            return Known(self._known.version, is_current=False)
        try:
            if not self._is_fresh():
                self._read()
            return self._known
        finally:
            self._lock.release()

    def _time_to_wait(self) -> float:
        if self._read_after is None:
            return -1  # without end: what there is to be shown is not known yet
        return self._patience if self._known.is_current else 0

    def expire(self) -> None:
        """Something was written, here or elsewhere: what is shown next must hold that."""
        self._expiry = object()

    def note_write(self) -> None:
        """This process has written: it reads anew at once, and so do others where they are told."""
        self.expire()
        if self.announce:
            self.announce()

    def _is_fresh(self) -> bool:
        return self._read_after is self._expiry and time.monotonic() - self._read_at < LASTS

    def _read(self) -> None:
        expiry, read_at = self._expiry, time.monotonic()
        if not connection.in_atomic_block:
            close_old_connections()  # outside of requests nobody else does
        try:
            self._known = Known(current(), is_current=True)
        except Error:
            self._known = Known(self._known.version, is_current=False)
            read_at = time.monotonic()  # giving up takes seconds, and those who wait shall not begin anew one by one
        self._read_after, self._read_at = expiry, read_at


def current() -> Hashable:
    """The version that the database has: another one after each commit that changes what readers may see. One query.

    The least number rises when old rows are removed, and the count with each commit, one that comes late included.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        return tuple(cursor.fetchone())


def settled() -> Hashable:
    """The current version, by which something may be kept; None within a transaction, whose own writes make none."""
    return None if connection.in_atomic_block else current()


_CURRENT = f"SELECT MIN(id), MAX(id), COUNT(id), MAX(stamp) FROM {DataChange._meta.db_table}"  # noqa: S608 a constant


watch = Watch()
