"""Whole lists, whose size only the edition limits, are made one at a time by a process.

Four threads that make four at once take as long, and four times the memory; and a page asked meanwhile would share the
processor with all of them.
"""

import threading
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_turn = threading.Lock()


def in_turn(view: Callable[P, R]) -> Callable[P, R]:
    """Let the view wait until no other of its kind is at work here."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        with _turn:
            return view(*args, **kwargs)

    return wrapper
