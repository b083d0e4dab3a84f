"""The kept pages of a process: bounded, the least recently used go first, and one thread makes a missing one."""

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from expo.page_store.asked import Key
from expo.page_store.entry import Entry

LONGEST_WAIT = 20.0  # seconds for a page that another thread makes; then one makes it itself


class Pages:
    """Entries by key, up to a number of bytes in all."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._entries: OrderedDict[Key, Entry] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()
        self._making: dict[Key, threading.Event] = {}

    def get(self, key: Key) -> Entry | None:
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, entry: Entry) -> None:
        """Keep an entry, unless it alone is more than a quarter of all that may be kept."""
        if _size(key, entry) > self.limit // 4:
            return
        with self._lock:
            self._remove(key)
            self._entries[key] = entry
            self._size += _size(key, entry)
            while self._size > self.limit:
                self._remove(next(iter(self._entries)))

    @property
    def size(self) -> int:
        return self._size

    def __len__(self) -> int:
        return len(self._entries)

    @contextmanager
    def making(self, key: Key) -> Iterator[bool]:
        """Whether the caller is the one who makes the page. Otherwise somebody has just made it, or could not."""
        with self._lock:
            done = self._making.get(key)
            is_first = done is None
            if done is None:
                done = self._making[key] = threading.Event()
        if not is_first:
            done.wait(LONGEST_WAIT)
            yield False
            return
        try:
            yield True
        finally:
            with self._lock:
                del self._making[key]
            done.set()

    def _remove(self, key: Key) -> None:
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._size -= _size(key, entry)


def _size(key: Key, entry: Entry) -> int:
    """Bytes of both: a stranger chooses the address, and may choose a long one."""
    return entry.size + sum(map(len, key))
