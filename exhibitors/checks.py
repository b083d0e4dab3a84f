"""System checks of our own."""

from collections.abc import Sequence

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
