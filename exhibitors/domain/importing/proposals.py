"""What is proposed for a file before anybody has chosen: as last time with these headings, else by a guess."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Case, Value, When

from exhibitors.domain.importing import choices as choosing
from exhibitors.domain.importing.cells import clean, column_letters, excerpt, one_line
from exhibitors.domain.importing.columns import SEARCHED_ROWS, find_heading, read_heading
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet
from exhibitors.models import ImportRun

EXAMPLES = 3
MAX_TEXT = 40  # characters of an example
EXAMINED_ROWS = 500  # for examples


class Origin(StrEnum):
    """Where the proposed meanings come from."""

    CHOSEN = "chosen"  # for this file, by an organiser who came back
    REMEMBERED = "remembered"
    GUESSED = "guessed"
    UNKNOWN = "unknown"  # no row of headings with a name was found


@dataclass(frozen=True)
class Place:
    """A row of a sheet, both from 0."""

    sheet: int
    row: int


@dataclass(frozen=True)
class ProposedColumn:
    """A column with what is known of it; `meaning` is a code of choices.MEANINGS, '' is not read."""

    index: int
    heading: str
    examples: tuple[str, ...]
    meaning: str

    @property
    def letters(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True)
class Proposal:
    """A sheet with its row of headings and columns, as the page shows them."""

    place: Place
    columns: tuple[ProposedColumn, ...]
    origin: Origin


def propose(run: ImportRun, spreadsheet: Spreadsheet, sheet: int | None = None, row: int | None = None) -> Proposal:
    """Propose a sheet, its row of headings and the meanings of its columns; `sheet` and `row` may be given.

    Raises ColumnsRefusedError where they are not in the file. At most one query.
    """
    if sheet is not None and row is not None:
        place = Place(sheet, row)
    elif sheet is not None:
        place = _guessed_place(spreadsheet, [sheet])
    elif run.sheet is not None and run.heading_row is not None:
        place = Place(run.sheet, run.heading_row)
    else:
        place = _remembered_place(run, spreadsheet) or _guessed_place(spreadsheet, _visible(spreadsheet))
    chosen = choosing.sheet_at(spreadsheet, place.sheet)
    headings = choosing.headings_in(chosen, place.row)
    meanings, origin = _meanings(run, chosen, place, headings)
    return Proposal(place, tuple(_columns(chosen, place.row, headings, meanings)), origin)


def _visible(spreadsheet: Spreadsheet) -> list[int]:
    """The sheets that are not hidden and hold anything; all where there is none."""
    numbers = [number for number, sheet in enumerate(spreadsheet.sheets) if sheet.rows and not sheet.is_hidden]
    return numbers or [number for number, sheet in enumerate(spreadsheet.sheets) if sheet.rows]


def _guessed_place(spreadsheet: Spreadsheet, numbers: Sequence[int]) -> Place:
    """The sheet and row with most columns that are understood, the first of equals; else the first row with texts."""
    best, most = None, 0
    for number in numbers:
        heading = find_heading(choosing.sheet_at(spreadsheet, number))
        if heading is not None and len(heading.columns) > most:
            best, most = Place(number, heading.row), len(heading.columns)
    return best or _first_row(spreadsheet, numbers[0] if numbers else 0)


def _first_row(spreadsheet: Spreadsheet, number: int) -> Place:
    rows = choosing.sheet_at(spreadsheet, number).rows
    return Place(number, next((row for row, cells in enumerate(rows) if any(map(clean, cells))), 0))


def _remembered_place(run: ImportRun, spreadsheet: Spreadsheet) -> Place | None:
    """The first row whose headings somebody has given meanings before."""
    keys: dict[str, Place] = {}
    for number in _visible(spreadsheet):
        sheet = spreadsheet.sheets[number]
        for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
            keys.setdefault(choosing.headings_key(choosing.headings_in(sheet, row)), Place(number, row))
    before = _last_run(run, [key for key in keys if key])
    return keys[before.headings_key] if before else None


def _last_run(run: ImportRun, keys: Sequence[str]) -> ImportRun | None:
    """The run for which these headings were last confirmed, in the same edition if ever there."""
    here = Case(When(edition=run.edition_id, then=Value(0)), default=Value(1)) if run.edition_id else Value(0)
    others = ImportRun.objects.filter(headings_key__in=keys).exclude(pk=run.pk)
    others = others.exclude(state=ImportRun.State.ABANDONED)
    return others.order_by(here, "-chosen_at", "-pk").first()


def _meanings(run: ImportRun, sheet: Sheet, place: Place, headings: Sequence[str]) -> tuple[dict[int, str], Origin]:
    if (run.sheet, run.heading_row) == (place.sheet, place.row):
        return choosing.stored_meanings(run.columns), Origin.CHOSEN
    key = choosing.headings_key(headings)
    if key and (before := _last_run(run, [key])):
        return choosing.remembered_meanings(before.columns, headings), Origin.REMEMBERED
    heading = read_heading(place.row, sheet.rows[place.row])
    guessed = {column.index: code for column in heading.columns if (code := choosing.code_of(column))}
    return guessed, Origin.GUESSED if heading.has_name else Origin.UNKNOWN


def _columns(sheet: Sheet, row: int, headings: Sequence[str], meanings: dict[int, str]) -> list[ProposedColumn]:
    """Columns with a heading or a cell under it."""
    width = max((len(cells) for cells in sheet.rows[row:]), default=0)
    examples: list[dict[str, None]] = [{} for _column in range(width)]
    for cells in sheet.rows[row + 1 : row + 1 + EXAMINED_ROWS]:
        for index, cell in enumerate(cells):
            if len(examples[index]) < EXAMPLES and (text := excerpt(one_line(clean(cell)), MAX_TEXT)):
                examples[index][text] = None
    texts = dict(enumerate(headings))
    return [
        ProposedColumn(index, texts.get(index, ""), tuple(examples[index]), meanings.get(index, ""))
        for index in range(width)
        if texts.get(index) or examples[index]
    ]
