"""What an organiser chooses for a file: its sheet, the row of headings, what each column means, what may be created."""

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing.cells import clean, one_line
from exhibitors.domain.importing.columns import Column, Heading, IgnoredColumn
from exhibitors.domain.importing.differences import Options
from exhibitors.domain.importing.headings import BILINGUAL, Field
from exhibitors.domain.importing.reports import column_use
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet

MEANINGS: Mapping[str, tuple[Field, str]] = {
    code: (field, language)
    for field in Field
    if field != Field.SAMPLE
    for language, code in (
        [("ko", f"{field}_ko"), ("en", f"{field}_en"), ("", f"{field}_by_cell")]
        if field in BILINGUAL
        else [("", field)]
    )
}
"""What a column can be said to mean, by a code that is stored and sent: 'hall', 'name_ko', 'name_by_cell'."""

MAX_HEADING = 200


class ColumnsRefusedError(DomainError):
    """The columns as chosen cannot be read; the text says what to change."""


@dataclass(frozen=True)
class Choices:
    """All that is chosen for a file. Sheets, rows and columns count from 0."""

    sheet: int
    heading_row: int
    meanings: Mapping[int, str]  # codes of MEANINGS by column; a column without one is not read
    options: Options = field(default_factory=Options)
    encoding: str = ""  # found by itself

    def digest(self, *of: object) -> str:
        """Return a text that is different as soon as a choice, or something else that is named, differs."""
        columns = sorted(self.meanings.items())
        content = [self.sheet, self.heading_row, columns, asdict(self.options), self.encoding, *of]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()


def code_of(column: Column) -> str:
    """Return the code of what a column means."""
    return next((code for code, claim in MEANINGS.items() if claim == (column.field, column.language)), "")


def label_of(code: str) -> str:
    """Return what a column with this meaning fills, as the admin calls it."""
    return column_use(Column(0, "", *MEANINGS[code]))


def sheet_at(spreadsheet: Spreadsheet, position: int) -> Sheet:
    """Return the sheet at a place in the file. Raises ColumnsRefusedError where there is none."""
    if not 0 <= position < len(spreadsheet.sheets):
        raise ColumnsRefusedError(_("The file has no such sheet. Choose another one."))
    return spreadsheet.sheets[position]


def headings_in(sheet: Sheet, row: int) -> list[str]:
    """Return the texts of a row as headings. Raises ColumnsRefusedError where the sheet has no such row."""
    if not 0 <= row < len(sheet.rows):
        raise ColumnsRefusedError(_("The sheet has no such row. Choose another row of headings."))
    return [one_line(clean(cell)) for cell in sheet.rows[row]]


def heading_of(sheet: Sheet, choices: Choices) -> Heading:
    """Return the heading as chosen. Raises ColumnsRefusedError, with a sentence for all that is wrong with it."""
    texts = dict(enumerate(headings_in(sheet, choices.heading_row)))
    columns = tuple(
        Column(index, texts.get(index, ""), *MEANINGS[code]) for index, code in sorted(choices.meanings.items())
    )
    if complaints := list(_complaints(columns)):
        raise ColumnsRefusedError(" ".join(complaints))
    ignored = tuple(IgnoredColumn(i, text) for i, text in texts.items() if text and i not in choices.meanings)
    return Heading(choices.heading_row, columns, ignored)


def _complaints(columns: Sequence[Column]) -> Iterator[str]:
    if not any(column.field == Field.NAME for column in columns):
        yield _("Say which column holds the names of the companies.")
    for code, (of, language) in MEANINGS.items():
        same = [column for column in columns if (column.field, column.language) == (of, language)]
        if len(same) > 1:
            message = _("%(meaning)s: choose one of the columns %(columns)s.")
            yield message % {"meaning": label_of(code), "columns": _letters(same)}
    for of in sorted(BILINGUAL):
        own = [column for column in columns if column.field == of]
        languages = {column.language for column in own}
        if "" in languages and len(languages) > 1:
            message = _("%(meaning)s: say of each of the columns %(columns)s in which language it is.")
            yield message % {"meaning": label_of(f"{of}_by_cell"), "columns": _letters(own)}


def _letters(columns: Sequence[Column]) -> str:
    return ", ".join(column.letters for column in columns)


def headings_key(headings: Sequence[str]) -> str:
    """Return the same text for the same set of headings, whatever their order, case and width; '' for none."""
    known = sorted(pair for pair in _counted(headings) if pair[0])
    return hashlib.sha256(json.dumps(known).encode()).hexdigest() if known else ""


def stored_columns(headings: Sequence[str], meanings: Mapping[int, str]) -> list[dict[str, object]]:
    """Return what is kept of the columns: enough to read the file again, and to know them again in another one."""
    counted = dict(enumerate(_counted(headings)))
    columns: list[dict[str, object]] = []
    for index, code in sorted(meanings.items()):
        heading, nth = counted.get(index, ("", 0))
        columns.append({"index": index, "heading": heading[:MAX_HEADING], "nth": nth, "meaning": code})
    return columns


def stored_meanings(columns: Sequence[Mapping[str, object]]) -> dict[int, str]:
    """Return the meanings by column, as they were chosen for this very file."""
    return {int(str(column["index"])): str(column["meaning"]) for column in columns if column["meaning"] in MEANINGS}


def remembered_meanings(columns: Sequence[Mapping[str, object]], headings: Sequence[str]) -> dict[int, str]:
    """Return the meanings by column for another file with the same headings, perhaps in another order."""
    known = {(column["heading"], column["nth"]): str(column["meaning"]) for column in columns}
    found = {
        index: known.get((heading[:MAX_HEADING], nth), "") for index, (heading, nth) in enumerate(_counted(headings))
    }
    return {index: code for index, code in found.items() if code in MEANINGS}


def _counted(headings: Sequence[str]) -> list[tuple[str, int]]:
    """Each heading in the form in which two are compared, and the how manieth of this form it is."""
    seen: Counter[str] = Counter()
    counted = []
    for heading in headings:
        text = " ".join(unicodedata.normalize("NFKC", heading).casefold().split())
        seen[text] += 1
        counted.append((text, seen[text]))
    return counted
