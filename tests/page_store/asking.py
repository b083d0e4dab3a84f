"""Asks a WSGI application as a server does."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import clear_script_prefix

from exhibitors.domain.data_version import Watch
from expo.page_store import PageStore
from expo.page_store.layer import Application
from expo.page_store.pages import Pages
from expo.requests import Handler

LIST = "/ko/2024/exhibitors/"
MB = 1024 * 1024


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    sent: bytes

    @property
    def text(self) -> str:
        is_packed = self.headers.get("Content-Encoding") == "gzip"
        return (gzip.decompress(self.sent) if is_packed else self.sent).decode()


class Counted:
    """An application that counts how often it was asked."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.times = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.times += 1
        return self.application(environ, start_response)


def make_store(application: Application | None = None, *, limit: int = 16 * MB) -> tuple[PageStore, Counted]:
    counted = Counted(application or Handler())
    return PageStore(counted, watch=Watch(), pages=Pages(limit)), counted


def ask(application: Application, path: str = LIST, query: str = "", method: str = "GET", **more: str) -> Answer:
    said: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query.encode().decode("latin-1"),  # as servers hand bytes over
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(b""),
        "wsgi.errors": BytesIO(),
        **more,
    }
    with left_as_it_was():
        answer = application(environ, lambda status, headers, _error=None: said.extend((status, headers)))
        body = b"".join(answer)
        if hasattr(answer, "close"):
            answer.close()
    return Answer(int(said[0].split()[0]), dict(said[1]), body)


@contextmanager
def left_as_it_was() -> Iterator[None]:
    """The connection stays open, as with Django's own test client: the test's transaction is on it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)
        clear_script_prefix()
