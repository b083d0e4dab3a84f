"""What the reader does not tell about an .xlsx: where cells lie, errors, unfinished formulas, leading zeros."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from django.utils.translation import gettext as _

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.sheets import Flaw, Position

WORKBOOK = "xl/workbook.xml"


@dataclass
class CellFacts:
    """Of a sheet: cells without a usable text, and with how many digits a number is shown at least."""

    flaws: dict[Position, Flaw] = field(default_factory=dict)
    digits: dict[Position, int] = field(default_factory=dict)


def inspect(members: Mapping[str, bytes]) -> dict[str, CellFacts]:
    """Return the facts of each sheet by its name. Raises FileRefusedError for sheets that reach beyond the limits."""
    padded = _padded_styles(members.get("xl/styles.xml", b""))
    by_path = {path: _sheet_facts(members[path], padded) for path in members if b"sheetData" in members[path]}
    targets = {
        r.get("Id"): r.get("Target", "")
        for name, r in _elements(members.get(_RELATIONS, b""))
        if name == "Relationship"
    }
    facts: dict[str, CellFacts] = {}
    for name, attributes in _elements(members[WORKBOOK]):
        if name == "sheet":
            target = next((targets.get(value, "") for key, value in attributes.items() if key.endswith(":id")), "")
            path = posixpath.normpath(posixpath.join("xl", target.removeprefix("xl/"))).lstrip("/")
            facts[attributes.get("name", "")] = by_path.get(path, CellFacts())
    return facts


_RELATIONS = "xl/_rels/workbook.xml.rels"


def _elements(document: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    parser = expat.ParserCreate("UTF-8")
    parser.StartElementHandler = lambda name, attributes: found.append((name.rpartition(":")[2], attributes))
    _parse(parser, document)
    yield from found


def _parse(parser: expat.XMLParserType, document: bytes) -> None:
    try:
        if document:
            parser.Parse(document, True)
    except expat.ExpatError as error:
        raise _damaged() from error


def _padded_styles(styles: bytes) -> dict[str, int]:
    """Return the digits of each cell style whose number format is only zeros, like 000000 for 005930."""
    formats: dict[str, int] = {}
    padded: dict[str, int] = {}
    position, in_cell_formats = 0, False
    for name, attributes in _elements(styles):
        if name == "numFmt" and re.fullmatch("0{2,30}", code := attributes.get("formatCode", "")):
            formats[attributes.get("numFmtId", "")] = len(code)
        elif name in {"cellXfs", "cellStyleXfs", "cellStyles"}:
            in_cell_formats, position = name == "cellXfs", 0
        elif name == "xf" and in_cell_formats:
            if digits := formats.get(attributes.get("numFmtId", "")):
                padded[str(position)] = digits
            position += 1
    return padded


def _sheet_facts(document: bytes, padded: Mapping[str, int]) -> CellFacts:
    scan = _Scan(padded)
    parser = expat.ParserCreate("UTF-8")
    parser.buffer_text = True
    parser.StartElementHandler = scan.start
    parser.EndElementHandler = scan.end
    parser.CharacterDataHandler = scan.text
    _parse(parser, document)
    return scan.facts


class _Scan:
    """Walks over the cells of a sheet."""

    def __init__(self, padded: Mapping[str, int]) -> None:
        self.facts = CellFacts()
        self._padded = padded
        self._row = self._column = -1
        self._cell: dict[str, str] | None = None
        self._value = ""
        self._has_formula = self._in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "row":
            self._row, self._column = self._row + 1, -1
            if "r" in attributes:
                self._row = int(_matched(_ROW, attributes["r"])[0]) - 1
        elif name == "c":
            self._start_cell(attributes)
        elif self._cell is not None:
            self._has_formula = self._has_formula or name == "f"
            self._in_value = name in {"v", "t"}

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            match = _matched(_REFERENCE, attributes["r"])
            self._row, self._column = int(match[2]) - 1, _column_index(match[1])
        self._cell, self._value, self._has_formula = attributes, "", False

    def text(self, data: str) -> None:
        if self._in_value:
            self._value += data

    def end(self, name: str) -> None:
        self._in_value = False
        if name.rpartition(":")[2] == "c" and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None

    def _end_cell(self, attributes: dict[str, str]) -> None:
        position, kind = (self._row, self._column), attributes.get("t", "n")
        if self._value or self._has_formula:
            limits.check_extent(self._row + 1, self._column + 1)
        if kind == "e":
            self.facts.flaws[position] = Flaw.ERROR
        elif self._has_formula and not self._value and kind != "str":
            self.facts.flaws[position] = Flaw.NO_RESULT
        elif kind == "n" and (digits := self._padded.get(attributes.get("s", ""))):
            self.facts.digits[position] = digits


_ROW = re.compile(r"[0-9]{1,7}")
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    """Match a position, or refuse the workbook: the reader may take for a position what we do not understand."""
    match = pattern.fullmatch(text)
    if match is None:
        raise _damaged()
    return match


def _damaged() -> FileRefusedError:
    return FileRefusedError(_("The workbook is damaged or was not transferred whole. Save it again in Excel."))


def _column_index(letters: str) -> int:
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1
