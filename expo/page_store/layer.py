"""The WSGI application that stands before Django."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from exhibitors.domain.data_version import Known, Watch
from exhibitors.views.keeping import ENVIRON, Keeping
from expo.page_store import asked, entry
from expo.page_store.announcements import Announcements
from expo.page_store.asked import Key
from expo.page_store.entry import Answer, Entry, Headers
from expo.page_store.pages import Pages
from expo.page_store.shared import Shared
from expo.requests import note_view, noted_view

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

LARGEST = 8 * 1024 * 1024  # bytes of a page, uncompressed
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")
OF_ONE_READER = ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_ACCEPT_LANGUAGE")  # the address names the language
NOT_OF_THE_PAGE = frozenset((*CONDITIONS, *OF_ONE_READER))
REFUSES_GZIP = re.compile(r"gzip;\s*q=0(?:\.0*)?(?:,|\s|$)")


class PageStore:
    """Answers anonymous readers from kept pages: those of the version that the database has, as `Watch` reads it.

    While the database does not answer, the last page there was is shown, and says of when it is. All else goes to the
    application.
    """

    def __init__(
        self,
        application: Application,
        *,
        watch: Watch,
        pages: Pages,
        shared: Shared | None = None,
        announcements: Announcements | None = None,
    ) -> None:
        self.application = application
        self.watch = watch
        self.pages = pages
        self.shared = shared
        self.announcements = announcements

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if self.announcements:
            self.announcements.listen()
        key = asked.read(environ)
        if key is None:
            return self._pass_on(environ, start_response)
        known = self.watch.read()
        shown = _shown(self.pages.get(key), known, key)
        if shown is not None:
            return _send(shown, environ, start_response, is_kept=True)
        return self._make(key, environ, start_response)

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        try:
            return self.application(environ, start_response)
        finally:
            if environ["REQUEST_METHOD"] not in {"GET", "HEAD", "OPTIONS"}:
                self.watch.note_write()

    def _make(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        with self.pages.making(key) as is_ours:
            known = self.watch.read()
            kept = self.pages.get(key)
            if not is_ours and (shown := _shown(kept, known, key)):
                return _send(shown, environ, start_response)
            shared = self.shared.get(key, known.version) if self.shared else None
            if shared is not None and (shown := _shown(shared, known, key)):
                self.pages.put(key, shared)
                return _send(shown, environ, start_response)
            return self._ask(key, known.version, kept, environ, start_response)

    def _ask(
        self, key: Key, version: Any, kept: Entry | None, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Let the application make the page, whole and for everybody, and keep it."""
        keeping = Keeping()
        made_at = entry.now()
        whole = {name: value for name, value in environ.items() if name not in NOT_OF_THE_PAGE}
        whole |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, ENVIRON: keeping}
        answer = _collect(self.application, whole)
        if answer.status.startswith("503") and kept is not None:
            self.watch.expire()
            return _send(kept.as_old(key.language, made_at), environ, start_response)
        if not _is_kept(answer, keeping):
            start_response(answer.status, answer.headers)
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [answer.body]
        made = entry.make(version, Answer(answer.headers, answer.body), made_at, keeping.until)
        made = replace(made, view=noted_view(environ))
        self.pages.put(key, made)
        if self.shared:
            self.shared.put(key, made)
        return _send(made, environ, start_response)


def _shown(kept: Entry | None, known: Known, key: Key) -> Entry | None:
    """How a kept page is shown now: as it is, as an old one while the database does not answer, or not at all."""
    if kept is None:
        return None
    if not known.is_current:
        return kept.as_old(key.language, entry.now())
    return kept if kept.serves(known.version) else None


class _Collected:
    """What an application said."""

    status = ""
    headers: Headers = []
    body = b""


def _collect(application: Application, environ: Environ) -> _Collected:
    collected = _Collected()
    written: list[bytes] = []

    def start_response(status: str, headers: Headers, _error: Any = None) -> Callable[[bytes], Any]:
        collected.status, collected.headers = status, headers
        return written.append

    answer = application(environ, start_response)
    try:
        collected.body = b"".join([*written, *answer])
    finally:
        if hasattr(answer, "close"):
            answer.close()
    return collected


def _is_kept(answer: _Collected, keeping: Keeping) -> bool:
    if not answer.status.startswith("200") or keeping.is_refused or len(answer.body) > LARGEST:
        return False
    named = {name.lower(): value for name, value in answer.headers}
    return "set-cookie" not in named and not re.search("private|no-store", named.get("cache-control", ""))


def _send(kept: Entry, environ: Environ, start_response: StartResponse, *, is_kept: bool = False) -> Iterable[bytes]:
    note_view(environ, kept.view, is_kept=is_kept)
    if (known := environ.get("HTTP_IF_NONE_MATCH")) and kept.is_known(known):
        start_response("304 Not Modified", kept.unchanged)
        return []
    accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
    takes_gzip = "gzip" in accepted and not REFUSES_GZIP.search(accepted)
    headers, body = kept.answer(takes_gzip=takes_gzip)
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
