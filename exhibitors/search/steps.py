"""What is tried, in order, until something is found: as typed, other layout, without particles, without typos."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, product
from typing import Protocol

from exhibitors.search.josa import FILLERS, stems
from exhibitors.search.layout import other_layouts
from exhibitors.search.normalise import plain
from exhibitors.search.query import Kind, Query, Synonyms, Word, clean, parse, query_of, with_fused_end_freed


class Words(Protocol):
    """What the steps ask of a vocabulary; exhibitors.search.typo.Vocabulary is one."""

    def knows(self, word: str) -> bool: ...

    def corrections(self, word: str) -> tuple[str, ...]: ...

    def in_another_layout(self, word: str) -> str | None: ...


Count = Callable[[Sequence[Query]], Sequence[int]]


class Step(StrEnum):
    NO_QUERY = "no_query"
    TYPED = "typed"
    LAYOUT = "layout"
    JOSA = "josa"
    TYPO = "typo"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Resolution:
    """How a query is to be understood.

    query         what to search, None without a query; as typed where nothing was found
    other_layout  another reading of a query of consonants that would find something too
    word_counts   of several words that find nothing together, what each finds alone
    """

    step: Step
    query: Query | None = None
    other_layout: Query | None = None
    word_counts: tuple[tuple[str, int], ...] = ()


_Reading = tuple[Step, str]
_Candidate = tuple[Step, Query]
_ORDER = list(Step)
_MOST_READ_ANEW = 3  # words of a query; somebody who mistypes four has pasted something else
_MOST_COMBINATIONS = 9


@dataclass(frozen=True, slots=True)
class Resolver:
    """`count` tells how many exhibitors each of some queries finds. It is called once where the text as typed finds
    some (twice for consonants), at most four times for one word that finds nothing, nine times for several.
    """

    count: Count
    vocabulary: Words
    synonyms: Synonyms | None = None

    def resolve(self, text: str, *, exactly: bool = False, offers: bool = True) -> Resolution:
        """The first step that finds something; with `exactly` only the text as typed is tried.

        Without `offers` no other layout is looked for beside consonants that find something.
        """
        typed = parse(text, self.synonyms)
        if typed is None:
            return Resolution(Step.NO_QUERY)
        if exactly:
            return self._exactly(typed)
        layouts = self._candidates((Step.LAYOUT, other) for other in other_layouts(clean(text)))
        if typed.has_lone_vowel and (found := self._first(layouts)):
            return found
        if self.count([typed])[0]:
            offered = self._first(layouts) if offers and typed.is_initials else None
            return Resolution(Step.TYPED, typed, other_layout=offered.query if offered else None)
        if len(typed.words) > 1:
            return self._several(typed, layouts)
        return self._one_word(typed.joined) or Resolution(Step.NOTHING, typed)

    def _exactly(self, typed: Query) -> Resolution:
        if self.count([typed])[0]:
            return Resolution(Step.TYPED, typed)
        if len(typed.words) == 1:
            return Resolution(Step.NOTHING, typed)
        return Resolution(Step.NOTHING, typed, word_counts=_beside(typed.words, self.count(self._alone(typed))))

    def _alone(self, typed: Query) -> list[Query]:
        """Each word searched as if nothing but it had been typed, so that its count is the length of that list."""
        return [query for word in typed.words if (query := parse(word.text, self.synonyms))]

    def _one_word(self, word: Word) -> Resolution | None:
        quick = self._first(self._candidates(self._quick_readings(word)))
        return quick or self._first(self._candidates(self._corrections(word)))

    def _several(self, typed: Query, layouts: Sequence[_Candidate]) -> Resolution:
        """The other layout of all, else of the words alone that find nothing, else the words as one."""
        counts = self.count([*(query for _, query in layouts), *self._alone(typed)])
        for (step, query), hits in zip(layouts, counts, strict=False):
            if hits:
                return Resolution(step, query)
        word_counts = _beside(typed.words, counts[len(layouts) :])
        return (
            self._first(self._combinations(typed.words, [hits for _, hits in word_counts]))
            or self._one_word(typed.joined)
            or Resolution(Step.NOTHING, typed, word_counts=word_counts)
        )

    def _combinations(self, words: Sequence[Word], counts: Sequence[int]) -> list[_Candidate]:
        """The query with each word that finds nothing read in another way."""
        if all(counts) or counts.count(0) > _MOST_READ_ANEW:
            return []
        readings = [
            [(Step.TYPED, word.text)] if hits else self._readings_that_hit(word)
            for word, hits in zip(words, counts, strict=True)
        ]
        found = []
        for combination in islice(product(*readings), _MOST_COMBINATIONS):
            last_step = max((step for step, _ in combination), key=_ORDER.index)
            if query := self._query([text for _, text in combination if text]):
                found.append((last_step, query))
        return found

    def _readings_that_hit(self, word: Word) -> list[_Reading]:
        if plain(word.text) in FILLERS:
            return [(Step.JOSA, "")]
        readings = list(self._quick_readings(word))
        candidates = self._candidates(readings)
        if found := self._first(candidates):
            return [(found.step, found.query.text)] if found.query else []
        return list(self._corrections(word))

    def _quick_readings(self, word: Word) -> Iterator[_Reading]:
        """The word with initials that the input method fused, in other layouts, then without particles."""
        yield from ((Step.TYPED, text) for text in with_fused_end_freed(word.text))
        layouts = other_layouts(word.text)
        mixed = self.vocabulary.in_another_layout(word.text)
        for text in (*layouts, mixed) if mixed else layouts:
            yield Step.LAYOUT, text
        for text in (word.text, *layouts):
            for stem in sorted(stems(text), key=self.vocabulary.knows, reverse=True):
                yield Step.JOSA, stem  # 하나로는 is 하나로, when there is one, rather than 하나

    def _corrections(self, word: Word) -> Iterator[_Reading]:
        if word.kind is Kind.INITIALS or word.is_booth_number:
            return
        for text in (word.text, *stems(word.text)[:1], *other_layouts(word.text)[:1]):
            if corrections := self.vocabulary.corrections(text):
                yield from ((Step.TYPO, correction) for correction in corrections)
                return

    def _candidates(self, readings: Iterable[_Reading]) -> list[_Candidate]:
        return [(step, query) for step, text in readings if (query := parse(text, self.synonyms))]

    def _query(self, texts: Sequence[str]) -> Query | None:
        return query_of(texts, self.synonyms)

    def _first(self, candidates: Sequence[_Candidate]) -> Resolution | None:
        """The likeliest is asked for alone: mostly it is the one, and the others need not be searched."""
        for some in filter(None, (candidates[:1], candidates[1:])):
            counts = self.count([query for _, query in some])
            hit = next((candidate for candidate, hits in zip(some, counts, strict=True) if hits), None)
            if hit:
                return Resolution(*hit)
        return None


def _beside(words: Sequence[Word], counts: Sequence[int]) -> tuple[tuple[str, int], ...]:
    return tuple(zip((word.text for word in words), counts, strict=True))
