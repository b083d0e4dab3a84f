"""What stands in an exported file: headings, cells as text, defused formulas; and what writing it costs."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import exporting, importing
from exhibitors.domain.errors import DomainError
from exhibitors.domain.exporting import Format
from exhibitors.domain.exporting.columns import COLUMNS, INFORMATIVE, READ_BACK
from exhibitors.domain.importing.headings import BILINGUAL, meaning
from exhibitors.domain.importing.reports import column_use
from exhibitors.models import Edition, Exhibitor
from tests.domain.exporting.spreadsheets import WAYS, exported, read_again, table_of
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db

FORMULAS = ["=1+1", "+82-2-000-0000", "-5", "@SUM(A1)", "\t=1+1", "\r=1+1", "'=1+1", "''@x"]


def make_whole() -> Edition:
    edition = make_edition()
    innovation, export = make_hall(edition, name_en="Innovation"), make_hall(edition, "export", "수출관")
    make_exhibitor(
        edition,
        "에바",
        name_en="EVAR",
        company_code="005930",
        booths=[make_booth(innovation, "A-10"), make_booth(innovation, "A-2"), make_booth(export, "")],
        industries=[
            make_industry(edition, "parts", "부품소재", name_en="Parts"),
            make_industry(edition, "food", "식품·음료"),
        ],
        main_products_ko="전기차충전기",
        main_products_en="EV chargers",
        introduction_ko="첫 줄\r\n둘째 줄",
        introduction_en="One line",
        homepage="https://evar.example",
        phone="02-000-0000",
        email="desk@evar.example",
        region="경기도",
        state="withdrawn",
        state_reason="부도",
    )
    return edition


def test_the_cells_of_an_exhibitor_under_korean_headings() -> None:
    assert table_of(exported(make_whole(), Format.CSV, "ko")) == [
        [
            *[
                "업체코드",
                "회사명(국문)",
                "회사명(영문)",
                "전시관",
                "부스번호",
                "업종",
                "주요품목(국문)",
                "주요품목(영문)",
            ],
            *["회사소개(국문)", "회사소개(영문)", "홈페이지", "대표전화", "이메일", "지역", "상태", "사유"],
        ],
        [
            *["005930", "에바", "EVAR", "수출관; 혁신관; 혁신관", "미정; A-2; A-10", "부품소재; 식품·음료"],
            *["전기차충전기", "EV chargers", "첫 줄\n둘째 줄", "One line", "https://evar.example", "02-000-0000"],
            *["desk@evar.example", "경기도", "참가 취소", "부도"],
        ],
    ]


def test_the_cells_of_an_exhibitor_under_english_headings() -> None:
    heading, row = table_of(exported(make_whole(), Format.XLSX, "en"))

    assert dict(zip(heading, row, strict=True)) == {
        "Company code": "005930",
        "Company name (Korean)": "에바",
        "Company name (English)": "EVAR",
        "Hall": "Innovation; Innovation; 수출관",
        "Booth number": "A-2; A-10; TBD",
        "Industries": "Parts; 식품·음료",
        "Main products (Korean)": "전기차충전기",
        "Main products (English)": "EV chargers",
        "Introduction (Korean)": "첫 줄\n둘째 줄",
        "Introduction (English)": "One line",
        "Homepage": "https://evar.example",
        "Company phone": "02-000-0000",
        "Company e-mail": "desk@evar.example",
        "Region": "경기도",
        "State": "withdrawn",
        "Reason": "부도",
    }


def test_booths_of_one_hall_name_it_once_and_a_hall_alone_says_that_the_number_follows() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    make_exhibitor(edition, "가", booths=[make_booth(hall, "A-1"), make_booth(hall, "A-2")])
    make_exhibitor(edition, "나", booths=[make_booth(hall, "")])
    make_exhibitor(edition, "다")

    rows = table_of(exported(edition))[1:]

    assert [row[3:5] for row in rows] == [["혁신관", "A-1; A-2"], ["혁신관", ""], ["", ""]]


def test_halls_of_one_name_are_told_apart_by_their_codes() -> None:
    edition = make_edition()
    for code in ("one", "two"):
        make_exhibitor(edition, code, booths=[make_booth(make_hall(edition, code, "특별관"), "A-1")])

    assert sorted(row[3] for row in table_of(exported(edition))[1:]) == ["one", "two"]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_import_understands_each_heading_and_passes_over_the_states(language: str) -> None:
    heading = read_again(exported(make_whole(), Format.CSV, language)).heading

    assert [(column.index, column_use(column)) for column in heading.columns] == [
        (index, _use(column.name)) for index, column in enumerate(READ_BACK)
    ]
    assert [(ignored.heading, ignored.in_favour_of) for ignored in heading.ignored] == [
        (column.heading(language), "") for column in INFORMATIVE
    ]
    for column in READ_BACK:
        found = meaning(column.heading(language))
        assert found is not None
        assert (found.language == column.name[-2:]) == (found.field in BILINGUAL)


def _use(name: str) -> str:
    return "hall" if name == "hall" else str(Exhibitor._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


# Dangerous and delicate cells


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_is_defused_and_read_back_as_it_was(form: Format, text: str) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바", introduction_ko=text, region=text.lstrip("\t\r"))

    data = exported(edition, form)
    (new,) = read_again(data, "another", create=True).difference.new

    row = table_of(data)[1]
    assert (row[8][:1], row[13][:1]) == ("'", "'")
    assert (new.values["introduction_ko"], new.values["region"]) == (text.strip(), text.strip())


def test_every_cell_of_a_workbook_is_text() -> None:
    edition = make_whole()
    make_exhibitor(edition, "=HYPERLINK(1)", company_code="0012", phone="0212345678", homepage="http://a.example")

    with zipfile.ZipFile(io.BytesIO(exported(edition))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert sheet.count("<c ") == sheet.count(' t="inlineStr"') > 20
    assert [mark for mark in ("<f>", "<v>", "<hyperlink") if mark in sheet] == []
    assert "'=HYPERLINK(1)" in sheet


def test_the_headings_of_a_workbook_stay_in_view_and_filter() -> None:
    with zipfile.ZipFile(io.BytesIO(exported(make_whole()))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()

    assert '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' in sheet
    assert '<autoFilter ref="A1:P2"/>' in sheet


def test_a_csv_opens_in_excel_with_its_korean() -> None:
    data = exported(make_whole(), Format.CSV)

    assert data.startswith("\ufeff업체코드,회사명(국문),".encode())
    assert data.count(b"\r\n") == 2
    assert "첫 줄\n둘째 줄".encode() in data


# Which exhibitors, and the cost


@pytest.mark.parametrize(("form", "language"), WAYS)
def test_only_those_asked_for_are_written_in_the_order_of_the_list(form: Format, language: str) -> None:
    edition = make_edition()
    for name, english in (("나", "C"), ("가", "D"), ("다", "B")):
        make_exhibitor(edition, name, name_en=english)
    other = make_exhibitor(make_edition("2023"), "가나다")
    chosen = Exhibitor.objects.exclude(name_ko="다") | Exhibitor.objects.filter(pk=other.pk)
    file = io.BytesIO()

    exporting.write(file, chosen.prefetch_related("industries").order_by("-pk"), edition, form=form, language=language)

    names = [row[1] for row in table_of(file.getvalue())[1:]]
    assert names == (["가", "나"] if language == "ko" else ["나", "가"])


def test_writing_costs_the_same_for_one_exhibitor_and_for_thirty() -> None:
    edition = make_edition()
    hall, industry = make_hall(edition), make_industry(edition)
    counts = []
    for many in (1, 30):
        for number in range(many):
            make_exhibitor(edition, booths=[make_booth(hall, f"{many}-{number}")], industries=[industry])
        with CaptureQueriesContext(connection) as captured:
            exported(edition)
        counts.append(len(captured))

    assert counts == [8, 8]


def test_one_edition_is_exported_at_a_time() -> None:
    edition = make_whole()
    make_exhibitor(make_edition("2023"), "지난해")

    assert exporting.edition_of(Exhibitor.objects.filter(edition=edition)) == edition
    with pytest.raises(DomainError, match=r"A spreadsheet holds one edition; these exhibitors are of 2\."):
        exporting.edition_of(Exhibitor.objects.all())
    with pytest.raises(DomainError, match=r"There is no exhibitor to export\."):
        exporting.edition_of(Exhibitor.objects.none())


def test_a_file_is_named_after_its_edition_and_the_minute_in_seoul() -> None:
    edition, now = make_edition(), datetime(2024, 10, 22, 0, 30, tzinfo=UTC)

    assert exporting.file_name(edition, Format.XLSX, now) == "2024-exhibitors-20241022-0930.xlsx"
    assert exporting.template_name(edition, Format.CSV) == "2024-exhibitors-template.csv"


def test_an_edition_without_exhibitors_is_a_list_of_headings() -> None:
    edition = make_edition()

    assert [len(table_of(exported(edition, form))) for form in Format] == [1, 1]
    assert importing.read(exported(edition)).sheets[0].rows[0] == [column.heading_ko for column in COLUMNS]
