"""Builds small spreadsheets in memory, and runs the steps of the import on them."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.workbook import Worksheet  # type: ignore[import-untyped]

from exhibitors.domain import importing
from exhibitors.domain.importing import stock
from exhibitors.domain.importing.differences import Difference, Options
from exhibitors.domain.importing.rows import ParsedRows, parse
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet

DATA = Path(__file__).parents[2] / "data"
Cells = Sequence[Sequence[object]]


def as_csv(rows: Cells, *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(rows)
    return file.getvalue().encode(encoding)


def as_xlsx(
    *sheets: Cells,
    names: Sequence[str] = (),
    hidden: Iterable[int] = (),
    finish: Callable[[xlsxwriter.Workbook, Worksheet], None] | None = None,
) -> bytes:
    """A workbook of these sheets; `finish` may add to the first what a list of rows cannot say."""
    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer)
    for number, rows in enumerate(sheets):
        sheet = workbook.add_worksheet(names[number] if names else f"Sheet{number + 1}")
        for index, row in enumerate(rows):
            sheet.write_row(index, 0, row)
        if number in set(hidden):
            sheet.hide()
        if number == 0 and finish is not None:
            finish(workbook, sheet)
    workbook.close()
    return buffer.getvalue()


def with_member(archive: bytes, change: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The same zip with some members changed, or added where there are none."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in [*names, *(name for name in change if name not in names)]:
            content = old.read(name) if name in names else b""
            new.writestr(name, change.get(name, bytes)(content))
    return buffer.getvalue()


def sheet_of(rows: Cells) -> Sheet:
    return Sheet("list", [[str(cell) for cell in row] for row in rows])


def parse_rows(rows: Cells) -> ParsedRows:
    return parse(*importing.choose_sheet(Spreadsheet("csv", (sheet_of(rows),))))


def compare_rows(rows: Cells, edition: str = "2024", **options: object) -> Difference:
    """Compare rows with an edition of the database; missing parts are created unless `create` says no."""
    allowed = Options(**{"create": True, **options})  # type: ignore[arg-type]
    return importing.compare(parse_rows(rows), stock.load(edition), allowed)


def import_rows(rows: Cells, edition: str = "2024", **options: object) -> Difference:
    difference = compare_rows(rows, edition, **options)
    importing.apply(difference)
    return difference
