"""Pages of the parts of an edition: halls, themes, industries, collaborations."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext

from exhibitors.domain import facets, structured_data
from exhibitors.domain.collaborations import with_public_members
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, with_places
from exhibitors.forms import filter_panel
from exhibitors.forms.directory import default_sort
from exhibitors.models import Edition, Exhibitor, Facility, Hall, Industry, Theme
from exhibitors.models.fields import pick
from exhibitors.views.directory import page_of_part
from exhibitors.views.page import absolute_in, edition_page, show


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
        "structured_data": [_way_to(request, edition, hall, "halls", [hall.theme] if hall.theme else [])],
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
        "structured_data": [_way_to(request, edition, theme, "halls")],
    }
    return show(request, edition, "exhibitors/theme.html", context, section="halls")


@edition_page
def industry_page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    industry = get_object_or_404(Industry, edition=edition, slug=slug)
    industry.edition = edition
    criteria = Criteria(industries=(slug,), sort=default_sort())
    context = {
        "industry": industry,
        "cards": page_of_part(request, Directory(edition), criteria),
        "structured_data": [_way_to(request, edition, industry, "industries")],
    }
    return show(request, edition, "exhibitors/industry.html", context, section="industries")


@edition_page
def collaboration_page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    collaboration = get_object_or_404(with_public_members(edition), slug=slug)
    members = Exhibitor.objects.public().filter(collaborations=collaboration).order_by("memberships__position", "pk")
    way = structured_data.breadcrumbs(edition, [], pick(collaboration, "title").text, absolute_in(request))
    context = {
        "collaboration": collaboration,
        "exhibitors": with_places(members),
        "page_picture": collaboration.picture,
        "page_picture_alt": pick(collaboration, "picture_alt") or pick(collaboration, "title"),
        "structured_data": [way],
    }
    return show(request, edition, "exhibitors/collaboration.html", context, section="halls")


def _way_to(
    request: HttpRequest, edition: Edition, part: Hall | Theme | Industry, overview: str, above: Sequence[Theme] = ()
) -> dict[str, object]:
    """The way to a part over the page that lists its kind, and over what it belongs to."""
    names = {"halls": gettext("Halls"), "industries": gettext("Industries")}
    steps = [(reverse(overview, args=[edition.slug]), names[overview])]
    steps += [(reverse("theme", args=[edition.slug, theme.code]), pick(theme, "name").text) for theme in above]
    return structured_data.breadcrumbs(edition, steps, pick(part, "name").text, absolute_in(request))
