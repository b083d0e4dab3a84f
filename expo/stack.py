"""Room for deep calls.

CPython keeps the frames of a thread in chunks of 16 kB, and gives a chunk back as soon as its first frame returns. A
loop that calls across the end of a chunk asks the system for memory each time: a page of many rows then takes up to
twice its time, or not, by how deep in the stack its template happens to run. A large frame makes the chunk large that
it opens, so that a request's frames are all in one.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

ROOM = 2**14  # places of 8 bytes: the chunk of a frame that needs more than 16 x 8 kB is of 256 kB, half of them free


def call_with_room(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    return function(*args, **kwargs)


call_with_room.__code__ = call_with_room.__code__.replace(co_stacksize=ROOM)
