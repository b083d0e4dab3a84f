"""What a process keeps of the database for a version of the data, so that pages ask for it once a version."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar
from weakref import WeakSet

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Kept(Generic[T]):
    """Values by key, each of one version; those unused for longest go where they are too many or weigh too much."""

    def __init__(self, most: int, *, weigh: Callable[[T], int] = lambda _value: 0, heaviest: int = 0) -> None:
        self.most = most
        self.heaviest = heaviest
        self._weigh = weigh
        self._values: OrderedDict[Hashable, tuple[Hashable, T]] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()
        _all.add(self)

    def get(self, key: Hashable, version: Hashable, make: Callable[[], T]) -> T:
        """The value of a key at a version, made where it is missing; always made where there is no version."""
        if version is None:
            return make()
        with self._lock:
            if self._has(key, version):
                return self._values[key][1]
        made = make()
        with self._lock:
            self._put(key, version, made)
        return made

    def get_each(self, keys: Iterable[K], version: Hashable, make: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
        """The values of keys at a version; the missing ones are made together, where they can be."""
        if version is None:
            return dict(make(list(keys)))
        with self._lock:
            found: dict[K, T] = {}
            missing = []
            for key in keys:
                if self._has(key, version):
                    found[key] = self._values[key][1]
                else:
                    missing.append(key)
        if missing:
            made = make(missing)
            found.update(made)
            with self._lock:
                for key, value in made.items():
                    self._put(key, version, value)
        return found

    def _has(self, key: Hashable, version: Hashable) -> bool:
        kept = self._values.get(key)
        if kept is None or kept[0] != version:
            return False
        self._values.move_to_end(key)
        return True

    def _put(self, key: Hashable, version: Hashable, value: T) -> None:
        if key in self._values:
            self._weight -= self._weigh(self._values.pop(key)[1])
        self._values[key] = (version, value)
        self._weight += self._weigh(value)
        while len(self._values) > self.most or self._weight > self.heaviest:
            _key, (_version, gone) = self._values.popitem(last=False)
            self._weight -= self._weigh(gone)

    def __iter__(self) -> Any:
        return iter(self._values)

    def forget(self) -> None:
        with self._lock:
            self._values.clear()
            self._weight = 0


_all: "WeakSet[Kept[Any]]" = WeakSet()


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    for kept in _all:
        kept.forget()
