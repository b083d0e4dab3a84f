"""Counts the searches that found nothing, per day, without a trace of who searched."""

import atexit
import logging
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from django.db import Error, connection, transaction
from django.db.models import F, Sum

from exhibitors.models import Edition, VainSearch
from exhibitors.models.search import MAX_QUERY
from exhibitors.search.normalise import normalise

INTERVAL = 60  # seconds between two writes of a process
MOST_WAITING = 1000  # different queries a process remembers until it writes
MOST_A_DAY = 500  # different queries an edition keeps of one day
LONG_NUMBER = re.compile(r"\d(?:[\W_ㅡᅳー]{0,5}\d){5,}")  # may be somebody's phone or registration number

_Key = tuple[int, date, str]  # edition, day, query

logger = logging.getLogger(__name__)
_waiting: Counter[_Key] = Counter()
_lock = threading.Lock()
_timer: threading.Timer | None = None


def note(edition_pk: int, text: str, *, on: date) -> None:
    """Remember that a query found nothing. Asks no database: a timer writes what has come together."""
    query = _countable(text)
    if query:
        _remember({(edition_pk, on, query): 1})


def _countable(text: str) -> str:
    """The query as searches that mean the same are counted together; empty where it may speak of a person."""
    query = " ".join(normalise(text).split())
    if "@" in query or LONG_NUMBER.search(query):
        return ""
    return query[:MAX_QUERY].strip()  # one sign can become many letters


def _remember(noted: Mapping[_Key, int]) -> None:
    global _timer  # noqa: PLW0603 - one timer a process is the point
    with _lock:
        for key, count in noted.items():
            if key in _waiting or len(_waiting) < MOST_WAITING:
                _waiting[key] += count
        if _timer is None:
            _timer = threading.Timer(INTERVAL, _flush_in_thread)
            _timer.daemon = True
            _timer.start()


def flush() -> int:
    """Write what has come together and return how many queries it was. About four statements a day and edition.

    What the database refuses is kept for the next time, and its error raised.
    """
    noted = _take()
    if not noted:
        return 0
    try:
        _write(noted)
    except Error:
        _remember(noted)
        raise
    return len(noted)


def most_wanted(edition: Edition, *, since: date, limit: int) -> list[tuple[str, int]]:
    """What was searched in vain since a day, and how often, the most wanted first. One query."""
    counted = VainSearch.objects.filter(edition=edition, searched_on__gte=since).order_by().values("query")
    rows = counted.annotate(times=Sum("count")).order_by("-times", "query")[:limit]
    return list(rows.values_list("query", "times"))


def forget() -> None:
    """Drop what has come together, unwritten: for tests."""
    _take()


def _take() -> dict[_Key, int]:
    global _timer  # noqa: PLW0603
    with _lock:
        if _timer is not None:
            _timer.cancel()
            _timer = None
        noted = dict(_waiting)
        _waiting.clear()
    return noted


@transaction.atomic
def _write(noted: Mapping[_Key, int]) -> None:
    there = _locked({edition for edition, _day, _query in noted})
    for (edition, day), entries in groupby(sorted(noted.items()), key=lambda entry: entry[0][:2]):
        if edition in there:
            _write_day(edition, day, Counter({query: count for (_edition, _day, query), count in entries}))


def _locked(editions: Iterable[int]) -> set[int]:
    """Those that still exist, locked so that all processes together keep to MOST_A_DAY; readers don't wait for it."""
    rows = Edition.objects.select_for_update(no_key=True).filter(pk__in=editions).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def _write_day(edition: int, day: date, counts: Counter[str]) -> None:
    of_day = VainSearch.objects.filter(edition=edition, searched_on=day)
    known = set(of_day.order_by().values_list("query", flat=True))
    for query in sorted(counts.keys() & known):
        of_day.filter(query=query).update(count=F("count") + counts[query])
    new = [entry for entry in counts.most_common() if entry[0] not in known]
    VainSearch.objects.bulk_create(
        VainSearch(edition_id=edition, searched_on=day, query=query, count=count)
        for query, count in new[: max(0, MOST_A_DAY - len(known))]
    )


def _flush_in_thread() -> None:
    try:
        flush()
    except Error:
        logger.exception("Searches without result could not be written yet")
    finally:
        connection.close()


def _flush_at_exit() -> None:
    """The last chance: what fails now is lost, and no timer may start any more."""
    if noted := _take():
        try:
            _write(noted)
        except Error:
            logger.exception("%d searches without result are lost", len(noted))


atexit.register(_flush_at_exit)
