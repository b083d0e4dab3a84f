"""What goes into a backup, and when none is made."""

import os
from pathlib import Path

import pytest
from django.db import connection

from exhibitors.domain import backup
from tests.domain.backup.sites import NOW, Original, refusal_to_make

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("unchanged")
def test_a_file_that_vanishes_is_left_out(original: Original, tmp_path: Path) -> None:
    gone = original.folder / "media/gone.webp"
    gone.symlink_to("nowhere")

    made = backup.make(tmp_path, now=NOW)

    gone.unlink()
    assert made.manifest.members.keys() == original.manifest.members.keys()


@pytest.mark.usefixtures("unchanged")
def test_older_backups_go_when_told(tmp_path: Path) -> None:
    old = [tmp_path / f"expo-2026-11-2{day}T0930.tar" for day in (1, 2, 3)]
    for path in old:
        path.touch()

    made = backup.make(tmp_path, now=NOW, keep=2)

    assert made.removed == [old[1], old[0]]
    assert sorted(tmp_path.iterdir()) == [old[2], made.path]


@pytest.mark.usefixtures("unchanged")
def test_a_backup_never_overwrites_another(original: Original) -> None:
    before = original.path.read_bytes()

    told = refusal_to_make(original.folder)

    assert told == f"{original.path} is there already. Wait a minute: a backup never overwrites one."
    assert original.path.read_bytes() == before
    assert [path.name for path in original.folder.glob("expo-*")] == ["expo-2026-11-26T0930.tar"]


@pytest.mark.usefixtures("unchanged")
def test_two_backups_of_one_minute_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "expo-2026-11-26T0930.tar.part").mkdir()

    assert refusal_to_make(tmp_path) == f"Another backup is being made: {tmp_path / 'expo-2026-11-26T0930.tar.part'}"


@pytest.mark.usefixtures("unchanged")
def test_a_folder_that_is_missing_or_public_is_refused(original: Original, tmp_path: Path) -> None:
    assert refusal_to_make(tmp_path / "missing") == f"There is no folder {tmp_path / 'missing'}."
    public = "Everybody can read the folder of pictures: choose another one for backups."
    assert refusal_to_make(original.folder / "media/pictures") == public


def test_a_database_that_holds_no_site_is_not_backed_up(bare: Path) -> None:
    told = "The database holds no site. Is DATABASE_URL, or EXPO_VAR, what the site has?"
    assert refusal_to_make(bare) == told
    assert list(bare.glob("expo-*")) == []


def test_a_broken_sqlite_database_is_not_backed_up(sqlite_file: Path) -> None:
    connection.close()
    with sqlite_file.open("r+b") as file:
        file.seek(8192)
        file.write(os.urandom(200_000))

    told = "SQLite finds the database damaged. Nothing was backed up; keep your older backups."
    assert refusal_to_make(sqlite_file.parent) == told
    assert list(sqlite_file.parent.glob("expo-*")) == []
