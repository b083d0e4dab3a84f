"""System checks of our own."""

from collections.abc import Sequence

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections

from exhibitors.models import trigram


@checks.register(checks.Tags.database)
def trigram_indexes(databases: Sequence[str] | None = None, **_kwargs: object) -> list[checks.CheckMessage]:
    """Warn where PostgreSQL lacks the indexes that keep search fast."""
    found: list[checks.CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        try:
            is_missing = trigram.has_columns(connection) and not trigram.has_indexes(connection)
        except DatabaseError:  # no database to ask: other checks say so
            continue
        if is_missing:
            found.append(
                checks.Warning(
                    f"Database {alias!r} has no trigram indexes: search works, but slowly on a large edition.",
                    hint="Run CREATE EXTENSION pg_trgm as the database's owner, then manage.py reindex_search.",
                    id="exhibitors.W001",
                )
            )
    return found


@checks.register(checks.Tags.security, deploy=True)
def database_of_production(**_kwargs: object) -> list[checks.CheckMessage]:
    """Warn of SQLite in production: it is enough for one machine, and somebody should have meant it."""
    if not settings.IS_PRODUCTION or connections["default"].vendor != "sqlite":
        return []
    warning = checks.Warning(
        "The site runs on SQLite: one machine alone can serve it, and one at a time can write.",
        hint="Where that is meant, back the file up as README.md says; else set DATABASE_URL=postgres://…",
        id="exhibitors.W002",
    )
    return [warning]
