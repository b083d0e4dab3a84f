"""The list of exhibitors as files: the same selection, in the same order, on no pages."""

import tempfile
from collections.abc import Callable

from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from exhibitors.domain import exporting
from exhibitors.domain.addresses import part_paths, site_of
from exhibitors.domain.directory import Directory
from exhibitors.domain.exporting import Format
from exhibitors.forms.directory import DirectoryFilterSet, default_sort
from exhibitors.models import Edition
from exhibitors.views.api.operations import whole_list
from exhibitors.views.in_turn import in_turn
from exhibitors.views.page import edition_page

NO_INDEX = "noindex"  # search engines shall lead people to the page


@edition_page
@in_turn
def spreadsheet(request: HttpRequest, edition: Edition, form: str) -> FileResponse:
    """The selection as a spreadsheet, headed in the language of the address."""
    directory = Directory(edition)
    criteria = DirectoryFilterSet(request.GET, directory, default_sort=default_sort()).criteria()
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        exporting.write_public(
            file,
            directory,
            criteria,
            form=Format(form),
            language=get_language() or "ko",
            address=_address_of(request, edition),
        )
    except BaseException:
        file.close()
        raise
    file.seek(0)
    name = exporting.file_name(edition, Format(form), timezone.now())
    response = FileResponse(file, as_attachment=True, filename=name, content_type=Format(form).content_type)
    response["X-Robots-Tag"] = NO_INDEX
    return response


def _address_of(request: HttpRequest, edition: Edition) -> Callable[[str], str]:
    site, path = site_of(request), part_paths("exhibitor", edition.slug)
    return lambda slug: site + path(slug)


@edition_page
@in_turn
def json_list(request: HttpRequest, edition: Edition) -> HttpResponse:
    """The selection in the schema of the open data."""
    pieces = whole_list(request, edition, request.GET, default_sort())
    response = HttpResponse(pieces, content_type="application/json")
    response["X-Robots-Tag"] = NO_INDEX
    return response
