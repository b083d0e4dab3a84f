"""What is PostgreSQL's own in a restoration."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from exhibitors.domain import backup
from exhibitors.domain.backup import postgresql
from tests.databases import all_rows
from tests.domain.backup.sites import Original

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluttered(bare: Path) -> Iterator[None]:
    """A database with what an older program may have left, and what is somebody else's."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one schema, which is a file")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE exhibitors_edition (id int PRIMARY KEY, older text)")
        cursor.execute("CREATE TABLE exhibitors_removed (edition int REFERENCES exhibitors_edition)")
        cursor.execute("CREATE VIEW exhibitors_seen AS SELECT older FROM exhibitors_edition")
        cursor.execute("CREATE SEQUENCE exhibitors_numbers")
        cursor.execute("CREATE SCHEMA other")
        cursor.execute("CREATE TABLE other.kept AS SELECT 7 AS number")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM other.kept")
        assert cursor.fetchall() == [(7,)]


@pytest.mark.usefixtures("cluttered")
def test_what_an_older_program_left_goes_and_other_schemas_stay(original: Original) -> None:
    backup.restore(original.path, replace=True)

    assert all_rows() == original.rows


def test_a_setting_that_older_servers_lack_is_taken_out(tmp_path: Path) -> None:
    script = tmp_path / "database.sql"
    script.write_bytes(b"SET lock_timeout = 0;\nSET transaction_timeout = 0;\nSELECT 1;\n")

    postgresql.blank_out(script, b"SET transaction_timeout = 0;")
    postgresql.blank_out(script, b"SET no_such_thing = 0;")

    assert script.read_bytes() == b"SET lock_timeout = 0;\n" + b" " * 28 + b"\nSELECT 1;\n"
