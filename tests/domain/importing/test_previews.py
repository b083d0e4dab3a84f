"""From the bytes of a file to a report, on the dirty files of tests/data."""

import pytest

from exhibitors.domain import importing
from exhibitors.domain.importing import Options
from exhibitors.models import Exhibitor
from tests.domain.importing.spreadsheets import DATA, as_csv
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def preview_of(name: str, *, skip_problems: bool = False) -> importing.Preview:
    return importing.preview((DATA / name).read_bytes(), "2024", Options(create=True, skip_problems=skip_problems))


def lines(preview: importing.Preview) -> list[str]:
    return [line for line in importing.describe(preview) if line]


def test_junk_rows_and_cp949_only_syllables() -> None:
    preview = preview_of("junk-rows-cp949.csv")

    assert lines(preview) == [
        "File: CSV, CP949, comma",
        "Headings: row 4",
        "Column B '회사명': name (Korean)",
        "Column C '회사명(영문)': name (English)",
        "Column D '부스': booths",
        "Column E '업종': industries",
        "Column F '소개': introduction (Korean)",
        "Column A 'No.': ignored",
        "Edition 2024 is created, hidden.",
        "Rows read: 3",
        "Blank rows skipped: 1",
        "New: 3",
        "Changed: 0",
        "Unchanged: 0",
        "Rows with problems: 0",
        "Created booths: 3",
        "Created halls:",
        "  혁신관",
        "  수출관",
        "Created industries:",
        "  생활가전",
        "  식품·음료",
        "  생활용품",
    ]
    first, second, third = preview.difference.new
    assert first.values == {"name_ko": "똠방각하", "name_en": "Ttom Ltd.", "introduction_ko": '첫 줄\n둘째 줄, "인용"'}
    assert second.values == {"name_ko": "펲시", "introduction_ko": "-15도에서도 쓰는 제품"}
    assert (third.row, third.name) == (8, "샾인샾")


def test_the_html_table_of_an_office() -> None:
    preview = preview_of("office.xls")

    assert preview.difference.problems == ()
    assert [
        (new.values["company_code"], new.name, sorted((place.hall, place.number) for place in new.places))
        for new in preview.difference.new
    ] == [
        ("000121", "똠방각하", [("hall-1", "A-1")]),
        ("000122", "(주)펲시 & 친구", [("hall-1", "A-2"), ("hall-1", "A-3")]),
        ("000123", "샾인샾", [("hall-2", "B-1")]),
    ]


def test_a_binary_workbook_with_an_error_in_a_cell() -> None:
    preview = preview_of("exhibitors.xls", skip_problems=True)

    report = lines(preview)
    assert report[:4] == ["File: XLS", "Sheet: 참가업체", "Sheets not read: 메모, 작년", "Headings: row 3"]
    assert report[-3:] == [
        "Problems:",
        "  error in the cell: 1",
        "  Row 6, column D '부스': The cell shows an error. Correct it in Excel.",
    ]
    assert [new.name for new in preview.difference.new] == ["똠방각하", "펲시샾"]


def test_changes_withdrawals_and_namesakes_are_told() -> None:
    edition = make_edition()
    make_exhibitor(edition, "백제", region="충청남도")
    make_exhibitor(edition, "한서", state=Exhibitor.State.WITHDRAWN, state_reason="취소")
    make_exhibitor(make_edition("2023"), "(주)에바")
    make_exhibitor(make_edition("2022"), "에바", company_code="7")
    data = as_csv(
        [
            ["업체코드", "brand", "회사명", "지역"],
            ["", "x", "백제", "경기도"],
            ["", "", "한서", ""],
            ["7", "", "에바", ""],
        ]
    )

    report = lines(importing.preview(data, "2024", Options()))

    assert report[report.index("Rows read: 3") :] == [
        "Rows read: 3",
        "New: 1",
        "Changed: 1",
        "Unchanged: 1",
        "Rows with problems: 0",
        "Changed:",
        "  Row 2: 백제",
        "    region: '충청남도' → '경기도'",
        "Withdrawn in the edition, and staying so:",
        "  Row 3: 한서",
        "Perhaps the same company in another edition:",
        "  에바: (주)에바 (2023)",
    ]
    assert "Column B 'brand': ignored in favour of '회사명'" in report


def test_long_lists_that_only_inform_are_cut() -> None:
    rows = [["회사명", "업종"], *[[f"업체{number}", f"업종 {number:02}번"] for number in range(25)]]

    report = lines(importing.preview(as_csv(rows), "2024", Options(create=True)))

    assert report[-2:] == ["  업종 19번", "  … and 5 more"]


def test_a_preview_writes_nothing() -> None:
    preview_of("office.xls")

    assert not Exhibitor.objects.exists()
