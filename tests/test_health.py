"""Whether a machine is ready, and why not."""

from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from expo.health import Readiness

pytestmark = pytest.mark.django_db


def checks() -> dict[str, str]:
    return Readiness(seconds=0).checks()


def use_another_database(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """One without any table: of PostgreSQL that which every server has."""
    name = str(path) if connection.vendor == "sqlite" else "postgres"
    monkeypatch.setitem(connection.settings_dict, "NAME", name)


def test_a_machine_that_has_all_it_needs_is_ready() -> None:
    assert checks() == {"database": "ok", "migrations": "ok", "disk": "ok"}


def test_an_unapplied_migration_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    use_another_database(monkeypatch, tmp_path / "empty.sqlite3")

    assert checks() == {"database": "ok", "migrations": "failed", "disk": "ok"}
    assert caplog.messages == ["Not ready: there are unapplied migrations."]


def test_a_database_that_does_not_answer_is_told_without_its_own_words(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "no-folder/secret")

    assert checks() == {"database": "failed", "migrations": "not asked", "disk": "ok"}
    assert caplog.messages == ["Not ready: the database failed (OperationalError)."]


def test_a_disk_that_takes_no_file_is_told(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings.VAR_DIR = tmp_path / "gone"

    assert checks() == {"database": "ok", "migrations": "ok", "disk": "failed"}
    assert caplog.messages == ["Not ready: no file can be written into EXPO_VAR (No such file or directory)."]


def test_a_disk_that_is_nearly_full_is_told(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    settings.LEAST_FREE_BYTES = 10**18

    assert checks() == {"database": "ok", "migrations": "ok", "disk": "failed"}
    assert caplog.messages[0].endswith(" MB are free on the disk of EXPO_VAR.")


def test_nothing_is_left_on_the_disk() -> None:
    before = sorted(Path(django_settings.VAR_DIR).iterdir())

    checks()

    assert sorted(Path(django_settings.VAR_DIR).iterdir()) == before


def test_an_answer_stands_for_its_seconds(settings: Settings) -> None:
    hour, never = Readiness(seconds=3600), Readiness(seconds=0)
    before = [hour.checks()["disk"], never.checks()["disk"]]
    settings.LEAST_FREE_BYTES = 10**18

    assert before == ["ok", "ok"]
    assert [hour.checks()["disk"], never.checks()["disk"]] == ["ok", "failed"]
