"""Follows each request from the outside of everything else: gives it an id, logs it, counts it."""

import logging
import re
import secrets
import sys
from collections.abc import Callable, Iterable
from time import perf_counter
from typing import TYPE_CHECKING, Any

from django.conf import settings

from expo import logs, metrics
from expo.requests import NOTED, REQUEST_ID, Noted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

logger = logging.getLogger("expo.requests")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
WELL_FORMED = re.compile(r"[0-9A-Za-z-]{16,64}")
QUIET = {"healthz", "readyz", "metrics", "static"}
"""What is asked for so often that it would hide the rest: logged at the level DEBUG, as kept pages are."""


class Traced:
    """The WSGI application whose every request is followed, whichever layer inside it answers.

    Time is measured until the answer begins: a slow receiver does not make a page slow. What is given back is passed
    on untouched, so that the server can still send files by itself.
    """

    def __init__(self, application: "WSGIApplication") -> None:
        self.application = application
        self.meter = metrics.meter() if settings.METRICS_TOKEN else None

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        own = environ[REQUEST_ID] = _id_of(environ)
        environ[NOTED] = noted = Noted()
        told = _Told(start_response, own)
        token = logs.request_id.set(own)
        began = perf_counter()
        if self.meter:
            self.meter.in_progress.inc()
        try:
            return self.application(environ, told)
        except Exception:
            # Only where the error page fails too. The server itself would log the whole address, search and all.
            logger.exception("An error left the site.")
            told("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")], sys.exc_info())
            return [f"Something went wrong on our side.\n{own}\n".encode()]
        finally:
            self._note(environ, noted, told.status, perf_counter() - began)
            logs.request_id.reset(token)

    def _note(self, environ: "WSGIEnvironment", noted: Noted, status: int, seconds: float) -> None:
        view, method = noted.view or _part_of(environ), environ["REQUEST_METHOD"]
        method = method if method in METHODS else "other"
        if self.meter:
            self.meter.in_progress.dec()
            self.meter.count_request(view, method, status, seconds)
        level = logging.DEBUG if (noted.is_kept or view in QUIET) and status < 400 else logging.INFO
        if logger.isEnabledFor(level):
            milliseconds = round(seconds * 1000, 1)
            extra = {"view": view, "method": method, "status": status, "milliseconds": milliseconds}
            logger.log(level, "%s %s %d in %s ms", method, view, status, milliseconds, extra=extra)


class _Told:
    """The server's start_response, which remembers the status and adds the id."""

    def __init__(self, start_response: "StartResponse", own: str) -> None:
        self.start_response = start_response
        self.own = own
        self.status = 500  # where an error leaves the application, the server answers so

    def __call__(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        return self.start_response(status, [*headers, ("X-Request-ID", self.own)], exc_info)


def _id_of(environ: "WSGIEnvironment") -> str:
    given = environ.get(settings.REQUEST_ID_HEADER or "", "")
    return given if WELL_FORMED.fullmatch(given) else secrets.token_hex(16)


def _part_of(environ: "WSGIEnvironment") -> str:
    """What stands for requests that reached no view."""
    return "static" if environ.get("PATH_INFO", "").startswith(settings.STATIC_URL) else "unknown"
