"""The words of an edition and its synonyms, kept by each process until they change."""

import threading
import time
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from exhibitors.domain import indexing
from exhibitors.domain.kept import Kept
from exhibitors.models import Edition, Exhibitor, Synonym
from exhibitors.search.query import Synonyms, synonym_table
from exhibitors.search.typo import Vocabulary, terms

MOST_EDITIONS = 8
SLOW = 0.5  # seconds
SLOW_LASTS = 60  # seconds


@dataclass(frozen=True)
class Words:
    """What search knows of an edition at one version of it."""

    version: int
    vocabulary: Vocabulary
    built_at: float
    took: float


_kept: "OrderedDict[int, Words]" = OrderedDict()
_lock = threading.Lock()


def vocabulary_of(edition: Edition) -> Vocabulary:
    """The terms of the edition's public exhibitors; two queries where anything has changed, 0.1 ms an exhibitor.

    One that took long to make serves for a minute: a correction is always searched before it is offered, so an old
    vocabulary costs a new word its correction, and never shows anything that is no longer there.
    """
    words = _kept.get(edition.pk)
    if words is None or not _serves(words, edition.search_version):
        with _lock:
            words = _kept.get(edition.pk)
            if words is None or not _serves(words, edition.search_version):
                words = _build(edition)
                _keep(edition.pk, words)
    return words.vocabulary


def _serves(words: Words, version: int) -> bool:
    is_young = time.monotonic() - words.built_at < SLOW_LASTS
    return words.version == version or (words.took > SLOW and is_young)


def _build(edition: Edition) -> Words:
    began = time.monotonic()
    exhibitors = Exhibitor.objects.public().filter(edition=edition).order_by("pk")
    found = Vocabulary(term for source in indexing.names(exhibitors) for term in terms(source))
    return Words(edition.search_version, found, began, time.monotonic() - began)


def _keep(edition: int, words: Words) -> None:
    _kept[edition] = words
    _kept.move_to_end(edition)
    while len(_kept) > MOST_EDITIONS:
        _kept.popitem(last=False)


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
    with _lock:
        _kept.clear()


_synonyms: Kept[Synonyms] = Kept(16)


def synonyms_of(edition: Edition, version: Hashable = None) -> Synonyms:
    """The edition's synonyms in both directions. One query, once for a version of the data."""
    pairs = Synonym.objects.filter(edition=edition).order_by("pk").values_list("one", "other")
    return _synonyms.get(edition.pk, version, lambda: synonym_table(pairs))


@dataclass(frozen=True)
class EditionWords:
    """The edition's vocabulary as the steps ask for it; read only when one of them does: most searches never do."""

    edition: Edition

    def knows(self, word: str) -> bool:
        return vocabulary_of(self.edition).knows(word)

    def corrections(self, word: str) -> tuple[str, ...]:
        return vocabulary_of(self.edition).corrections(word)

    def in_another_layout(self, word: str) -> str | None:
        return vocabulary_of(self.edition).in_another_layout(word)
