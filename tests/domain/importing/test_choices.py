"""What organisers choose for a file: which columns fit together, and what is known again in the next file."""

import pytest

from exhibitors.domain.importing import Options, choices
from exhibitors.domain.importing.choices import Choices, ColumnsRefusedError
from exhibitors.domain.importing.columns import Column
from exhibitors.domain.importing.headings import Field
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet
from tests.domain.importing.spreadsheets import sheet_of

LIST = sheet_of([["제목"], ["회사명", "영문", "비고", "지역"], ["에바", "Evar", "x", "경기도"]])


def heading(meanings: dict[int, str], sheet: Sheet = LIST, row: int = 1) -> list[tuple[int, str, str, str]]:
    columns = choices.heading_of(sheet, Choices(0, row, meanings)).columns
    return [(column.index, column.heading, column.field, column.language) for column in columns]


def test_columns_are_what_was_chosen_whatever_their_headings_say() -> None:
    found = choices.heading_of(LIST, Choices(0, 1, {3: "hall", 0: "name_ko"}))

    assert found.columns == (Column(0, "회사명", Field.NAME, "ko"), Column(3, "지역", Field.HALL))
    assert [(column.letters, column.heading) for column in found.ignored] == [("B", "영문"), ("C", "비고")]
    assert found.row == 1


def test_a_column_beyond_the_headings_has_none() -> None:
    assert heading({0: "name_ko", 9: "region"}) == [(0, "회사명", "name", "ko"), (9, "", "region", "")]


@pytest.mark.parametrize(
    ("meanings", "sentence"),
    [
        ({}, "Say which column holds the names of the companies."),
        ({3: "region"}, "Say which column holds the names of the companies."),
        (
            {0: "name_ko", 2: "name_ko", 1: "hall", 3: "hall"},
            "name (Korean): choose one of the columns A, C. hall: choose one of the columns B, D.",
        ),
        (
            {0: "name_by_cell", 1: "name_en"},
            "name (language by cell): say of each of the columns A, B in which language it is.",
        ),
        (
            {0: "name_ko", 1: "region", 2: "region"},
            "region: choose one of the columns B, C.",
        ),
    ],
)
def test_columns_that_do_not_fit_together_are_refused(meanings: dict[int, str], sentence: str) -> None:
    with pytest.raises(ColumnsRefusedError) as refused:
        heading(meanings)

    assert str(refused.value) == sentence


@pytest.mark.parametrize("row", [-1, 3, 10**30])
def test_a_row_that_is_not_there_is_refused(row: int) -> None:
    with pytest.raises(ColumnsRefusedError, match="no such row"):
        heading({0: "name_ko"}, row=row)


@pytest.mark.parametrize("position", [-1, 1, 10**30])
def test_a_sheet_that_is_not_there_is_refused(position: int) -> None:
    with pytest.raises(ColumnsRefusedError, match="no such sheet"):
        choices.sheet_at(Spreadsheet("csv", (LIST,)), position)


def test_every_meaning_has_a_code_and_a_name_of_its_own() -> None:
    labels = [choices.label_of(code) for code in choices.MEANINGS]

    assert len(set(labels)) == len(labels) == 17
    assert {choices.code_of(Column(0, "", *meaning)) for meaning in choices.MEANINGS.values()} == set(choices.MEANINGS)
    assert choices.code_of(Column(0, "", Field.SAMPLE)) == ""


@pytest.mark.parametrize(
    "other",
    [
        Choices(1, 1, {0: "name_ko"}),
        Choices(0, 2, {0: "name_ko"}),
        Choices(0, 1, {0: "name_en"}),
        Choices(0, 1, {1: "name_ko"}),
        Choices(0, 1, {0: "name_ko"}, Options(create=True)),
        Choices(0, 1, {0: "name_ko"}, Options(hall="A")),
        Choices(0, 1, {0: "name_ko"}, Options(draft=True)),
        Choices(0, 1, {0: "name_ko"}, Options(skip_problems=True)),
        Choices(0, 1, {0: "name_ko"}, encoding="cp949"),
    ],
)
def test_each_choice_is_part_of_the_digest(other: Choices) -> None:
    chosen = Choices(0, 1, {0: "name_ko"})

    assert other.digest("x") != chosen.digest("x")
    assert chosen.digest("x") != chosen.digest("y")
    assert chosen.digest("x") == Choices(0, 1, {0: "name_ko"}).digest("x")


@pytest.mark.parametrize(
    ("headings", "is_same"),
    [
        (["지역", "회사명", "TEL", "TEL"], True),
        (["", "회사명", "지역", "", "ｔｅｌ", "Tel"], True),
        (["회사명", "지역", "TEL"], False),
        (["회사명", "지역", "TEL", "TEL", "비고"], False),
        (["회사이름", "지역", "TEL", "TEL"], False),
    ],
)
def test_the_same_headings_are_known_in_any_order(headings: list[str], is_same: bool) -> None:
    key = choices.headings_key(["회사명", "지역", "TEL", "TEL"])

    assert (choices.headings_key(headings) == key) is is_same


def test_a_row_without_texts_has_no_key() -> None:
    assert choices.headings_key(["", ""]) == ""


def test_meanings_are_remembered_by_heading_and_its_turn() -> None:
    stored = choices.stored_columns(["회사명", "전화", "전화"], {0: "name_ko", 2: "phone"})

    assert choices.stored_meanings(stored) == {0: "name_ko", 2: "phone"}
    assert choices.remembered_meanings(stored, ["전화", "전화 ", "회사명", "비고"]) == {1: "phone", 2: "name_ko"}


def test_a_meaning_that_this_version_does_not_know_is_not_read() -> None:
    stored = [{"index": 0, "heading": "회사명", "nth": 1, "meaning": "fax"}]

    assert (choices.stored_meanings(stored), choices.remembered_meanings(stored, ["회사명"])) == ({}, {})
