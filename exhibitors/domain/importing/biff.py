"""What the reader does not tell about a binary .xls: where its cells lie, and which show errors."""

import struct
from collections.abc import Iterator

from django.utils.translation import gettext as _

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.sheets import Flaw, Position

_START, _END, _SHEET_AT, _PASSWORD, _USED_AREA = 0x809, 0x0A, 0x85, 0x2F, 0x200
_FORMULA, _ERROR, _RUN_OF_NUMBERS = 0x06, 0x205, 0xBD
_CELLS = {_FORMULA, _ERROR, _RUN_OF_NUMBERS, 0x203, 0x204, 0x27E, 0xD6, 0xFD}  # numbers and texts


def inspect(stream: bytes) -> list[dict[Position, Flaw]]:
    """Return the flawed cells of each sheet, in the order of the sheets' tabs.

    Raises FileRefusedError for a stream with a password and for sheets that reach beyond the limits.
    """
    tabs: list[int] = []
    flaws: dict[int, dict[Position, Flaw]] = {}
    begins: list[int] = []  # of the part that is being read, and of those around it: a chart lies inside a sheet
    for offset, kind, content in _records(stream):
        if kind == _PASSWORD:
            raise FileRefusedError(_("The workbook is protected by a password. Save it without one."))
        if kind == _START:
            begins.append(offset)
        elif kind == _END and begins:
            begins.pop()
        elif kind == _SHEET_AT and len(content) >= 4:
            tabs.append(struct.unpack_from("<I", content)[0])
        elif kind == _USED_AREA:
            _check_area(content)
        elif kind in _CELLS and len(begins) == 1 and len(content) >= 6:
            flaws.setdefault(begins[0], {}).update(_flaw(kind, content))
    return [flaws.get(tab, {}) for tab in tabs]


def _check_area(content: bytes) -> None:
    """Refuse an area for which the reader would ask for more memory than there is: it trusts what stands here."""
    layout = "<IIHH" if len(content) >= 14 else "<HHHH"
    if len(content) < struct.calcsize(layout):
        return
    top, bottom, left, right = struct.unpack_from(layout, content)
    if bottom < top or right < left or (bottom - top) * (right - left) > limits.MAX_LAST_ROW * limits.MAX_COLUMNS:
        raise FileRefusedError(_("The sheet's used area is far too large. Copy the list alone into a new workbook."))


def _flaw(kind: int, content: bytes) -> dict[Position, Flaw]:
    """Check where the cell lies and return it where it shows an error."""
    row, column = struct.unpack_from("<HH", content)
    last = struct.unpack_from("<H", content, len(content) - 2)[0] if kind == _RUN_OF_NUMBERS else column
    limits.check_extent(row + 1, last + 1)
    is_error = (kind == _ERROR and content[7:8] == b"\x01") or (
        kind == _FORMULA and content[6:7] == b"\x02" and content[12:14] == b"\xff\xff"
    )
    return {(row, column): Flaw.ERROR} if is_error else {}


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, offset)
        yield offset, kind, stream[offset + 4 : offset + 4 + length]
        offset += 4 + length
