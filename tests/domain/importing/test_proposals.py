"""Which sheet, row and meanings are proposed: as chosen, as remembered, as guessed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain.importing import Options, files, proposals, runs
from exhibitors.domain.importing.choices import Choices, ColumnsRefusedError
from exhibitors.domain.importing.proposals import Origin, Place, Proposal
from exhibitors.models import Edition, ImportRun
from tests.domain.importing.spreadsheets import Cells, as_csv, as_xlsx
from tests.factories import make_edition, make_import_run

pytestmark = pytest.mark.django_db

UNKNOWN: Cells = [["Firma", "Ort"], ["에바", "경기도"]]


def proposal_for(content: bytes, edition: Edition | None = None, **place: int) -> Proposal:
    run = ImportRun(edition=edition, edition_slug="x")
    return proposals.propose(run, files.read(content), **place)


def meanings(proposal: Proposal) -> dict[str, str]:
    return {column.letters: column.meaning for column in proposal.columns}


def confirm(rows: Cells, chosen: dict[int, str], edition: Edition | None = None) -> ImportRun:
    run = make_import_run(edition, as_csv(rows), new_slug="" if edition else "2030")
    runs.choose(run, Choices(0, 0, chosen, options=Options(create=True)))
    return run


def test_headings_are_guessed_and_shown_with_three_examples() -> None:
    rows: Cells = [
        ["제목"],
        ["No.", "회사명", "지역", ""],
        *[[number, f"업체{number}", "경기도", "x"] for number in range(1, 6)],
    ]

    found = proposal_for(as_csv(rows))

    assert (found.place, found.origin) == (Place(0, 1), Origin.GUESSED)
    assert [(column.heading, column.examples, column.meaning) for column in found.columns] == [
        ("No.", ("1", "2", "3"), ""),
        ("회사명", ("업체1", "업체2", "업체3"), "name_ko"),
        ("지역", ("경기도",), "region"),
        ("", ("x",), ""),
    ]


def test_columns_without_heading_and_cells_are_not_shown() -> None:
    found = proposal_for(as_csv([["회사명", "", "지역"], ["에바", " ", ""]]))

    assert meanings(found) == {"A": "name_ko", "C": "region"}


def test_the_sheet_with_most_columns_is_proposed_and_hidden_ones_are_not() -> None:
    memo, small, large = [["메모"]], [["회사명"], ["a"]], [["회사명", "지역"], ["b", "c"]]
    hidden = [["회사명", "지역", "부스"], ["b", "c", "d"]]

    found = proposal_for(as_xlsx(memo, small, large, hidden, hidden=[3]))

    assert found.place == Place(2, 0)


def test_a_hidden_sheet_can_be_asked_for() -> None:
    found = proposal_for(as_xlsx([["회사명"], ["a"]], [["x"], ["상호"], ["b"]], hidden=[1]), sheet=1)

    assert (found.place, meanings(found)) == (Place(1, 1), {"A": "name_ko"})


def test_another_row_can_be_asked_for() -> None:
    found = proposal_for(as_csv([["회사명", "지역"], ["Company", "Booth"], ["a", "b"]]), sheet=0, row=1)

    assert (found.place, found.origin) == (Place(0, 1), Origin.GUESSED)
    assert meanings(found) == {"A": "name_by_cell", "B": "booth"}


def test_without_any_name_the_first_row_with_texts_is_proposed() -> None:
    found = proposal_for(as_csv([["", ""], *UNKNOWN]))

    assert (found.place, found.origin, meanings(found)) == (Place(0, 1), Origin.UNKNOWN, {"A": "", "B": ""})


@pytest.mark.parametrize(("sheet", "row"), [(1, 0), (0, 2), (0, -1), (10**30, 0)])
def test_a_place_that_is_not_in_the_file_is_refused(sheet: int, row: int) -> None:
    with pytest.raises(ColumnsRefusedError):
        proposal_for(as_csv(UNKNOWN), sheet=sheet, row=row)


def test_confirmed_meanings_come_back_for_the_same_headings_in_another_order() -> None:
    confirm(UNKNOWN, {0: "name_ko", 1: "hall"}, make_edition())

    found = proposal_for(as_csv([["junk"], ["", "ORT", "firma"], ["", "서울", "백제"]]))

    assert (found.place, found.origin) == (Place(0, 1), Origin.REMEMBERED)
    assert meanings(found) == {"B": "hall", "C": "name_ko"}


def test_a_column_that_was_not_read_is_not_read_again() -> None:
    confirm([["회사명", "지역"], ["에바", "x"]], {0: "name_ko"}, make_edition())

    assert meanings(proposal_for(as_csv([["회사명", "지역"], ["백제", "y"]]))) == {"A": "name_ko", "B": ""}


def test_the_editions_own_memory_comes_first_and_the_last_one_counts() -> None:
    here, there = make_edition("2024"), make_edition("2023")
    confirm(UNKNOWN, {0: "name_ko", 1: "region"}, here)
    confirm(UNKNOWN, {0: "name_ko", 1: "hall"}, here)
    confirm(UNKNOWN, {0: "name_en"}, there)

    assert meanings(proposal_for(as_csv(UNKNOWN), here)) == {"A": "name_ko", "B": "hall"}
    assert meanings(proposal_for(as_csv(UNKNOWN), there)) == {"A": "name_en", "B": ""}
    assert meanings(proposal_for(as_csv(UNKNOWN), make_edition("2022"))) == {"A": "name_en", "B": ""}


def test_what_was_abandoned_is_not_remembered() -> None:
    runs.abandon(confirm(UNKNOWN, {0: "name_ko"}, make_edition()))

    assert proposal_for(as_csv(UNKNOWN)).origin == Origin.UNKNOWN


def test_whoever_comes_back_finds_his_own_choice() -> None:
    edition = make_edition()
    run = confirm(UNKNOWN, {0: "name_ko"}, edition)
    confirm(UNKNOWN, {1: "name_ko"}, edition)

    found = proposals.propose(run, runs.spreadsheet_of(run))

    assert (found.origin, meanings(found)) == (Origin.CHOSEN, {"A": "name_ko", "B": ""})


def test_a_proposal_costs_at_most_two_queries() -> None:
    run, spreadsheet = make_import_run(make_edition()), files.read(as_csv(UNKNOWN))

    with CaptureQueriesContext(connection) as captured:
        proposals.propose(run, spreadsheet)

    assert len(captured) == 2
