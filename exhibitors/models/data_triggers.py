"""Triggers that note each transaction which changes what readers may see, whoever writes it and by whatever way.

PostgreSQL adds a row per transaction: no writer waits for another, as all would who raise one counter. SQLite has one
writer at a time and keeps one row. Numbers are drawn by lot there, so that a restored database repeats none.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from exhibitors.models.data_change import DataChange
from exhibitors.models.import_run import ImportFile, ImportRun
from exhibitors.models.preflight import PreflightMark
from exhibitors.models.search import VainSearch

UNSEEN = (DataChange, ImportFile, ImportRun, PreflightMark, VainSearch)
"""What no reader ever sees: its changes leave the stored pages as they are."""

NAME = "note_data_change"
TABLE = DataChange._meta.db_table
KEPT = 1000  # rows on PostgreSQL, more than transactions are ever open at once; older ones go in passing

FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF current_setting('expo.noted', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
        INSERT INTO {TABLE} (stamp) VALUES ((random() * 9007199254740991)::bigint);
        PERFORM set_config('expo.noted', pg_current_xact_id()::text, true);
        IF random() < 0.01 THEN
            DELETE FROM {TABLE} WHERE id IN (
                SELECT id FROM {TABLE} WHERE id < (SELECT max(id) FROM {TABLE}) - {KEPT}
                ORDER BY id LIMIT {KEPT} FOR UPDATE SKIP LOCKED
            );
        END IF;
    END IF;
    RETURN NULL;
END
$$
"""


def tables() -> list[str]:
    """The tables whose rows readers may see."""
    models = apps.get_app_config("exhibitors").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in models if model not in UNSEEN)


def create(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers that are missing, and note a change where any was: writes may have gone unseen until now."""
    with transaction.atomic(using=connection.alias):
        if missing := _missing(connection):
            with connection.cursor() as cursor:
                for statement in _statements(connection.vendor, missing):
                    cursor.execute(statement)
            note(connection)


def create_after_migration(using: str, **_kwargs: object) -> None:
    connection = connections[using]
    if {TABLE, *tables()} <= set(connection.introspection.table_names()):
        create(connection)


def note(connection: BaseDatabaseWrapper) -> None:
    """Note a change that no trigger saw."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DELETE FROM {TABLE}")
            cursor.execute(f"INSERT INTO {TABLE} (id, stamp) VALUES (1, random())")
        else:
            cursor.execute(f"INSERT INTO {TABLE} (stamp) VALUES ((random() * 9007199254740991)::bigint)")


def _missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Tables of which not every change would be noted."""
    each = len(_EVENTS) if connection.vendor == "sqlite" else 1
    query = _SQLITE_TRIGGERS if connection.vendor == "sqlite" else _POSTGRESQL_TRIGGERS
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{NAME}%"])
        found = [table for (table,) in cursor.fetchall()]
    return [table for table in tables() if found.count(table) < each]


def _statements(vendor: str, missing: Iterable[str]) -> Iterable[str]:
    if vendor != "sqlite":
        yield FUNCTION
    for table in missing:
        yield from _sqlite_triggers(table) if vendor == "sqlite" else [_postgresql_trigger(table)]


_EVENTS = ("INSERT", "UPDATE", "DELETE")
_SQLITE_TRIGGERS = "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
_POSTGRESQL_TRIGGERS = (
    "SELECT relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE tgname LIKE %s AND pg_table_is_visible(pg_class.oid)"
)


def _sqlite_triggers(table: str) -> Iterable[str]:
    """Two statements in place of a replacement: INSERT OR IGNORE outside would make that one ignored too."""
    for event in _EVENTS:
        yield (
            f"CREATE TRIGGER IF NOT EXISTS {NAME}_{event.lower()}_{table} AFTER {event} ON {table} BEGIN"
            f" DELETE FROM {TABLE}; INSERT INTO {TABLE} (id, stamp) VALUES (1, random()); END"
        )


def _postgresql_trigger(table: str) -> str:
    return (
        f"CREATE OR REPLACE TRIGGER {NAME} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
    )
