"""Backup and restoration of a PostgreSQL database by its own programs, each of one moment and in one transaction."""

import tempfile
from dataclasses import replace
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from exhibitors.domain.backup import programs
from exhibitors.domain.backup.databases import apart, facts_of
from exhibitors.domain.backup.manifest import Facts
from exhibitors.domain.errors import DomainError
from exhibitors.models.data_triggers import FUNCTION

_EXTENSION = "pg_trgm"
_LOCKED = "55P03"  # PostgreSQL's code for a lock that it has waited for in vain


def dump(target: Path) -> Facts:
    """Write the tables of the site as they are at one moment, while others go on writing; the facts are of it, too."""
    found = programs.find(server_major())
    with apart() as reader:
        reader.set_autocommit(False)
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")  # it idles while pg_dump works
            cursor.execute("SELECT pg_export_snapshot(), quote_ident(current_schema())")
            snapshot, schema = cursor.fetchone()
        facts = replace(facts_of(reader), needs=found.major)
        options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", "--lock-wait-timeout=60000"]
        # Tables alone: a schema, and extensions that are not the site's, are for the owner of a server to make.
        options += [f"--table={schema}.*", *_extension(reader)]
        found.run("pg_dump", *options, f"--snapshot={snapshot}", f"--file={target}")
        reader.rollback()
    return facts


def _extension(database: BaseDatabaseWrapper) -> list[str]:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_extension WHERE extname = %s", [_EXTENSION])
        return [f"--extension={_EXTENSION}"] if cursor.fetchone()[0] else []


def server_major() -> int:
    return int(connection.get_database_version()[0])


def folder() -> Path:
    return Path(tempfile.gettempdir())


def restore(dumped: Path, facts: Facts) -> None:
    """Put the tables of a dump in the place of those that are there, in one transaction with the test of its rows."""
    found = programs.find(max(server_major(), facts.needs))
    script = dumped.with_suffix(".sql")
    found.convert("--no-owner", "--no-privileges", "--exit-on-error", f"--file={script}", str(dumped))
    if found.major >= 17 > server_major():
        blank_out(script, b"SET transaction_timeout = 0;")  # older servers have none
    before, after = script.with_name("before.sql"), script.with_name("after.sql")
    before.write_text(_EMPTY + FUNCTION + ";", encoding="utf-8")  # dumped tables bring their triggers alone
    after.write_text(_test(facts), encoding="utf-8")
    connection.close()
    files = [f"--file={path}" for path in (before, script, after)]
    options = ["--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1", "--set=VERBOSITY=verbose"]
    try:
        found.run("psql", *options, *files)
    except DomainError as error:
        if f" {_LOCKED}: " in str(error):
            raise DomainError(_("The site is using its database. Stop it, then restore.")) from error
        raise


def blank_out(script: Path, line: bytes) -> None:
    """Take a line out of the script's head where it stands, so that a script of any length is not copied."""
    with script.open("r+b") as file:
        start = file.read(4096).find(line)
        if start >= 0:
            file.seek(start)
            file.write(b" " * len(line))


# What an extension brought stays, with the extension: only its owner may take it away.
_EMPTY = """
SET client_min_messages = warning;
SET lock_timeout = '10s';
DO $$
DECLARE
    one record;
BEGIN
    FOR one IN
        SELECT c.oid::regclass AS name, CASE c.relkind
            WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END AS kind
        FROM pg_class c
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
            AND NOT EXISTS (
                SELECT FROM pg_depend d
                WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'e', 'i')
            )
        ORDER BY c.relkind DESC
    LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE', one.kind, one.name);
    END LOOP;
END
$$;
"""


def _test(facts: Facts) -> str:
    """SQL that fails, and takes the whole transaction with it, where a table has other rows than the facts say."""
    lines = ["RESET search_path;", "DO $$", "BEGIN"]
    for table, count in facts.rows.items():
        quoted = connection.ops.quote_name(table)
        lines += [
            f"IF (SELECT count(*) FROM {quoted}) <> {count:d} THEN",  # noqa: S608 a name of our own
            f"RAISE EXCEPTION 'the table % has other rows than the manifest says', {_literal(table)}; END IF;",
        ]
    return "\n".join([*lines, "END", "$$;", "ANALYZE;", ""])


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
