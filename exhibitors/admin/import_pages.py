"""What the pages of an import show: steps, sheets and rows to choose from, sections with pages of a hundred rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.lookup import pk_or_none
from exhibitors.domain.importing import ENCODINGS, reports, runs, sections
from exhibitors.domain.importing.cells import clean, excerpt, one_line
from exhibitors.domain.importing.columns import SEARCHED_ROWS
from exhibitors.domain.importing.differences import Difference
from exhibitors.domain.importing.problems import LABELS
from exhibitors.domain.importing.proposals import Origin, Proposal
from exhibitors.domain.importing.runs import RunPreview
from exhibitors.domain.importing.sections import Page, Section
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet
from exhibitors.models import Exhibitor, ImportRun

LISTED = 20  # namesakes
NAMED = 200  # halls, industries and booths to be created

LABELS_OF_SECTIONS: Mapping[Section, Promise] = {
    Section.NEW: _("New"),
    Section.CHANGED: _("Changed"),
    Section.UNCHANGED: _("Unchanged"),
    Section.MISSING: _("Not in the file"),
    Section.PROBLEMS: _("Problems"),
}
ORIGINS: Mapping[Origin, Promise] = {
    Origin.CHOSEN: _("The columns are as you chose them."),
    Origin.REMEMBERED: _("The columns are as they were chosen last time for a file with these headings. Check them."),
    Origin.GUESSED: _("The columns were guessed by their headings. Check them, and choose what is missing."),
    Origin.UNKNOWN: _(
        "No row of headings with a name of companies was found. Choose the right row, or say below what the columns "
        "mean."
    ),
}


@dataclass(frozen=True)
class Step:
    """A step of the import as the line above the pages names it; without an address it cannot be gone to now."""

    label: str
    address: str
    is_current: bool


def steps(run: ImportRun | None, page: str) -> list[Step]:
    labels = {
        "upload": gettext("1. File"),
        "columns": gettext("2. Columns"),
        "preview": gettext("3. Preview"),
        "result": gettext("4. Result"),
    }
    ready = set()
    if run is not None and run.is_open:
        ready = {"columns"} | ({"preview"} if run.sheet is not None else set())
    return [
        Step(label, _address(run, name) if run and name in ready and name != page else "", name == page)
        for name, label in labels.items()
    ]


def _address(run: ImportRun, step: str) -> str:
    return reverse(f"admin:exhibitors_importrun_{step}", args=[run.pk])


def outcome(run: ImportRun) -> str:
    """What an applied run did, or what the last preview of an open one promised; empty before that."""
    if run.sheet is None:
        return ""
    numbers = [
        (gettext("new %(count)d"), run.new_total),
        (gettext("changed %(count)d"), run.changed_total),
        (gettext("unchanged %(count)d"), run.unchanged_total),
        (gettext("with problems %(count)d"), run.problem_total),
    ]
    return " · ".join(text % {"count": count} for text, count in numbers if count) or gettext("no rows")


# The columns


def look(spreadsheet: Spreadsheet, proposal: Proposal, encoding: str) -> dict[str, Any]:
    """What can be looked at: sheets, rows that may be the headings, and encodings where the file has one."""
    sheet = spreadsheet.sheets[proposal.place.sheet]
    return {
        "sheets": [(number, _sheet_label(each)) for number, each in enumerate(spreadsheet.sheets)],
        "sheet": proposal.place.sheet,
        "rows": list(_rows(sheet, proposal.place.row)),
        "row": proposal.place.row + 1,
        "encodings": ENCODINGS if spreadsheet.encoding else (),
        "encoding": encoding,
        "found_encoding": spreadsheet.encoding.upper(),
        "note": ORIGINS[proposal.origin],
        "is_doubtful": proposal.origin == Origin.UNKNOWN,
    }


def _sheet_label(sheet: Sheet) -> str:
    name = one_line(clean(sheet.name)) or gettext("the whole file")
    return gettext("%(name)s (hidden)") % {"name": name} if sheet.is_hidden else name


def _rows(sheet: Sheet, chosen: int) -> Iterable[tuple[int, str]]:
    """The rows that may be the headings, by the number that Excel gives them."""
    for index in sorted({*range(min(len(sheet.rows), SEARCHED_ROWS)), chosen}):
        texts = [one_line(clean(cell)) for cell in sheet.rows[index]]
        if any(texts):
            yield index + 1, f"{index + 1}: {excerpt(' | '.join(filter(None, texts)), 70)}"


# The preview


def preview(run: ImportRun, found: RunPreview, query: Mapping[str, str]) -> dict[str, Any]:
    difference = found.difference
    section = _section(query, sections.first_section(difference))
    page = sections.page_of(difference, section, pk_or_none(query.get("page")) or 1)
    return {
        "token": found.token,
        "preview": found.preview,
        "difference": difference,
        "may_apply": difference.may_be_applied and bool(difference.new or difference.changed),
        "reading": _reading(found),
        "creations": _creations(difference),
        "reasons": [(LABELS[reason], count) for reason, count in difference.rows_by_reason.items()],
        "namesakes": found.preview.namesakes[:LISTED],
        "more_namesakes": max(0, len(found.preview.namesakes) - LISTED),
        **_sectioned(page, sections.totals(difference)),
        "exhibitors": exhibitors_of([item.pk for item in page.items]) if section == Section.MISSING else [],
        "back": f"{_address(run, 'preview')}?{urlencode([('section', section.value), ('page', page.number)])}",
    }


def _reading(found: RunPreview) -> list[tuple[str, str]]:
    """How the file was read, as pairs of a term and what it is."""
    preview, difference = found.preview, found.difference
    ignored = ", ".join(f"{column.letters} {excerpt(column.heading, 40)}" for column in preview.heading.ignored)
    pairs = [
        (gettext("Format"), ", ".join(filter(None, [preview.format.upper(), preview.encoding.upper()]))),
        (gettext("Sheet"), one_line(clean(preview.sheet))),
        (gettext("Row of headings"), str(preview.heading.row + 1)),
        (gettext("Rows read"), str(difference.rows_read)),
        (gettext("Blank rows skipped"), str(difference.blank or "")),
        (gettext("Repeated headings skipped"), str(difference.repeated_headings or "")),
        (gettext("Columns not read"), ignored),
        (gettext("Industries"), reports.comma_note(difference)),
    ]
    return [(term, text) for term, text in pairs if text]


def _creations(difference: Difference) -> list[tuple[str, int, list[str]]]:
    """What is created beside exhibitors: a word for it, how many, and the names of the first ones."""
    created = [
        (gettext("Editions"), [difference.edition_slug] if difference.creates_edition else []),
        (gettext("Halls"), [hall.name for hall in difference.new_halls]),
        (gettext("Industries"), [industry.name for industry in difference.new_industries]),
        (gettext("Booths"), [difference.booth_names([booth]) for booth in difference.new_booths]),
    ]
    return [(term, len(names), _first(names)) for term, names in created if names]


def _first(names: list[str]) -> list[str]:
    return names if len(names) <= NAMED else [*names[:NAMED], "…"]


def exhibitors_of(pks: Sequence[int]) -> list[Exhibitor]:
    """The exhibitors that are still there, in the order given. One query."""
    found = Exhibitor.objects.select_related("edition").in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


# The result


def result(run: ImportRun, query: Mapping[str, str]) -> dict[str, Any]:
    """What an applied run did, by sections; nothing of one that was not applied."""
    if run.state != ImportRun.State.APPLIED:
        return {"outcome": outcome(run)}
    items: dict[Section, Sequence[Any]] = {
        Section.NEW: run.created,
        Section.CHANGED: run.changed,
        Section.MISSING: run.missing,
        Section.PROBLEMS: runs.skipped_problems(run),
    }
    first = next((section for section in items if items[section]), Section.NEW)
    section = _section(query, first) if query.get("section") in items else first
    page = sections.cut(section, items[section], pk_or_none(query.get("page")) or 1)
    is_problems = section == Section.PROBLEMS
    exhibitors = [] if is_problems else exhibitors_of(page.items)
    return {
        "outcome": outcome(run),
        **_sectioned(page, {section: len(own) for section, own in items.items()}),
        "problems": [sections.problem_line(problem) for problem in page.items] if is_problems else [],
        "exhibitors": exhibitors,
        "deleted_since": 0 if is_problems else len(page.items) - len(exhibitors),
        "back": f"{_address(run, 'change')}?{urlencode([('section', section.value), ('page', page.number)])}",
    }


# Sections and pages of both


@dataclass(frozen=True)
class Tab:
    """A section with its number of rows and its address."""

    label: str
    total: int
    address: str
    is_current: bool


def _section(query: Mapping[str, str], otherwise: Section) -> Section:
    wanted = query.get("section", "")
    return Section(wanted) if wanted in set(Section) else otherwise


def _sectioned(page: Page, totals: Mapping[Section, int]) -> dict[str, Any]:
    return {
        "page": page,
        "section": page.section.value,
        "tabs": [
            Tab(str(LABELS_OF_SECTIONS[section]), total, f"?section={section}", section == page.section)
            for section, total in totals.items()
        ],
        "page_links": _page_links(page),
        "page_text": _page_text(page),
    }


def _page_text(page: Page) -> str:
    if page.section == Section.PROBLEMS:
        text = ngettext("%(count)d problem", "%(count)d problems", page.total)
    elif page.section == Section.MISSING:
        text = ngettext("%(count)d exhibitor", "%(count)d exhibitors", page.total)
    else:
        text = ngettext("%(count)d row", "%(count)d rows", page.total)
    return text % {"count": page.total}


def _page_links(page: Page) -> list[tuple[int, str]]:
    """Numbers and addresses of all pages; none where there is but one, no address for the page that is shown."""
    if page.pages == 1:
        return []
    numbers = range(1, page.pages + 1)
    return [(number, "" if number == page.number else f"?section={page.section}&page={number}") for number in numbers]
