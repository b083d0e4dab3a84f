"""What of a request may be answered from the store, and under which key."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from exhibitors.forms.parameters import PARAMETERS

LONGEST_QUERY = 2000  # characters of an address; what is longer is answered, and not kept

# Pages of readers: spreadsheets are sent in pieces and named by the moment; suggestions are asked once a keystroke.
_KEPT = re.compile(
    r"/(?:ko|en)/(?!.*\.(?:csv|xlsx)$)(?![^/]+/suggestions/$)|/api/v1/|/sitemap[0-9-]*\.xml$|/robots\.txt$"
)

_SESSION = re.compile(rf"{re.escape(settings.SESSION_COOKIE_NAME)}\s*=")  # Django takes blanks for no part of a name


class Key(NamedTuple):
    """All that the answer depends on, beside the version of the data."""

    scheme: str
    host: str
    path: str
    query: str

    @property
    def language(self) -> str:
        return "en" if self.path.startswith("/en/") else "ko"


def read(environ: Mapping[str, Any]) -> Key | None:
    """The key of a request that the store may answer; None where it is not for the store.

    Whoever has a session is an organiser and sees pages made anew. A path that the site is asked to stand below would
    be part of every link, and some servers take it from a header.
    """
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or not _KEPT.match(environ["PATH_INFO"]):
        return None
    if _SESSION.search(environ.get("HTTP_COOKIE", "")) or environ.get("SCRIPT_NAME"):
        return None
    query = environ.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY:
        return None
    host = environ.get("HTTP_HOST") or f"{environ.get('SERVER_NAME')}:{environ.get('SERVER_PORT')}"
    return Key(_scheme(environ), host, environ["PATH_INFO"], _known_part(query) if query else "")


def _scheme(environ: Mapping[str, Any]) -> str:
    header = settings.SECURE_PROXY_SSL_HEADER
    return str(environ.get(header[0], "")) if header else str(environ["wsgi.url_scheme"])


def _known_part(query: str) -> str:
    """The parameters that pages know, in one order: what else an address carries makes no other page.

    Servers hand the bytes of an address over as Latin-1; some programs send a search in plain UTF-8, not as %EA%B5%AC.
    """
    text = query.encode("latin-1").decode(errors="replace")
    pairs = parse_qsl(text, keep_blank_values=True, errors="replace")
    return urlencode(sorted((pair for pair in pairs if pair[0] in PARAMETERS), key=lambda pair: pair[0]))
