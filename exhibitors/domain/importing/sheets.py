"""A spreadsheet as every reader hands it over: sheets of rows of text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Position = tuple[int, int]  # row and column from 0


class Flaw(StrEnum):
    """Why a cell has no text that could be taken."""

    ERROR = "error"
    NO_RESULT = "no_result"


@dataclass(frozen=True)
class Sheet:
    """Rows of cells as shown, not yet cleaned; the first row is the one that Excel calls 1.

    `merged_across` gives the last column of each cell that is merged over several columns.
    """

    name: str
    rows: list[list[str]]
    is_hidden: bool = False
    flaws: Mapping[Position, Flaw] = field(default_factory=dict)
    merged_across: Mapping[Position, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Spreadsheet:
    """What was in a file: its format in one word, for CSV and HTML the encoding, for CSV the separator."""

    format: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    separator: str = ""
