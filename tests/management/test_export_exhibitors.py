"""The command that exports an edition: what it writes, and what it leaves alone."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from exhibitors.domain import importing
from exhibitors.models import Edition
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_exhibitor(edition, "에바", booths=[make_booth(make_hall(edition), "A-1")])
    make_exhibitor(edition, "초안", state="draft")
    make_exhibitor(make_edition("2023"), "지난해")
    return edition


def run(path: Path, *arguments: str, edition: str = "2024") -> str:
    output = io.StringIO()
    call_command("export_exhibitors", path, "--edition", edition, *arguments, stdout=output)
    return output.getvalue()


def names(path: Path) -> list[str]:
    return [row[1] for row in importing.read(path.read_bytes()).sheets[0].rows]


@pytest.mark.parametrize("ending", ["xlsx", "csv", "XLSX"])
def test_the_files_ending_says_the_format(edition: Edition, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list.{ending}"

    printed = run(path)

    assert printed == "Exhibitors exported: 2\n"
    assert importing.read(path.read_bytes()).format == ending.lower()
    assert names(path) == ["회사명(국문)", "에바", "초안"]
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_format_and_the_language_can_be_asked_for(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"

    run(path, "--format", "csv", "--language", "en")

    assert path.read_bytes().startswith("\ufeffCompany code,Company name (Korean),".encode())


def test_what_was_exported_is_imported_without_a_change(edition: Edition, tmp_path: Path) -> None:
    path, output = tmp_path / "list.xlsx", io.StringIO()
    run(path)

    call_command("import_exhibitors", path, "--edition=2024", stdout=output)

    assert "New: 0\nChanged: 0\nUnchanged: 2\nRows with problems: 0\n" in output.getvalue()


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("mine")

    with pytest.raises(CommandError, match=r"list\.csv is there already\. Replace it with --overwrite\."):
        run(path)
    kept = path.read_text()
    run(path, "--overwrite")

    assert kept == "mine"
    assert names(path)[1:] == ["에바", "초안"]


@pytest.mark.parametrize(
    ("name", "slug", "complaint"),
    [
        ("list.xls", "2024", "must end in .xlsx or .csv"),
        ("list", "2024", "must end in .xlsx or .csv"),
        ("list.csv", "2030", "There is no edition '2030'."),
        ("missing/list.csv", "2024", "cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_nothing(
    edition: Edition, tmp_path: Path, name: str, slug: str, complaint: str
) -> None:
    with pytest.raises(CommandError, match=complaint):
        run(tmp_path / name, edition=slug)

    assert list(tmp_path.iterdir()) == []
