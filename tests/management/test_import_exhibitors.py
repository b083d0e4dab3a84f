"""The command that imports a spreadsheet: what it prints, what it writes, when it fails."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from exhibitors.models import Edition, Exhibitor
from tests.factories import make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db

LIST = "회사명,전시관,부스,홈페이지\n에바,혁신관,A-1,evar.example\n백제,수출관,,no address\n"
GOOD = LIST.replace("no address", "")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def spreadsheet(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, encoding="cp949")
    return path


def run(path: Path, *arguments: str) -> str:
    output = io.StringIO()
    call_command("import_exhibitors", str(path), "--edition", "2024", *arguments, stdout=output)
    return output.getvalue()


def names() -> list[str]:
    return sorted(exhibitor.name_ko for exhibitor in Exhibitor.objects.all())


def test_a_list_is_reported_and_imported(spreadsheet: Path) -> None:
    spreadsheet.write_text(GOOD, encoding="cp949")

    printed = run(spreadsheet, "--create")

    assert names() == ["백제", "에바"]
    assert printed.splitlines()[:2] == ["File: CSV, CP949, comma", "Headings: row 1"]
    assert "New: 2" in printed
    assert printed.endswith("\nImported.\n")
    assert Edition.objects.get().is_public is False


def test_the_second_run_changes_nothing(spreadsheet: Path) -> None:
    spreadsheet.write_text(GOOD, encoding="cp949")
    run(spreadsheet, "--create")
    before = list(Exhibitor.objects.values())

    printed = run(spreadsheet)

    assert "New: 0\nChanged: 0\nUnchanged: 2\n" in printed
    assert list(Exhibitor.objects.values()) == before


def test_a_problem_stops_the_file_and_is_listed(spreadsheet: Path) -> None:
    output = io.StringIO()

    with pytest.raises(CommandError, match="Nothing was imported") as failure:
        call_command("import_exhibitors", spreadsheet, "--edition=2024", "--create", stdout=output)

    assert failure.value.returncode == 1
    assert "Row 3, column D '홈페이지': This is no web address." in output.getvalue()
    assert not Exhibitor.objects.exists()
    assert not Edition.objects.exists()


def test_problem_rows_are_left_out_and_listed(spreadsheet: Path) -> None:
    printed = run(spreadsheet, "--create", "--skip-problems")

    assert names() == ["에바"]
    assert "  Row 3, column D '홈페이지': This is no web address." in printed


def test_a_dry_run_writes_nothing(spreadsheet: Path) -> None:
    printed = run(spreadsheet, "--create", "--skip-problems", "--dry-run")

    assert "New: 1" in printed
    assert printed.endswith("Nothing was written: this was a dry run.\n")
    assert not Edition.objects.exists()


def test_a_dry_run_with_problems_fails_too(spreadsheet: Path) -> None:
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(spreadsheet, "--create", "--dry-run")


def test_nothing_is_created_without_being_asked_for(spreadsheet: Path) -> None:
    with pytest.raises(CommandError, match="no edition '2024'"):
        run(spreadsheet)

    make_edition()
    with pytest.raises(CommandError, match="Nothing was imported"):
        run(spreadsheet)
    assert not Exhibitor.objects.exists()


def test_new_exhibitors_can_be_drafts(spreadsheet: Path) -> None:
    run(spreadsheet, "--create", "--skip-problems", "--draft")

    assert Exhibitor.objects.get().state == "draft"


def test_a_hall_can_be_given_for_rows_without_one(tmp_path: Path) -> None:
    make_hall(make_edition(), "export", "수출관")
    path = tmp_path / "list.csv"
    path.write_text("회사명,부스\n에바,A-1\n", encoding="utf-8")

    run(path, "--create", "--hall", "수출관")

    assert [str(booth) for booth in Exhibitor.objects.get().booths.all()] == ["수출관 A-1"]


def test_the_encoding_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name\nGröße\n", encoding="windows-1252")

    run(path, "--create", "--encoding", "windows-1252")

    assert Exhibitor.objects.get().name_en == "Größe"


def test_the_report_can_be_in_korean(spreadsheet: Path) -> None:
    with translation.override("ko"):
        expected = translation.gettext("Imported.")

    printed = run(spreadsheet, "--create", "--skip-problems", "--language", "ko")

    assert printed.splitlines()[-1] == expected


@pytest.mark.parametrize("name", ["missing.csv", ""])
def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / name)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(11 * 1024**2)

    with pytest.raises(CommandError, match="larger than 10 MB"):
        run(path)


def test_a_file_without_headings_says_so(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("전시관,부스\n혁신관,A-1\n", encoding="utf-8")

    with pytest.raises(CommandError, match="No row of headings was found"):
        run(path)


def test_an_existing_exhibitor_is_changed_field_by_field(spreadsheet: Path) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바", homepage="https://old.example")

    printed = run(spreadsheet, "--create", "--skip-problems")

    assert "  Row 2: 에바\n    homepage: 'https://old.example' → 'http://evar.example'\n" in printed
