"""The heading row is found among junk, and each field gets the column that claims it best."""

import pytest

from exhibitors.domain.importing import FileRefusedError, choose_sheet
from exhibitors.domain.importing.columns import Heading, find_heading
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet
from tests.domain.importing.spreadsheets import Cells, sheet_of


def heading_of(rows: Cells, *, with_sample_mark: bool = False) -> Heading:
    heading = find_heading(sheet_of(rows), with_sample_mark=with_sample_mark)
    assert heading is not None
    return heading


def uses(*headings: str) -> dict[str, str]:
    columns = heading_of([headings]).columns
    return {column.heading: "_".join(filter(None, [column.field.value, column.language])) for column in columns}


def test_the_row_with_most_fields_is_the_heading() -> None:
    rows = [["참가업체"], [], ["업체명", "비고"], ["No", "회사명", "부스", "업종"], ["1", "품목", "부스", "업종"]]

    assert heading_of(rows).row == 3


def test_a_heading_below_the_thirtieth_row_is_not_searched_for() -> None:
    assert find_heading(sheet_of([["junk"]] * 29 + [["회사명"]])) is not None
    assert find_heading(sheet_of([["junk"]] * 30 + [["회사명"]])) is None


def test_a_row_without_a_name_is_no_heading() -> None:
    assert find_heading(sheet_of([["전시관", "부스", "업종"]])) is None


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("name", "name_en"), {"name": "name_ko", "name_en": "name_en"}),
        (("Name", "회사명"), {"Name": "name_en", "회사명": "name_ko"}),
        (("Company",), {"Company": "name"}),
        (("회사명",), {"회사명": "name_ko"}),
        (("영문명",), {"영문명": "name_en"}),
        (("brand", "company"), {"company": "name"}),
        (("brand", "회사명"), {"회사명": "name_ko"}),
        (("brand", "booth"), {"brand": "name", "booth": "booth"}),
        (("회사명", "영문명", "Company"), {"회사명": "name_ko", "영문명": "name_en"}),
        (("업체명", "회사명"), {"회사명": "name_ko"}),
        (("회사명", "회사명"), {"회사명": "name_ko"}),
        (("회사명", "제품", "주요제품"), {"회사명": "name_ko", "주요제품": "main_products_ko"}),
        (("회사명", "전시관(영문)", "전시관"), {"회사명": "name_ko", "전시관": "hall"}),
        (("회사명", "전시관(영문)"), {"회사명": "name_ko", "전시관(영문)": "hall"}),
    ],
)
def test_columns_get_their_field_and_language(headings: tuple[str, ...], expected: dict[str, str]) -> None:
    assert uses(*headings) == expected


def test_of_two_columns_under_the_same_heading_the_first_is_used() -> None:
    heading = heading_of([["회사명", "부스", "회사명"]])

    assert [(column.index, column.letters) for column in heading.columns] == [(0, "A"), (1, "B")]


def test_ignored_columns_are_named_with_the_stronger_one() -> None:
    heading = heading_of([["대표자명", "Booth_Full", "Name", "Booth_Number", ""]])

    assert [(column.letters, column.heading, column.in_favour_of) for column in heading.ignored] == [
        ("A", "대표자명", ""),
        ("B", "Booth_Full", "Booth_Number"),
    ]


def test_the_sample_mark_is_read_only_when_asked_for() -> None:
    rows = [["회사명", "표본"]]

    assert [column.heading for column in heading_of(rows).ignored] == ["표본"]
    assert [column.heading for column in heading_of(rows, with_sample_mark=True).ignored] == []


# Sheets


LIST = [["회사명", "부스"], ["시험업체", "A-1"]]


def book(**sheets: tuple[Cells, bool]) -> Spreadsheet:
    return Spreadsheet(
        "xlsx",
        tuple(Sheet(name, sheet_of(rows).rows, is_hidden=hidden) for name, (rows, hidden) in sheets.items()),
    )


def test_the_one_sheet_with_a_heading_is_chosen() -> None:
    sheet, heading = choose_sheet(book(cover=([["안내"]], False), list=(LIST, False), old=(LIST, True)))

    assert (sheet.name, heading.row) == ("list", 0)


def test_several_sheets_with_headings_ask_for_a_choice() -> None:
    with pytest.raises(
        FileRefusedError, match=r"Several sheets have columns of exhibitors: '2023', '2024'\. Choose one"
    ):
        choose_sheet(book(**{"2023": (LIST, False), "note": ([["x"]], False), "2024": (LIST, False)}))


@pytest.mark.parametrize("name", ["2023", "old"])
def test_a_sheet_can_be_asked_for_even_a_hidden_one(name: str) -> None:
    sheet, _heading = choose_sheet(book(**{"2023": (LIST, False), "2024": (LIST, False), "old": (LIST, True)}), name)

    assert sheet.name == name


def test_an_unknown_sheet_is_answered_with_those_there_are() -> None:
    with pytest.raises(FileRefusedError, match=r"no sheet '2025'; it has: 'a', 'b'"):
        choose_sheet(book(a=(LIST, False), b=(LIST, False)), "2025")


def test_without_a_heading_the_first_row_is_quoted() -> None:
    with pytest.raises(FileRefusedError, match=r"No row of headings.*The first row reads: 전시관 \| 부스"):
        choose_sheet(book(list=([[], ["전시관", "부스"]], False)))


def test_an_empty_file_says_that_there_is_no_heading() -> None:
    with pytest.raises(FileRefusedError, match="No row of headings was found"):
        choose_sheet(book(list=([], False)))
