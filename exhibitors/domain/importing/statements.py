"""Writes many rows by statements whose values were made ready before the database was locked.

Django's bulk_create makes values and SQL while it writes: 10,000 exhibitors kept SQLite's only write lock two seconds
longer.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection, models

BATCH = 500  # rows a statement, for PostgreSQL's statement_timeout


@dataclass(frozen=True)
class Insertion:
    """New rows of a table by column; the database gives them their primary keys."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    def run(self) -> None:
        names, places = ", ".join(map(_quoted, self.columns)), ", ".join(["%s"] * len(self.columns))
        head = f"INSERT INTO {_quoted(self.table)} ({names}) VALUES "  # noqa: S608 names of the model
        with connection.cursor() as cursor:
            for rows in _batches(self.rows, _rows_at_once(len(self.columns))):
                cursor.execute(head + ", ".join([f"({places})"] * len(rows)), list(chain(*rows)))

    def set_column(self, column: str, value: Any) -> None:
        """Give all rows a value that was not known before."""
        index = self.columns.index(column)
        for row in self.rows:
            row[index] = value


@dataclass(frozen=True)
class Update:
    """Values of stored rows by column, each row ending in its primary key."""

    table: str
    columns: tuple[str, ...]
    rows: list[list[Any]]

    def run(self) -> None:
        changes = ", ".join(f"{_quoted(column)} = %s" for column in self.columns)
        sql = f"UPDATE {_quoted(self.table)} SET {changes} WHERE id = %s"  # noqa: S608 names of the model
        with connection.cursor() as cursor:
            for rows in _batches(self.rows, BATCH):
                cursor.executemany(sql, rows)


def inserting(model: type[models.Model], objects: Iterable[models.Model]) -> Insertion:
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    return Insertion(model._meta.db_table, _columns(fields), [_values(fields, row, add=True) for row in objects])


def updating(model: type[models.Model], objects: Iterable[models.Model], names: Sequence[str]) -> Update:
    fields = [field for field in model._meta.local_concrete_fields if field.name in names]
    rows = [[*_values(fields, row, add=False), row.pk] for row in objects]
    return Update(model._meta.db_table, _columns(fields), rows)


def _columns(fields: Sequence[models.Field]) -> tuple[str, ...]:
    return tuple(str(field.column) for field in fields)


def _values(fields: Sequence[models.Field], row: models.Model, *, add: bool) -> list[Any]:
    return [field.get_db_prep_save(field.pre_save(row, add), connection) for field in fields]


def _quoted(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _rows_at_once(columns: int) -> int:
    """SQLite takes a limited number of values a statement."""
    limit = connection.features.max_query_params
    return min(BATCH, limit // columns) if limit else BATCH


def _batches(rows: list[list[Any]], size: int) -> Iterable[list[list[Any]]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
