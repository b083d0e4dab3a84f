"""Finds out of a request which edition an organiser works on."""

from typing import cast
from urllib.parse import parse_qs

from django.contrib.auth.models import User
from django.db.models import Model
from django.http import HttpRequest

from exhibitors.models import Booth, Edition, Exhibitor, Hall, Industry, Theme

MAX_PK = 2**63 - 1

EDITION_PATHS: dict[type[Model], str] = {
    Theme: "edition",
    Hall: "edition",
    Industry: "edition",
    Exhibitor: "edition",
    Booth: "hall__edition",
}
"""How each model that can be chosen leads to its edition."""


def pk_or_none(text: str | None) -> int | None:
    """Return the key that a request names; None where the text is no key that a database could hold."""
    if not text or not text.isascii() or not text.isdecimal() or len(text) > len(str(MAX_PK)):
        return None
    number = int(text)
    return number if 0 < number <= MAX_PK else None


def version_or_none(text: str | None) -> int | None:
    """Which version a form was opened with; 0 for a row without history, None where the form does not say."""
    return 0 if text == "0" else pk_or_none(text)


def organiser(request: HttpRequest) -> User:
    """Who is signed in: the desk lets nobody else in."""
    return cast(User, request.user)


def edition_named(request: HttpRequest) -> Edition | None:
    """The edition that a form sends, that the address names, or by which the list that led here was filtered."""
    pk = (
        pk_or_none(request.POST.get("edition"))
        or pk_or_none(request.GET.get("edition"))
        or pk_or_none(parse_qs(request.GET.get("_changelist_filters", "")).get("edition", [""])[0])
    )
    return Edition.objects.filter(pk=pk).first() if pk else None
