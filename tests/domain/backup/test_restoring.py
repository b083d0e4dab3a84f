"""What is not restored, and that it changes nothing."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

from exhibitors.domain import backup
from exhibitors.models import Synonym
from tests.databases import all_rows
from tests.domain.backup.archives import rewrite
from tests.domain.backup.sites import Original, files, refusal
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def test_a_site_with_data_is_replaced_only_when_told(original: Original, elsewhere: Path) -> None:
    edition = make_edition("2030")
    Synonym.objects.create(edition=edition, one="건면", other="국수")
    (elsewhere / "media").mkdir()
    (elsewhere / "media/old.webp").write_bytes(b"old")
    before = all_rows()

    told = refusal(original.path)

    assert told == "This site has data already. Restore into an empty one, or give --replace to replace all of it."
    assert (all_rows(), files(elsewhere / "media")) == (before, {"old.webp": b"old"})

    backup.restore(original.path, replace=True)

    assert (all_rows(), files(elsewhere / "media")) == (original.rows, original.files)


def test_pictures_alone_are_data_too(original: Original, bare: Path) -> None:
    (bare / "media").mkdir()
    (bare / "media/old.webp").write_bytes(b"old")

    assert refusal(original.path).startswith("This site has data already.")
    assert files(bare / "media") == {"old.webp": b"old"}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"migrations": (("exhibitors", "0001_initial"), ("exhibitors", "9999_future"))},
            "it knows exhibitors.9999_future, which this one does not.",
        ),
        ({"rows": {"exhibitors_edition": 7}}, "other rows than"),
    ],
)
@pytest.mark.usefixtures("unchanged")
def test_what_cannot_be_restored_changes_nothing(
    original: Original, tmp_path: Path, facts: dict[str, object], told: str
) -> None:
    rewrite(original.path, tmp_path / "unfit.tar", **facts)

    assert told in refusal(tmp_path / "unfit.tar", replace=True)


@pytest.mark.usefixtures("unchanged")
def test_a_backup_of_the_other_database_is_refused(original: Original, tmp_path: Path) -> None:
    kinds = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
    ours = kinds.pop(connection.vendor)
    ((other, theirs),) = kinds.items()
    rewrite(original.path, tmp_path / "other.tar", vendor=other)

    told = f"This is a backup of {theirs}, and this site's database is {ours}: set DATABASE_URL."
    assert refusal(tmp_path / "other.tar", replace=True) == told


@pytest.mark.usefixtures("unchanged")
def test_a_damaged_backup_changes_nothing(original: Original, tmp_path: Path) -> None:
    data = bytearray(original.path.read_bytes())
    data[5000] ^= 1
    (tmp_path / "damaged.tar").write_bytes(data)

    told = "This backup is damaged: what it holds is not what was put in."
    assert refusal(tmp_path / "damaged.tar", replace=True) == told


def test_sqlite_in_use_is_not_replaced(original: Original, sqlite_file: Path) -> None:
    before = all_rows()

    with closing(sqlite3.connect(sqlite_file)) as running:
        running.execute("SELECT count(*) FROM exhibitors_edition").fetchone()
        told = refusal(original.path)

    assert told == "The site is using its database. Stop it, then restore."
    assert all_rows() == before
    assert not (sqlite_file.parent / "media").exists()


def test_a_broken_sqlite_database_and_its_log_are_replaced(original: Original, sqlite_file: Path) -> None:
    connection.close()
    sqlite_file.write_bytes(os.urandom(8192))
    Path(f"{sqlite_file}-wal").write_bytes(os.urandom(4096))

    assert refusal(original.path).startswith("This site has data already.")
    backup.restore(original.path, replace=True)

    assert all_rows() == original.rows
