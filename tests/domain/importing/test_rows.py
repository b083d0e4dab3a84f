"""Rows become texts by field; what is wrong with one is told with its place."""

import pytest

from exhibitors.domain.importing import FileRefusedError, limits
from exhibitors.domain.importing.columns import find_heading
from exhibitors.domain.importing.problems import Reason
from exhibitors.domain.importing.rows import Row, parse
from exhibitors.domain.importing.sheets import Flaw, Sheet
from tests.domain.importing.spreadsheets import Cells, parse_rows, sheet_of


def only_row(headings: list[str], cells: list[str]) -> Row:
    (row,) = parse_rows([headings, cells]).rows
    return row


def reasons(row: Row) -> list[tuple[Reason, str]]:
    return [(problem.reason, problem.column_letters) for problem in row.problems]


def test_every_field_is_taken() -> None:
    row = only_row(
        [
            *["업체코드", "업체명", "영문명", "전시관", "부스", "업종", "주요품목", "주요품목(영문)"],
            *["소개", "소개(영문)", "홈페이지", "전화", "이메일", "지역"],
        ],
        [
            "SBX-1",
            "(주)시험",
            "Test Co.",
            "혁신관",
            "A-1",
            "생활가전",
            "떡\n약밥",
            "Cakes",
            "첫 줄\n둘째 줄",
            "A line",
            "firm.example",
            "02-0000-0100",
            "desk@firm.example",
            "경기도",
        ],
    )

    assert row.values == {
        "company_code": "SBX-1",
        "name_ko": "(주)시험",
        "name_en": "Test Co.",
        "main_products_ko": "떡, 약밥",
        "main_products_en": "Cakes",
        "introduction_ko": "첫 줄\n둘째 줄",
        "introduction_en": "A line",
        "homepage": "http://firm.example",
        "phone": "02-0000-0100",
        "email": "desk@firm.example",
        "region": "경기도",
    }
    assert (row.number, row.hall, row.booth, row.industry) == (2, "혁신관", "A-1", "생활가전")
    assert row.problems == ()


def test_blank_rows_are_counted_and_those_under_the_list_are_not() -> None:
    parsed = parse_rows([["회사명", "부스"], ["가", ""], ["", " "], ["\u200b"], ["나"], ["", ""], []])

    assert [row.number for row in parsed.rows] == [2, 5]
    assert parsed.blank == 2


def test_the_heading_repeated_on_each_page_is_no_exhibitor() -> None:
    parsed = parse_rows([["No", "회사명", "부스"], ["1", "가", "1"], ["No", "회사명", "부스"], ["2", "나", "2"]])

    assert [row.name for row in parsed.rows] == ["가", "나"]
    assert parsed.repeated_headings == 1


def test_content_without_a_name_is_a_problem_that_quotes_the_row() -> None:
    row = only_row(["회사명", "부스", "비고"], ["", "A-1", "추가 예정"])

    assert reasons(row) == [(Reason.NO_NAME, "A")]
    assert row.problems[0].text == "A-1 | 추가 예정"


@pytest.mark.parametrize("name", ["***", "…", "👍"])
def test_a_name_needs_a_letter_or_digit(name: str) -> None:
    assert reasons(only_row(["회사명"], [name])) == [(Reason.NAME_WITHOUT_LETTERS, "A")]


@pytest.mark.parametrize(
    ("heading", "length", "limit"),
    [("회사명", 151, 150), ("주요품목", 301, 300), ("소개", 5001, 5000), ("지역", 81, 80), ("업체코드", 61, 60)],
)
def test_a_text_that_is_too_long_says_by_how_much(heading: str, length: int, limit: int) -> None:
    row = only_row(["참가업체명", heading], ["시험", "가" * length])

    assert [problem.message for problem in row.problems if problem.heading == heading] == [
        f"The text has {length} characters; {limit} are allowed."
    ]


def test_a_text_at_the_limit_is_taken() -> None:
    assert only_row(["회사명", "소개"], ["가" * 150, "나" * 5000]).problems == ()


def test_all_problems_of_a_row_are_told() -> None:
    row = only_row(["회사명", "홈페이지", "이메일", "전화"], ["", "a b", "a b", "a b"])

    assert reasons(row) == [
        (Reason.NOT_A_HOMEPAGE, "B"),
        (Reason.NOT_AN_EMAIL, "C"),
        (Reason.NOT_A_PHONE, "D"),
        (Reason.NO_NAME, "A"),
    ]


def test_placeholders_are_blank_but_a_company_may_be_called_so() -> None:
    row = only_row(["회사명", "전시관", "부스", "홈페이지", "업종"], ["X", "NA", "미정", "-", "없음"])

    assert (dict(row.values), row.hall, row.booth, row.industry) == ({"name_ko": "X"}, "", "", "")


# Languages


@pytest.mark.parametrize(
    ("headings", "cells", "values"),
    [
        (["Company"], ["에바"], {"name_ko": "에바"}),
        (["Company"], ["EVAR"], {"name_en": "EVAR"}),
        (["회사명"], ["EVAR"], {"name_ko": "EVAR"}),
        (["name", "name_en"], ["에바", "EVAR"], {"name_ko": "에바", "name_en": "EVAR"}),
        (["name", "name_en"], ["EVAR", "Evar"], {"name_en": "Evar"}),
        (["name", "name_en"], ["EVAR", "EVAR Inc."], {"name_ko": "EVAR", "name_en": "EVAR Inc."}),
        (["name", "name_en"], ["에바", "에바"], {"name_ko": "에바", "name_en": "에바"}),
        (["name", "name_en"], ["百濟", "百濟"], {"name_ko": "百濟", "name_en": "百濟"}),
        (["Name", "description"], ["EVAR", "한국어 소개"], {"name_en": "EVAR", "introduction_ko": "한국어 소개"}),
    ],
)
def test_a_text_goes_to_its_language(headings: list[str], cells: list[str], values: dict[str, str]) -> None:
    assert only_row(headings, cells).values == values


def test_a_name_without_hangul_follows_most_names_of_its_column() -> None:
    korean = parse_rows([["Company"], ["에바"], ["백제"], ["SK"]]).rows
    english = parse_rows([["Company"], ["Acme"], ["에바"], ["SK"]]).rows

    assert [dict(row.values) for row in korean] == [{"name_ko": "에바"}, {"name_ko": "백제"}, {"name_ko": "SK"}]
    assert [dict(row.values) for row in english] == [{"name_en": "Acme"}, {"name_ko": "에바"}, {"name_en": "SK"}]


# Sheets with more than text


def parse_sheet(rows: Cells, **marks: object) -> list[Row]:
    sheet = Sheet("list", sheet_of(rows).rows, **marks)  # type: ignore[arg-type]
    heading = find_heading(sheet)
    assert heading is not None
    return list(parse(sheet, heading).rows)


def test_errors_and_unfinished_formulas_are_problems_of_used_columns_only() -> None:
    flaws = {(1, 1): Flaw.ERROR, (1, 2): Flaw.ERROR, (2, 0): Flaw.NO_RESULT}
    first, second = parse_sheet([["회사명", "부스", "비고"], ["가", "", ""], ["", "", ""]], flaws=flaws)

    assert reasons(first) == [(Reason.CELL_ERROR, "B")]
    assert reasons(second) == [(Reason.NO_RESULT, "A")]


def test_a_heading_merged_over_the_columns_is_no_company() -> None:
    rows = [["회사명", "", "부스"], ["혁신관", "", ""], ["가", "", "A-1"]]
    section, company = parse_sheet(rows, merged_across={(1, 0): 2, (2, 0): 1})

    assert reasons(section) == [(Reason.MERGED_ACROSS, "A")]
    assert reasons(company) == []


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 3)

    assert len(parse_rows([["회사명"], ["가"], [""], ["나"], ["다"]]).rows) == 3
    with pytest.raises(FileRefusedError, match="more than 3 rows"):
        parse_rows([["회사명"], ["가"], ["나"], ["다"], ["라"]])


@pytest.mark.parametrize(
    ("mark", "expected"), [("표본", True), ("O", True), ("", False), ("아니오", False), ("no", False)]
)
def test_the_sample_mark_is_true_unless_it_says_no(mark: str, expected: bool) -> None:
    sheet = sheet_of([["회사명", "표본"], ["가", mark]])
    heading = find_heading(sheet, with_sample_mark=True)
    assert heading is not None

    (row,) = parse(sheet, heading).rows

    assert row.is_sample is expected
