"""Lists made for paper, which also read well on the screen."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from exhibitors.domain import booth_list as booth_lists
from exhibitors.domain import facets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.forms import filter_panel, search_note
from exhibitors.forms.directory import DirectoryFilterSet, booth_list_order, query_string
from exhibitors.models import Edition
from exhibitors.views.directory import default_sort
from exhibitors.views.page import edition_page, show
from exhibitors.views.print_runs import freezing_address


@edition_page
def booth_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    directory = Directory(edition)
    filters = DirectoryFilterSet(request.GET, directory, default_sort=default_sort())
    criteria = filters.criteria()
    order, is_known = booth_list_order(request.GET.get("by", ""))
    counts = facets.count(directory, criteria)
    # A list in the order of booths has names in the reader's own order where it needs names at all.
    by_name = replace(criteria, sort=default_sort()) if criteria.sort in {Sort.BOOTH, Sort.RELEVANCE} else criteria
    notices = filters.notices if is_known else [*filters.notices, gettext("This order is not known.")]
    selection = query_string(by_name, default_sort=Sort.NAME)
    context = {
        "freezing": freezing_address(request, edition, selection, order),
        "list": booth_lists.build(directory, by_name, order),
        "panel": filter_panel.build(directory, criteria, counts, default_sort=default_sort()),
        "orders": filter_panel.booth_list_orders(criteria, order, default_sort=default_sort()),
        "back": query_string(criteria, default_sort=default_sort()),
        "printed_at": timezone.now(),
        "notices": [*notices, *_search_notices(directory, criteria, counts.total)],
    }
    return show(request, edition, "exhibitors/print/booth_list.html", context)


def _search_notices(directory: Directory, criteria: Criteria, total: int) -> list[str]:
    """How the search was understood, where it was not searched as typed."""
    if not criteria.query:
        return []
    note = search_note.build(criteria, directory.hits(criteria), total, default_sort=default_sort())
    return [note.understood] if note.understood else []
