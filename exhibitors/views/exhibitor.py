"""An exhibitor's own page; what remains of it when the exhibitor has withdrawn."""

from django.http import Http404, HttpRequest, HttpResponse

from exhibitors.domain import companies, structured_data
from exhibitors.domain.directory import neighbours, with_industries, with_places
from exhibitors.domain.sitemap import may_be_indexed
from exhibitors.models import Collaboration, Edition, Exhibitor, Product
from exhibitors.models.fields import pick
from exhibitors.views.page import absolute_in, edition_page, is_organiser, show


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
    products = list(exhibitor.products.all())
    context = {
        "exhibitor": exhibitor,
        "products": products,
        "report_about": exhibitor.name,
        **_surroundings(exhibitor),
        **_for_others(request, exhibitor, products),
    }
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
        "collaborations": Collaboration.objects.filter(exhibitors=exhibitor).select_related("edition"),
        "elsewhere": companies.same_company(exhibitor).public().in_public_editions(),
    }


def _for_others(request: HttpRequest, exhibitor: Exhibitor, products: list[Product]) -> dict[str, object]:
    """What search engines and those who are sent the page are told."""
    return {
        "may_be_indexed": may_be_indexed(exhibitor),
        "page_picture": exhibitor.logo,
        "page_picture_alt": pick(exhibitor, "logo_alt") or exhibitor.name,
        "structured_data": structured_data.exhibitor_page(exhibitor, products, absolute_in(request)),
    }


def _withdrawn(request: HttpRequest, edition: Edition, exhibitor: Exhibitor) -> HttpResponse:
    context = {"exhibitor": exhibitor}
    return show(request, edition, "exhibitors/withdrawn.html", context, section="exhibitors", status=410)
