"""The part of a shown text that a query found: 에 바 marks 에바, ktg KT and G of KT&G, 닭 달구 of 달구벌."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, groupby

from exhibitors.search.characters import CharTable
from exhibitors.search.normalise import INITIALS, KEYS, aligned, booth_keys, compose_text, keys
from exhibitors.search.query import Kind, Query, Word, text_needle

Segment = tuple[str, bool]  # a piece of the text, and whether it is marked
_Stream = tuple[str, Callable[[], list[int]]]
"""What is searched, and what tells from which character each part of it came."""


def highlight(text: str, query: Query, *, running: bool = False) -> tuple[Segment, ...]:
    """The composed text cut into pieces, unescaped. `running` marks whole syllables and Latin words alone, as
    descriptions are searched; names, products, industries, halls and booths are marked by key presses.
    """
    composed = compose_text(text)
    find = _found_in_text if running else _found
    marked = find(composed, [query.joined])
    if not marked and query.words != (query.joined,):
        marked = find(composed, query.words)
    if not marked:
        return ((composed, False),) if composed else ()
    flags = [index in marked for index in range(len(composed))]
    for index, char in enumerate(composed):
        if index and unicodedata.combining(char):
            flags[index] = flags[index - 1]
    return _joined(composed, flags)


def _found_in_text(text: str, words: Iterable[Word]) -> set[int]:
    stream = _aligned_stream(text)
    needles = chain.from_iterable(map(_running_needles, words))
    return {index for needle in needles for index in _touched(stream, needle)}


def _found(text: str, words: Iterable[Word]) -> set[int]:
    """Indexes of the characters that any of the words touches."""
    by_keys = _stream(text, KEYS)
    found: set[int] = set()
    for word in words:
        if word.is_booth_number and booth_keys(text) == booth_keys(word.text):
            found.update(range(len(text)))
        if word.kind is not Kind.INITIALS:
            for spelling in (word.keys, *map(keys, word.synonyms)):
                found.update(_touched(by_keys, spelling))
        if word.kind in (Kind.INITIALS, Kind.MIXED):
            found.update(_touched(_stream(text, INITIALS), word.initials))
    return found


def _running_needles(word: Word) -> Iterator[str]:
    if word.kind is Kind.FULL:
        yield text_needle(word.text)
    yield from map(text_needle, word.synonyms)


def _touched(stream: _Stream, needle: str) -> Iterator[int]:
    searched, owners_of = stream
    position = searched.find(needle) if needle else -1
    if position < 0:
        return
    owners = owners_of()
    while position >= 0:
        yield from (owner for owner in owners[position : position + len(needle)] if owner >= 0)
        position = searched.find(needle, position + 1)


def _stream(text: str, table: CharTable) -> _Stream:
    return text.translate(table), lambda: _owners(text, table)


def _owners(text: str, table: CharTable) -> list[int]:
    return [index for index, char in enumerate(text) for _ in table[ord(char)]]


def _aligned_stream(text: str) -> _Stream:
    """aligned(text), each of its letters with the character that it came from; points and spaces have none (-1)."""
    searched = aligned(text)

    def owners() -> list[int]:
        owner = iter(_owners(text, KEYS))
        return [-1 if char in ". " else next(owner) for char in searched]

    return searched, owners


def shortened(segments: Iterable[Segment], *, before: int = 30, length: int = 120) -> tuple[Segment, ...]:
    """About `length` characters of a long text, from a little before its first mark; '…' where something was cut."""
    text = "".join(piece for piece, _ in segments)
    marks = [flag for piece, flag in segments for _ in piece]
    start = max(0, (marks.index(True) if True in marks else 0) - before)
    start = 0 if start < 10 else start
    end = min(len(text), start + length)
    cut = _joined(text[start:end], marks[start:end])
    return (*((("…", False),) if start else ()), *cut, *((("…", False),) if end < len(text) else ()))


def _joined(text: str, marks: Iterable[bool]) -> tuple[Segment, ...]:
    pieces = groupby(zip(text, marks, strict=True), key=lambda pair: pair[1])
    return tuple(("".join(char for char, _ in piece), flag) for flag, piece in pieces)
