"""Kept pages that several processes and machines share, in the cache that CACHE_URL names."""

import hashlib
from collections.abc import Hashable
from pathlib import Path

from django.core.cache.backends.base import BaseCache

from expo.page_store.asked import Key
from expo.page_store.entry import Entry
from expo.page_store.pause import Pause

LASTS = 60 * 60  # seconds
LARGEST = 512 * 1024  # bytes; what is larger each process makes itself


class Shared:
    """What one process has made, others need not make again. Without the cache each makes its own: nothing fails."""

    def __init__(self, cache: BaseCache, release: str) -> None:
        self._cache = cache
        self._release = release
        self._last = f"version-{release}"
        self._pause = Pause("pages are kept by each process")

    def get(self, key: Key, version: Hashable) -> Entry | None:
        """The page of a version; of the last one that anybody knew, where a process began without the database."""
        if self._pause.is_on():
            return None
        try:
            if version is None:
                version = self._cache.get(self._last)
            found = self._cache.get(self._name(key, version))
        except Exception as error:
            self._pause.begin(error)
            return None
        return found if isinstance(found, Entry) else None

    def put(self, key: Key, entry: Entry) -> None:
        if self._pause.is_on() or entry.size > LARGEST or entry.version is None:
            return
        try:
            self._cache.set_many({self._name(key, entry.version): entry, self._last: entry.version}, LASTS)
        except Exception as error:
            self._pause.begin(error)

    def _name(self, key: Key, version: Hashable) -> str:
        return "page-" + hashlib.blake2b(repr((self._release, version, *key)).encode(), digest_size=20).hexdigest()


def release_of(root: Path, *settings: str) -> str:
    """What tells one release of the code, its templates and its settings from another, as two may share a cache while
    one replaces the other. Reads some four megabytes once.
    """
    folders = (root / name for name in ("exhibitors", "expo", "templates", "static"))
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
    made = hashlib.blake2b(repr(settings).encode(), digest_size=16)
    for path in files:
        made.update(f"{path.relative_to(root)}".encode() + path.read_bytes())
    return made.hexdigest()
