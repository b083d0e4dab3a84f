"""Reads the tables of an HTML page, which Korean offices hand out under the name .xls."""

import html
import re

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.encodings import no_spreadsheet
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.sheets import Position, Sheet


def is_markup(text: str) -> bool:
    start = text[:20_000].lstrip().lower()
    return start.startswith("<") and bool(_PAGE.search(start))


def read(text: str) -> tuple[Sheet, ...]:
    """Return one sheet for each table; a cell over several rows fills down, one over several columns stays first."""
    reader = _Reader()
    reader.read(text)
    return tuple(
        Sheet(str(number), table.rows, merged_across=table.merged_across)
        for number, table in enumerate(reader.tables, start=1)
    )


_PAGE = re.compile(r"<(?:html|table)\b")
_SOURCE_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BREAKING = {"br", "p", "div", "li"}
_SILENT = {"script", "style"}
_MAX_SPAN = limits.MAX_LAST_ROW
_MAX_TABLES = 2_000  # each is a sheet to choose from


class _Table:
    """A table under construction."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.merged_across: dict[Position, int] = {}
        self._reaching_down: dict[int, tuple[int, str]] = {}  # column: last row covered from above, text
        self._cell: list[str] | None = None
        self._spans = (1, 1)

    def start_row(self) -> None:
        self.end_row()
        limits.check_extent(len(self.rows) + 1, 1)
        self.rows.append([])

    def start_cell(self, rows: int, columns: int) -> None:
        if not self.rows:
            self.start_row()
        self.end_cell()
        self._cell, self._spans = [], (rows, columns)

    def write(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)

    def end_cell(self) -> None:
        if self._cell is None:
            return
        text, self._cell = "".join(self._cell).strip(), None
        rows, columns = self._spans
        self._take_from_above()
        position = (len(self.rows) - 1, len(self.rows[-1]))
        limits.check_extent(1, position[1] + columns)
        for column, part in enumerate([text] + [""] * (columns - 1), start=position[1]):
            self.rows[-1].append(part)
            self._reaching_down[column] = (position[0] + rows - 1, part)
        if columns > 1:
            self.merged_across[position] = position[1] + columns - 1

    def end_row(self) -> None:
        self.end_cell()
        if self.rows:
            last = len(self.rows) - 1
            covered = [column for column, (row, _) in self._reaching_down.items() if row >= last]
            while len(self.rows[-1]) <= max(covered, default=-1):
                self._take_from_above()
                if len(self.rows[-1]) <= max(covered):
                    self.rows[-1].append("")

    def _take_from_above(self) -> None:
        row, last = self.rows[-1], len(self.rows) - 1
        while self._reaching_down.get(len(row), (-1, ""))[0] >= last:
            row.append(self._reaching_down[len(row)][1])


class _Reader:
    """Walks over the tags once; a table inside a cell becomes one of its own, for pages lay themselves out with tables.

    Python's html.parser took 94 seconds for 320 kB of opened comments: its time grows with the square of the length.
    """

    def __init__(self) -> None:
        self.tables: list[_Table] = []
        self._open: list[_Table] = []

    def read(self, text: str) -> None:
        position = 0
        while position < len(text):
            mark = _MARK.search(text, position)
            start, end = (mark.start(), mark.start()) if mark else (-1, len(text))
            self._write(html.unescape(_SOURCE_BLANKS.sub(" ", text[position:end])))
            position = self._read_tag(text, start) if start >= 0 else end
        while self._open:
            self._open.pop().end_row()

    def _read_tag(self, text: str, start: int) -> int:
        """Handle what begins with the < at `start` and return where it ends."""
        if text.startswith("<!--", start):
            return _after(text, "-->", start)
        tag = _TAG.match(text, start)
        if tag is None:
            if text.startswith(("<!", "<?"), start):
                return _after(text, ">", start)
            self._write("<")
            return start + 1
        name = tag["name"].lower()
        if name in _SILENT and not tag["slash"]:
            return _after_silence(text, name, tag.end())
        if tag["slash"]:
            self._end(name)
        else:
            self._start(name, tag["attributes"])
        return tag.end()

    def _start(self, name: str, attributes: str) -> None:
        if name == "table":
            if len(self.tables) == _MAX_TABLES:
                raise FileRefusedError(no_spreadsheet())
            self._open.append(_Table())
            self.tables.append(self._open[-1])
        elif not self._open:
            return
        elif name == "tr":
            self._open[-1].start_row()
        elif name in {"td", "th"}:
            spans = {match[1].lower(): int(match[2]) for match in _SPAN.finditer(attributes)}
            rows, columns = spans.get("rowspan", 1), spans.get("colspan", 1)
            self._open[-1].start_cell(min(max(rows, 1), _MAX_SPAN), min(max(columns, 1), _MAX_SPAN))
        elif name in _BREAKING:
            self._write("\n")

    def _end(self, name: str) -> None:
        if not self._open:
            return
        if name == "table":
            self._open.pop().end_row()
        elif name == "tr":
            self._open[-1].end_row()
        elif name in {"td", "th"}:
            self._open[-1].end_cell()
        elif name in _BREAKING:
            self._write("\n")

    def _write(self, text: str) -> None:
        if self._open and text:
            self._open[-1].write(text)


_MARK = re.compile(r"<(?:/?[a-zA-Z]|[!?])")  # any other < is text
_TAG = re.compile(r"<(?P<slash>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)(?P<attributes>[^<>]*)>")
_SPAN = re.compile(r"\b(rowspan|colspan)\s*=\s*[\"']?\s*([0-9]{1,6})", re.IGNORECASE)


def _after(text: str, mark: str, start: int) -> int:
    """Return the position after the mark; the end of the text where it is never set, as in a browser."""
    found = text.find(mark, start)
    return found + len(mark) if found >= 0 else len(text)


def _after_silence(text: str, name: str, start: int) -> int:
    """Return where a script or style ends."""
    ending = re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE).search(text, start)
    return ending.end() if ending else len(text)
