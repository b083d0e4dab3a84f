"""An exhibitor's own page; what remains of it when the exhibitor has withdrawn."""

from django.http import Http404, HttpRequest, HttpResponse

from exhibitors.domain import companies
from exhibitors.domain.directory import neighbours, with_industries, with_places
from exhibitors.models import Collaboration, Edition, Exhibitor
from exhibitors.views.page import edition_page, is_organiser, show


@edition_page
def exhibitor_page(request: HttpRequest, edition: Edition, slug: str) -> HttpResponse:
    rows = with_industries(with_places(Exhibitor.objects.filter(edition=edition, slug=slug)))
    exhibitor = rows.first()
    if exhibitor is None:
        raise Http404
    exhibitor.edition = edition
    if exhibitor.state == Exhibitor.State.WITHDRAWN:
        return _withdrawn(request, edition, exhibitor)
    if exhibitor.state == Exhibitor.State.DRAFT and not is_organiser(request):
        raise Http404
    context = {"exhibitor": exhibitor, "report_about": exhibitor.name, **_surroundings(exhibitor)}
    if not exhibitor.is_public:
        context["is_preview"] = True
    return show(request, edition, "exhibitors/exhibitor.html", context, section="exhibitors")


def _surroundings(exhibitor: Exhibitor) -> dict[str, object]:
    places = exhibitor.places  # type: ignore[attr-defined]
    hall = places[0].booth.hall if places else None
    before, after = neighbours(exhibitor, hall) if hall else (None, None)
    return {
        "hall": hall,
        "before": before,
        "after": after,
        "products": exhibitor.products.all(),
        "collaborations": Collaboration.objects.filter(exhibitors=exhibitor).select_related("edition"),
        "elsewhere": companies.same_company(exhibitor).public().in_public_editions(),
    }


def _withdrawn(request: HttpRequest, edition: Edition, exhibitor: Exhibitor) -> HttpResponse:
    context = {"exhibitor": exhibitor}
    return show(request, edition, "exhibitors/withdrawn.html", context, section="exhibitors", status=410)
