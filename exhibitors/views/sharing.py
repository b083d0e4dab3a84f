"""What passes a page on."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from exhibitors.domain import qr
from exhibitors.domain.addresses import absolute

ONE_DAY = 24 * 60 * 60
_PAGE = re.compile(r"/(?:ko|en)/[^\\\x00-\x1f]*")


@require_safe
def code(request: HttpRequest) -> HttpResponse:
    """The QR code of the page at `of`, a path of this site: fetched when somebody opens the block that shows it.

    Drawn into each page it took a tenth of the page's time, and a tenth of its bytes.
    """
    path = request.GET.get("of", "")
    address = absolute(request, path)
    if not _PAGE.fullmatch(path) or not qr.is_short_enough(address):
        raise Http404
    response = HttpResponse(qr.svg(address), content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={ONE_DAY}"
    return response
