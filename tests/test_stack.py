"""Frames of a request have room in one chunk, and what is called does not notice."""

import pytest

from expo.stack import ROOM, call_with_room


def test_a_call_gives_back_what_the_function_does() -> None:
    assert call_with_room(divmod, 7, 2) == (3, 1)
    assert call_with_room(sorted, [1, 3, 2], reverse=True) == [3, 2, 1]


def test_what_the_function_raises_goes_through() -> None:
    with pytest.raises(ZeroDivisionError):
        call_with_room(divmod, 7, 0)


def test_the_frame_opens_a_chunk_with_as_much_room_again() -> None:
    """The interpreter's chunks double until a frame and 1,000 places more fit in."""
    chunk = 2**11  # places, in 16 kB
    while chunk < call_with_room.__code__.co_stacksize + 1000:
        chunk *= 2
    assert chunk - ROOM == ROOM
