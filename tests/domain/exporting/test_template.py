"""The empty template: headings that the import finds, explanations that do not mislead it, lists to choose from."""

import io
import re
import zipfile

import pytest
from django.utils import translation

from exhibitors.domain import importing
from exhibitors.domain.exporting import Format
from exhibitors.domain.exporting.columns import READ_BACK
from exhibitors.domain.exporting.explanations import EXPLANATIONS, LIMITS
from exhibitors.models import Edition
from tests.domain.exporting.spreadsheets import NO_CHANGES, WAYS, changes, read_again, template_of
from tests.factories import make_edition, make_hall, make_industry

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_hall(edition, name_en="Innovation", position=1)
    make_hall(edition, "export", "수출관", name_en="Export", position=2)
    make_industry(edition, "food", "식품·음료", name_en="Food")
    return edition


def members(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize(("form", "language"), WAYS)
def test_the_import_finds_the_headings_and_no_exhibitor(edition: Edition, form: Format, language: str) -> None:
    preview = read_again(template_of(edition, form, language))

    assert [column.heading for column in preview.heading.columns] == [column.heading(language) for column in READ_BACK]
    assert preview.heading.ignored == ()
    assert (preview.difference.rows_read, changes(preview.difference)) == (0, NO_CHANGES)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_explanations_are_no_list_of_exhibitors(edition: Edition, language: str) -> None:
    sheets = importing.read(template_of(edition, Format.XLSX, language)).sheets

    assert [sheet.is_hidden for sheet in sheets] == [False, False, True]
    assert [importing.columns.find_heading(sheet) is None for sheet in sheets] == [False, True, True]


def test_each_column_is_explained_with_example_limit_and_what_a_blank_means(edition: Edition) -> None:
    with translation.override("ko"):
        _list, explained, _lists = importing.read(template_of(edition, Format.XLSX, "en")).sheets

    table = explained.rows[4:]
    assert table[0] == ["Column", "What to write", "Example", "Required?", "At most", "If left blank"]
    assert table[2] == [
        "B: Company name (Korean)",
        "The company's name in Korean.",
        "예시정밀(주)",
        "One of the two names",
        "150 characters",
        "The English name is shown. Without either name the row is refused.",
    ]
    assert [row[0][3:] for row in table[1:]] == [column.heading_en for column in READ_BACK]
    assert all(all(row) for row in table)
    assert "A blank cell deletes nothing." in explained.rows[2][0]
    assert EXPLANATIONS.keys() == LIMITS.keys() == {column.name for column in READ_BACK}


def test_the_examples_themselves_can_be_imported(edition: Edition) -> None:
    row = [EXPLANATIONS[column.name].example for column in READ_BACK]
    heading = [column.heading_ko for column in READ_BACK]
    data = "\n".join(",".join(f'"{cell}"' for cell in cells) for cells in (heading, row)).encode()

    difference = read_again(data, "new", create=True).difference

    assert (difference.problems, len(difference.new)) == ((), 1)
    assert sorted((place.hall, place.number) for place in difference.new[0].places) == [
        ("hall-1", "A-01"),
        ("hall-2", "B-02"),
    ]
    assert len(difference.new[0].industries) == 2


@pytest.mark.parametrize(
    ("language", "halls", "industries"),
    [("ko", ["혁신관", "수출관"], ["식품·음료"]), ("en", ["Innovation", "Export"], ["Food"])],
)
def test_halls_and_industries_can_be_chosen(
    edition: Edition, language: str, halls: list[str], industries: list[str]
) -> None:
    data = template_of(edition, Format.XLSX, language)

    lists = importing.read(data).sheets[2].rows
    sheet = members(data)["xl/worksheets/sheet1.xml"]
    assert [row[0] for row in lists] == halls
    assert [row[1] for row in lists if row[1:] and row[1]] == industries
    for place, source in (("D2:D10001", "lists!$A$1:$A$2"), ("F2:F10001", "lists!$B$1:$B$1")):
        assert f'sqref="{place}"><formula1>{source}</formula1>' in sheet


def test_an_edition_without_halls_and_industries_offers_nothing() -> None:
    assert "dataValidation" not in members(template_of(make_edition()))["xl/worksheets/sheet1.xml"]


def test_every_cell_to_be_filled_in_takes_text(edition: Edition) -> None:
    found = members(template_of(edition))

    ranges = re.findall(r'<col min="(\d+)" max="(\d+)" [^>]*style="1"', found["xl/worksheets/sheet1.xml"])
    columns = [number for first, last in ranges for number in range(int(first), int(last) + 1)]
    formats = found["xl/styles.xml"].partition("<cellXfs")[2]
    assert columns == list(range(1, len(READ_BACK) + 1))
    assert re.findall(r'<xf numFmtId="(\d+)"', formats)[1] == "49"  # which Excel calls Text


def test_a_csv_template_is_a_line_of_headings(edition: Edition) -> None:
    data = template_of(edition, Format.CSV, "en")

    assert data.startswith("\ufeffCompany code,Company name (Korean),Company name (English),Hall,".encode())
    assert data.count(b"\r\n") == 1
