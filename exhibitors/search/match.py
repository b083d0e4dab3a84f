"""A parsed query against the columns of one exhibitor: whether it matches, and how well.

The reference for the SQL of the database search and for the JavaScript of the offline copy.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from exhibitors.search.document import MARKER, Columns, Source, build
from exhibitors.search.query import Condition, Needle, Query, Synonyms, Word
from exhibitors.search.reasons import Reason, reasons
from exhibitors.search.steps import Resolution, Resolver
from exhibitors.search.typo import Vocabulary, terms


def matches(query: Query, columns: Columns) -> bool:
    return all(word_matches(word, columns) for word in query.words) or word_matches(query.joined, columns)


def word_matches(word: Word, columns: Columns) -> bool:
    return _satisfied(word.condition, columns)


def rank(query: Query, columns: Columns) -> int:
    """0 is best. Order by this, then by columns.sort_key, then by primary key."""
    for place, condition in enumerate(query.ranks):
        if _satisfied(condition, columns):
            return place
    return len(query.ranks)


def _satisfied(condition: Condition, columns: Columns) -> bool:
    return any(all(_holds(needle, columns) for needle in clause) for clause in condition)


def _holds(needle: Needle, columns: Columns) -> bool:
    """In SQL: the position of the needle is above 0 and, for in_front, below the position of the marker."""
    text: str = getattr(columns, needle.column)
    position = text.find(needle.text)
    return position >= 0 and not (needle.in_front and position >= text.find(MARKER))


@dataclass(frozen=True, slots=True)
class Entry:
    """An exhibitor to be searched in memory; `key` breaks ties, as the primary key does in a database."""

    key: int
    source: Source
    columns: Columns


@dataclass(frozen=True, slots=True)
class Found:
    entry: Entry
    rank: int
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    resolution: Resolution
    found: tuple[Found, ...]


def entries(sources: Iterable[Source]) -> tuple[Entry, ...]:
    return tuple(Entry(key, source, build(source)) for key, source in enumerate(sources))


def search(searched: Sequence[Entry], text: str, vocabulary: Vocabulary, synonyms: Synonyms | None = None) -> Outcome:
    """What a visitor gets for a query, best first; all of them, in order, for no query."""

    def count(queries: Sequence[Query]) -> list[int]:
        return [sum(matches(query, entry.columns) for entry in searched) for query in queries]

    resolution = Resolver(count, vocabulary, synonyms).resolve(text)
    query = resolution.query
    if query is None:
        found = [Found(entry, 0, ()) for entry in searched]
    else:
        hits = [entry for entry in searched if matches(query, entry.columns)]
        found = [Found(entry, rank(query, entry.columns), reasons(query, entry.source)) for entry in hits]
    found.sort(key=lambda hit: (hit.rank, hit.entry.columns.sort_key, hit.entry.key))
    return Outcome(resolution, tuple(found))


def vocabulary_of(sources: Iterable[Source]) -> Vocabulary:
    return Vocabulary(term for source in sources for term in terms(source))
