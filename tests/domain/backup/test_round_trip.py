"""A site with a bit of everything, backed up and restored elsewhere: row by row, file by file."""

from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from django.db import transaction

from exhibitors.domain import backup
from exhibitors.domain.directory import Directory
from exhibitors.models import Edition, Exhibitor, Product
from tests.databases import all_rows, using
from tests.domain.backup.sites import NOW, Original, files
from tests.domain.search.stored import search
from tests.factories import make_edition, make_exhibitor, make_product
from tests.forked import forked

pytestmark = pytest.mark.django_db


def test_every_row_and_every_file_is_as_it_was(original: Original, restored: tuple[str, Path]) -> None:
    database, folder = restored
    with using(database):
        rows = all_rows()

    assert rows.keys() == original.rows.keys()
    for table, expected in original.rows.items():
        assert rows[table] == expected, table
    assert files(folder / "media") == original.files
    assert {path.name for path in folder.iterdir()} - {"restored.sqlite3"} == {"media"}


def test_what_is_compared_is_a_site_with_a_bit_of_everything(original: Original) -> None:
    counts = {table: len(rows) for table, rows in original.rows.items()}

    assert counts["exhibitors_exhibitor"] == 99
    assert counts["reversion_version"] > 400
    for table in ("exhibitors_printrun", "exhibitors_importfile", "otp_totp_totpdevice", "django_session"):
        assert counts[table] == 1
    assert sorted(name.rpartition("-")[2] for name in original.files) == [
        "112.webp",
        "224.webp",
        "400.webp",
        "800.webp",
    ]
    with using(original.database):
        assert any(moment.microsecond % 1000 for moment in Exhibitor.objects.values_list("updated_at", flat=True))


def test_the_restored_site_goes_on(original: Original, restored: tuple[str, Path]) -> None:
    with using(restored[0]), transaction.atomic():
        last = Exhibitor.objects.order_by("-pk")[0].pk
        edition = make_edition("2031")
        added = make_exhibitor(edition, "새로운정밀")

        assert added.pk == last + 1
        assert found(edition, "ㅅㄹㅇㅈㅁ") == ["새로운정밀"]
        assert found(Edition.objects.get(slug="2024"), "웬떡") == ["웬떡마을"]
        transaction.set_rollback(True)


def found(edition: Edition, text: str) -> list[str]:
    _hits, names = search(Directory(edition), text)
    return names


def test_a_database_without_tables_can_be_restored_into(original: Original, bare: Path) -> None:
    backup.restore(original.path)

    assert all_rows() == original.rows


def test_a_backup_while_another_process_writes_is_of_one_moment(elsewhere: Path) -> None:
    edition = make_edition("2030")

    with forked(write_pairs, edition.pk) as (_process, pipe):
        pipe.recv()  # it is at work
        made = backup.make(elsewhere, now=NOW)
        pipe.recv()  # and still is
    backup.restore(made.path, replace=True)

    pairs = Exhibitor.objects.count()
    assert pairs >= 1
    assert Product.objects.count() == pairs == made.manifest.database.rows["exhibitors_exhibitor"]


def write_pairs(pipe: Connection, edition: int) -> None:
    """Write exhibitors with one product each until the end, and tell after each."""
    stored = Edition.objects.get(pk=edition)
    while True:
        with transaction.atomic():
            make_product(make_exhibitor(stored))
        pipe.send(True)
