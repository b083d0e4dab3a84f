"""An import whose process is killed in the midst of writing: nothing of it stays, and it can be done again."""

from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

import pytest
from django.db import connection

from exhibitors.domain import importing
from exhibitors.domain.importing.differences import Options
from exhibitors.models import Booth, Edition, Exhibitor
from tests.databases import all_rows
from tests.domain.importing.spreadsheets import as_csv
from tests.forked import forked

LIST = as_csv([["회사명", "전시관", "부스"], *([f"시험정밀{n}", "혁신관", f"A-{n}"] for n in range(100))])


def write(record: Callable[[object], None] | None = None) -> None:
    preview = importing.preview(LIST, "2024", Options(create=True))
    importing.apply(preview.difference, record=record)


def stop_at_the_first_row(pipe: Connection) -> None:
    def stop(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        done = execute(sql, *arguments)
        if sql.startswith('INSERT INTO "exhibitors_exhibitor"'):
            stop_here(pipe)
        return done

    with connection.execute_wrapper(stop):
        write()


def stop_at_the_last_row(pipe: Connection) -> None:
    write(lambda _applied: stop_here(pipe))


def stop_here(pipe: Connection) -> None:
    pipe.send(Exhibitor.objects.count())
    pipe.recv()  # which never comes


@pytest.mark.parametrize(("work", "written"), [(stop_at_the_first_row, 1), (stop_at_the_last_row, 100)])
@pytest.mark.usefixtures("own_database")
def test_nothing_stays_of_an_import_that_was_killed(work: Callable[[Connection], None], written: int) -> None:
    before = all_rows()
    connection.close()

    with forked(work) as (process, pipe):
        assert pipe.recv() >= written
        process.kill()

    assert without_keys(all_rows()) == without_keys(before)
    write()
    assert (Edition.objects.count(), Exhibitor.objects.count(), Booth.objects.count()) == (1, 100, 100)


def without_keys(rows: dict[str, Any]) -> dict[str, Any]:
    """PostgreSQL gives no key twice, whoever's transaction was undone."""
    return {table: own for table, own in rows.items() if table != "keys" or connection.vendor == "sqlite"}
