"""The words of an edition and its synonyms, kept by each process until they change."""

import logging
import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import Error, connection

from exhibitors.domain import indexing, memory
from exhibitors.domain.kept import Kept
from exhibitors.models import Edition, Exhibitor, Synonym
from exhibitors.search.query import Synonyms, synonym_table
from exhibitors.search.typo import Vocabulary, terms

MOST_EDITIONS = 8
SLOW = 0.5  # seconds
SLOW_LASTS = 60  # seconds
SHORT = 0.0005  # seconds
LARGE = 5000  # exhibitors, whose words take longer than anybody should wait for a page

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """What search knows of an edition at one version of it."""

    version: int
    vocabulary: Vocabulary
    built_at: float
    took: float


_kept: "OrderedDict[int, Words]" = OrderedDict()
_keeping = threading.Lock()
_intervals: list[float] = []
_building: dict[int, threading.Lock] = {}


def vocabulary_of(edition: Edition) -> Vocabulary:
    """The terms of the edition's public exhibitors; two queries where anything has changed, 0.1 ms an exhibitor.

    One that took long to make serves on for a minute, and while a thread builds the next. A correction is always
    searched before it is offered: an old vocabulary costs a new word its correction, and never shows what has gone.
    """
    words = _kept.get(edition.pk)
    if words is not None and words.took > SLOW:
        if words.version != edition.search_version and time.monotonic() - words.built_at >= SLOW_LASTS:
            build_aside(edition)
        return words.vocabulary
    if words is None or words.version != edition.search_version:
        with _turn(edition):
            words = _kept.get(edition.pk)
            if words is None or words.version != edition.search_version:
                words = _keep(edition.pk, _build(edition))
    return words.vocabulary


def prepare(edition: Edition, exhibitors: int) -> None:
    """Begin to build the words of an edition of so many exhibitors where it is large: a search will need them soon."""
    if exhibitors >= LARGE and edition.pk not in _kept:
        build_aside(edition)


def build_aside(edition: Edition) -> None:
    """Let a thread build the words of an edition, unless some thread is at it."""
    turn = _turn(edition)
    if not turn.acquire(blocking=False):
        return
    try:
        threading.Thread(target=_build_in_turn, args=(edition, turn), name="vocabulary", daemon=True).start()
    except RuntimeError:  # the system allows no more; whoever needs the words builds them
        turn.release()
        logger.warning("No thread could be started to read the words of edition %s.", edition.slug)


def _build_in_turn(edition: Edition, turn: threading.Lock) -> None:
    try:
        with _short_turns():
            words = _build(edition)
        _keep(edition.pk, words)
    except Error:
        logger.warning("The words of edition %s could not be read.", edition.slug, exc_info=True)
    finally:
        turn.release()
        connection.close()  # this thread's own


@contextmanager
def _short_turns() -> Iterator[None]:
    """Let the interpreter change threads ten times as often.

    Whoever comes back from the database waits that long for a thread that only computes; a page does so many times.
    """
    with _keeping:
        _intervals.append(sys.getswitchinterval())
        sys.setswitchinterval(SHORT)
    try:
        yield
    finally:
        with _keeping:
            before = _intervals.pop()
            if not _intervals:
                sys.setswitchinterval(before)


def _turn(edition: Edition) -> threading.Lock:
    return _building.setdefault(edition.pk, threading.Lock())


def _build(edition: Edition) -> Words:
    began = time.monotonic()
    exhibitors = Exhibitor.objects.public().filter(edition=edition).order_by("pk")
    found = Vocabulary(term for source in indexing.names(exhibitors) for term in terms(source))
    return Words(edition.search_version, found, began, time.monotonic() - began)


def _keep(edition: int, words: Words) -> Words:
    with _keeping:
        _kept[edition] = words
        _kept.move_to_end(edition)
        while len(_kept) > MOST_EDITIONS:
            _kept.popitem(last=False)
    if words.took > SLOW:
        memory.give_back()
    return words


def forget() -> None:
    """Drop all that is kept: for tests, whose databases come and go with the same keys."""
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
