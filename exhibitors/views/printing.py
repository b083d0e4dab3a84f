"""Forms of the directory made for paper, which also read well on the screen."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse

from exhibitors.domain import booth_list as booth_lists
from exhibitors.domain import directory as directories
from exhibitors.domain import facets, signs
from exhibitors.domain.addresses import site_of
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.forms import filter_panel, paper, search_note
from exhibitors.forms.directory import DirectoryFilterSet, query_string
from exhibitors.forms.paper import Layout, Style
from exhibitors.models import Edition
from exhibitors.views.directory import default_sort
from exhibitors.views.keeping import as_of
from exhibitors.views.page import edition_page, show
from exhibitors.views.print_runs import freezing_address


@edition_page
def booth_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    sheet = _read(request, edition, Style.BOOTHS)
    listed = booth_lists.build(sheet.directory, sheet.by_name, sheet.layout.order)
    selection = query_string(sheet.by_name, default_sort=Sort.NAME)
    freezing = freezing_address(request, edition, selection, sheet.layout.order)
    return _show(request, sheet, {"list": listed, "freezing": freezing})


@edition_page
def directory(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Names, booths, industries, products and the beginning of each introduction, in columns."""
    sheet = _read(request, edition, Style.DIRECTORY)
    listed = booth_lists.build(sheet.directory, sheet.by_name, sheet.layout.order)
    return _show(request, sheet, {"list": listed})


@edition_page
def pages(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A page for each exhibitor."""
    sheet = _read(request, edition, Style.PAGES)
    criteria = replace(sheet.criteria, sort=Sort.BOOTH) if sheet.layout.order == Order.HALL else sheet.by_name
    exhibitors = directories.find(sheet.directory, criteria).prefetch_related("products")
    listed = directories.with_industries(directories.with_places(exhibitors))
    return _show(request, sheet, {"exhibitors": listed, "site": site_of(request)})


@edition_page
def booth_signs(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A sign for each booth and exhibitor."""
    sheet = _read(request, edition, Style.SIGNS)
    listed = signs.build(sheet.directory, sheet.by_name, sheet.layout.order)
    return _show(request, sheet, {"signs": listed, "site": site_of(request)})


@dataclass(frozen=True)
class _Sheet:
    """What is asked for, and how it is to look."""

    directory: Directory
    criteria: Criteria
    layout: Layout
    notices: list[str]

    @property
    def by_name(self) -> Criteria:
        """The criteria, with names in the reader's own order where the list's order is none of names."""
        is_other = self.criteria.sort in {Sort.BOOTH, Sort.RELEVANCE}
        return replace(self.criteria, sort=default_sort()) if is_other else self.criteria


def _read(request: HttpRequest, edition: Edition, style: Style) -> _Sheet:
    directory = Directory(edition)
    filters = DirectoryFilterSet(request.GET, directory, default_sort=default_sort())
    criteria = filters.criteria()
    layout, notices = paper.read(request.GET, style, criteria)
    return _Sheet(directory, criteria, layout, [*filters.notices, *notices])


def _show(request: HttpRequest, sheet: _Sheet, content: dict[str, Any]) -> HttpResponse:
    edition, criteria, layout = sheet.directory.edition, sheet.criteria, sheet.layout
    counts = facets.count(sheet.directory, criteria)
    printed_at = as_of(request)
    frame = {
        "layout": layout,
        "total": counts.total,
        "panel": filter_panel.build(sheet.directory, criteria, counts, default_sort=default_sort()),
        "toolbar": paper.toolbar(edition, criteria, layout, default_sort=default_sort()),
        "printed_at": printed_at,
        "notices": [*sheet.notices, *_search_notices(sheet.directory, criteria, counts.total)],
    }
    return show(request, edition, f"exhibitors/print/{layout.style}.html", frame | content)


def _search_notices(directory: Directory, criteria: Criteria, total: int) -> list[str]:
    """How the search was understood, where it was not searched as typed."""
    if not criteria.query:
        return []
    note = search_note.build(criteria, directory.hits(criteria), total, default_sort=default_sort())
    return [note.understood] if note.understood else []
