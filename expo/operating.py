"""The addresses that machines ask: /healthz, /readyz and /metrics. They answer before all of Django.

So they work under any host name and over plain http, touch no session, and know no language.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare

from expo import metrics
from expo.health import FAILED, Readiness
from expo.requests import note_view

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    content_type: str = TEXT
    headers: dict[str, str] = field(default_factory=dict)


class Operating:
    """Answers these addresses, and hands everything else on to the site."""

    def __init__(self, site: "WSGIApplication") -> None:
        self.site = site
        self._readiness = Readiness()
        self._addresses: dict[str, Callable[[WSGIEnvironment], Answer]] = {"/healthz": _alive, "/readyz": self._ready}
        if settings.METRICS_TOKEN:
            self._addresses["/metrics"] = _metrics

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        answer_of = self._addresses.get(environ.get("PATH_INFO", ""))
        if answer_of is None:
            return self.site(environ, start_response)
        note_view(environ, environ["PATH_INFO"].strip("/"))
        method = environ["REQUEST_METHOD"]
        answer = answer_of(environ) if method in {"GET", "HEAD"} else _NOT_ALLOWED
        start_response(f"{answer.status} {HTTPStatus(answer.status).phrase}", _headers(answer))
        return [b"" if method == "HEAD" else answer.body]

    def _ready(self, _environ: "WSGIEnvironment") -> Answer:
        checks = self._readiness.checks()
        lines = "".join(f"{name}: {outcome}\n" for name, outcome in checks.items())
        return Answer(503 if FAILED in checks.values() else 200, lines.encode())


_NOT_ALLOWED = Answer(405, b"Only GET and HEAD.\n", headers={"Allow": "GET, HEAD"})


def _alive(_environ: "WSGIEnvironment") -> Answer:
    return Answer(200, b"ok\n")


def _metrics(environ: "WSGIEnvironment") -> Answer:
    """For who knows the word. Behind nginx every request comes from this machine: its address proves nothing."""
    scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
    if scheme.casefold() != "bearer" or not constant_time_compare(token.strip(), settings.METRICS_TOKEN):
        return Answer(401, b"This needs the token of EXPO_METRICS_TOKEN.\n", headers={"WWW-Authenticate": "Bearer"})
    return Answer(200, metrics.page(), metrics.CONTENT_TYPE)


def _headers(answer: Answer) -> list[tuple[str, str]]:
    return [
        ("Content-Type", answer.content_type),
        ("Content-Length", str(len(answer.body))),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Permissions-Policy", settings.PERMISSIONS_POLICY),
        *answer.headers.items(),
    ]
