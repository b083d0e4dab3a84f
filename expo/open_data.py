"""What is true of all open data: anybody may read it from any site, nobody may write, its language is no matter."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response, set_response_etag

OPEN = re.compile(r"^/api/|^/(?:ko|en)/[^/]+/exhibitors\.json$")
METHODS = "GET, HEAD, OPTIONS"


class OpenDataMiddleware:
    """Answers for the open data alone. Stands outside of what adds headers by language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not OPEN.match(request.path_info):
            return self.get_response(request)
        response = self._answer(request)
        if request.path_info.startswith("/api/"):
            _forget_language(response)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            return _preflight()
        if request.method not in {"GET", "HEAD"}:
            detail = f"Open data is read, with {METHODS}."
            return JsonResponse({"detail": detail}, status=405, headers={"Allow": METHODS})
        return self._read(request)

    def _read(self, request: HttpRequest) -> HttpResponse:
        """What GET answers, for HEAD too: the library knows only the methods that are named to it."""
        method, request.method = request.method, "GET"
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-cache")  # ask each time; what did not change is not sent
        if response.status_code == 200:
            set_response_etag(response)
        known = get_conditional_response(request, etag=response.get("ETag"), response=response)
        request.method = method
        return known or response


def _preflight() -> HttpResponse:
    """What a browser asks before it sends If-None-Match from another site."""
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": "If-None-Match",
            "Access-Control-Max-Age": "86400",
        },
    )


def _forget_language(response: HttpResponse) -> None:
    """Take off what LocaleMiddleware says of every page: the open data is the same in all languages."""
    del response["Content-Language"]
    names = [name.strip() for name in response.get("Vary", "").split(",")]
    kept = [name for name in names if name and name.lower() != "accept-language"]
    if kept:
        response["Vary"] = ", ".join(kept)
    else:
        del response["Vary"]
