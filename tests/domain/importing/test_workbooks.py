"""Workbooks give the text that Excel shows, and say which cells have none."""

import struct
from datetime import date

import pytest
from xlsxwriter.workbook import Workbook, Worksheet  # type: ignore[import-untyped]

from exhibitors.domain.importing import FileRefusedError, biff, compound
from exhibitors.domain.importing.sheets import Flaw
from exhibitors.domain.importing.workbooks import read_xls, read_xlsx
from tests.domain.importing.spreadsheets import DATA, as_xlsx, with_member

SHEET = "xl/worksheets/sheet1.xml"


def test_numbers_dates_and_truth_become_text() -> None:
    def finish(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write_datetime(1, 1, date(2024, 10, 22), workbook.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(1, 2, 5930, workbook.add_format({"num_format": "000000"}))
        sheet.write_number(1, 3, 5930)

    (sheet,) = read_xlsx(
        as_xlsx([["부스", "날짜", "코드", "수", "글"], [5604, "", "", "", "005930"], [True, 1.5]], finish=finish)
    )

    assert sheet.rows == [
        ["부스", "날짜", "코드", "수", "글"],
        ["5604", "2024-10-22", "005930", "5930", "005930"],
        ["TRUE", "1.5", "", "", ""],
    ]


def test_formulas_give_their_stored_result_or_are_flawed() -> None:
    def finish(_workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write_formula("A2", '="시험"&"업체"', None, "시험업체")
        sheet.write_formula("B2", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C2", "=VLOOKUP(A2,other!A:B,2,0)", None, "")
        sheet.write_formula("D2", '=""', None, "")

    data = as_xlsx([["회사명", "부스", "전시관", "업종"]], finish=finish)
    data = with_member(data, {SHEET: lambda xml: xml.replace(b'r="D2"', b'r="D2" t="str"')})
    (sheet,) = read_xlsx(data)

    assert sheet.rows[1] == ["시험업체", "", "", ""]
    assert sheet.flaws == {(1, 1): Flaw.ERROR, (1, 2): Flaw.NO_RESULT}


def test_merged_cells_fill_down_but_not_across() -> None:
    def finish(_workbook: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("A2:A4", "혁신관")
        sheet.merge_range("A5:C5", "수출관")

    rows = [["전시관", "부스", "회사명"], ["", "A-1", "가"], ["", "A-2", "나"], ["", "A-3", "다"]]
    (sheet,) = read_xlsx(as_xlsx(rows, finish=finish))

    assert [row[0] for row in sheet.rows] == ["전시관", "혁신관", "혁신관", "혁신관", "수출관"]
    assert sheet.rows[4] == ["수출관", "", ""]
    assert sheet.merged_across == {(4, 0): 2}


def test_rows_keep_excels_numbers_though_the_list_starts_further_down() -> None:
    def finish(_workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write("C4", "회사명")
        sheet.write("C5", "시험업체")

    (sheet,) = read_xlsx(as_xlsx([[]], finish=finish))

    assert [[cell for cell in row if cell] for row in sheet.rows] == [[], [], [], ["회사명"], ["시험업체"]]
    assert sheet.rows[4][2] == "시험업체"


def test_hidden_sheets_are_told_and_charts_left_out() -> None:
    def finish(workbook: Workbook, _sheet: Worksheet) -> None:
        workbook.add_chartsheet("chart").set_chart(chart := workbook.add_chart({"type": "bar"}))
        chart.add_series({"values": "=list!$A$1:$A$2"})

    sheets = read_xlsx(as_xlsx([["a"]], [["b"]], names=["list", "old"], hidden=[1], finish=finish))

    assert [(sheet.name, sheet.is_hidden) for sheet in sheets] == [("list", False), ("old", True)]


def test_cells_that_are_only_formatted_do_not_count() -> None:
    def finish(workbook: Workbook, sheet: Worksheet) -> None:
        sheet.write_blank(1_000_000, 300, None, workbook.add_format({"bold": True}))

    (sheet,) = read_xlsx(as_xlsx([["회사명"]], finish=finish))

    assert sheet.rows == [["회사명"]]


@pytest.mark.parametrize(
    ("cell", "message"),
    [("A20001", "content in row 20001"), ("IW1", "content in column 257"), ("XFD1048576", "content in row")],
)
def test_a_cell_far_out_does_not_fill_the_memory(cell: str, message: str) -> None:
    far = as_xlsx([["회사명"]], finish=lambda _workbook, sheet: sheet.write(cell, "x"))

    with pytest.raises(FileRefusedError, match=message):
        read_xlsx(far)


@pytest.mark.parametrize(
    "row", [b"<row><c><v>1</v></c></row>", b'<row r="3"><c><v>1</v></c><c r="B3"><v>2</v></c></row>']
)
def test_cells_without_a_position_follow_the_one_before(row: bytes) -> None:
    data = with_member(as_xlsx([["회사명"]]), {SHEET: lambda xml: xml.replace(b"</sheetData>", row + b"</sheetData>")})

    assert read_xlsx(data)[0].rows[-1][0] == "1"


@pytest.mark.parametrize("member", [SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"])
def test_broken_xml_is_called_damaged(member: str) -> None:
    with pytest.raises(FileRefusedError, match="damaged"):
        read_xlsx(with_member(as_xlsx([["회사명"]]), {member: lambda xml: xml[: len(xml) // 2]}))


@pytest.mark.parametrize("position", ["A99999999", "AAAA1", "a1", "1A", ""])
def test_a_position_that_cannot_be_understood_is_called_damaged(position: str) -> None:
    reference = f'r="{position}"'.encode()
    data = with_member(as_xlsx([["회사명"]]), {SHEET: lambda xml: xml.replace(b'r="A1"', reference)})

    with pytest.raises(FileRefusedError, match="damaged"):
        read_xlsx(data)


def test_a_zip_that_is_no_excel_workbook_says_so() -> None:
    with pytest.raises(FileRefusedError, match="no Excel workbook"):
        read_xlsx(as_xlsx([["a"]]).replace(b"xl/workbook.xml", b"xl/workbook.bin"))


# Binary .xls


def test_a_binary_workbook_is_read_like_the_others() -> None:
    sheet, note, last_year = read_xls((DATA / "exhibitors.xls").read_bytes())

    assert sheet.rows[2:] == [
        ["회사명", "기업코드", "전시관", "부스", "설립일", "주요품목"],
        ["똠방각하", "005930", "혁신관", "5604", "2001-02-03", "똠얌꿍"],
        ["펲시샾", "005931", "혁신관", "A-12", "", ""],
        ["한서시험", "005932", "수출관", "", "", ""],
    ]
    assert sheet.flaws == {(5, 3): Flaw.ERROR}
    assert [(other.name, other.is_hidden) for other in (note, last_year)] == [("메모", False), ("작년", True)]


def test_a_cell_far_out_of_a_binary_workbook_does_not_fill_the_memory() -> None:
    with pytest.raises(FileRefusedError, match="used area is far too large"):
        read_xls((DATA / "far-cell.xls").read_bytes())


def test_an_encrypted_workbook_asks_for_one_without_password() -> None:
    with pytest.raises(FileRefusedError, match="protected by a password"):
        read_xls((DATA / "password.xlsx").read_bytes())


@pytest.mark.parametrize("length", [8, 100, 512, 600, 1024, 3000, 5000])
def test_a_truncated_binary_workbook_is_called_damaged(length: int) -> None:
    with pytest.raises(FileRefusedError, match=r"damaged|no Excel workbook"):
        read_xls((DATA / "exhibitors.xls").read_bytes()[:length])


def test_chains_that_bite_their_tail_end() -> None:
    data = bytearray((DATA / "exhibitors.xls").read_bytes())
    table = 512 * (1 + struct.unpack_from("<I", data, 76)[0])
    for sector in range(128):
        struct.pack_into("<I", data, table + 4 * sector, sector)

    with pytest.raises(FileRefusedError, match="damaged"):
        compound.Compound(bytes(data))


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def test_a_password_inside_a_binary_workbook_is_found() -> None:
    stream = record(0x809, bytes(16)) + record(0x2F, bytes(6))

    with pytest.raises(FileRefusedError, match="protected by a password"):
        biff.inspect(stream)


def test_errors_are_found_per_sheet_though_charts_lie_between() -> None:
    error = struct.pack("<HHHBB", 4, 2, 0, 0x2A, 1)
    formula = struct.pack("<HHH8sHIH", 7, 3, 0, b"\x02\x00\x07\x00\x00\x00\xff\xff", 0, 0, 0)
    beyond = struct.pack("<HHHd", 60_000, 0, 0, 1.0)  # a chart's own copy of its data
    begin, end = record(0x809, bytes(16)), record(0x0A)
    first = begin + record(0x205, error) + begin + record(0x203, beyond) + end + end
    second = begin + record(0x06, formula) + end
    tab = 4 + 8  # bytes of a record that names a sheet
    start = len(begin) + 2 * tab + len(end)
    stream = (
        begin
        + record(0x85, struct.pack("<IHH", start + len(first), 0, 0))
        + record(0x85, struct.pack("<IHH", start, 0, 0))
        + end
        + first
        + second
    )

    assert biff.inspect(stream) == [{(7, 3): Flaw.ERROR}, {(4, 2): Flaw.ERROR}]


@pytest.mark.parametrize(
    "area",
    [
        struct.pack("<IIHHH", 0, 0xFFFFFFFF, 0, 256, 0),
        struct.pack("<IIHHH", 9, 3, 0, 5, 0),
        struct.pack("<HHHHH", 0, 65535, 0, 256, 0),
    ],
)
def test_a_used_area_for_which_no_memory_suffices_is_refused(area: bytes) -> None:
    with pytest.raises(FileRefusedError, match="used area is far too large"):
        biff.inspect(record(0x809, bytes(16)) + record(0x200, area))


def test_an_area_that_is_formatted_to_the_last_row_is_none_too_large() -> None:
    area = struct.pack("<IIHHH", 0, 65536, 0, 20, 0)

    assert biff.inspect(record(0x809, bytes(16)) + record(0x200, area)) == []


def test_a_cell_beyond_the_limits_is_found_whatever_the_area_says() -> None:
    number = struct.pack("<HHHd", 65_535, 0, 0, 1.0)

    with pytest.raises(FileRefusedError, match="content in row 65536"):
        biff.inspect(record(0x809, bytes(16)) + record(0x203, number))


def test_a_run_of_numbers_reaches_to_its_last_cell() -> None:
    run = struct.pack("<HH", 0, 250) + bytes(6 * 10) + struct.pack("<H", 259)

    with pytest.raises(FileRefusedError, match="content in column 260"):
        biff.inspect(record(0x809, bytes(16)) + record(0xBD, run))
