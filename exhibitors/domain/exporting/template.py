"""An empty workbook to be filled in: headings with lists to choose from, and a sheet that explains the columns."""

from typing import IO, Any

import xlsxwriter  # type: ignore[import-untyped]
from django.utils import translation
from django.utils.translation import gettext as _

from exhibitors.domain.exporting import explanations
from exhibitors.domain.exporting.columns import HALL, INDUSTRIES, READ_BACK
from exhibitors.domain.exporting.workbook import (
    HEADING,
    TEXT,
    Sheet,
    sheet_name,
    write_headings,
    write_list,
    write_row,
)
from exhibitors.domain.importing.limits import MAX_ROWS
from exhibitors.domain.importing.wording import Wording

LISTS = "lists"  # a hidden sheet: lists written into the rule itself end after 255 characters
WIDTHS = (30, 60, 34, 26, 18, 60)


def write(file: IO[bytes], words: Wording) -> None:
    """Write the template, headed and explained in the wording's language."""
    with translation.override(words.language), xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet(sheet_name(words.language))
        write_headings(book, sheet, READ_BACK, words.language)
        _write_explanations(book, words.language)
        lists = book.add_worksheet(LISTS)
        lists.hide()
        choices = {HALL: words.halls, INDUSTRIES: words.industries}
        for number, (name, texts) in enumerate(choices.items()):
            write_list(lists, number, texts)
            if texts:
                _offer(sheet, name, f"={LISTS}!${'AB'[number]}$1:${'AB'[number]}${len(texts)}")


def _offer(sheet: Sheet, name: str, source: str) -> None:
    """Let a column's cells be chosen from a list; another text is questioned, as several may stand in a cell."""
    index = next(index for index, column in enumerate(READ_BACK) if column.name == name)
    rule = {
        "validate": "list",
        "source": source,
        "input_title": _("Choose or write"),
        "input_message": _("Several are separated by semicolons: one; two"),
        "error_type": "information",
        "error_title": _("Not in the list"),
        "error_message": _(
            "Several with semicolons between them are fine. A new one is made only where the import may do so."
        ),
    }
    sheet.data_validation(1, index, MAX_ROWS, index, rule)


def _write_explanations(book: Any, language: str) -> None:
    """Explain each column. A heading stands behind its letter, so that the import takes no row here for headings."""
    sheet = book.add_worksheet(_("How to fill in"))
    heading, text = book.add_format(HEADING), book.add_format(TEXT)
    for index, width in enumerate(WIDTHS):
        sheet.set_column(index, index, width, text)
    hints = explanations.hints()
    for number, hint in enumerate(hints):
        sheet.merge_range(number, 0, number, len(WIDTHS) - 1, hint, text)
    write_row(sheet, len(hints) + 1, explanations.headings(), heading)
    for number, row in enumerate(explanations.rows(language), start=len(hints) + 2):
        write_row(sheet, number, row, text)
