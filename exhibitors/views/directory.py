"""The list of exhibitors, and the cards that other pages show of it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from exhibitors.domain import directory as directories
from exhibitors.domain import facets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.search import matching_facilities
from exhibitors.forms import filter_panel
from exhibitors.forms.directory import DirectoryFilterSet
from exhibitors.forms.filter_panel import Pages
from exhibitors.models import Edition, Exhibitor
from exhibitors.views.page import edition_page, show


def default_sort() -> Sort:
    """Readers of English get the order of the names that they can read."""
    return Sort.NAME if get_language() == "ko" else Sort.NAME_EN


@edition_page
def exhibitor_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    directory = Directory(edition)
    filters = DirectoryFilterSet(request.GET, directory, default_sort=default_sort())
    criteria = filters.criteria()
    counts = facets.count(directory, criteria)
    panel = filter_panel.build(directory, criteria, counts, default_sort=default_sort())
    cards = page_of_cards(request, directory, criteria, counts.total)
    context = {
        "criteria": criteria,
        "counts": counts,
        "panel": panel,
        "cards": cards,
        "facilities": matching_facilities(edition, criteria.query) if criteria.query else [],
        "notices": [*filters.notices, *cards.notices],
    }
    return show(request, edition, "exhibitors/exhibitor_list.html", context, section="exhibitors")


@dataclass(frozen=True)
class Cards:
    """A page of exhibitors with what leads to the other pages."""

    exhibitors: list[Exhibitor]
    pages: Pages
    notices: list[str]


def page_of_cards(request: HttpRequest, directory: Directory, criteria: Criteria, total: int) -> Cards:
    """Read the page that the address asks for. Two queries."""
    return _cards(request, directory, criteria, total, in_address=criteria)


def page_of_part(request: HttpRequest, directory: Directory, criteria: Criteria) -> Cards:
    """Read a page of the part that the page's own path names already (a hall, an industry). Three queries."""
    total = directories.selected(directory, criteria).count()
    return _cards(request, directory, criteria, total, in_address=Criteria(sort=default_sort()))


def _cards(
    request: HttpRequest, directory: Directory, criteria: Criteria, total: int, *, in_address: Criteria
) -> Cards:
    asked = request.GET.get("page", "")
    pages, is_asked = filter_panel.paginate(asked, total, in_address, default_sort=default_sort())
    found = directories.with_places(directories.find(directory, criteria))
    notices = (
        [] if is_asked else [gettext("There is no such page. This is page %(number)s.") % {"number": pages.number}]
    )
    return Cards(list(found[pages.start : pages.stop]), pages, notices)
