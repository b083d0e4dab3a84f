"""Many texts in little memory."""

import heapq
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import overload

BATCH = 10_000  # texts


class Packed(Sequence[str]):
    """Texts one after another in a `whole`: some 20 bytes a text of Latin letters, where a list of them has 75.

    `starts` has the place in the whole where each begins, and where the last one ends.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.starts = array("I", [0])
        pieces = []
        end = 0
        for batch in _batches(texts):
            for text in batch:
                end += len(text)
                self.starts.append(end)
            pieces.append("".join(batch))
        self.whole = "".join(pieces)

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.whole[self.starts[place] : self.starts[place + 1]]

    def at(self, places: Iterable[int]) -> list[str]:
        """The texts at these places, which are there, in a third of the time that asking for each takes."""
        whole, starts = self.whole, self.starts
        return [whole[starts[place] : starts[place + 1]] for place in places]


def sorted_once(texts: Iterable[str]) -> Packed:
    """The texts in order, each once, with few of them as objects at a time.

    Of the memory that hundreds of thousands of small objects have had, Python gives little back to the system.
    """
    runs = [Packed(sorted(set(batch))) for batch in _batches(texts)]
    return Packed(_without_repetition(heapq.merge(*runs)))


def _without_repetition(texts: Iterator[str]) -> Iterator[str]:
    before = None
    for text in texts:
        if text != before:
            yield text
        before = text


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    remaining = iter(texts)
    while batch := list(islice(remaining, BATCH)):
        yield batch
