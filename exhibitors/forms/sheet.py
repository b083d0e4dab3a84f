"""A selection put on paper: what a page made for printing and the PDF of the same address hold alike."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict

from exhibitors.domain import facets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.forms import filter_panel, paper, search_note
from exhibitors.forms.directory import DirectoryFilterSet, default_sort
from exhibitors.forms.paper import Layout, Style
from exhibitors.models import Edition


@dataclass(frozen=True)
class Sheet:
    """What is asked for, and how it is to look; `notices` has a sentence for each part not understood."""

    directory: Directory
    criteria: Criteria
    layout: Layout
    notices: list[str]

    @property
    def by_name(self) -> Criteria:
        """The criteria, with names in the reader's own order where the list's order is none of names."""
        is_other = self.criteria.sort in {Sort.BOOTH, Sort.RELEVANCE}
        return replace(self.criteria, sort=default_sort()) if is_other else self.criteria

    def understood(self, total: int) -> str:
        """How the search was understood, where it was not searched as typed."""
        if not self.criteria.query:
            return ""
        hits = self.directory.hits(self.criteria)
        return search_note.build(self.criteria, hits, total, default_sort=default_sort()).understood


def read(data: QueryDict, edition: Edition, style: Style) -> Sheet:
    """Read what an address asks for, in the language that is active."""
    directory = Directory(edition)
    filters = DirectoryFilterSet(data, directory, default_sort=default_sort())
    criteria = filters.criteria()
    layout, notices = paper.read(data, style, criteria)
    return Sheet(directory, criteria, layout, [*filters.notices, *notices])


def head(sheet: Sheet, printed_at: datetime) -> dict[str, Any]:
    """What every sheet says of itself, for its template."""
    counts = facets.count(sheet.directory, sheet.criteria)
    return {
        "layout": sheet.layout,
        "total": counts.total,
        "panel": filter_panel.build(sheet.directory, sheet.criteria, counts, default_sort=default_sort()),
        "printed_at": printed_at,
    }
