"""What a process keeps of the database for a version of the data, so that pages ask for it once a version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, each of one version; those unused for longest go where they are too many or weigh too much."""

    def __init__(self, most: int, *, weigh: Callable[[T], int] = lambda _value: 0, heaviest: int = 0) -> None:
        self.most = most
        self.heaviest = heaviest
        self._weigh = weigh
        self._values: OrderedDict[Hashable, tuple[Hashable, T]] = OrderedDict()
        self._lock = threading.Lock()
        _all.add(self)

    def get(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """The value of a key at a version, made where it is missing; always made where there is no version."""
        if version is None:
            return make()
        with self._lock:
            kept = self._values.get(key)
            if kept is not None and kept[0] == version:
                self._values.move_to_end(key)
                return kept[1]
        made = make()
        with self._lock:
            self._values[key] = (version, made)
            self._values.move_to_end(key)
            while len(self._values) > self.most or self._weight() > self.heaviest:
                self._values.popitem(last=False)
        return made

    def _weight(self) -> int:
        return sum(self._weigh(value) for _version, value in self._values.values())

    def __iter__(self) -> Any:
        return iter(self._values)

    def forget(self) -> None:
        with self._lock:
            self._values.clear()


_all: "WeakSet[Kept[Any]]" = WeakSet()


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    for kept in _all:
        kept.forget()
