"""The commands that back up, check and restore: what they say, and when they fail."""

import io
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from exhibitors.models import Edition
from tests.factories import make_edition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_database")]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


def run(name: str, *arguments: object) -> list[str]:
    output = io.StringIO()
    call_command(name, *map(str, arguments), stdout=output)
    return output.getvalue().splitlines()


def test_a_site_is_backed_up_checked_and_restored(folder: Path) -> None:
    make_edition()

    told = run("backup", folder)
    (path,) = folder.iterdir()
    checked = run("check_backup", path)
    Edition.objects.all().delete()
    restored = run("restore", path, "--replace")

    assert told[-1] == f"Backed up: {path}"
    assert re.fullmatch(r"expo-\d{4}-\d\d-\d\dT\d{4}\.tar", path.name)
    assert re.fullmatch(r"Made at: \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0900", told[0])
    assert re.fullmatch(r"Database: (SQLite|PostgreSQL) [\d.]+, \d+ bytes", told[1])
    assert told[3:5] == ["Pictures: 0, 0 bytes", "Rows:"]
    assert "  exhibitors_edition: 1" in told
    assert checked == [*told[:-1], "The backup is whole."]
    assert restored == [*told[:-1], "Restored."]
    assert Edition.objects.get().slug == "2024"


def test_a_backup_of_an_older_version_is_to_be_migrated(folder: Path) -> None:
    call_command("migrate", "exhibitors", "0004", verbosity=0)
    run("backup", folder)
    (path,) = folder.iterdir()

    told = run("restore", path)

    assert told[-1] == "The backup is of an older version of this program. Now run manage.py migrate."
    assert "Migrated to: 0004_import_runs" in told


def test_a_backup_that_fails_says_why(folder: Path) -> None:
    with pytest.raises(CommandError) as caught:
        run("backup", folder / "missing")

    assert str(caught.value) == f"There is no folder {folder / 'missing'}."


@pytest.mark.parametrize("number", ["0", "-1", "x", "1.5"])
def test_keeping_less_than_one_is_refused(folder: Path, number: str) -> None:
    with pytest.raises(CommandError) as caught:
        run("backup", folder, f"--keep={number}")

    assert "write a number from 1 on" in str(caught.value)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("command", ["check_backup", "restore"])
def test_what_is_no_backup_is_refused(folder: Path, command: str) -> None:
    path = folder / "notes.tar"
    with tarfile.open(path, "w") as tar:
        tar.add(__file__, "notes.txt")

    with pytest.raises(CommandError) as caught:
        run(command, path)

    assert str(caught.value) == "This is no backup of this site: it holds “notes.txt”."
