"""Whole lists, whose size only the edition limits, are made one at a time by a process.

Four threads that make four at once take as long, and four times the memory; and a page asked meanwhile would share the
processor with all of them.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from exhibitors.domain import memory

LONG = 0.2  # seconds

P = ParamSpec("P")
R = TypeVar("R")


class Turns:
    """A lock whose owner is followed by whoever has waited longest; of threads a plain one takes any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_taken = False
        self._waiting: deque[threading.Lock] = deque()

    def __enter__(self) -> None:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        mine.acquire()  # until the owner before releases it

    def __exit__(self, *_error: object) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False


_turns = Turns()


def in_turn(view: Callable[P, R]) -> Callable[P, R]:
    """Let the view wait until no other of its kind is at work here."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with _turns:
            began = time.monotonic()
            try:
                return view(*args, **kwargs)
            finally:
                if time.monotonic() - began > LONG:
                    memory.give_back()

    return wrapper
