"""Finds the row of headings among junk rows, and decides which column is used for what."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exhibitors.domain.importing.cells import clean, column_letters, one_line
from exhibitors.domain.importing.errors import FileRefusedError
from exhibitors.domain.importing.headings import BILINGUAL, Field, Meaning, meaning
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet

SEARCHED_ROWS = 30


@dataclass(frozen=True)
class Column:
    """A column with the field that it fills, in a language; '' leaves the language to each cell."""

    index: int
    heading: str
    field: Field
    language: str = ""

    @property
    def letters(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True)
class IgnoredColumn:
    """A column that is not read; `in_favour_of` is the heading of the stronger column for the same field."""

    index: int
    heading: str
    in_favour_of: str = ""

    @property
    def letters(self) -> str:
        return column_letters(self.index)


@dataclass(frozen=True)
class Heading:
    """The row of headings (from 0) and what its columns are used for."""

    row: int
    columns: tuple[Column, ...]
    ignored: tuple[IgnoredColumn, ...]

    @property
    def has_name(self) -> bool:
        return any(column.field == Field.NAME for column in self.columns)


def choose_sheet(
    spreadsheet: Spreadsheet, name: str | None = None, *, with_sample_mark: bool = False
) -> tuple[Sheet, Heading]:
    """Return the one sheet that has headings with a name column, or the one asked for.

    Raises FileRefusedError where there is none, or several and none was asked for.
    """
    candidates = _candidates(spreadsheet, name)
    found = [(sheet, find_heading(sheet, with_sample_mark=with_sample_mark)) for sheet in candidates]
    usable = [(sheet, heading) for sheet, heading in found if heading is not None]
    if not usable:
        raise FileRefusedError(_no_heading(candidates))
    if len(usable) > 1:
        message = _("Several sheets have columns of exhibitors: %(names)s. Choose one (--sheet).")
        raise FileRefusedError(message % {"names": _names([sheet for sheet, _heading in usable])})
    return usable[0]


def _candidates(spreadsheet: Spreadsheet, name: str | None) -> list[Sheet]:
    if name is None:
        return [sheet for sheet in spreadsheet.sheets if not sheet.is_hidden]
    chosen = [sheet for sheet in spreadsheet.sheets if clean(sheet.name) == clean(name)]
    if not chosen:
        message = _("The file has no sheet '%(name)s'; it has: %(names)s.")
        raise FileRefusedError(message % {"name": name, "names": _names(spreadsheet.sheets)})
    return chosen


def _names(sheets: Sequence[Sheet]) -> str:
    return ", ".join(f"'{sheet.name}'" for sheet in sheets)


def _no_heading(sheets: Sequence[Sheet]) -> str:
    message = _(
        "No row of headings was found in the first %(rows)d rows: one column must be headed 회사명, 업체명, Company "
        "or the like."
    ) % {"rows": SEARCHED_ROWS}
    first = next((cells for sheet in sheets for cells in _first_rows(sheet)), None)
    return message if first is None else f"{message} {_('The first row reads: %s') % ' | '.join(first)}"


def _first_rows(sheet: Sheet) -> list[list[str]]:
    rows = ([one_line(clean(cell)) for cell in row] for row in sheet.rows[:SEARCHED_ROWS])
    return [[cell[:40] for cell in row if cell][:8] for row in rows if any(row)]


def find_heading(sheet: Sheet, *, with_sample_mark: bool = False) -> Heading | None:
    """Return the row with most different fields, the first of equals; None where none has a name column."""
    best: Heading | None = None
    for row in range(min(len(sheet.rows), SEARCHED_ROWS)):
        heading = read_heading(row, sheet.rows[row], with_sample_mark=with_sample_mark)
        if heading.has_name and (best is None or len(heading.columns) > len(best.columns)):
            best = heading
    return best


def read_heading(row: int, cells: Sequence[str], *, with_sample_mark: bool = False) -> Heading:
    """Return what the cells of a row claim to head; it may be nothing."""
    texts = {index: one_line(clean(cell)) for index, cell in enumerate(cells) if clean(cell)}
    meanings = {index: meaning(clean(cells[index])) for index in texts}
    claims = [
        (index, claim)
        for index, claim in meanings.items()
        if claim is not None and (with_sample_mark or claim.field != Field.SAMPLE)
    ]
    columns: list[Column] = []
    rivals: dict[int, str] = {}
    for field in Field:
        own = sorted(
            ((index, claim) for index, claim in claims if claim.field == field),
            key=lambda pair: (pair[1].weakness, pair[0]),
        )
        chosen = _by_language(own) if field in BILINGUAL else _single(own)
        columns += [Column(index, texts[index], field, language) for index, language in chosen.items()]
        rivals |= {index: texts[next(iter(chosen))] for index, _claim in own if index not in chosen}
    used = {column.index for column in columns}
    return Heading(
        row,
        tuple(sorted(columns, key=lambda column: column.index)),
        tuple(IgnoredColumn(i, text, rivals.get(i, "")) for i, text in texts.items() if i not in used),
    )


def _single(claims: Sequence[tuple[int, Meaning]]) -> dict[int, str]:
    """The strongest column; one in English only where there is no other."""
    best = sorted(claims, key=lambda pair: pair[1].language == "en")
    return {best[0][0]: ""} if best else {}


def _by_language(claims: Sequence[tuple[int, Meaning]]) -> dict[int, str]:
    """One column a language. One of no language takes the place that the others leave, or decides cell by cell."""
    first: dict[str, int] = {}
    for index, claim in [pair for pair in claims if not pair[1].is_stopgap] or claims:
        first.setdefault(claim.language, index)
    korean, english, neutral = first.get("ko"), first.get("en"), first.get("")
    if neutral is not None and english is not None and korean is None:
        korean, neutral = neutral, None
    elif neutral is not None and korean is not None and english is None:
        english, neutral = neutral, None
    elif korean is not None and english is not None:
        neutral = None
    chosen = {korean: "ko", english: "en", neutral: ""}
    return {index: language for index, language in chosen.items() if index is not None}
