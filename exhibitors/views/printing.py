"""Forms of the directory made for paper, which also read well on the screen."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from exhibitors.domain import booth_list as booth_lists
from exhibitors.domain import own_pages, signs
from exhibitors.domain.addresses import absolute
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Sort
from exhibitors.forms import paper
from exhibitors.forms import sheet as sheets
from exhibitors.forms.directory import default_sort, query_string
from exhibitors.forms.paper import Style
from exhibitors.forms.sheet import Sheet
from exhibitors.models import Edition
from exhibitors.views.in_turn import in_turn
from exhibitors.views.keeping import as_of
from exhibitors.views.page import edition_page, show
from exhibitors.views.print_runs import freezing_address


@edition_page
@in_turn
def booth_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    sheet = sheets.read(request.GET, edition, Style.BOOTHS)
    listed = booth_lists.build(sheet.directory, sheet.by_name, sheet.layout.order)
    selection = query_string(sheet.by_name, default_sort=Sort.NAME)
    freezing = freezing_address(request, edition, selection, sheet.layout.order)
    return _show(request, sheet, {"list": listed, "freezing": freezing})


@edition_page
@in_turn
def directory(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Names, booths, industries, products and the beginning of each introduction, in columns."""
    sheet = sheets.read(request.GET, edition, Style.DIRECTORY)
    listed = booth_lists.build(sheet.directory, sheet.by_name, sheet.layout.order, with_introductions=True)
    return _show(request, sheet, {"list": listed})


@edition_page
@in_turn
def pages(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A page for each exhibitor."""
    sheet = sheets.read(request.GET, edition, Style.PAGES)
    criteria = replace(sheet.criteria, sort=Sort.BOOTH) if sheet.layout.order == Order.HALL else sheet.by_name
    return _show(
        request, sheet, {"pages": own_pages.build(sheet.directory, criteria), "folder": _folder(request, edition)}
    )


@edition_page
@in_turn
def booth_signs(request: HttpRequest, edition: Edition) -> HttpResponse:
    """A sign for each booth and exhibitor."""
    sheet = sheets.read(request.GET, edition, Style.SIGNS)
    listed = signs.build(sheet.directory, sheet.by_name, sheet.layout.order)
    return _show(request, sheet, {"signs": listed, "folder": _folder(request, edition)})


def _folder(request: HttpRequest, edition: Edition) -> str:
    """The address below which the pages of all exhibitors are."""
    return absolute(request, reverse("exhibitors", args=[edition.slug]))


def _show(request: HttpRequest, sheet: Sheet, content: dict[str, Any]) -> HttpResponse:
    edition, criteria, layout = sheet.directory.edition, sheet.criteria, sheet.layout
    head = sheets.head(sheet, as_of(request))
    understood = sheet.understood(head["total"])
    frame = {
        "toolbar": paper.toolbar(edition, criteria, layout, default_sort=default_sort()),
        "notices": [*sheet.notices, *([understood] if understood else [])],
    }
    return show(request, edition, f"exhibitors/print/{layout.style}.html", head | frame | content)
