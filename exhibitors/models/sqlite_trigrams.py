"""SQLite's trigram index on the columns that search reads: an FTS5 table, kept true by triggers.

Django changes a table of SQLite by making a new one, and the triggers go with the old. So the triggers tell whether the
index can be believed, and after each migration it is made anew where they are missing.
"""

from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exhibitors.models.trigram import COLUMNS, TABLE

INDEX = "exhibitor_trigrams"
_GATHERED = 16 * 1024 * 1024  # bytes of the index that a transaction keeps before it writes them; a big import: -25 %
SHORTEST = 3  # letters that an index of three letters each can find

_COLUMNS = ", ".join(COLUMNS)
_ADD = f"INSERT INTO {INDEX} (rowid, {_COLUMNS}) VALUES (new.id, {', '.join(f'new.{name}' for name in COLUMNS)})"
_REMOVE = (
    f"INSERT INTO {INDEX} ({INDEX}, rowid, {_COLUMNS})"
    f" VALUES ('delete', old.id, {', '.join(f'old.{name}' for name in COLUMNS)})"
)
_DIFFERS = " OR ".join(f"old.{name} IS NOT new.{name}" for name in COLUMNS)
_TRIGGERS = {
    f"{INDEX}_insert": f"AFTER INSERT ON {TABLE} BEGIN {_ADD}; END",
    f"{INDEX}_delete": f"AFTER DELETE ON {TABLE} BEGIN {_REMOVE}; END",
    f"{INDEX}_update": f"AFTER UPDATE OF {_COLUMNS} ON {TABLE} WHEN {_DIFFERS} BEGIN {_REMOVE}; {_ADD}; END",
}


def create(connection: BaseDatabaseWrapper) -> bool:
    """Make the index where it is missing or may be wrong; tell whether it is there now. 0.2 ms an exhibitor.

    Without FTS5, or in a SQLite before 3.34 (without its trigrams), search works, only slower.
    """
    if connection.vendor != "sqlite" or not _has_columns(connection):
        return False
    if is_true(connection):
        return True
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            _create(cursor)
    except DatabaseError:
        return False
    return True


def create_after_migration(using: str, **_kwargs: object) -> None:
    create(connections[using])


def drop(connection: BaseDatabaseWrapper) -> None:
    """SQLite removes no column that a trigger speaks of."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            _drop(cursor)


def is_true(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index is there and follows the table. Asked where SQL is compiled, so beside Django; 0.03 ms."""
    connection.ensure_connection()
    names = ", ".join(f"'{name}'" for name in _TRIGGERS)
    found = connection.connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name IN ({names})")
    return bool(found.fetchone()[0] == len(_TRIGGERS))


def can_find(text: str) -> bool:
    return len(text) >= SHORTEST


def phrase(column: str, text: str) -> str:
    """What to match so that the column contains the text."""
    quoted = text.replace('"', '""')
    return f'{column} : "{quoted}"'


def _create(cursor: Any) -> None:
    _drop(cursor)
    options = f"content='{TABLE}', content_rowid='id', tokenize='trigram case_sensitive 1'"
    cursor.execute(f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_COLUMNS}, {options})")
    cursor.execute(f"INSERT INTO {INDEX} ({INDEX}, rank) VALUES ('hashsize', {_GATHERED})")
    for name, body in _TRIGGERS.items():
        cursor.execute(f"CREATE TRIGGER {name} {body}")
    cursor.execute(f"INSERT INTO {INDEX} ({INDEX}) VALUES ('rebuild')")


def _drop(cursor: Any) -> None:
    for name in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
    cursor.execute(f"DROP TABLE IF EXISTS {INDEX}")


def _has_columns(connection: BaseDatabaseWrapper) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pragma_table_info(%s)", [TABLE])
        return set(COLUMNS) <= {name for (name,) in cursor.fetchall()}
