"""The system checks of our own."""

import pytest
from django.core import checks
from django.db import connection
from pytest_django import Settings

from exhibitors.models import trigram

pytestmark = pytest.mark.django_db

ON_POSTGRESQL = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has trigram indexes")
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite alone is meant")


def warnings() -> list[str]:
    return [str(found.id) for found in checks.run_checks(databases=["default"]) if str(found.id).startswith("exhib")]


def execute(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@ON_POSTGRESQL
def test_indexes_that_are_there_are_no_matter() -> None:
    assert warnings() == []


@ON_POSTGRESQL
@pytest.mark.parametrize("column", trigram.COLUMNS)
def test_a_missing_index_is_warned_of(column: str) -> None:
    execute(f"DROP INDEX exhibitor_{column}_trigrams")
    assert warnings() == ["exhibitors.W001"]


@ON_POSTGRESQL
def test_a_missing_extension_is_warned_of_with_a_way_out() -> None:
    execute("DROP EXTENSION pg_trgm CASCADE")
    (found,) = [found for found in checks.run_checks(databases=["default"]) if found.id == "exhibitors.W001"]
    assert found.level == checks.WARNING
    assert "CREATE EXTENSION pg_trgm" in str(found.hint)


@ON_POSTGRESQL
def test_before_the_first_migration_there_is_nothing_to_warn_of() -> None:
    execute("DROP TABLE exhibitors_exhibitor CASCADE")
    assert warnings() == []


@ON_POSTGRESQL
def test_indexes_are_made_once_however_often_they_are_asked_for() -> None:
    execute("DROP EXTENSION pg_trgm CASCADE")
    assert [trigram.create_indexes(connection) for _ in range(2)] == [True, True]
    assert warnings() == []


@ON_SQLITE
def test_sqlite_does_without() -> None:
    assert (warnings(), trigram.create_indexes(connection)) == ([], False)


def test_no_database_is_asked_unless_it_is_named() -> None:
    assert [found.id for found in checks.run_checks() if found.id == "exhibitors.W001"] == []


@pytest.mark.parametrize(("is_production", "expected"), [(True, ["exhibitors.W002"]), (False, [])])
@ON_SQLITE
def test_sqlite_in_production_is_asked_about(settings: Settings, is_production: bool, expected: list[str]) -> None:
    settings.IS_PRODUCTION = is_production
    found = checks.run_checks(include_deployment_checks=True)
    assert [one.id for one in found if str(one.id).startswith("exhib")] == expected


@ON_POSTGRESQL
def test_postgresql_in_production_is_what_is_meant(settings: Settings) -> None:
    settings.IS_PRODUCTION = True
    found = checks.run_checks(include_deployment_checks=True)
    assert [one.id for one in found if str(one.id).startswith("exhib")] == []
