"""Writes workbooks: every cell is text, so that 005930 keeps its zeros also when somebody types into it."""

from collections.abc import Iterable
from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils import translation
from django.utils.translation import gettext as _

from exhibitors.domain.exporting.columns import Column, headings
from exhibitors.domain.importing.cells import written

AS_TEXT = 49  # Excel's own number of the format that it calls Text
TEXT = {"num_format": AS_TEXT, "valign": "top", "text_wrap": True}
HEADING = {"num_format": AS_TEXT, "valign": "top", "text_wrap": True, "bold": True, "bg_color": "#E8EEF9", "bottom": 1}
Sheet = Any  # the library has no types


def write(file: IO[bytes], rows: Iterable[list[str]], columns: tuple[Column, ...], language: str) -> None:
    """Write a workbook of one sheet, row by row: nothing of it stays in memory."""
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(sheet_name(language))
        write_headings(book, sheet, columns, language)
        text, last = book.add_format(TEXT), 0
        for last, row in enumerate(rows, start=1):
            write_row(sheet, last, row, text)
        sheet.autofilter(0, 0, last, len(columns) - 1)


def sheet_name(language: str) -> str:
    with translation.override(language):
        return _("Exhibitors")


def write_headings(book: Any, sheet: Sheet, columns: tuple[Column, ...], language: str) -> None:
    """Write the first row, which stays in view, and give each column its width."""
    text = book.add_format(TEXT)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width, text)
    write_row(sheet, 0, headings(columns, language), book.add_format(HEADING))
    sheet.freeze_panes(1, 0)


def write_row(sheet: Sheet, number: int, cells: Iterable[str], form: Any) -> None:
    for index, cell in enumerate(cells):
        if cell:
            sheet.write_string(number, index, cell, form)


def write_list(sheet: Sheet, column: int, texts: Iterable[str]) -> None:
    """Write texts below each other."""
    for row, text in enumerate(texts):
        sheet.write_string(row, column, written(text))
