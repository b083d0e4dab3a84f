"""How requests are read: as UTF-8, whatever encoding they name; and what is noted of them for those outside Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpRequest
from django.urls import ResolverMatch
from django.utils.http import parse_header_parameters

from expo.stack import call_with_room

REQUEST_ID = "expo.request_id"
NOTED = "expo.noted"
"""Keys of the WSGI environment: what expo.tracing gives a request, and what it is told of who answered."""


@dataclass(slots=True)
class Noted:
    """One object for all layers, however they copy the environment."""

    view: str = ""
    """The name by which the addresses know the view."""
    is_kept: bool = False
    """Whether the page was there already, so that no view had to work."""


def note_view(environ: Mapping[str, Any], view: str, *, is_kept: bool = False) -> None:
    """Tell who follows the request, if anybody does."""
    if noted := environ.get(NOTED):
        noted.view, noted.is_kept = view, is_kept


def noted_view(environ: Mapping[str, Any]) -> str:
    return environ[NOTED].view if NOTED in environ else ""


class Utf8Request(WSGIRequest):
    """Browsers send UTF-8. Django would read the address by any encoding that a stranger names, `hex` included."""

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))

    @property
    def request_id(self) -> str:
        """What names this request in the log. It differs each time: never on a page that is stored for others."""
        return self.META.get(REQUEST_ID, "")


class Handler(WSGIHandler):
    request_class = Utf8Request

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        return call_with_room(super().__call__, environ, start_response)

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        match: ResolverMatch = super().resolve_request(request)
        note_view(request.META, match.view_name)
        return match
