"""Requests: addresses out of the resolver with odd values, parameters, headers, bodies, encodings and methods."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote, quote_from_bytes, unquote_to_bytes, urlencode

from django.urls import clear_script_prefix

from tests.addresses import TAKEN, routes
from tests.fuzzing.values import ACTIONS, FIELDS, NAMES, odd

METHODS = ("GET",) * 24 + ("POST",) * 14 + ("HEAD", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW", "get")
TOKEN = "t" * 32  # one that every form accepts which comes with it as a cookie, too

HEADERS: dict[str, Sequence[str]] = {
    "HTTP_HOST": ("localhost", "localhost:99999", "elsewhere.example", "", "[::1]:80", "localhost\x00", "a" * 300),
    "HTTP_ACCEPT_LANGUAGE": ("en", "ko;q=0.1,en;q=9", "*", "xx-" * 60, ";;;", "en" + ",en" * 200),
    "HTTP_ACCEPT_ENCODING": ("gzip", "gzip;q=0", "br", "gzip;q=" + "9" * 50, "*"),
    "HTTP_ACCEPT": ("application/json", "*/*;q=x", "text/html;level=" + "1" * 300),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"', ",", '"' * 300),
    "HTTP_IF_MODIFIED_SINCE": ("Tue, 22 Oct 2024 00:00:00 GMT", "x", "Thu, 01 Jan 1970 00:00:00 GMT", "0"),
    "HTTP_RANGE": ("bytes=0-1", "bytes=-1", "bytes=5-1", "bytes=" + "0-1," * 200, "x", "bytes=0-99999999999999999999"),
    "HTTP_X_FORWARDED_FOR": ("203.0.113.9", "x", ",", "::1", "1.2.3.4, " * 100),
    "HTTP_X_FORWARDED_PROTO": ("https", "x", ""),
    "HTTP_X_FORWARDED_HOST": ("elsewhere.example",),
    "HTTP_REFERER": ("http://localhost/", "http://[", "x" * 3000, "\xff"),
    "HTTP_ORIGIN": ("null", "http://localhost", "http://[", "https://elsewhere.example"),
    "HTTP_COOKIE": (
        "=",
        ";",
        "sessionid",
        "sessionid=;sessionid=x",
        "django_language=../../x",
        'a="',
        "\xff=\xff",
        "messages=x",
    ),
    "HTTP_AUTHORIZATION": ("Basic x", "Bearer"),
    "HTTP_X_REQUEST_ID": ("x" * 3000, "\xff"),
    "HTTP_USER_AGENT": ("\xff", "<script>", ""),
    "HTTP_X_CSRFTOKEN": ("x", "\xff", "t" * 64),
    "REMOTE_ADDR": ("", "x", "::ffff:1.2.3.4", "fe80::1%eth0"),
    "SCRIPT_NAME": ("/below",),
}

CONTENT_TYPES = (
    *("application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16", "application/json", ""),
    *(
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "b" * 300,
        "\xff",
        ";",
    ),
    *("multipart/form-data; boundary=b; charset=hex", "text/plain; charset=x", "application/xml"),
)


@dataclass(frozen=True)
class Asked:
    """A request as a server hands it over: text of the header is Latin-1."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    def __str__(self) -> str:
        return f"{self.method} {self.path[:200]!r} ? {self.query[:300]!r} {dict(self.headers)} {self.body[:300]!r}"


Pairs = list[tuple[str, str]]


class Requests:
    """Makes requests out of real addresses and, for some, the cookie of somebody who is signed in.

    `forms` are those that the desk shows, by address, with what is filled in: they are sent back with a few changes.
    """

    def __init__(
        self, random: Random, addresses: Mapping[str, str], sessions: Sequence[str], forms: Mapping[str, Pairs]
    ) -> None:
        self.random = random
        self.desk = [address for name, address in addresses.items() if name.startswith("admin:")]
        self.public = [address for name, address in addresses.items() if not name.startswith("admin:")]
        self.routes = [route for _name, route in routes()]
        self.sessions = sessions
        self.forms = forms
        self._sent = b""

    def make(self) -> Asked:
        random = self.random
        method = random.choice(METHODS)
        headers = {name: random.choice(HEADERS[name]) for name in HEADERS if random.random() < 0.03}
        if method == "POST" and random.random() < 0.5:
            path = random.choice(list(self.forms))
            headers |= self._filled_in(self.forms[path])
            return Asked(method, path, self._query(), self._signed_in(often=True) | headers, self._sent)
        body, content_type = self._body() if method in {"POST", "PUT", "PATCH"} else (b"", "")
        path, sizes = self._path(), self._sizes(body, content_type)
        return Asked(method, path, self._query(), self._signed_in() | sizes | headers, body)

    def _path(self) -> str:
        random = self.random
        dice = random.random()
        if dice < 0.6:
            path = random.choice(self.public if random.random() < 0.5 else self.desk)
        elif dice < 0.9:
            path = "/" + TAKEN.sub(lambda _taken: odd(random), random.choice(self.routes))
        else:
            path = "/" + "/".join(odd(random) for _ in range(random.randrange(1, 5)))
        path = path.replace("/ko/", "/en/", 1) if random.random() < 0.3 else path
        if random.random() < 0.1:
            at = random.randrange(len(path) + 1)
            path = path[:at] + random.choice(("/", "//", "%2f", "%00", "..", "\xff", ";x", " ", "%")) + path[at:]
        if random.random() < 0.05:
            path = path.rstrip("/")
        return _as_bytes(path)

    def _filled_in(self, form: Pairs) -> dict[str, str]:
        """Keep the form's body, a few of its fields changed, left out, doubled or added; return its headers."""
        random = self.random
        pairs = list(form)
        for _ in range(random.choice((1, 1, 2, 4))):
            at = random.randrange(len(pairs) + 1)
            known = pairs[at : at + 1] or [self._pair()]
            changed = random.choice(([(known[0][0], odd(random))], [], known * 2, [*known, self._pair()]))
            pairs[at : at + 1] = changed
        if random.random() < 0.5:
            self._sent = urlencode(pairs).encode()
            return {"CONTENT_TYPE": CONTENT_TYPES[0], "CONTENT_LENGTH": str(len(self._sent))}
        self._sent = multipart(pairs, random)
        return {"CONTENT_TYPE": "multipart/form-data; boundary=b", "CONTENT_LENGTH": str(len(self._sent))}

    def _query(self) -> str:
        random = self.random
        if random.random() < 0.3:
            return ""
        pairs = [(random.choice(NAMES), odd(random)) for _ in range(random.choice((1, 1, 2, 3, 5)))]
        dice = random.random()
        if dice < 0.75:
            return urlencode(pairs)
        if dice < 0.9:
            return _as_bytes("&".join(f"{name}={value}" for name, value in pairs).replace(" ", "+"))
        return quote_from_bytes(random.randbytes(random.randrange(60)), safe="&=;%+").replace("%26", "&")

    def _signed_in(self, *, often: bool = False) -> dict[str, str]:
        random = self.random
        if random.random() < (0.05 if often else 0.35):
            return {}
        cookies = f"sessionid={random.choice(self.sessions)}; csrftoken={TOKEN}"
        return {"HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": TOKEN}

    def _sizes(self, body: bytes, content_type: str) -> dict[str, str]:
        length = len(body) if self.random.random() < 0.95 else self.random.choice((0, 1, len(body) + 50, -1))
        return {"CONTENT_LENGTH": str(length), "CONTENT_TYPE": content_type} if content_type or body else {}

    def _body(self) -> tuple[bytes, str]:
        random = self.random
        pairs = [self._pair() for _ in range(random.choice((0, 1, 3, 8, 20)))]
        dice = random.random()
        if dice < 0.65:
            return urlencode(pairs).encode(), CONTENT_TYPES[0]
        if dice < 0.9:
            return multipart(pairs, random), "multipart/form-data; boundary=b"
        return random.randbytes(random.randrange(300)), random.choice(CONTENT_TYPES)

    def _pair(self) -> tuple[str, str]:
        random = self.random
        name = random.choice(FIELDS)
        return name, random.choice(ACTIONS) if name == "action" else odd(random)


def forms_of(client: Any, addresses: Sequence[str]) -> dict[str, Pairs]:
    """The fields of the forms on these pages, with what is filled in: of a choice what is chosen, or comes first."""
    forms = {}
    for address in addresses:
        response = client.get(address)
        page = response.content.decode() if response.status_code == 200 and not response.streaming else ""
        found = [(match[1] or match[2] or match[3], _value(match[0])) for match in _FIELD.finditer(page)]
        if pairs := [(name, value) for name, value in found if name not in {"csrfmiddlewaretoken", "language"}]:
            forms[address] = pairs
    return forms


_FIELD = re.compile(
    r'<input\b[^>]*?\bname="([^"]*)"[^>]*>|<select\b[^>]*?\bname="([^"]*)".*?</select>|'
    r'<textarea\b[^>]*?\bname="([^"]*)".*?</textarea>',
    re.DOTALL,
)
_CHOSEN = re.compile(
    r'<option value="([^"]*)" selected|<option value="([^"]+)"|\bvalue="([^"]*)"|<textarea[^>]*>\s*(.*?)</'
)


def _value(field: str) -> str:
    chosen = _CHOSEN.search(field)
    return unescape(next((part for part in chosen.groups() if part), "")) if chosen else ""


def multipart(pairs: Sequence[tuple[str, str]], random: Random) -> bytes:
    """A form with files; some of its parts are broken."""
    parts = []
    for name, value in pairs:
        is_file = name in {"file", "logo"} or random.random() < 0.1
        file_name = f'; filename="{odd(random)}"' if is_file else ""
        kind = f"\r\nContent-Type: {random.choice(CONTENT_TYPES)}" if random.random() < 0.2 else ""
        coded = "\r\nContent-Transfer-Encoding: base64" if random.random() < 0.05 else ""
        head = f'Content-Disposition: form-data; name="{name}"{file_name}{kind}{coded}'
        parts.append(f"--b\r\n{head}\r\n\r\n{value}\r\n")
    end = "--b--\r\n" if random.random() < 0.9 else ""
    return ("".join(parts) + end).encode(errors="replace")


def _as_bytes(text: str) -> str:
    """As servers hand over an address: percent signs undone where they stand for bytes, the bytes as Latin-1."""
    return unquote_to_bytes(quote(text, safe="/%;&=+?#:@!$'()*,[]~")).decode("latin-1")


def send(application: Any, asked: Asked) -> int:
    """Ask, read the whole answer, and return its status."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": asked.method,
        "PATH_INFO": asked.path,
        "QUERY_STRING": asked.query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "203.0.113.7",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(asked.body),
        "wsgi.errors": BytesIO(),
        **asked.headers,
    }
    answer = application(environ, lambda status, _headers, _error=None: said.append(status))
    try:
        for _piece in answer:
            pass
    finally:
        if hasattr(answer, "close"):
            answer.close()
        clear_script_prefix()  # which Django sets for the thread, and nothing else takes back
    return int(said[0].split()[0])
