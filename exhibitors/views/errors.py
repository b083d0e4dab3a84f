"""Error pages, in both languages at once: the language of a failed request is not to be relied on."""

import re
import sys
from math import ceil
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from exhibitors.domain import lockout


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A failure of ours, which only the log can explain: the page names the request as the log does."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    return render(request, "500.html", {"request_id": _id_of(request)}, status=500)


RETRY_AFTER = 5  # seconds; a database that restarts is back in less
SECRET = re.compile("password|token", re.IGNORECASE)  # typed again: no page shows one
CSRF_FIELD = "csrfmiddlewaretoken"


def unavailable(request: HttpRequest) -> HttpResponse:
    """What stands in place of a page while the database does not answer, is locked or has no room to write.

    What was typed into a form comes back with the page and can be sent once more. Asks no database.
    """
    typed = _typed(request)
    kept = [(name, value) for name, value in typed if name == CSRF_FIELD or not SECRET.search(name)]
    context = {
        "is_write": request.method not in {"GET", "HEAD"},
        "path": request.get_full_path(),
        "typed": kept,
        "files": _file_names(request),
        "has_secrets": len(kept) < len(typed),
        "request_id": _id_of(request),
    }
    response = HttpResponse(loader.render_to_string("503.html", context), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    add_never_cache_headers(response)
    return response


def _id_of(request: HttpRequest) -> str:
    return getattr(request, "request_id", "")


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    if request.method != "POST":
        return []
    return [(name, str(value)) for name, values in request.POST.lists() for value in values]


def _file_names(request: HttpRequest) -> list[str]:
    """A browser lets no page choose files for its reader."""
    if request.method != "POST":
        return []
    return [str(file.name) for _name, files in request.FILES.lists() for file in files]


def locked_out(
    request: HttpRequest, _response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """What stands in place of the sign-in page after too many wrong passwords: until when, and the way out."""
    lock = lockout.lock_of(request, credentials)
    until = lock.until if lock else timezone.now()
    is_address = lock is not None and lock.limit is lockout.Limit.ADDRESS
    context = {"until": until, "address": request.axes_ip_address if is_address else ""}  # type: ignore[attr-defined]
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(max(1, ceil((until - timezone.now()).total_seconds())))
    add_never_cache_headers(response)
    return response
