"""Databases beside that of the tests, for what touches a whole one: migrated copies, or bare ones."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


@contextlib.contextmanager
def model(folder: Path) -> Iterator[str]:
    """Yield the name of a copy of the tests' database, to be copied from while a test keeps that in a transaction."""
    name = str(connection.settings_dict["NAME"])
    assert Path(name).name.startswith("test"), "no test of this run is marked to use the database"
    connection.close()
    with copied(name, "model", folder) as made:
        yield made


@contextlib.contextmanager
def unblocked_at_both_ends(blocker: DjangoDbBlocker, opened: contextlib.AbstractContextManager[T]) -> Iterator[T]:
    """For fixtures that outlive a test: between their beginning and end the tests may touch no database unasked."""
    with contextlib.ExitStack() as ends:
        with blocker.unblock():
            value = ends.enter_context(opened)
        try:
            yield value
        finally:
            with blocker.unblock():
                ends.close()


@contextlib.contextmanager
def copied(model_name: str, name: str, folder: Path) -> Iterator[str]:
    """Yield the name of a new database like the model; without one it has no tables. Remove it at the end."""
    if connection.vendor == "sqlite":
        path = folder / f"{name}.sqlite3"
        if model_name:
            with closing(sqlite3.connect(model_name)) as source, closing(sqlite3.connect(path)) as copy:
                source.backup(copy)
        yield str(path)
        return
    full_name = f"test_expo_{os.getpid()}_{name}"
    _maintain(f'DROP DATABASE IF EXISTS "{full_name}"')
    _maintain(f'CREATE DATABASE "{full_name}" TEMPLATE "{model_name or "template0"}"')
    try:
        yield full_name
    finally:
        _maintain(f'DROP DATABASE "{full_name}" WITH (FORCE)')


def _maintain(sql: str) -> None:
    """Outside any transaction, and not from within a database that comes or goes."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


@contextlib.contextmanager
def using(name: str) -> Iterator[None]:
    """Lead all that asks the site's database to another one; a transaction of the test stays as it is, beside it."""
    kept = connections["default"]
    other = kept.copy()
    other.settings_dict["NAME"] = name
    connections["default"] = other
    ContentType.objects.clear_cache()  # they have other keys there
    try:
        yield
    finally:
        other.close()
        connections["default"] = kept
        ContentType.objects.clear_cache()


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and what key each table gives next."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {table: _fetched(f'SELECT * FROM "{table}" ORDER BY 1') for table in tables}  # noqa: S608
    if connection.vendor == "sqlite":
        keys = "SELECT * FROM sqlite_sequence ORDER BY name"
    else:
        keys = "SELECT sequencename, last_value FROM pg_sequences ORDER BY sequencename"
    return {**rows, "keys": _fetched(keys)}


def _fetched(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [tuple(row) for row in cursor.fetchall()]
