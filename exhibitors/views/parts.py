"""Pages of the parts of an edition: halls, themes, industries, collaborations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from exhibitors.domain import facets
from exhibitors.domain.collaborations import with_public_members
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, with_places
from exhibitors.forms import filter_panel
from exhibitors.models import Edition, Exhibitor, Facility, Hall, Industry, Theme
from exhibitors.views.directory import default_sort, page_of_part
from exhibitors.views.page import edition_page, show


@edition_page
def hall_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    return _overview(request, edition, "exhibitors/hall_list.html", section="halls")


@edition_page
def industry_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    return _overview(request, edition, "exhibitors/industry_list.html", section="industries")


def _overview(request: HttpRequest, edition: Edition, template: str, *, section: str) -> HttpResponse:
    directory = Directory(edition)
    counts = facets.count(directory, Criteria())
    panel = filter_panel.build(directory, Criteria(sort=default_sort()), counts, default_sort=default_sort())
    facilities = Facility.objects.filter(edition=edition).select_related("booth__hall")
    context = {"panel": panel, "counts": counts, "facilities": facilities}
    return show(request, edition, template, context, section=section)


@edition_page
def hall_page(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    hall = get_object_or_404(Hall.objects.select_related("theme"), edition=edition, code=code)
    hall.edition = edition
    context = {
        "hall": hall,
        "cards": page_of_part(request, Directory(edition), Criteria(halls=(code,), sort=Sort.BOOTH)),
        "facilities": Facility.objects.filter(booth__hall=hall).select_related("booth__hall"),
    }
    return show(request, edition, "exhibitors/hall.html", context, section="halls")


@edition_page
def theme_page(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    theme = get_object_or_404(Theme, edition=edition, code=code)
    theme.edition = edition
    context = {
        "theme": theme,
        "halls": theme.halls.select_related("edition"),
        "collaborations": with_public_members(edition).filter(exhibitors__booths__hall__theme=theme).distinct(),
        "cards": page_of_part(request, Directory(edition), Criteria(themes=(code,), sort=Sort.BOOTH)),
    }
    return show(request, edition, "exhibitors/theme.html", context, section="halls")


@edition_page
def industry_page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    industry = get_object_or_404(Industry, edition=edition, slug=slug)
    industry.edition = edition
    criteria = Criteria(industries=(slug,), sort=default_sort())
    context = {"industry": industry, "cards": page_of_part(request, Directory(edition), criteria)}
    return show(request, edition, "exhibitors/industry.html", context, section="industries")


@edition_page
def collaboration_page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    collaboration = get_object_or_404(with_public_members(edition), slug=slug)
    members = Exhibitor.objects.public().filter(collaborations=collaboration).order_by("memberships__position", "pk")
    context = {"collaboration": collaboration, "exhibitors": with_places(members)}
    return show(request, edition, "exhibitors/collaboration.html", context, section="halls")
