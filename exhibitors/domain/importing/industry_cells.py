"""Takes the cell of industries apart, by a rule that looks at the whole column."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from exhibitors.domain.importing.cells import is_placeholder

Test = Callable[[str], bool]


class CommaRule(StrEnum):
    """What commas in a column of industries mean."""

    NONE = "none"  # there are none that matter
    SEPARATE = "separate"
    BELONG_TO_NAMES = "belong_to_names"


@dataclass(frozen=True)
class Known:
    """What is known of industries: by exact name in the edition, by meaning in it, by meaning also in the file.

    A second run of the same file must split as the first did, though the first created industries. So a name that the
    file has without any separator counts as known from the start, and '의류; 패션' is never taken for '의류·패션'.
    """

    is_called: Test
    is_in_edition: Test
    is_anywhere: Test


@dataclass(frozen=True)
class IndustryRule:
    """How the cells of one column are split."""

    known: Known
    commas: CommaRule
    names: frozenset[str] = frozenset()  # cells that are one name, though they hold a semicolon

    def split(self, cell: str) -> list[str]:
        """Return the names in a cleaned cell, each once."""
        if cell in self.names or self.known.is_called(cell):
            return [cell]
        names = [name for part in _parts(cell) for name in self._split_part(part)]
        return list(dict.fromkeys(names))

    def _split_part(self, part: str) -> list[str]:
        if self.known.is_anywhere(part):
            return [part]
        between_commas = split_at_commas(part)
        for pieces in (between_commas, _between_slashes(part)):
            if len(pieces) > 1 and all(map(self.known.is_in_edition, pieces)):
                return pieces
        if self.commas == CommaRule.SEPARATE and not _enumerates(between_commas):
            return between_commas
        return [part]


def plain_names(cells: Iterable[str], is_in_edition: Test) -> list[str]:
    """Return the parts of cells that are one name whatever the rule: without commas, and not joined by slashes."""
    parts = dict.fromkeys(part for cell in cells for part in _parts(cell))
    return [part for part in parts if len(split_at_commas(part)) == 1 and not _joins_known(part, is_in_edition)]


def find_rule(cells: Iterable[str], known: Known) -> IndustryRule:
    """Decide from all cells of a column whether commas separate industries.

    The Korean classification has names with commas (영화, 비디오물, 방송프로그램 제작 및 배급업). Where commas
    separate, splitting leaves fewer different names than there are different cells, otherwise more. Semicolons
    separate, but in such a classification only where a part also stands elsewhere ('…; 광학기기 제외' does not).
    """
    cells = set(cells)
    parts = {part for cell in cells for part in _parts(cell)}
    with_commas = {part for part in parts if len(split_at_commas(part)) > 1 and not known.is_anywhere(part)}
    if not with_commas:
        return IndustryRule(known, CommaRule.NONE)
    pieces = {piece for part in parts for piece in split_at_commas(part)}
    if len(with_commas) < _ENOUGH_TO_TELL or len(pieces) <= len(parts):
        return IndustryRule(known, CommaRule.SEPARATE)
    uses = Counter(part for cell in cells for part in _parts(cell))
    several = {cell for cell in cells if len(_parts(cell)) > 1}
    names = frozenset(cell for cell in several if all(uses[part] == 1 for part in _parts(cell)))
    return IndustryRule(known, CommaRule.BELONG_TO_NAMES, names)


def split_at_commas(text: str) -> list[str]:
    """Split at commas outside brackets."""
    pieces, depth, start = [], 0, 0
    for position, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif character in _COMMAS and not depth:
            pieces.append(text[start:position].strip())
            start = position + 1
    return [piece for piece in [*pieces, text[start:].strip()] if _is_name(piece)]


_OPENING, _CLOSING, _COMMAS = "([{（［", ")]}）］", ",、，"
_SEPARATORS = re.compile(r"[;|\n]")
_AND = re.compile(r"\s및\s|^(?:and|및|&)\s", re.IGNORECASE)
_ENOUGH_TO_TELL = 5


def _parts(cell: str) -> list[str]:
    parts = (part.strip() for part in _SEPARATORS.split(cell))
    return [part for part in parts if _is_name(part)]


def _is_name(text: str) -> bool:
    return any(map(str.isalnum, text)) and not is_placeholder(text)


def _between_slashes(part: str) -> list[str]:
    return [piece.strip() for piece in part.split("/")]


def _joins_known(part: str, is_in_edition: Test) -> bool:
    pieces = _between_slashes(part)
    return len(pieces) > 1 and all(map(is_in_edition, pieces))


def _enumerates(pieces: list[str]) -> bool:
    """Tell whether commas list things inside one name: the last piece goes on with 'and'."""
    return bool(pieces and _AND.search(pieces[-1]))
