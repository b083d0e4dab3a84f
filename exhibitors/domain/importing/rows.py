"""Takes the rows under the heading apart: cleaned texts by field, and what is wrong with each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from exhibitors.domain.importing import cells, contacts, limits
from exhibitors.domain.importing.cells import clean, is_placeholder, one_line
from exhibitors.domain.importing.columns import Column, Heading
from exhibitors.domain.importing.headings import BILINGUAL, Field
from exhibitors.domain.importing.languages import has_hangul, is_surely_korean, majority
from exhibitors.domain.importing.problems import Fault, Problem, Reason
from exhibitors.domain.importing.sheets import Flaw, Sheet
from exhibitors.models import Exhibitor
from exhibitors.search.normalise import plain

TEXT_FIELDS = (
    "company_code",
    "name_ko",
    "name_en",
    "main_products_ko",
    "main_products_en",
    "introduction_ko",
    "introduction_en",
    "homepage",
    "phone",
    "email",
    "region",
)
MAX_LENGTHS: Mapping[str, int] = {name: limits.max_length(Exhibitor, name) for name in TEXT_FIELDS}


@dataclass(frozen=True)
class Row:
    """A row with content. `values` holds its filled texts under the names of the model's fields."""

    number: int  # as Excel counts, from 1
    values: Mapping[str, str]
    hall: str = ""
    booth: str = ""
    industry: str = ""
    is_sample: bool = False
    scheme_was_missing: bool = False  # http:// was put before the homepage
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        return self.values.get("name_ko") or self.values.get("name_en", "")


@dataclass(frozen=True)
class ParsedRows:
    """The rows of a sheet; those that are blank or repeat the heading are only counted."""

    rows: tuple[Row, ...]
    columns: Mapping[Field, Column]
    blank: int = 0
    repeated_headings: int = 0

    def problem(self, row: Row, of: Field, fault: Fault, text: str) -> Problem:
        """Return the fault with its place, the row's cell under the field's column."""
        column = self.columns.get(of)
        index, heading = (column.index, column.heading) if column else (None, "")
        return Problem(row.number, fault.reason, index, heading, text, fault.values)


def shaped(name: str, text: str) -> str:
    """Return a cleaned text as a field takes it: on one line, but for introductions."""
    if name.startswith(Field.INTRODUCTION):
        return text
    return one_line(text, joint=", " if name.startswith(Field.MAIN_PRODUCTS) else " ")


def reread(name: str, stored: str) -> str:
    """Return what a row gives for a field where our export wrote the stored text into the cell."""
    text = shaped(name, cells.reread(stored))
    found = contacts.homepage(text) if name == Field.HOMEPAGE else None
    return found.address if isinstance(found, contacts.Homepage) else text


def is_kept_once(korean: str, english: str) -> bool:
    """Tell whether a row's Korean text is left out because it only repeats the English one."""
    return bool(korean) and korean.casefold() == english.casefold() and not is_surely_korean(korean)


def parse(sheet: Sheet, heading: Heading) -> ParsedRows:
    """Return the rows under the heading. Raises FileRefusedError where they are more than limits.MAX_ROWS."""
    titles = [clean(cell) for cell in sheet.rows[heading.row]]
    languages = _languages(sheet, heading)
    rows: list[Row] = []
    blank = blank_since_row = repeated = 0
    for index in range(heading.row + 1, len(sheet.rows)):
        row = sheet.rows[index]
        if not (any(map(clean, row)) or any((index, column) in sheet.flaws for column in range(len(row)))):
            blank_since_row += 1  # those under the last row are no rows of the list
            continue
        blank, blank_since_row = blank + blank_since_row, 0
        if _repeats(row, titles):
            repeated += 1
            continue
        rows.append(_RowParser(sheet, index, heading, languages).parse())
        limits.check_rows(len(rows))
    columns = {column.field: column for column in reversed(heading.columns)}
    return ParsedRows(tuple(rows), columns, blank=blank, repeated_headings=repeated)


def _languages(sheet: Sheet, heading: Heading) -> dict[int, str]:
    """The language of each column's texts that have no Hangul: that of most texts where the heading names none."""
    return {
        column.index: column.language
        or majority(row[column.index] for row in sheet.rows[heading.row + 1 :] if column.index < len(row))
        for column in heading.columns
    }


def _repeats(row: Sequence[str], titles: Sequence[str]) -> bool:
    """Tell whether a row is the heading once more, as on each page of a printed list."""
    filled = [(index, clean(cell)) for index, cell in enumerate(row) if clean(cell)]
    return bool(filled) and all(index < len(titles) and text == titles[index] for index, text in filled)


@dataclass
class _RowParser:
    """Parses one row."""

    sheet: Sheet
    index: int
    heading: Heading
    languages: Mapping[int, str]
    values: dict[str, str] = field(default_factory=dict)
    others: dict[Field, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    scheme_was_missing: bool = False

    def parse(self) -> Row:
        row = self.sheet.rows[self.index]
        for column in self.heading.columns:
            if column.index < len(row):
                self._check_flaw(column)
                self._take(column, clean(row[column.index]))
        self._keep_each_text_once()
        self._check_name()
        return Row(
            self.index + 1,
            self.values,
            hall=self.others.get(Field.HALL, ""),
            booth=self.others.get(Field.BOOTH, ""),
            industry=self.others.get(Field.INDUSTRY, ""),
            is_sample=Field.SAMPLE in self.others and self.others[Field.SAMPLE].casefold() not in _NO,
            scheme_was_missing=self.scheme_was_missing,
            problems=tuple(self.problems),
        )

    def _check_flaw(self, column: Column) -> None:
        flaw = self.sheet.flaws.get((self.index, column.index))
        if flaw is not None:
            self._report(column, Fault(_FLAWS[flaw]), "")

    def _take(self, column: Column, text: str) -> None:
        if not text or (column.field not in _NEVER_PLACEHOLDERS and is_placeholder(text)):
            return
        if column.field in BILINGUAL:
            self._take_bilingual(column, text)
        elif column.field in _OF_THE_EDITION:
            self.others[column.field] = text
        else:
            name = _MODEL_NAMES.get(column.field, column.field.value)
            self._take_contact(column, name, shaped(name, text))

    def _take_bilingual(self, column: Column, text: str) -> None:
        language = column.language or ("ko" if has_hangul(text) else self.languages[column.index])
        name = f"{column.field}_{language}"
        self._keep(column, name, shaped(name, text))

    def _take_contact(self, column: Column, name: str, text: str) -> None:
        result: contacts.Homepage | str | Fault = text
        if column.field == Field.HOMEPAGE:
            result = contacts.homepage(text)
        elif column.field == Field.EMAIL:
            result = contacts.email(text)
        elif column.field == Field.PHONE:
            result = contacts.phone(text)
        if isinstance(result, Fault):
            self._report(column, result, text, fills=name)
            return
        if isinstance(result, contacts.Homepage):
            self.scheme_was_missing = result.scheme_was_missing
            result = result.address
        self._keep(column, name, result)

    def _keep(self, column: Column, name: str, text: str) -> None:
        limit = MAX_LENGTHS[name]
        if len(text) > limit:
            self._report(column, Fault(Reason.TOO_LONG, {"length": len(text), "limit": limit}), text, fills=name)
        else:
            self.values[name] = text

    def _keep_each_text_once(self) -> None:
        """A text that stands in both columns and is no Korean is kept as the English one."""
        for base in BILINGUAL:
            if is_kept_once(self.values.get(f"{base}_ko", ""), self.values.get(f"{base}_en", "")):
                del self.values[f"{base}_ko"]

    def _check_name(self) -> None:
        columns = [column for column in self.heading.columns if column.field == Field.NAME]
        used = {column.index for column in self.heading.columns}
        for column in columns:
            last = self.sheet.merged_across.get((self.index, column.index), column.index)
            if used & set(range(column.index + 1, last + 1)):
                self._report(column, Fault(Reason.MERGED_ACROSS), self.sheet.rows[self.index][column.index])
        name = self.values.get("name_ko") or self.values.get("name_en", "")
        if not name and not any(problem.column in {c.index for c in columns} for problem in self.problems):
            content = " | ".join(filter(None, map(clean, self.sheet.rows[self.index])))
            self._report(columns[0], Fault(Reason.NO_NAME), content)
        elif name and not plain(name):
            fills = "name_ko" if "name_ko" in self.values else "name_en"
            self._report(columns[0], Fault(Reason.NAME_WITHOUT_LETTERS), name, fills=fills)

    def _report(self, column: Column, fault: Fault, text: str, *, fills: str = "") -> None:
        self.problems.append(
            Problem(self.index + 1, fault.reason, column.index, column.heading, text, fault.values, fills)
        )


_FLAWS = {Flaw.ERROR: Reason.CELL_ERROR, Flaw.NO_RESULT: Reason.NO_RESULT}
_NO = {"n", "no", "false", "0", "아니오", "아니요"}
_NEVER_PLACEHOLDERS = {Field.CODE, Field.NAME}
_OF_THE_EDITION = {Field.HALL, Field.BOOTH, Field.INDUSTRY, Field.SAMPLE}
_MODEL_NAMES = {Field.CODE: "company_code"}
