"""Fills one database, measures it and prints what came out as Markdown."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bench import _search_database
from bench._invented_queries import queries
from bench._search_pages import list_page, simple_list_page, suggestions
from exhibitors.domain import indexing
from exhibitors.domain.search import vocabulary
from exhibitors.models import Edition, Exhibitor
from exhibitors.search import document

_RUNS = 5
_MANY = 50_000  # exhibitors; the simple search takes seconds among them
_SOME = 1000  # exhibitors whose columns are built for the time of one


def measure(rows: int) -> None:
    call_command("migrate", verbosity=0)
    _without_time_limit()
    with _watch() as storing:
        edition = _search_database.store(rows)
    with _watch() as indexing_all:
        _search_database.index(edition)
    _search_database.settle()
    empty = _megabytes()
    _print_pages(Edition.objects.get(pk=edition.pk), rows)
    print(
        f"\nStored in {storing.seconds:.0f} s, then indexed in {indexing_all.seconds:.1f} s"
        f" ({indexing_all.seconds / rows * 1000:.2f} ms a row, of which {_building(edition):.2f} build the columns)."
    )
    _print_vocabulary(Edition.objects.get(pk=edition.pk), empty)


def _without_time_limit() -> None:
    """The limit of web requests would end the simple search."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


@dataclass
class _Watch:
    seconds: float = 0


@contextmanager
def _watch() -> Iterator[_Watch]:
    watch, began = _Watch(), time.perf_counter()
    yield watch
    watch.seconds = time.perf_counter() - began


@dataclass(frozen=True)
class _Cost:
    """Milliseconds of a page over many queries, and how many exhibitors the middle one found."""

    median: float
    p95: float
    found: int

    def __str__(self) -> str:
        digits = 0 if self.median >= 10 else 1
        return f"{self.median:.{digits}f}/{self.p95:.{digits}f}"


_Page = Callable[[Edition, str], int]


def _cost(page: _Page, edition: Edition, texts: Sequence[str], *, runs: int) -> _Cost:
    """Each run asks each text once, of a new directory; an untimed run goes before."""
    found = statistics.median(page(edition, text) for text in texts)
    times = []
    for _ in range(runs):
        for text in texts:
            with _watch() as watch:
                page(edition, text)
            times.append(watch.seconds * 1000)
    return _Cost(statistics.median(times), sorted(times)[int(len(times) * 0.95)], int(found))


def _print_pages(edition: Edition, rows: int) -> None:
    vocabulary.vocabulary_of(edition)
    print("| query | list page | found | simple list page | found | suggestions |\n|---|---|---|---|---|---|")
    for kind, texts in queries(rows).items():
        page = _cost(list_page, edition, texts, runs=_RUNS)
        suggested = _cost(suggestions, edition, texts, runs=_RUNS)
        some = texts[:1] if rows >= _MANY else texts
        simple = _cost(simple_list_page, edition, some, runs=1)
        print(f"| {kind} | {page} | {page.found} | {simple} | {simple.found} | {suggested} |", flush=True)


def _building(edition: Edition) -> float:
    """Milliseconds to build the search columns of an exhibitor that has been read."""
    exhibitors = indexing.with_parts(Exhibitor.objects.filter(edition=edition).order_by("pk"))[:_SOME]
    sources = [indexing.source_of(exhibitor) for exhibitor in exhibitors]
    with _watch() as watch:
        for source in sources:
            document.build(source)
    return watch.seconds * 1000 / len(sources)


def _print_vocabulary(edition: Edition, empty: float) -> None:
    searched = _megabytes()
    vocabulary.forget()
    without = _megabytes()
    with _watch() as watch:
        vocabulary.vocabulary_of(edition)
    print(
        f"The vocabulary is built in {watch.seconds:.1f} s. A worker has {empty:.0f} MB before its first search"
        f" and {searched:.0f} MB after all of these; the vocabulary is {_megabytes() - without:.0f} MB of it."
    )


def _megabytes() -> float:
    """What the process has to itself; without the pages of SQLite's file, which it shares."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    line = next(line for line in status.read_text().splitlines() if line.startswith("RssAnon"))
    return int(line.split()[1]) / 1024
