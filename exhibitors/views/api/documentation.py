"""The page that explains the open data to people, in both languages at once. It lists what the library serves."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from exhibitors.views.api.asking import MOST_PER_PAGE, PER_PAGE
from exhibitors.views.api.site import api

ADDRESSES: Mapping[str, Promise] = MappingProxyType(
    {
        "editions": _("All public editions, newest first."),
        "edition": _("One edition: its name, days, venue and hosts."),
        "halls": _("The halls of an edition, with their themes."),
        "industries": _("The industries of an edition."),
        "exhibitors": _("The exhibitors of an edition, with the filters below."),
        "exhibitor": _("One exhibitor. One that has withdrawn is answered with 410, a draft with 404."),
        "products": _("The products of all exhibitors."),
        "collaborations": _("The collaborations of an edition, with the exhibitors who take part."),
        "collaboration": _("One collaboration."),
    }
)
PARAMETERS: Mapping[str, Promise] = MappingProxyType(
    {
        "page": _("Which page of the list, from 1."),
        "per_page": _("How many exhibitors a page has."),
        "q": _("Words to search for."),
        "exact": _("With 1 the words are searched as they are written."),
        "theme": _("Ids of themes; a theme stands for its halls."),
        "hall": _("Ids of halls; none means without a booth."),
        "industry": _("Ids of industries; none means without an industry."),
        "initial": _("First letters of names."),
        "sort": _("The order of the list."),
    }
)


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    # Compared by its end: a site below a path has that before it.
    (listed,) = (each for path, each in schema["paths"].items() if path.endswith("/editions/{edition}/exhibitors/"))
    names = [parameter["name"] for parameter in listed["get"]["parameters"] if parameter["in"] == "query"]
    context = {
        "paths": list(_addresses(schema["paths"])),
        "parameters": [(name, PARAMETERS[name]) for name in names],
        "per_page": PER_PAGE,
        "most": MOST_PER_PAGE,
    }
    with translation.override("ko"):  # as all open data the same for everybody; its second half is in English
        return render(request, "exhibitors/open_data.html", context)


def _addresses(paths: Mapping[str, Any]) -> Iterator[tuple[str, Promise]]:
    for path, operations in paths.items():
        yield path, ADDRESSES[operations["get"]["operationId"]]
