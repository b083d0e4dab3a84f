"""The permanent address of a booth: who stands there, who stood there before and where they are now."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from exhibitors.domain import booth_addresses as booths
from exhibitors.forms.directory import printable
from exhibitors.models import Booth, Edition, Facility, Hall
from exhibitors.views.page import edition_page, show

LONGEST_SHOWN = 60  # characters of a number that nobody knows


@edition_page
def booth_page(request: HttpRequest, edition: Edition, hall: str, number: str) -> HttpResponse:
    found = booths.hall_of(edition, hall)
    if found is None:
        raise Http404
    found.edition = edition
    answer = booths.look_up(found, number)
    if answer.booth is None:
        return _unknown(request, edition, found, number, answer.candidates)
    if (hall, number) != (found.code, answer.booth.number):
        return redirect("booth", edition.slug, found.code, answer.booth.number)
    answer.booth.hall = found
    return _booth(request, edition, answer.booth)


def _booth(request: HttpRequest, edition: Edition, booth: Booth) -> HttpResponse:
    here = booths.standing(booth)
    context = {
        "booth": booth,
        "hall": booth.hall,
        "exhibitors": here,
        "departures": booths.departures(booth, here),
        "facilities": Facility.objects.filter(booth=booth).select_related("booth__hall"),
        "former_numbers": booths.former_numbers(booth),
        "former_holders": booths.former_holders(booth),
        "report_about": str(booth),
    }
    return show(request, edition, "exhibitors/booth.html", context, section="halls")


def _unknown(
    request: HttpRequest, edition: Edition, hall: Hall, number: str, candidates: tuple[Booth, ...]
) -> HttpResponse:
    context = {"hall": hall, "number": printable(number)[:LONGEST_SHOWN], "candidates": candidates}
    return show(request, edition, "exhibitors/booth_unknown.html", context, section="halls", status=404)
