"""What every public page shares: who may see the edition, and the frame around it."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from exhibitors.domain import editions, second_factor
from exhibitors.domain.addresses import absolute
from exhibitors.models import Edition
from exhibitors.views.rendering import render

P = ParamSpec("P")


def edition_page(
    view: Callable[Concatenate[HttpRequest, Edition, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]:
    """Turn the edition's slug into the edition; a hidden one exists for signed-in organisers alone. One query."""

    @require_safe
    @wraps(view)
    def wrapper(request: HttpRequest, edition: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            found = editions.by_slug(edition)
        except Edition.DoesNotExist:
            raise Http404 from None
        if not (found.is_public or is_organiser(request)):
            raise Http404
        return view(request, found, *args, **kwargs)

    return wrapper  # type: ignore[return-value]  # require_safe keeps the signature


def is_organiser(request: HttpRequest) -> bool:
    """Whether the request comes from a signed-in organiser. Reads the session: ask only where something is hidden."""
    user = request.user
    return bool(user.is_active and user.is_staff and not second_factor.is_missing(user))


def absolute_in(request: HttpRequest) -> Callable[[str], str]:
    """What makes a whole address of a path."""
    return partial(absolute, request)


def show(
    request: HttpRequest,
    edition: Edition,
    template: str,
    context: dict[str, Any],
    *,
    section: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render a page of an edition; `section` names the part of the site to mark in the navigation."""
    frame = {"edition": edition, "section": section, "is_preview": not edition.is_public}
    return render(request, template, frame | context, status=status)
