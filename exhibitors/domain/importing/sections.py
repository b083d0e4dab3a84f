"""Cuts a preview into sections and pages, so that thousands of rows stay readable: every row stands on one of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from exhibitors.domain.importing.cells import excerpt
from exhibitors.domain.importing.differences import (
    ChangedExhibitor,
    Difference,
    FieldChange,
    NewExhibitor,
    UnchangedExhibitor,
)
from exhibitors.domain.importing.errors import without_options
from exhibitors.domain.importing.problems import Problem
from exhibitors.domain.importing.reports import field_name

ROWS_A_PAGE = 100
MAX_TEXT = 160  # characters shown of a text
CONTEXT = 40  # characters shown before the place where two long texts begin to differ


class Section(StrEnum):
    """What happens to the rows of the file, and to exhibitors without one."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    PROBLEMS = "problems"


@dataclass(frozen=True)
class Text:
    """A field of a row under the name that the admin gives it; `old` only where it changes."""

    label: str
    new: str
    old: str = ""


@dataclass(frozen=True)
class Line:
    """A row of the file, or an exhibitor; `is_withdrawn` marks one that is withdrawn and stays so."""

    row: int
    name: str
    pk: int | None = None
    texts: tuple[Text, ...] = ()
    is_withdrawn: bool = False


@dataclass(frozen=True)
class ProblemLine:
    """A problem as a page shows it."""

    row: int
    letters: str
    heading: str
    text: str
    message: str


@dataclass(frozen=True)
class Page:
    """A page of a section: lines, missing exhibitors, or problems. Pages count from 1."""

    section: Section
    number: int
    pages: int
    total: int
    items: Sequence[Any] = field(default_factory=tuple)


def totals(difference: Difference) -> dict[Section, int]:
    """How much stands in each section; of problems their number, for a row may have several."""
    return {section: len(_items(difference, section)) for section in Section}


def first_section(difference: Difference) -> Section:
    """The section that deserves to be read first: problems while they stop the import, else what is written."""
    if not difference.may_be_applied:
        return Section.PROBLEMS
    return next((section for section in Section if _items(difference, section)), Section.NEW)


def page_of(difference: Difference, section: Section, number: int) -> Page:
    """Return a page of a section; a number beyond its end means the last page."""
    page = cut(section, _items(difference, section), number)
    withdrawn = {row.row for row in difference.withdrawn}
    lines = [_line(item, difference, withdrawn) for item in page.items]
    return Page(section, page.number, page.pages, page.total, lines)


def cut(section: Section, items: Sequence[Any], number: int) -> Page:
    """Return the page with this number out of all items of a section."""
    pages = max(1, -(-len(items) // ROWS_A_PAGE))
    number = min(max(number, 1), pages)
    return Page(section, number, pages, len(items), items[(number - 1) * ROWS_A_PAGE : number * ROWS_A_PAGE])


def _items(difference: Difference, section: Section) -> Sequence[Any]:
    return {
        Section.NEW: difference.new,
        Section.CHANGED: difference.changed,
        Section.UNCHANGED: difference.same,
        Section.MISSING: difference.missing,
        Section.PROBLEMS: difference.problems,
    }[section]


def _line(item: Any, difference: Difference, withdrawn: set[int]) -> Any:
    match item:
        case NewExhibitor():
            return Line(item.row, item.name, texts=tuple(_texts_of_new(item, difference)))
        case ChangedExhibitor():
            texts = tuple(map(_changed_text, item.changes))
            return Line(item.row, item.name, item.pk, texts, is_withdrawn=item.row in withdrawn)
        case UnchangedExhibitor():
            return Line(item.row, item.name, item.pk, is_withdrawn=item.row in withdrawn)
        case Problem():
            return problem_line(item)
    return item  # a missing exhibitor tells of itself


def problem_line(problem: Problem) -> ProblemLine:
    return ProblemLine(
        problem.row,
        problem.column_letters,
        excerpt(problem.heading, MAX_TEXT),
        excerpt(problem.text, MAX_TEXT),
        without_options(problem.message),
    )


def _texts_of_new(new: NewExhibitor, difference: Difference) -> Iterable[Text]:
    for name, text in new.values.items():
        if name not in {"name_ko", "name_en"} or text != new.name:
            yield Text(field_name(name), excerpt(text, MAX_TEXT))
    if new.places:
        yield Text(field_name("booths"), excerpt(difference.booth_names(new.places), MAX_TEXT))
    if new.industries:
        yield Text(field_name("industries"), excerpt(difference.names_of_industries(new.industries), MAX_TEXT))


def _changed_text(change: FieldChange) -> Text:
    old, new = differing_parts(change.old, change.new)
    return Text(field_name(change.field), new, old)


def differing_parts(old: str, new: str) -> tuple[str, str]:
    """Return both texts on one line, cut so that the place where they begin to differ is among what is shown."""
    old, new = (" ⏎ ".join(text.split("\n")) for text in (old, new))
    same = next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    start = same - CONTEXT if max(len(old), len(new)) > MAX_TEXT and same > 2 * CONTEXT else 0
    return _from(old, start), _from(new, start)


def _from(text: str, start: int) -> str:
    shown = text[start : start + MAX_TEXT]
    return ("…" if start else "") + shown + ("…" if start + MAX_TEXT < len(text) else "")
