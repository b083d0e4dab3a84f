"""Mistyped words, corrected by the words of the edition itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from exhibitors.search.case_blind import CaseBlind
from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.document import Source
from exhibitors.search.nearby import Nearby
from exhibitors.search.normalise import keys, plain

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

    Building it takes some 10 µs a term, a correction 1 ms among 40,000 terms and 10 ms among 300,000.
    """

    def __init__(self, found: Iterable[Term]) -> None:
        texts: dict[str, str] = {}
        for term in found:
            texts[term.keys] = min(term.text, texts.get(term.keys, term.text))
        self._texts = dict(sorted(texts.items()))
        self._keys = list(self._texts)
        self._by_sound: dict[str, str] = {}
        for pressed in self._keys:
            self._by_sound.setdefault(sound(pressed), pressed)
        self._case_blind = CaseBlind(self._keys)
        self._nearby = Nearby(self._keys)

    def knows(self, word: str) -> bool:
        return keys(word) in self._texts

    def corrections(self, word: str) -> tuple[str, ...]:
        """Up to three terms that the word may be a mistyping of, the nearest first."""
        typed = keys(word)
        if not FEWEST_KEYS <= len(typed) <= MOST_KEYS:
            return ()
        exact = (*self._swapped(word), *filter(None, [self._by_sound.get(sound(typed))]))
        nearest = sorted(self._near(typed), key=lambda pressed: _distance(typed, pressed))
        ordered = dict.fromkeys((*exact, *nearest))
        return tuple(self._texts[pressed] for pressed in ordered if pressed != typed)[:_CANDIDATES]

    def _swapped(self, word: str) -> Iterator[str]:
        """Terms that differ by two neighbouring syllables or letters: 퓨이처 and 이퓨처."""
        letters = plain(word)
        if len(letters) < (_FEWEST_LATIN_LETTERS if letters.isascii() else _FEWEST_SYLLABLES):
            return
        for place in range(len(letters) - 1):
            first, second = letters[place : place + 2]
            pressed = keys(letters[:place] + second + first + letters[place + 2 :])
            if pressed in self._texts:
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


def _distance(typed: str, pressed: str) -> tuple[float, float, int, str]:
    """Sorts the nearest first; the keys themselves decide at last, so that the order never depends on the database."""
    ratio, similarity = fuzz.ratio(typed, pressed), JaroWinkler.similarity(typed, pressed)
    return -ratio, -similarity, abs(len(typed) - len(pressed)), pressed


_ALIKE = str.maketrans({"^": "", "O": "P", "q": "k", "c": "k", "y": "i", "z": "s", "v": "b", "x": "ks"})
_TWICE = re.compile(r"([a-z])\1+")


def sound(pressed: str) -> str:
    """What words that sound nearly alike share: 애바 and 에바, 메디오쓰 and 메디오스, hynics and hynix."""
    heard = pressed.replace("HO", "NP").replace("HL", "NP").replace("ph", "f").translate(_ALIKE)  # ㅙ ㅚ like ㅞ
    return _TWICE.sub(r"\1", heard)
