"""Searches an edition: how a query is to be understood, and which exhibitors it finds."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet, Value

from exhibitors.domain.search import conditions
from exhibitors.domain.search.facilities import Facilities
from exhibitors.domain.search.vocabulary import EditionWords, synonyms_of
from exhibitors.models import Edition, Exhibitor, Facility
from exhibitors.models.aggregates import Keys, keys_in
from exhibitors.models.exhibitor import ExhibitorQuerySet
from exhibitors.search.query import Query, Synonyms, parse
from exhibitors.search.steps import Resolution, Resolver

ENOUGH = 2000  # hits read to learn that another reading finds some: the query as typed is the one mostly chosen
ONE = 1  # and where a reading has found some, others are only offered
MOST_LISTED = 100_000  # hits that later queries name one by one; more are searched anew by each of them

Ranked = tuple[Sequence[int], ...]
"""Primary keys of exhibitors, those that match best first; of those that match equally well in any order."""


@dataclass(frozen=True)
class Hits:
    """What a search of a whole edition found.

    Later queries on the same hits (facets, pages) name them by primary key: reading a text column costs ten times what
    looking up a key does.
    """

    resolution: Resolution
    facilities: tuple[Facility, ...] = ()
    """Facilities that the query finds too; they count as a find, so that no correction looks past them."""
    count: int = 0
    """Of exhibitors."""
    ranked: Ranked | None = None
    """The exhibitors found, where they are not too many."""

    @property
    def listed(self) -> list[int] | None:
        return None if self.ranked is None else [key for keys in self.ranked for key in keys]

    @property
    def condition(self) -> Q:
        """Made anew for each query: the keys themselves take four times the memory of those kept here."""
        listed = self.listed
        if listed is not None:
            return Q(pk__among=listed)
        return conditions.matching(self.query) if self.query else Q()

    @property
    def query(self) -> Query | None:
        return self.resolution.query


class Searcher:
    """Searches the exhibitors given, all of one edition. What else it reads is kept for a version, if there is one."""

    def __init__(self, edition: Edition, exhibitors: ExhibitorQuerySet, version: Hashable = None) -> None:
        self._edition, self._exhibitors, self._version = edition, exhibitors.order_by(), version
        self._found: dict[Query, Ranked] = {}
        self._cut: set[Query] = set()  # read in part
        self._facilities = Facilities(edition, version)

    def search(self, text: str, *, exactly: bool = False, offers: bool = True) -> Hits:
        """Resolve the text as SEARCH's steps say. Three queries where it finds something as typed.

        Without `offers` nothing is asked about readings beside the one that is searched.
        """
        synonyms = synonyms_of(self._edition, self._version)
        resolver = Resolver(self._count, EditionWords(self._edition), synonyms)
        resolved = resolver.resolve(text, exactly=exactly, offers=offers)
        resolution = self._of_exhibitors(resolved, resolver.synonyms)
        if resolution.query is None:
            return Hits(resolution)
        found = self._all_hits(resolution.query)
        facilities = self._facilities.matching(resolution.query)
        count = _count(found)
        return Hits(resolution, facilities, count, found if count <= MOST_LISTED else None)

    def _of_exhibitors(self, resolution: Resolution, synonyms: Synonyms | None) -> Resolution:
        """The counts beside single words are lengths of lists of exhibitors; facilities stand in no list."""
        word_counts = tuple(
            (word, count - len(self._facilities.matching(query)) if (query := parse(word, synonyms)) else count)
            for word, count in resolution.word_counts
        )
        return replace(resolution, word_counts=word_counts)

    def _count(self, queries: Sequence[Query]) -> list[int]:
        facilities = [len(self._facilities.matching(query)) for query in queries]
        return [one + other for one, other in zip(self._count_exhibitors(queries), facilities, strict=True)]

    def _count_exhibitors(self, queries: Sequence[Query]) -> list[int]:
        if len(queries) == 1:
            return [_count(self._read(queries[0]))]
        parts = [self._part(number, query) for number, query in enumerate(queries)]
        counts: dict[int, int] = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
        return [counts.get(number, 0) for number in range(len(queries))]

    def _read(self, query: Query) -> Ranked:
        """All hits of the first query asked for, the first hits of others."""
        if not self._found:
            self._found[query] = self._hits(query)
        elif query not in self._found:
            most = ONE if any(self._found.values()) else ENOUGH
            self._found[query] = self._first_hits(query, most + 1)
            if _count(self._found[query]) > most:
                self._cut.add(query)
        return self._found[query]

    def _all_hits(self, query: Query) -> Ranked:
        found = self._read(query)
        return self._hits(query) if query in self._cut else found

    def _hits(self, query: Query) -> Ranked:
        groups = self._ranked(query).values("rank").annotate(keys=Keys("pk")).values_list("rank", "keys")
        return _in_order((rank, keys_in(keys)) for rank, keys in groups)

    def _first_hits(self, query: Query, most: int) -> Ranked:
        by_rank: dict[int, list[int]] = defaultdict(list)
        for pk, rank in self._ranked(query).values_list("pk", "rank")[:most]:
            by_rank[rank].append(pk)
        return _in_order(by_rank.items())

    def _ranked(self, query: Query) -> QuerySet[Any, Any]:
        return self._exhibitors.filter(conditions.matching(query)).annotate(rank=conditions.rank(query))

    def _part(self, number: int, query: Query) -> QuerySet[Exhibitor, tuple[int, int]]:
        hits = self._exhibitors.filter(conditions.matching(query)).annotate(number=Value(number))
        return hits.values("number").annotate(hits=Count("pk")).values_list("number", "hits")


def _in_order(groups: Iterable[tuple[int, Iterable[int]]]) -> Ranked:
    return tuple(array("Q", keys) for _rank, keys in sorted(groups, key=lambda group: group[0]))


def _count(found: Ranked) -> int:
    return sum(map(len, found))
