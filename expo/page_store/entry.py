"""A kept answer in the forms in which it is sent: compressed once, with its ETag, and as an old one when need be."""

import gzip
import hashlib
import re
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, override

Headers = list[tuple[str, str]]

OWN = {"content-length", "etag", "vary", "x-request-id", "date", "age"}  # written anew, or of one request alone
WITH_304 = {"cache-control", "vary", "access-control-allow-origin", "access-control-expose-headers", "age"}
"""What a reader's kept page is brought up to date with, RFC 9110 section 15.4.5; all else it has with the page."""
COMPRESSED = re.compile(r"text/|application/(?:json|xml|.*\+xml|.*\+json)")
WORTH_COMPRESSING = 500  # bytes


@dataclass(frozen=True)
class Entry:
    """One page of one version of the data."""

    version: Hashable
    made_at: datetime
    until: datetime | None
    headers: Headers
    """Without length, encoding and ETag."""
    etag: str
    packed: bytes
    """The body, compressed by gzip where `is_packed`."""
    is_packed: bool
    length: int
    """Of the body in bytes, uncompressed."""
    view: str = ""
    """Who made it, for the log and the metrics."""

    @property
    def size(self) -> int:
        """About the bytes that it takes in memory."""
        return len(self.packed) + sum(len(name) + len(value) for name, value in self.headers) + 1000

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.packed) if self.is_packed else self.packed

    def serves(self, version: Hashable) -> bool:
        return self.version == version and (self.until is None or now() < self.until)

    def answer(self, *, takes_gzip: bool) -> tuple[Headers, bytes]:
        if self.is_packed and takes_gzip:
            return self._packed_headers, self.packed
        return [*self.headers, ("ETag", self.etag), ("Content-Length", str(self.length))], self.body

    @cached_property
    def _packed_headers(self) -> Headers:
        encoding = [("Content-Encoding", "gzip"), ("Content-Length", str(len(self.packed)))]
        return [*self.headers, ("ETag", self.etag), *encoding]

    @cached_property
    def unchanged(self) -> Headers:
        """What goes with 304."""
        kept = [(name, value) for name, value in self.headers if name.lower() in WITH_304]
        return [*kept, ("ETag", self.etag)]

    def is_known(self, if_none_match: str) -> bool:
        """Whether the reader has this very page; servers in front may have marked its ETag as weak or strong."""
        known = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
        return self.etag.removeprefix("W/") in known or "*" in known

    def as_old(self, language: str, now: datetime) -> "Entry":
        """The page as it is shown while nothing newer can be read: it says of when it is."""
        kept = [(name, value) for name, value in self.headers if name.lower() != "cache-control"]
        age = int((now - self.made_at).total_seconds())
        body = self.body.replace(b'<main class="main', _notice(language, self.made_at) + b'<main class="main', 1)
        old = make(self.version, Answer([*kept, ("Cache-Control", "no-store")], body), self.made_at, None)
        return replace(old, view=self.view, headers=[*old.headers, ("Age", str(max(age, 0)))])


@dataclass(frozen=True)
class Answer:
    """What the application said, with status 200."""

    headers: Headers
    body: bytes


def make(version: Hashable, answer: Answer, made_at: datetime, until: datetime | None) -> Entry:
    named = {name.lower(): value for name, value in answer.headers}
    is_packed = (
        len(answer.body) > WORTH_COMPRESSING
        and bool(COMPRESSED.match(named.get("content-type", "")))
        and "content-encoding" not in named
    )
    etag = named.get("etag") or f'"{hashlib.blake2b(answer.body, digest_size=16).hexdigest()}"'
    headers = [(name, value) for name, value in answer.headers if name.lower() not in OWN]
    if vary := _vary(named.get("vary", ""), is_packed=is_packed):
        headers.append(("Vary", vary))
    if "cache-control" not in named:
        headers.append(("Cache-Control", "no-cache"))  # ask each time; what did not change is not sent again
    return Entry(
        version=version,
        made_at=made_at,
        until=until,
        headers=headers,
        etag=f"W/{etag.removeprefix('W/')}" if is_packed else etag,  # the same page, in other bytes
        packed=gzip.compress(answer.body, 6, mtime=0) if is_packed else answer.body,
        is_packed=is_packed,
        length=len(answer.body),
    )


def now() -> datetime:
    return datetime.now(UTC)


def _vary(said: str, *, is_packed: bool) -> str:
    names: Iterable[str] = (name.strip() for name in f"{said}, {'Accept-Encoding' if is_packed else ''}".split(","))
    return ", ".join(dict.fromkeys(name for name in names if name))


def _notice(language: str, made_at: datetime) -> bytes:
    with override(language):
        moment = date_format(timezone.localtime(made_at), "Y-m-d H:i")
        text = gettext("Nothing new can be read at the moment. This page is as of %(moment)s.") % {"moment": moment}
        return format_html('<p class="banner" role="status">{}</p>', text).encode()
