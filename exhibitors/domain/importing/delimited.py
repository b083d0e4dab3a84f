"""Reads CSV: comma, semicolon or tab, quoted cells with line breaks."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

from django.utils.translation import gettext as _

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.headings import meaning

SEPARATORS = (",", ";", "\t")


def read(text: str) -> tuple[list[list[str]], str]:
    """Return the rows of `text` and its separator. Raises FileRefusedError where a quotation mark is never closed."""
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    separator = hint[1] if hint else find_separator(text)
    return _closed_rows(text, separator), separator


def find_separator(text: str) -> str:
    """Return the separator that shows most known headings in a row; of equals, the one of the most regular rows.

    Regular is what cuts most of the first rows into the same number of cells, more than one. One that cuts them all so
    comes first: long texts with a semicolon in each line are many rows to the wrong one.
    """
    return max(SEPARATORS, key=lambda separator: _regularity(text, separator))


_HINT = re.compile(r"sep=([,;\t])\r?\n")  # Excel's own first line, which it does not show
_SAMPLE_ROWS = 200
_HEADING_ROWS = 30


def _regularity(text: str, separator: str) -> tuple[int, bool, int, int]:
    try:
        rows = [row for row in islice(_records(text, separator), _SAMPLE_ROWS) if row != [_END]]
    except csv.Error:
        return 0, False, 0, 0
    widths = Counter(map(len, rows))
    looked_at = (row[: limits.MAX_COLUMNS] for row in rows[:_HEADING_ROWS])
    headings = max((sum(meaning(cell) is not None for cell in row) for row in looked_at), default=0)
    count, width = max(((number, width) for width, number in widths.items() if width > 1), default=(0, 0))
    return headings, count > 0 and len(widths) == 1, count, width


def _records(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(chain(io.StringIO(text, newline=""), [_END]), delimiter=separator)


_END = "\ue000 end of file \ue000"  # comes back as a row of its own unless a quoted cell is still open


def _closed_rows(text: str, separator: str) -> list[list[str]]:
    """All rows, without the blank ones behind the last that is read: of these a small file can hold ten million."""
    rows: list[list[str]] = []
    number, last, widest, row = 0, 0, 0, [""]
    try:
        for row in _records(text, separator):
            number += 1
            widest = max(widest, len(row))
            if row != [_END] and any(map(str.strip, row)):
                last = number
            if number <= limits.MAX_LAST_ROW:
                rows.append(row)
        is_closed = row == [_END]
    except csv.Error:  # a quoted cell of 128 kB
        number += 1
        is_closed = False
    if not is_closed:
        message = _("A quotation mark in row %(row)d is opened and never closed. Correct it and try again.")
        raise FileRefusedError(message % {"row": number})
    limits.check_extent(last, widest)
    return [row for row in rows if row != [_END]]
