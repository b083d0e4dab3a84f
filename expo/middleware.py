"""What every request passes: methods that no page has are refused, and sessions that are old or idle end."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from exhibitors.domain import sessions

READING = ("GET", "HEAD")
METHODS = (*READING, "POST")


class MethodMiddleware:
    """Refuses the methods that no page has: a plain view would answer TRACE, PUT and DELETE as it answers GET."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in METHODS:
            return self.get_response(request)
        is_desk = request.path_info.startswith(f"/{settings.ADMIN_PATH}")
        return HttpResponseNotAllowed(METHODS if is_desk else READING)


class SessionLimitMiddleware:
    """Signs out who signed in too long ago, or did nothing for too long.

    Looks at the session only where a page asks who is signed in: public pages do not, and stay the same for all.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.user = SimpleLazyObject(lambda: still_signed_in(request, user))  # type: ignore[assignment]
        return self.get_response(request)


def still_signed_in(request: HttpRequest, user: Any) -> Any:
    """The user of the session, or nobody where it has ended just now."""
    if not user.is_authenticated:
        return user
    now = timezone.now()
    if sessions.has_ended(request.session, now):
        request.session.flush()
        return AnonymousUser()
    sessions.note_use(request.session, now)
    return user
