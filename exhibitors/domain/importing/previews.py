"""From the bytes of a file to all that a person must see before it is applied."""

from dataclasses import dataclass

from exhibitors.domain.importing import namesakes, stock
from exhibitors.domain.importing.columns import Heading, choose_sheet
from exhibitors.domain.importing.comparing import compare
from exhibitors.domain.importing.differences import Difference, Options
from exhibitors.domain.importing.files import read
from exhibitors.domain.importing.namesakes import Namesake
from exhibitors.domain.importing.rows import parse
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet


@dataclass(frozen=True)
class Preview:
    """How a file was read, and what importing it would change."""

    format: str
    encoding: str
    separator: str
    sheet: str
    other_sheets: tuple[str, ...]
    heading: Heading
    difference: Difference
    namesakes: tuple[Namesake, ...]


def preview(
    data: bytes,
    edition_slug: str,
    options: Options,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    with_sample_mark: bool = False,
) -> Preview:
    """Read a file and compare it with an edition; writes nothing.

    Raises FileRefusedError or another DomainError, with a sentence for the reader, where that cannot be done. 8 queries
    and one per 500 new exhibitors.
    """
    spreadsheet = read(data, encoding=encoding)
    chosen, heading = choose_sheet(spreadsheet, sheet, with_sample_mark=with_sample_mark)
    return preview_of(spreadsheet, chosen, heading, edition_slug, options)


def preview_of(
    spreadsheet: Spreadsheet, chosen: Sheet, heading: Heading, edition_slug: str, options: Options
) -> Preview:
    """The same for a file that was read already, with the columns that somebody chose."""
    difference = compare(parse(chosen, heading), stock.load(edition_slug), options)
    return Preview(
        format=spreadsheet.format,
        encoding=spreadsheet.encoding,
        separator=spreadsheet.separator,
        sheet=chosen.name,
        other_sheets=tuple(other.name for other in spreadsheet.sheets if other is not chosen),
        heading=heading,
        difference=difference,
        namesakes=namesakes.find(difference),
    )
