"""Backup and restoration of a SQLite database: a copy made by SQLite itself, put in place by one renaming."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from exhibitors.domain.backup.databases import apart, facts_of
from exhibitors.domain.backup.disk import bring_to_disk
from exhibitors.domain.backup.manifest import Facts
from exhibitors.domain.errors import DomainError


def dump(target: Path) -> Facts:
    """Copy the database as it is at one moment, while others go on writing."""
    try:
        with apart() as source, closing(sqlite3.connect(target)) as copy:
            source.ensure_connection()
            source.connection.backup(copy)
        return _checked_facts(target)
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise _broken() from error


def _checked_facts(copy: Path) -> Facts:
    with apart(NAME=str(copy)) as database:
        with database.cursor() as cursor:
            cursor.execute("PRAGMA quick_check(1)")
            if cursor.fetchone() != ("ok",):
                raise _broken()
        return facts_of(database)


def _broken() -> DomainError:
    return DomainError(_("SQLite finds the database damaged. Nothing was backed up; keep your older backups."))


def folder() -> Path:
    """Where a copy must lie to be put in place by renaming."""
    return _path().parent


def restore(copy: Path, facts: Facts) -> None:
    """Put a copy in the database's place; raises DomainError, with nothing done, where somebody has that open."""
    with apart(NAME=str(copy)) as database:
        if facts_of(database).rows != facts.rows:
            raise DomainError(_("The copy in this backup has other rows than its manifest says. Nothing was restored."))
    connection.close()
    _retire(_path())
    copy.replace(_path())
    bring_to_disk(_path().parent)


def _path() -> Path:
    return Path(connection.settings_dict["NAME"]).absolute()


def _retire(path: Path) -> None:
    """Leave no log of the old database beside the new one: SQLite would write it into that.

    Only the last connection may end the log, so this finds out, too, whether the site is still running.
    """
    if path.exists():
        try:
            with closing(sqlite3.connect(path, isolation_level=None)) as old:
                old.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise DomainError(_("The site is using its database. Stop it, then restore.")) from error
            # Otherwise it is damaged, which may be why somebody restores.
    for ending in ("-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)
