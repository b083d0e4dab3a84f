"""Imports that are killed, and what they leave."""

import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from reversion.models import Version

from bench.import_exhibitors import spreadsheet
from exhibitors.domain import importing
from exhibitors.models import Booth, BoothAssignment, Edition, Exhibitor, ExhibitorIndustry
from tests.databases import copied, using
from tests.forked import forked

_SEED = 20261126
_READING, _WRITING, _COMMITTED = "reading", "writing", "committed"
_EARLIER, _LATER = 0.8, 1.4  # of the usual time: most are killed while they write, some before and after


def measure(kills: int, rows: int) -> None:
    call_command("migrate", verbosity=0)
    model, folder = str(connection.settings_dict["NAME"]), Path(connection.settings_dict["NAME"]).parent
    data = spreadsheet(rows)
    connection.close()  # PostgreSQL copies no database that somebody uses
    chosen = random.Random(_SEED)  # noqa: S311 no secret
    began = time.perf_counter()
    with copied(model, "warm", folder) as name, using(name):
        _import(data)
    with copied(model, "whole", folder) as name, using(name):
        (writing_at, committed_at), whole = _timed(data), _counts()
    killed: Counter[str] = Counter()
    left: Counter[str] = Counter()
    for _number in range(kills):
        with copied(model, "killed", folder) as name, using(name):
            killed[_kill(data, chosen.uniform(writing_at * _EARLIER, committed_at * _LATER))] += 1
            left[_judge(whole)] += 1
            _import(data)
            _demand(_counts() == whole, "the second import is not whole")
    told = [kills, killed[_READING], killed[_WRITING], killed[_COMMITTED], left["none"], left["all"]]
    widths = (7, 9, 9, 11, 7, 6)
    columns = "".join(f"{number:>{width}}" for number, width in zip(told, widths, strict=True))
    print(f"{connection.display_name:12}{columns}{time.perf_counter() - began:>9.0f}", flush=True)


def _timed(data: bytes) -> tuple[float, float]:
    """Seconds after which an import writes its first row, and after which it has committed."""
    with forked(_work, data) as (_process, pipe):
        pipe.recv()
        began = time.perf_counter()
        pipe.recv()
        writing_at = time.perf_counter() - began
        while pipe.recv() != _COMMITTED:
            pass
        return writing_at, time.perf_counter() - began


def _work(pipe: Connection, data: bytes) -> None:
    """Import, and tell how far it is."""

    def watch(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith("INSERT"):
            pipe.send(_WRITING)
        return execute(sql, *arguments)

    pipe.send(_READING)
    with connection.execute_wrapper(watch):
        _import(data)
    pipe.send(_COMMITTED)
    pipe.recv()  # which never comes


def _import(data: bytes) -> None:
    importing.apply(importing.preview(data, "2024", importing.Options(create=True)).difference)


def _kill(data: bytes, after: float) -> str:
    """Kill an import so many seconds after it has begun, and return what it said last."""
    told = ""
    with forked(_work, data) as (process, pipe):
        told = pipe.recv()
        time.sleep(after)
        process.kill()
        process.join()
        try:
            while True:
                told = pipe.recv()
        except (EOFError, ConnectionResetError):
            return told


def _judge(whole: tuple[int, ...]) -> str:
    """Return whether none or all is left; anything between ends the measurement."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA integrity_check")
            _demand(cursor.fetchall() == [("ok",)], "the database is damaged")
    counts = _counts()
    if counts == whole:
        return "all"
    _demand(not any(counts), f"{counts} is left of {whole}")
    return "none"


def _demand(fact: object, complaint: str) -> None:
    if not fact:
        sys.exit(f"{connection.display_name}: {complaint}")


def _counts() -> tuple[int, ...]:
    models = (Edition, Exhibitor, Booth, BoothAssignment, ExhibitorIndustry, Version)
    return tuple(model._default_manager.count() for model in models)
