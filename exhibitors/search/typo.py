"""Mistyped words, corrected by the words of the edition itself."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from exhibitors.search.case_blind import CaseBlind
from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.document import Source
from exhibitors.search.nearby import Nearby
from exhibitors.search.normalise import keys, plain
from exhibitors.search.packed import Packed, sorted_once
from exhibitors.search.sounds import Sounds

FEWEST_KEYS = 4
MOST_KEYS = 60  # a longer term is a sentence that nobody mistypes
_FEWEST_SYLLABLES = 3
_FEWEST_LATIN_LETTERS = 5
_CANDIDATES = 3


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A name, a product, or a word of one; the keys are unique in a vocabulary."""

    keys: str
    text: str


def terms(source: Source) -> tuple[Term, ...]:
    """What a visitor may have meant of one exhibitor, names before products."""
    found: dict[str, str] = {}
    for text in (*map(strip_company_form, source.names), *source.products):
        for part in (text, *re.split(r"[\s/()·&,\[\]-]+", text)):
            found.setdefault(keys(part), part.strip())
    return tuple(Term(pressed, text) for pressed, text in found.items() if FEWEST_KEYS <= len(pressed) <= MOST_KEYS)


class Vocabulary:
    """The terms of an edition, once each, independent of their order.

    Building it takes some 10 µs a term, a correction 1 ms among 40,000 terms and 10 ms among 300,000; a term takes some
    180 bytes.
    """

    def __init__(self, found: Iterable[Term]) -> None:
        self._keys, self._texts = _columns(found)
        self._by_sound = Sounds(self._keys)
        self._case_blind = CaseBlind(self._keys)
        self._nearby = Nearby(self._keys)

    def knows(self, word: str) -> bool:
        return self._place(keys(word)) is not None

    def _place(self, pressed: str) -> int | None:
        place = bisect_left(self._keys, pressed)
        return place if place < len(self._keys) and self._keys[place] == pressed else None

    def corrections(self, word: str) -> tuple[str, ...]:
        """Up to three terms that the word may be a mistyping of, the nearest first."""
        typed = keys(word)
        if not FEWEST_KEYS <= len(typed) <= MOST_KEYS:
            return ()
        exact = (*self._swapped(word), *filter(None, [self._by_sound.first_like(typed)]))
        nearest = sorted(self._near(typed), key=lambda pressed: _distance(typed, pressed))
        ordered = [pressed for pressed in dict.fromkeys((*exact, *nearest)) if pressed != typed][:_CANDIDATES]
        return tuple(self._texts[place] for place in map(self._place, ordered) if place is not None)

    def _swapped(self, word: str) -> Iterator[str]:
        """Terms that differ by two neighbouring syllables or letters: 퓨이처 and 이퓨처."""
        letters = plain(word)
        if len(letters) < (_FEWEST_LATIN_LETTERS if letters.isascii() else _FEWEST_SYLLABLES):
            return
        for place in range(len(letters) - 1):
            first, second = letters[place : place + 2]
            pressed = keys(letters[:place] + second + first + letters[place + 2 :])
            if self._place(pressed) is not None:
                yield pressed

    def _near(self, typed: str) -> set[str]:
        """Both measures, because one forgives a slip anywhere and the other a different end."""
        ratio_cutoff = 83 if len(typed) < 8 else 78
        prefix_cutoff = 0.95 if len(typed) < 7 else 0.915
        terms = self._nearby.to(typed)
        by_ratio = process.extract(typed, terms, scorer=fuzz.ratio, score_cutoff=ratio_cutoff, limit=None)
        by_prefix = process.extract(typed, terms, scorer=JaroWinkler.similarity, score_cutoff=prefix_cutoff, limit=None)
        return {pressed for pressed, _, _ in (*by_ratio, *by_prefix)}

    def in_another_layout(self, word: str) -> str | None:
        """A term, or part of one, of the same presses in whatever layout: skgkdlslrtm is sk하이닉스."""
        return self._case_blind.find(keys(word))


def _columns(found: Iterable[Term]) -> tuple[Packed, Packed]:
    """The keys, each once and in order, and the texts that belong to them."""
    lines = sorted_once(f"{term.keys}\0{term.text}" for term in found)
    firsts = Packed(next(same) for _keys, same in groupby(lines, _keys_of))
    return Packed(map(_keys_of, firsts)), Packed(line[line.index("\0") + 1 :] for line in firsts)


def _keys_of(line: str) -> str:
    return line[: line.index("\0")]


def _distance(typed: str, pressed: str) -> tuple[float, float, int, str]:
    """Sorts the nearest first; the keys themselves decide at last, so that the order never depends on the database."""
    ratio, similarity = fuzz.ratio(typed, pressed), JaroWinkler.similarity(typed, pressed)
    return -ratio, -similarity, abs(len(typed) - len(pressed)), pressed
