"""Tells a person in sentences how a file was read and what importing it changes."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.importing.cells import excerpt
from exhibitors.domain.importing.columns import Column
from exhibitors.domain.importing.differences import ChangedExhibitor, Difference
from exhibitors.domain.importing.headings import BILINGUAL, Field
from exhibitors.domain.importing.industry_cells import CommaRule
from exhibitors.domain.importing.previews import Preview
from exhibitors.domain.importing.problems import LABELS, Problem
from exhibitors.models import Exhibitor

LISTED = 20  # of what only informs; changes and problems are listed all


def describe(preview: Preview) -> Iterator[str]:
    """Yield the report line by line, in the active language."""
    difference = preview.difference
    yield from _reading(preview)
    yield ""
    yield from _numbers(difference)
    yield from _section(_("Created halls"), [hall.name for hall in difference.new_halls])
    yield from _section(_("Created industries"), [industry.name for industry in difference.new_industries])
    yield from _section(_("Changed"), [line for row in difference.changed for line in _changes(row)], all_of=True)
    yield from _section(
        _("Withdrawn in the edition, and staying so"),
        [_("Row %(row)d: %(name)s") % {"row": row.row, "name": row.name} for row in difference.withdrawn],
    )
    yield from _problems(difference)
    yield from _section(_("Perhaps the same company in another edition"), _namesakes(preview))


def _reading(preview: Preview) -> Iterator[str]:
    details = [preview.format.upper(), preview.encoding.upper(), _SEPARATORS.get(preview.separator, "")]
    yield _("File: %(details)s") % {"details": ", ".join(str(detail) for detail in details if detail)}
    if preview.format in {"xlsx", "xls"}:
        yield _("Sheet: %(name)s") % {"name": preview.sheet}
    if preview.other_sheets:
        yield _("Sheets not read: %(names)s") % {"names": ", ".join(preview.other_sheets)}
    yield _("Headings: row %(row)d") % {"row": preview.heading.row + 1}
    for column in preview.heading.columns:
        yield _("Column %(letters)s '%(heading)s': %(use)s") % {
            "letters": column.letters,
            "heading": excerpt(column.heading, 40),
            "use": column_use(column),
        }
    for ignored in preview.heading.ignored:
        values = {"letters": ignored.letters, "heading": excerpt(ignored.heading, 40)}
        if ignored.in_favour_of:
            text = _("Column %(letters)s '%(heading)s': ignored in favour of '%(other)s'")
            yield text % {**values, "other": excerpt(ignored.in_favour_of, 40)}
        else:
            yield _("Column %(letters)s '%(heading)s': ignored") % values
    if comma_rule := comma_note(preview.difference):
        yield comma_rule


def comma_note(difference: Difference) -> str:
    """Return how commas in the column of industries were understood; empty where there are none that matter."""
    return str(_COMMA_RULES.get(difference.commas, ""))


_SEPARATORS: Mapping[str, Promise] = MappingProxyType(
    {",": gettext_lazy("comma"), ";": gettext_lazy("semicolon"), "\t": gettext_lazy("tab")}
)
_COMMA_RULES: Mapping[CommaRule, Promise] = MappingProxyType(
    {
        CommaRule.SEPARATE: gettext_lazy("Commas separate industries."),
        CommaRule.BELONG_TO_NAMES: gettext_lazy("Commas belong to the names of industries; cells were not split."),
    }
)


def column_use(column: Column) -> str:
    """Return what a column fills, as the admin calls it."""
    if column.field in BILINGUAL and not column.language:
        return str(_BY_CELL[column.field])
    name = f"{column.field}_{column.language}" if column.field in BILINGUAL else _MODEL_NAMES.get(column.field)
    return field_name(name or column.field.value)


_BY_CELL: Mapping[Field, Promise] = MappingProxyType(
    {
        Field.NAME: gettext_lazy("name (language by cell)"),
        Field.MAIN_PRODUCTS: gettext_lazy("main products (language by cell)"),
        Field.INTRODUCTION: gettext_lazy("introduction (language by cell)"),
    }
)
_MODEL_NAMES = {Field.CODE: "company_code", Field.BOOTH: "booths", Field.INDUSTRY: "industries"}


def field_name(name: str) -> str:
    """Return what the admin calls a field that an import fills."""
    if name in {Field.HALL, Field.SAMPLE}:
        return _("hall") if name == Field.HALL else _("sample")
    field = Exhibitor._meta.get_field(name)
    return str(field.verbose_name) if isinstance(field, models.Field) else name


def _numbers(difference: Difference) -> Iterator[str]:
    if difference.creates_edition:
        yield _("Edition %(slug)s is created, hidden.") % {"slug": difference.edition_slug}
    yield _("Rows read: %(count)d") % {"count": difference.rows_read}
    for label, count in (
        (_("Blank rows skipped: %(count)d"), difference.blank),
        (_("Repeated headings skipped: %(count)d"), difference.repeated_headings),
    ):
        if count:
            yield label % {"count": count}
    yield _("New: %(count)d") % {"count": len(difference.new)}
    yield _("Changed: %(count)d") % {"count": len(difference.changed)}
    yield _("Unchanged: %(count)d") % {"count": difference.unchanged}
    yield _("Rows with problems: %(count)d") % {"count": difference.problem_rows}
    if difference.new_booths:
        yield _("Created booths: %(count)d") % {"count": len(difference.new_booths)}


def _section(title: str, lines: Sequence[str], *, all_of: bool = False) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield f"{title}:"
    shown = lines if all_of else lines[:LISTED]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield "  " + _("… and %(count)d more") % {"count": len(lines) - len(shown)}


def _changes(changed: ChangedExhibitor) -> Iterator[str]:
    yield _("Row %(row)d: %(name)s") % {"row": changed.row, "name": changed.name}
    for change in changed.changes:
        yield "  " + _("%(field)s: '%(old)s' → '%(new)s'") % {
            "field": field_name(change.field),
            "old": excerpt(change.old),
            "new": excerpt(change.new),
        }


def _problems(difference: Difference) -> Iterator[str]:
    counts = [
        _("%(reason)s: %(count)d") % {"reason": LABELS[reason], "count": count}
        for reason, count in difference.rows_by_reason.items()
    ]
    yield from _section(_("Problems"), [*counts, *map(_problem, difference.problems)], all_of=True)


def _problem(problem: Problem) -> str:
    place = _("Row %(row)d") % {"row": problem.row}
    if problem.column is not None:
        values = {
            "row": problem.row,
            "letters": problem.column_letters,
            "heading": excerpt(problem.heading, 30),
        }
        place = _("Row %(row)d, column %(letters)s '%(heading)s'") % values
    return f"{place}: {problem.message}" + (f" [{problem.excerpt}]" if problem.text else "")


def _namesakes(preview: Preview) -> list[str]:
    return [
        _("%(name)s: %(other)s (%(edition)s)")
        % {"name": namesake.name, "other": namesake.other_name, "edition": namesake.other_edition}
        for namesake in preview.namesakes
    ]
