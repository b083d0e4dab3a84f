"""Error pages, in both languages at once: the language of a failed request is not to be relied on."""

from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
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
    return render(request, "500.html", status=500)


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
