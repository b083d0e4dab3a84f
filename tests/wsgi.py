"""Asks a WSGI application as a server would, with all layers that stand before Django."""

import contextlib
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from wsgiref.util import setup_testing_defaults

from django.core import signals
from django.db import close_old_connections

from expo.logs import JsonFormatter
from expo.operating import Operating
from expo.requests import Handler
from expo.tracing import Traced

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


def site() -> "WSGIApplication":
    """What expo.wsgi serves, made anew under the settings of the test."""
    return Traced(Operating(Handler()))


def ask(application: "WSGIApplication", address: str, method: str = "GET", **environ: str) -> Answer:
    """Send a request without a body; `environ` adds to the WSGI environment, headers as HTTP_…"""
    path, _, query = address.partition("?")
    own: dict[str, Any] = {}
    setup_testing_defaults(own)
    own |= {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "testserver", **environ}
    told: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
        told.append((status, headers))

    with _connections_kept():
        parts = application(own, start_response)
        body = b"".join(parts)
        if close := getattr(parts, "close", None):
            close()
    ((status, headers),) = told
    return Answer(int(status[:3]), dict(headers), body)


@contextlib.contextmanager
def _connections_kept() -> Iterator[None]:
    """As Django's own client does: the test's rows are seen on the test's connection alone."""
    both = (signals.request_started, signals.request_finished)
    for signal in both:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in both:
            signal.connect(close_old_connections)


@contextlib.contextmanager
def logged(level: int = logging.INFO) -> Iterator[list[dict[str, Any]]]:
    """Yield the lines of the log, as they are written."""
    lines: list[dict[str, Any]] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(self.format(record)))

    root, kept, before = logging.getLogger(), Kept(), logging.getLogger().level
    kept.setFormatter(JsonFormatter())
    root.addHandler(kept)
    root.setLevel(level)
    try:
        yield lines
    finally:
        root.removeHandler(kept)
        root.setLevel(before)
