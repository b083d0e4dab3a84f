"""A Django site as one writes it in an afternoon: one list, searched as the admin searches, with counts per hall."""

import django
from django.conf import settings

settings.ROOT_URLCONF = __name__
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 the settings come first
from django.core.paginator import Paginator  # noqa: E402
from django.db.models import Count, Q  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.template import Context, Engine  # noqa: E402
from django.urls import path  # noqa: E402

from exhibitors.models import Exhibitor, Hall  # noqa: E402

FIELDS = ("name_ko", "name_en", "main_products_ko", "main_products_en", "products__name_ko", "booths__number")
PAGE = Engine().from_string(
    "<!doctype html><title>List</title><form><input name=q value='{{ q }}'></form><p>{{ page.paginator.count }}</p>"
    "<ul>{% for hall in halls %}<li>{{ hall.name_ko }} {{ hall.number }}</li>{% endfor %}</ul>"
    "{% for one in page %}<h2>{{ one.name_ko }}</h2><p>{{ one.main_products_ko }}</p>"
    "{% for booth in one.booths.all %}{{ booth.hall.name_ko }} {{ booth.number }}{% endfor %}{% endfor %}"
)


def listed(request: HttpRequest) -> HttpResponse:
    query = request.GET.get("q", "")
    found = Exhibitor.objects.filter(state=Exhibitor.State.PUBLIC).order_by("name_ko", "pk")
    for word in query.split():
        condition = Q()
        for name in FIELDS:
            condition |= Q(**{f"{name}__icontains": word})
        found = found.filter(condition)
    found = found.distinct()
    halls = Hall.objects.filter(booths__exhibitors__in=found.order_by()).annotate(number=Count("booths__exhibitors"))
    page = Paginator(found.prefetch_related("booths__hall"), 24).get_page(request.GET.get("page"))
    return HttpResponse(PAGE.render(Context({"q": query, "page": page, "halls": halls})))


urlpatterns = [path("", listed)]

application = WSGIHandler()
