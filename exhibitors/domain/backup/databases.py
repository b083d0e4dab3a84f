"""What can be asked of either database, and which module backs it up."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from exhibitors.domain.backup.manifest import Facts
from exhibitors.domain.errors import DomainError
from exhibitors.models import sqlite_trigrams

_FILLED_BY_MIGRATE = {
    "exhibitors_datachange",
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
}


@contextlib.contextmanager
def apart(**settings: Any) -> Iterator[BaseDatabaseWrapper]:
    """Yield a connection of its own to the site's database, or with other settings to another one."""
    other = connection.copy()
    other.settings_dict.update(settings)
    try:
        yield other
    finally:
        other.close()


def facts_of(database: BaseDatabaseWrapper) -> Facts:
    """Tell what a database holds; raises DomainError where it holds no site."""
    quoted = database.ops.quote_name
    tables = database.introspection.django_table_names(only_existing=True, include_views=False)
    with database.cursor() as cursor:
        if "django_migrations" not in database.introspection.table_names(cursor):
            raise DomainError(_("The database holds no site. Is DATABASE_URL, or EXPO_VAR, what the site has?"))
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
        migrations = tuple((str(app), str(name)) for app, name in cursor.fetchall())
        rows = {}
        for table in sorted(tables):
            cursor.execute(f"SELECT count(*) FROM {quoted(table)}")  # noqa: S608 names of our own
            rows[table] = int(cursor.fetchone()[0])
    version = ".".join(str(part) for part in database.get_database_version())
    return Facts(database.vendor, version, migrations, rows)


def is_empty() -> bool:
    """Whether the site's database has no rows but those that migrating makes; a damaged one is not empty."""
    try:
        return not _has_rows()
    except DatabaseError:
        if connection.vendor == "sqlite":
            return False
        raise


def _has_rows() -> bool:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in _FILLED_BY_MIGRATE or table.startswith(sqlite_trigrams.INDEX):
                continue
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608
            if cursor.fetchone():
                return True
    return False
