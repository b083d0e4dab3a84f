"""A file is read by its content, whatever its name says."""

import pytest

from exhibitors.domain.importing import FileRefusedError, limits, read
from tests.domain.importing.spreadsheets import DATA, as_csv, as_xlsx

ROWS = [["회사명", "부스"], ["똠방각하", "A-1"]]


@pytest.mark.parametrize(
    ("data", "format_name", "encoding", "separator"),
    [
        (as_csv(ROWS), "csv", "utf-8", ","),
        (as_csv(ROWS, separator=";", encoding="cp949"), "csv", "cp949", ";"),
        (as_csv(ROWS, separator="\t", encoding="utf-16"), "csv", "utf-16", "\t"),
        (as_xlsx(ROWS), "xlsx", "", ""),
        ("\n<table><tr><td>회사명<td>부스<tr><td>똠방각하<td>A-1</table>".encode("cp949"), "html", "cp949", ""),
    ],
)
def test_the_same_list_comes_out_of_every_format(data: bytes, format_name: str, encoding: str, separator: str) -> None:
    spreadsheet = read(data)

    assert (spreadsheet.format, spreadsheet.encoding, spreadsheet.separator) == (format_name, encoding, separator)
    assert [sheet.rows for sheet in spreadsheet.sheets] == [ROWS]


def test_a_binary_workbook_is_told_by_its_first_bytes() -> None:
    assert read((DATA / "exhibitors.xls").read_bytes()).format == "xls"


def test_the_html_table_of_an_office_is_read_in_spite_of_its_name() -> None:
    spreadsheet = read((DATA / "office.xls").read_bytes())

    assert (spreadsheet.format, spreadsheet.encoding) == ("html", "cp949")
    assert spreadsheet.sheets[0].rows[-1] == ["수출관", "B-1", "샾인샾", "000123"]


def test_a_file_of_more_than_ten_megabytes_is_refused() -> None:
    with pytest.raises(FileRefusedError, match="larger than 10 MB"):
        read(b"a" * (limits.MAX_BYTES + 1))


@pytest.mark.parametrize("data", [b"", b"\n\n", b"   "])
def test_an_empty_file_has_an_empty_sheet(data: bytes) -> None:
    (sheet,) = read(data).sheets

    assert not any(cell.strip() for row in sheet.rows for cell in row)
