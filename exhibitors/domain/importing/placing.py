"""Works out on which booths the cells of a row put an exhibitor."""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TypeVar

from exhibitors.domain.importing import booth_cells, limits
from exhibitors.domain.importing.booth_cells import BoothText
from exhibitors.domain.importing.cells import excerpt
from exhibitors.domain.importing.headings import Field
from exhibitors.domain.importing.problems import Fault, Reason
from exhibitors.domain.importing.registry import Named, Registry, without_hall_word
from exhibitors.domain.importing.rows import Row
from exhibitors.domain.importing.stock import Place, Stock, place
from exhibitors.models import Hall

Parsed = TypeVar("Parsed")

MAX_HALL_NAME = limits.max_length(Hall, "name_ko")
MAIN_HALL = Named("main", "전시장", "Exhibition hall")


class CellRefusedError(Exception):
    """The cell under a field cannot be used."""

    def __init__(self, of: Field, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.of = of
        self.fault = fault


@dataclass
class Placing:
    """Finds halls and booths for the rows of one import; what is missing is entered where `create` allows it."""

    stock: Stock
    create: bool
    default_hall: str = ""
    registry: Registry = field(init=False)

    def __post_init__(self) -> None:
        self.registry = Registry(self.stock.halls, fallback="hall", loosen=without_hall_word)
        self._halls_of_number: dict[str, set[str]] = {}
        for booth in self.stock.booths:
            self._halls_of_number.setdefault(booth.key, set()).add(booth.hall)

    def enter_halls(self, rows: Iterable[Row]) -> None:
        """Enter all halls that may be needed, where that is allowed: what a cell means must not hang on the order."""
        if self.default_hall:
            with suppress(CellRefusedError):
                self._hall(self.default_hall, Field.BOOTH)
        for row in rows if self.create else ():
            with suppress(CellRefusedError):
                self._halls_of_cell(row)
                booths = booth_cells.parse(row.booth)
                for booth in [] if isinstance(booths, Fault) or row.hall else booths:
                    if booth.hall:
                        self._hall(booth.hall, Field.BOOTH)
        if self.create and not self._main_halls():
            self.registry.add_as(MAIN_HALL)

    def _main_halls(self) -> list[Named]:
        return self.registry.find(MAIN_HALL.name_ko) or self.registry.find(MAIN_HALL.name_en)

    def places(self, row: Row, present: frozenset[Place]) -> frozenset[Place] | None:
        """Return the booths that the row gives, or None where it changes nothing. Raises CellRefusedError."""
        halls = self._halls_of_cell(row)
        booths = _parsed(booth_cells.parse(row.booth))
        if not booths:
            return self._in_halls(halls, present)
        turns = _parsed(booth_cells.parse_in_turn(row.booth)) if len(halls) > 1 else []
        if turns and len(turns) == len(halls):
            pairs = zip(halls, turns, strict=True)
            return frozenset(self._booth(booth, hall, present) for hall, turn in pairs for booth in turn)
        if len(halls) > 1 and len(halls) != len(booths):
            raise CellRefusedError(
                Field.HALL, Fault(Reason.HALLS_AND_BOOTHS, {"halls": len(halls), "booths": len(booths)})
            )
        of_cell: list[Named | None] = [*halls] if halls else [None]
        if len(of_cell) != len(booths):
            of_cell *= len(booths)
        return frozenset(self._booth(booth, hall, present) for booth, hall in zip(booths, of_cell, strict=True))

    def _halls_of_cell(self, row: Row) -> list[Named]:
        if _PROGRAM.search(row.hall):
            raise CellRefusedError(Field.HALL, Fault(Reason.HALL_NAME, {"limit": MAX_HALL_NAME}))
        return [self._hall(text, Field.HALL) for text in booth_cells.split_always(row.hall)]

    def _in_halls(self, halls: Sequence[Named], present: frozenset[Place]) -> frozenset[Place] | None:
        """A hall alone: the number is to follow, unless the exhibitor already stands in the hall."""
        own = {hall.code: {booth for booth in present if booth.hall == hall.code} for hall in halls}
        if all(own.values()):
            return None
        return frozenset(booth for code, booths in own.items() for booth in booths or {place(code, "")})

    def _booth(self, text: BoothText, of_cell: Named | None, present: frozenset[Place]) -> Place:
        if self._names_hall(text.number):
            text = BoothText("", hall=text.number, whole=text.number)  # the booth cell names only a hall
        if of_cell is not None:
            return self._checked(of_cell, self._number_in(of_cell, text) if text.hall else text.number)
        if text.hall:
            return self._checked(self._hall(text.hall, Field.BOOTH), text.number)
        return self._without_hall(text.number, present)

    def _names_hall(self, number: str) -> bool:
        """Tell whether a booth cell gives only a hall."""
        return bool(_NAME_OF_HALL.search(number)) and len(self.registry.find(number)) == 1

    def _number_in(self, hall: Named, text: BoothText) -> str:
        """The booth's number where its own cell names a hall too: they must agree, or it is no hall at all."""
        named = self.registry.find(text.hall)
        if not named:
            return text.whole
        if hall not in named:
            raise CellRefusedError(
                Field.BOOTH, Fault(Reason.HALL_CONTRADICTED, {"booth": text.hall, "hall": hall.name})
            )
        return text.number

    def _without_hall(self, number: str, present: frozenset[Place]) -> Place:
        if self.default_hall:
            return self._checked(self._hall(self.default_hall, Field.BOOTH), number)
        key = booth_cells.number_key(number)
        own = [booth for booth in present if booth.key == key]
        if len(own) == 1:
            return own[0]
        halls = self._halls_of_number.get(key, set())
        if len(halls) == 1:
            return place(next(iter(halls)), number)
        if not self.create:
            raise CellRefusedError(Field.BOOTH, Fault(Reason.HALL_MISSING, {"number": excerpt(number, 30)}))
        return place(self._main_halls()[0].code, number)

    def _hall(self, text: str, of: Field) -> Named:
        found = self.registry.find(text)
        name = excerpt(text, 40)
        if len(found) > 1:
            raise CellRefusedError(of, Fault(Reason.HALL_AMBIGUOUS, {"name": name}))
        if found:
            return found[0]
        if len(text) > MAX_HALL_NAME or _PROGRAM.search(text):
            raise CellRefusedError(of, Fault(Reason.HALL_NAME, {"limit": MAX_HALL_NAME}))
        if not self.create:
            raise CellRefusedError(of, Fault(Reason.HALL_UNKNOWN, {"name": name}))
        return self.registry.add(text)

    def _checked(self, hall: Named, number: str) -> Place:
        wanted = place(hall.code, number)
        if number and not self.create and wanted not in self.stock.booths:
            raise CellRefusedError(
                Field.BOOTH, Fault(Reason.BOOTH_UNKNOWN, {"hall": hall.name, "number": excerpt(number, 30)})
            )
        return wanted


def _parsed(found: list[Parsed] | Fault) -> list[Parsed]:
    if isinstance(found, Fault):
        raise CellRefusedError(Field.BOOTH, found)
    return found


_PROGRAM = re.compile(r"[{}<>\"\\=]|\bfunction\b")
_NAME_OF_HALL = re.compile(r"(?:홀|관|존|전시장|hall)$|^halls?\b", re.IGNORECASE)
