"""A door of the site, and what is asked there by readers and organisers while something is broken behind it."""

import asyncio
import re
import ssl
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

from bench._production import HOST

PATIENCE = 30.0  # seconds for one answer
CSRF = "a" * 32

PAGES = (
    "/ko/2024/",
    "/ko/2024/exhibitors/",
    "/ko/2024/exhibitors/?hall=export",
    "/ko/2024/exhibitors/?q=%EC%A0%84%EA%B8%B0",
    "/ko/2024/halls/innovation/",
    "/en/2024/exhibitors/",
    "/api/v1/editions/2024/exhibitors/",
)


@dataclass(frozen=True)
class Door:
    """Behind nginx a request comes over TLS; straight at gunicorn it says what nginx would say."""

    port: int
    is_nginx: bool = False


@dataclass(frozen=True)
class Answer:
    """Status 0 is none at all."""

    status: int
    text: str = ""


async def ask(door: Door, path: str, *, fields: Mapping[str, str] | None = None, session: str = "") -> Answer:
    """GET, or POST with fields, over a connection of its own."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await _exchange(door, _request(path, fields, session))
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        return Answer(0)


def _request(path: str, fields: Mapping[str, str] | None, session: str) -> bytes:
    lines = {"Host": HOST, "X-Forwarded-Proto": "https"}
    body = b""
    if session:
        lines["Cookie"] = f"sessionid={session}; csrftoken={CSRF}"
    if fields is not None:
        body = urlencode(fields).encode()
        lines |= {"Origin": f"https://{HOST}", "Content-Type": "application/x-www-form-urlencoded"}
        lines["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"{'GET' if fields is None else 'POST'} {path} HTTP/1.0\r\n{head}\r\n".encode() + body


async def _exchange(door: Door, request: bytes) -> Answer:
    reader, writer = await connect(door)
    try:
        writer.write(request)
        await writer.drain()
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not head:
        return Answer(0)
    length = re.search(rb"(?i)\r\ncontent-length: (\d+)", head)
    if length and int(length[1]) != len(body):
        return Answer(0)  # broken off
    return Answer(int(head.split()[1]), body.decode())


async def connect(door: Door) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if not door.is_nginx:
        return await asyncio.open_connection("127.0.0.1", door.port)
    return await asyncio.open_connection("127.0.0.1", door.port, ssl=_CONTEXT, server_hostname=HOST)


_CONTEXT = ssl.create_default_context()
_CONTEXT.check_hostname = False
_CONTEXT.verify_mode = ssl.CERT_NONE  # the certificate was made a moment ago

# Readers

NOTICE = re.compile(r'<p class="banner" role="status">[^<]*</p>(?=<main)')
NUMBER = re.compile(r"(\S+) 개정(\d+)")
"""What organisers write into the name of a hall, and readers find there."""


@dataclass(frozen=True)
class Seen:
    began: float
    ended: float
    status: int
    has_notice: bool
    is_wrong: bool
    """Whole and without an error, but neither the page nor the page with the notice; or old without saying so."""


@dataclass
class Readers:
    """Ask for the pages in turn, and compare them with what they were at first, but for the numbers of halls."""

    door: Door
    first: dict[str, str] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)
    saved: dict[str, list[tuple[float, int]]] = field(default_factory=dict)
    """By hall when each number was known to be saved."""

    async def look_first(self) -> None:
        for path in PAGES:
            for _ in range(40):  # each process once, whatever it still has to read
                answer = await ask(self.door, path)
            if answer.status != 200:
                sys.exit(f"{path} is not to be had: {answer.status}")
            self.first[path] = NUMBER.sub(r"\1", answer.text)

    async def read(self, ended: asyncio.Event, pause: float) -> None:
        number = len(self.seen)
        while not ended.is_set():
            number += 1
            path = PAGES[number % len(PAGES)]
            began = time.monotonic()
            answer = await ask(self.door, path)
            self.seen.append(self._judge(path, answer, began))
            await asyncio.sleep(pause)

    def _judge(self, path: str, answer: Answer, began: float) -> Seen:
        text = NOTICE.sub("", answer.text)
        has_notice = text != answer.text
        is_wrong = answer.status == 200 and NUMBER.sub(r"\1", text) != self.first[path]
        if answer.status == 200 and not has_notice:
            is_wrong = is_wrong or self._is_behind(text, began)
        return Seen(began, time.monotonic(), answer.status, has_notice, is_wrong)

    def _is_behind(self, text: str, began: float) -> bool:
        """Whether something is missing that was saved a second before the page was asked for."""
        return any(
            int(number) < max((known for at, known in self.saved.get(hall, ()) if at < began - 1), default=0)
            for hall, number in NUMBER.findall(text)
        )


# Organisers


@dataclass
class Organiser:
    """Saves a hall again and again; what was not saved is sent once more, by the page that says so."""

    door: Door
    session: str
    address: str
    number: int
    readers: Readers
    saved: list[int] = field(default_factory=list)
    refused: int = 0
    """Answers 503."""
    unanswered: int = 0
    again: int = 0
    """Numbers that took more than one sending."""
    twice: int = 0
    """Of these how often the first sending had been saved, as the form then told."""
    strange: list[int] = field(default_factory=list)
    """Any other status."""

    async def work(self, ended: asyncio.Event) -> None:
        while not ended.is_set():
            opened = await ask(self.door, self.address, session=self.session)
            await asyncio.sleep(1)  # typing
            if opened.status == 200:
                await self.save(opened.text)

    async def save(self, page: str) -> None:
        fields = fields_of(page)
        hall = NUMBER.sub(r"\1", fields["name_ko"])
        self.number += 1
        fields |= {"name_ko": f"{hall} 개정{self.number}", "_save": "Save"}
        first = True
        while not await self._is_saved(fields):
            self.again += first
            first = False
            await asyncio.sleep(0.5)
        self.saved.append(self.number)
        self.readers.saved.setdefault(hall.split()[-1], []).append((time.monotonic(), self.number))

    async def _is_saved(self, fields: dict[str, str]) -> bool:
        answer = await ask(self.door, self.address, fields=fields, session=self.session)
        if answer.status == 302:
            return True
        if answer.status == 503:
            self.refused += 1
            if fields_of(answer.text) != fields:
                sys.exit("The page that says 503 has lost what was typed.")
        elif answer.status == 0:
            self.unanswered += 1
        elif answer.status == 200:
            opened = await ask(self.door, self.address, session=self.session)
            self.twice += 1
            return opened.status == 200 and fields_of(opened.text)["name_ko"] == fields["name_ko"]
        else:
            self.strange.append(answer.status)
        return False


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's largest form, the buttons apart: signing out is one, too."""
    parser = _Forms()
    parser.feed(page)
    return max(parser.forms, key=len, default={})


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self._name = ""
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append({})
        elif self.forms:
            self._take(tag, told)

    def _take(self, tag: str, told: dict[str, str]) -> None:
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in {"submit", "file", "checkbox", "radio"}:
            self.forms[-1][name] = told.get("value", "")
        elif tag == "select":
            self._name = name
        elif tag == "option" and "selected" in told:
            self.forms[-1][self._name] = told.get("value", "")
        elif tag == "textarea":
            self._name, self._text = name, []

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self.forms[-1][self._name] = "".join(self._text).removeprefix("\n")
            self._text = None
