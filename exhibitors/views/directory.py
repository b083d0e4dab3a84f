"""The list of exhibitors, and the cards that other pages show of it."""

from dataclasses import asdict, dataclass, replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from exhibitors.domain import facets, listing, readings
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.domain.search import vain
from exhibitors.domain.search.finding import Hits
from exhibitors.domain.search.suggestions import SUGGESTION_LABELS, suggest
from exhibitors.forms import filter_panel, search_note
from exhibitors.forms.directory import DirectoryFilterSet, default_sort
from exhibitors.forms.filter_panel import Pages, Panel
from exhibitors.models import Edition, Exhibitor
from exhibitors.models.fields import foreign_language
from exhibitors.search.steps import Step
from exhibitors.views.keeping import do_not_keep
from exhibitors.views.page import edition_page, show


@edition_page
def exhibitor_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    directory = Directory(edition)
    filters = DirectoryFilterSet(request.GET, directory, default_sort=default_sort())
    criteria = filters.criteria()
    counts = facets.count(directory, criteria)
    panel = filter_panel.build(directory, criteria, counts, default_sort=default_sort())
    cards = page_of_cards(request, directory, criteria, counts.total)
    hits = directory.hits(criteria) if criteria.query else None
    if hits and hits.resolution.step == Step.NOTHING:
        vain.note(edition.pk, criteria.query, on=timezone.localdate())
        do_not_keep(request)  # each who searches in vain counts
    context = {
        "criteria": criteria,
        "counts": counts,
        "panel": panel,
        "cards": cards,
        "query": hits.query if hits else None,
        "note": search_note.build(criteria, hits, counts.total, default_sort=default_sort()) if hits else None,
        "facilities": hits.facilities if hits else (),
        "ways_on": _ways_on(directory, hits) if hits and not counts.total else None,
        "notices": [*filters.notices, *cards.notices],
    }
    return show(request, edition, "exhibitors/exhibitor_list.html", context, section="exhibitors")


def _ways_on(directory: Directory, hits: Hits) -> Panel:
    """Industries for somebody whose search found nothing: related ones, else all, with the lengths of their lists."""
    everything = Criteria(sort=default_sort())
    counts = facets.count(directory, everything)
    panel = filter_panel.build(directory, everything, counts, default_sort=default_sort())
    related = facets.related_industries(directory, hits)
    shown = (row for row in panel.industries if row.count and (not related or row.code in related))
    return replace(panel, industries=tuple(shown))


@dataclass(frozen=True)
class Cards:
    """A page of exhibitors with what leads to the other pages."""

    exhibitors: list[Exhibitor]
    pages: Pages
    notices: list[str]


def page_of_cards(request: HttpRequest, directory: Directory, criteria: Criteria, total: int) -> Cards:
    """Read the page that the address asks for. Two queries at most, four with a search."""
    return _cards(request, directory, criteria, total, in_address=criteria)


def page_of_part(request: HttpRequest, directory: Directory, criteria: Criteria) -> Cards:
    """Read a page of the part that the page's own path names already (a hall, an industry). Three queries at most."""
    total = facets.total(directory, criteria)
    return _cards(request, directory, criteria, total, in_address=Criteria(sort=default_sort()))


def _cards(
    request: HttpRequest, directory: Directory, criteria: Criteria, total: int, *, in_address: Criteria
) -> Cards:
    asked = request.GET.get("page", "")
    pages, is_asked = filter_panel.paginate(asked, total, in_address, default_sort=default_sort())
    reading = readings.SEARCHED if criteria.query else readings.PLACES
    found = listing.page(directory, criteria, slice(pages.start, pages.stop), reading)
    notices = (
        [] if is_asked else [gettext("There is no such page. This is page %(number)s.") % {"number": pages.number}]
    )
    return Cards(found, pages, notices)


@edition_page
def suggestions(request: HttpRequest, edition: Edition) -> JsonResponse:
    """What the text typed so far may mean, as JSON; the page's script asks for it."""
    directory = Directory(edition, offers=False)
    criteria = DirectoryFilterSet(request.GET, directory).criteria()
    found = suggest(directory, criteria)
    rows = [
        {"label": SUGGESTION_LABELS[one.kind], **asdict(one), "language": foreign_language(one.text)} for one in found
    ]
    status = ngettext("%(count)s suggestion", "%(count)s suggestions", len(rows)) % {"count": len(rows)}
    return JsonResponse({"suggestions": rows, "status": status})
