"""PostgreSQL's trigram indexes on the columns that search reads; other databases do without."""

from django.db import DatabaseError, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

COLUMNS = ("head_keys", "text_keys", "initials")
TABLE = "exhibitors_exhibitor"

# pg_trgm takes a point for the end of a word: 진성 would be looked for in every text that has a 진 and a 성 anywhere.
WITHOUT_POINTS = "replace({column}, '.', '')"
_INDEXED = {"text_keys": WITHOUT_POINTS.format(column="text_keys")}


def create_indexes(connection: BaseDatabaseWrapper) -> bool:
    """Make what is missing of the pg_trgm extension and the indexes; tell whether they are there now.

    pg_trgm is a trusted extension: the owner of a database may create it. Where that fails search works, only slower.
    """
    if connection.vendor != "postgresql":
        return False
    if has_indexes(connection):  # CREATE INDEX locks the table before it looks whether there is one
        return True
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    except DatabaseError:
        return False
    with connection.cursor() as cursor:
        for column in COLUMNS:
            indexed = _INDEXED.get(column, column)
            cursor.execute(
                f"CREATE INDEX IF NOT EXISTS exhibitor_{column}_trigrams ON {TABLE} USING gin ({indexed} gin_trgm_ops)"
            )
    return True


def has_columns(connection: BaseDatabaseWrapper) -> bool:
    """Whether the columns are there to be indexed: before the first migration they are not. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attname = ANY(%s)",
            [TABLE, list(COLUMNS)],
        )
        return cursor.fetchone()[0] == len(COLUMNS)


def has_indexes(connection: BaseDatabaseWrapper) -> bool:
    """Whether all of the indexes are there. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_indexes WHERE tablename = %s AND indexname LIKE %s", [TABLE, "%\\_trigrams"]
        )
        return cursor.fetchone()[0] == len(COLUMNS)
