"""Reads workbooks: .xlsx behind the gate for archives, binary .xls behind the one for compound files."""

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from exhibitors.domain.importing import archives, biff, compound, ooxml
from exhibitors.domain.importing.cells import shown
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.sheets import Flaw, Position, Sheet


@dataclass(frozen=True)
class _Facts:
    """What the inspection of a sheet found."""

    flaws: Mapping[Position, Flaw] = field(default_factory=dict)
    digits: Mapping[Position, int] = field(default_factory=dict)


def read_xlsx(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of an .xlsx. Raises FileRefusedError for anything else in a zip."""
    members = archives.unpack(data)
    if ooxml.WORKBOOK not in members:
        raise FileRefusedError(_no_workbook())
    found = {name: _Facts(facts.flaws, facts.digits) for name, facts in ooxml.inspect(members).items()}
    return _sheets(archives.repack(members), lambda tab, name: found.get(name, _Facts()))


def read_xls(data: bytes) -> tuple[Sheet, ...]:
    """Return the sheets of a binary .xls. Raises FileRefusedError for anything else in a compound file."""
    container = compound.Compound(data)
    if "EncryptedPackage" in container.names:
        raise FileRefusedError(_("The workbook is protected by a password. Save it without one."))
    stream = next((name for name in ("Workbook", "Book") if name in container.names), None)
    if stream is None:
        raise FileRefusedError(_no_workbook())
    found = biff.inspect(container.stream(stream))
    return _sheets(data, lambda tab, name: _Facts(found[tab]) if tab < len(found) else _Facts())


def _no_workbook() -> str:
    return _("This is no Excel workbook. Save it as an Excel workbook (.xlsx) or as CSV.")


def _sheets(data: bytes, facts: Callable[[int, str], _Facts]) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            return tuple(
                _sheet(
                    workbook.get_sheet_by_name(tab.name),
                    facts(position, tab.name),
                    is_hidden=tab.visible != SheetVisibleEnum.Visible,
                )
                for position, tab in enumerate(workbook.sheets_metadata)
                if tab.typ == SheetTypeEnum.WorkSheet
            )
    except BaseException as error:
        # A damaged binary workbook makes the reader panic, which is no Exception.
        if isinstance(error, CalamineError) or type(error).__name__ == "PanicException":
            raise FileRefusedError(
                _("The workbook is damaged or was not transferred whole. Save it again in Excel.")
            ) from error
        raise


def _sheet(sheet: CalamineSheet, facts: _Facts, *, is_hidden: bool) -> Sheet:
    rows = [[shown(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), digits in facts.digits.items():
        if row < len(rows) and column < len(rows[row]) and rows[row][column].isdigit():
            rows[row][column] = rows[row][column].zfill(digits)
    across = _fill_merged(rows, sheet.merged_cell_ranges or [])
    return Sheet(sheet.name, rows, is_hidden=is_hidden, flaws=facts.flaws, merged_across=across)


def _fill_merged(rows: list[list[str]], ranges: list[tuple[tuple[int, int], tuple[int, int]]]) -> dict[Position, int]:
    """Fill cells merged over several rows downwards; return the last column of those merged over several."""
    across: dict[Position, int] = {}
    for (top, left), (bottom, right) in ranges:
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            if left < len(rows[row]):
                rows[row][left] = rows[top][left]
                if right > left:
                    across[row, left] = right
    return across
