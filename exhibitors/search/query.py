"""A visitor's query, parsed into what the stored columns must contain."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from exhibitors.search.characters import readable
from exhibitors.search.company_forms import is_korean_form, strip_company_form
from exhibitors.search.hangul import CLUSTERS, compose, is_syllable, join_syllable, presses, split_syllable
from exhibitors.search.normalise import aligned, booth_keys, initials, keys, plain

MAX_CHARACTERS = 100
MAX_WORDS = 8

Column = Literal["name_plain", "name_keys", "head_keys", "text_keys", "initials"]
Synonyms = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Needle:
    """A column contains a text, case-sensitively; in_front means before the column's marker '|#|'."""

    column: Column
    text: str
    in_front: bool = False


Clause = tuple[Needle, ...]  # all of them hold
Condition = tuple[Clause, ...]  # one of them holds


class Kind(Enum):
    FULL = "full"  # syllables, Latin letters, digits
    INITIALS = "initials"  # consonants alone
    MIXED = "mixed"  # 삼성ㅈㅈ
    VOWELS = "vowels"  # with a lone vowel: a half-typed syllable, or rather the other layout


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    kind: Kind
    keys: str
    initials: str
    condition: Condition
    synonyms: tuple[str, ...] = ()

    @property
    def is_booth_number(self) -> bool:
        return _BOOTH_NUMBER.fullmatch(self.keys) is not None


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: every word holds, or the joined word does. `ranks` are tried in order; the first that holds
    places an exhibitor, one that none of them fits comes last. Then sort key and primary key decide.
    """

    words: tuple[Word, ...]
    joined: Word
    ranks: tuple[Condition, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def has_lone_vowel(self) -> bool:
        return any(word.kind is Kind.VOWELS for word in self.words)

    @property
    def is_initials(self) -> bool:
        return all(word.kind is Kind.INITIALS for word in self.words)


_SEPARATORS = re.compile(r"[\s,;/|、]+")
_BOOTH_WORDS = frozenset({"부스", "부스번호", "booth"})
_BOOTH_NUMBER = re.compile(r"[a-z]{1,2}\d+[a-z]?|\d{3,5}[a-z]?")
_COUNTED = re.compile("(.+?)(?:번부스|부스|번|호)")


def clean(text: str) -> str:
    """What of any input is looked at: readable, at most 100 characters, single blanks, without company form."""
    # Decomposed Hangul takes three code points a syllable, zero-width characters go: cut before and after.
    shown = " ".join(readable(text[: MAX_CHARACTERS * 4]).split())[:MAX_CHARACTERS]
    return strip_company_form(_JAMO_RUN.sub(_composed, shown))


_JAMO_RUN = re.compile("[ㄱ-ㅣ]{2,}")


def _composed(run: re.Match[str]) -> str:
    """Letters written apart that make whole syllables, as no input method leaves them: ㅅㅏㄴ is 산."""
    together = compose("".join(map(presses, run[0])))
    return together if all(map(is_syllable, together)) else run[0]


def parse(text: str, synonyms: Synonyms | None = None) -> Query | None:
    """The query, or None where nothing can be searched: blanks, punctuation, control characters alone."""
    words = [_without_counter(word) for word in _SEPARATORS.split(clean(text))]
    words = [word for word in words if keys(word)]
    named = [word for word in words if plain(word) not in _BOOTH_WORDS and not is_korean_form(word)]
    return query_of((named or words)[:MAX_WORDS], synonyms)


def query_of(texts: Sequence[str], synonyms: Synonyms | None = None) -> Query | None:
    """A query of given words, for a step that has changed some of them."""
    if not texts:
        return None
    words = tuple(_word(text, synonyms or {}) for text in texts)
    joined = words[0] if len(words) == 1 else _word("".join(texts), synonyms or {})
    return Query(words, joined, _ranks(words, joined))


def synonym_table(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Both directions of an edition's synonyms, by the plain form of what a visitor types."""
    table: dict[str, tuple[str, ...]] = {}
    for one, other in pairs:
        for typed, meant in ((one, other), (other, one)):
            known = table.get(plain(typed), ())
            if meant not in known:
                table[plain(typed)] = (*known, meant)
    return table


def _without_counter(word: str) -> str:
    counted = _COUNTED.fullmatch(word)
    return counted[1] if counted and _BOOTH_NUMBER.fullmatch(keys(counted[1])) else word


def _word(text: str, synonyms: Synonyms) -> Word:
    letters = plain(text)
    kind = _kind(letters)
    also = synonyms.get(letters, ())
    condition = (*_as_typed(text, letters, kind), *(clause for other in also for clause in _as_text(other)))
    return Word(text, kind, keys(text), initials(text), tuple(dict.fromkeys(condition)), also)


_LONE_CONSONANT = re.compile("[ㄱ-ㅎ]")
_LONE_VOWEL = re.compile("[ㅏ-ㅣ]")


def _kind(letters: str) -> Kind:
    if _LONE_VOWEL.search(letters):
        return Kind.VOWELS
    if not _LONE_CONSONANT.search(letters):
        return Kind.FULL
    return Kind.INITIALS if _LONE_CONSONANT.sub("", letters) == "" else Kind.MIXED


def _as_typed(text: str, letters: str, kind: Kind) -> Condition:
    in_head = (Needle("head_keys", keys(text)),)
    match kind:
        case Kind.FULL:
            return _as_text(text)
        case Kind.INITIALS:
            return ((Needle("initials", initials(text)),),)
        case Kind.MIXED:
            return (in_head, *map(_mixed, (letters, *_with_finals_freed(letters))))
        case Kind.VOWELS:
            return (in_head,)


def _as_text(text: str) -> Condition:
    clauses = [(Needle("head_keys", keys(text)),), (Needle("text_keys", text_needle(text)),)]
    if _BOOTH_NUMBER.fullmatch(keys(text)):
        clauses.append((Needle("head_keys", f"|{booth_keys(text)}|"),))
    return tuple(clauses)


def text_needle(text: str) -> str:
    """What a description must contain: whole syllables and Latin words; a long Latin word may go on (sensors)."""
    needle = aligned(text)
    return needle[:-1] if re.search(r"[a-z]{4,}\.$", needle) else needle


def _mixed(letters: str) -> Clause:
    """삼성ㅈㅈ: the initials of the whole, and each run of syllables as such."""
    runs = filter(None, re.split("[ㄱ-ㅎ]+", letters))
    return (Needle("initials", initials(letters)), *(Needle("head_keys", keys(run)) for run in runs))


_BEFORE_LONE_CONSONANT = re.compile("[가-힣](?=[ㄱ-ㅎ])")


def _with_finals_freed(letters: str) -> tuple[str, ...]:
    """An input method takes the first initial into the syllable before it: 닭ㅂ may mean 달ㄱㅂ, 에밫ㄱ 에바ㅊㄱ."""
    once = _BEFORE_LONE_CONSONANT.sub(lambda match: _free_last(match[0]), letters)
    wholly = _BEFORE_LONE_CONSONANT.sub(lambda match: _free_all(match[0]), letters)
    return tuple(word for word in dict.fromkeys((once, wholly)) if word != letters)


def with_fused_end_freed(text: str) -> tuple[str, ...]:
    """Initials typed last may all have been taken in: 에없 may mean 에어ㅂㅅ."""
    letters = plain(text)
    if not letters or not is_syllable(letters[-1]) or split_syllable(letters[-1])[2] not in CLUSTERS:
        return ()
    return letters[:-1] + _free_all(letters[-1]), letters[:-1] + _free_last(letters[-1])


def _free_last(syllable: str) -> str:
    initial, medial, final = split_syllable(syllable)
    kept, freed = CLUSTERS.get(final) or ("", final)
    return join_syllable(initial, medial, kept) + freed


def _free_all(syllable: str) -> str:
    initial, medial, final = split_syllable(syllable)
    return join_syllable(initial, medial) + CLUSTERS.get(final, final)


def _ranks(words: tuple[Word, ...], joined: Word) -> tuple[Condition, ...]:
    """Name equal; booth equal; name starts with; name contains; then by key presses or initials: a name equals,
    starts with, contains; the first word in a name; all in names, products, industries, halls; a synonym there. What
    is left matched in a description or in the name's company form.
    """
    letters = plain(joined.text)
    return (
        _one(Needle("name_plain", f"|{letters}|")),
        _one(Needle("head_keys", f"|{booth_keys(joined.text)}|", in_front=True)) if joined.is_booth_number else (),
        _one(Needle("name_plain", f"|{letters}")),
        _one(Needle("name_plain", letters)),
        _in_name(joined, "|", "|"),
        _in_name(joined, "|"),
        _in_name(joined),
        _in_name(words[0]) if len(words) > 1 else (),
        _in_head(words, joined),
        _by_synonym(words, joined),
    )


def _one(needle: Needle) -> Condition:
    return ((needle,),)


def _in_name(word: Word, before: str = "", after: str = "") -> Condition:
    by_keys = (Needle("name_keys", before + word.keys + after),)
    if word.kind in (Kind.FULL, Kind.VOWELS):
        return (by_keys,)
    return (by_keys, (Needle("initials", before + word.initials + after, in_front=True),))


def _in_head(words: tuple[Word, ...], joined: Word) -> Condition:
    each = tuple(_head_needle(word.kind, word.keys, word.initials) for word in words)
    together = (_head_needle(joined.kind, joined.keys, joined.initials),)
    return tuple(dict.fromkeys((each, together)))


def _by_synonym(words: tuple[Word, ...], joined: Word) -> Condition:
    synonyms = dict.fromkeys(other for word in (*words, joined) for other in word.synonyms)
    return tuple((Needle("head_keys", keys(other), in_front=True),) for other in synonyms)


def _head_needle(kind: Kind, keys_: str, initials_: str) -> Needle:
    if kind in (Kind.FULL, Kind.VOWELS):
        return Needle("head_keys", keys_, in_front=True)
    return Needle("initials", initials_)
