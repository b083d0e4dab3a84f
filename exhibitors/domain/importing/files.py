"""Reads a file by its content, whatever its name says."""

from exhibitors.domain.importing import compound, delimited, encodings, limits, markup, workbooks
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet

ZIP = b"PK"


def read(data: bytes, *, encoding: str | None = None) -> Spreadsheet:
    """Return the sheets of an .xlsx, a binary .xls, an HTML table or a CSV.

    Raises FileRefusedError with a sentence for the reader where it is none of them, too large, damaged or protected.
    """
    limits.check_size(len(data))
    if data.startswith(ZIP):
        return Spreadsheet("xlsx", workbooks.read_xlsx(data))
    if data.startswith(compound.SIGNATURE):
        return Spreadsheet("xls", workbooks.read_xls(data))
    decoded = encodings.decode(data, encoding)
    if markup.is_markup(decoded.text):
        return Spreadsheet("html", markup.read(decoded.text), decoded.encoding)
    rows, separator = delimited.read(decoded.text)
    return Spreadsheet("csv", (Sheet("", rows),), decoded.encoding, separator)
