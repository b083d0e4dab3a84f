"""Template tags of what pages say about themselves: addresses, pictures, structured data; and how they are shared."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from exhibitors.domain import qr
from exhibitors.domain.addresses import OWN_PICTURE_SIZE, absolute, own_picture
from exhibitors.domain.changes import Place, PublicChange, place_text, sentence
from exhibitors.models.fields import LocalText
from exhibitors.models.picture import PictureFile

register = template.Library()

_LANGUAGE_PREFIX = re.compile(r"^/(ko|en)/")
LOCALES = {"ko": "ko_KR", "en": "en_GB"}


@register.simple_block_tag
def kept(content: str) -> SafeString:
    """What a block says, in one line, to be said in several places."""
    return mark_safe(" ".join(content.split()))


@dataclass(frozen=True)
class Addresses:
    """The whole address of a page, and that of the same page in each language."""

    canonical: str
    ko: str
    en: str

    @property
    def default(self) -> str:
        """For readers of neither language: English is what guests from abroad read."""
        return self.en


@register.simple_tag(takes_context=True)
def page_addresses(context: RequestContext) -> Addresses:
    """A filtered or sorted list is a part of the whole one, whose address stands for it; its further pages do not."""
    request: HttpRequest = context["request"]
    in_language = _LANGUAGE_PREFIX.match(request.path)
    if not in_language and request.path != "/":  # a page that holds both languages
        own = absolute(request, request.path)
        return Addresses(canonical=own, ko=own, en=own)
    tail = (request.path[in_language.end() :] if in_language else "") + _page_number(context)
    ko, en = (absolute(request, f"/{language}/{tail}") for language in ("ko", "en"))
    return Addresses(canonical=ko if get_language() == "ko" else en, ko=ko, en=en)


def _page_number(context: RequestContext) -> str:
    cards, criteria = context.get("cards"), context.get("criteria")
    is_plain = criteria is None or not (criteria.is_narrowed or context["panel"].hidden_sort)
    return f"?page={cards.pages.number}" if cards and cards.pages.number > 1 and is_plain else ""


@dataclass(frozen=True)
class SocialPicture:
    address: str
    width: int
    height: int
    alt: str


@register.simple_tag(takes_context=True)
def social_picture(context: RequestContext) -> SocialPicture:
    """The picture for a page that is passed on: the view's `page_picture`, else our own."""
    request: HttpRequest = context["request"]
    picture: PictureFile | None = context.get("page_picture")
    if picture:
        alt = str(context.get("page_picture_alt") or "")
        return SocialPicture(absolute(request, picture.url), picture.width, picture.height, alt)
    return SocialPicture(absolute(request, own_picture()), *OWN_PICTURE_SIZE, gettext("Booths of an expo, drawn"))


@register.simple_tag
def locale_of(language: str) -> str:
    return LOCALES[language]


@register.filter
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block, which browsers do not run; no text in it can end it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@dataclass(frozen=True)
class Share:
    """An address to be passed on, and that of its QR code as a picture; too long for a code: without."""

    address: str
    code: str


@register.simple_tag(takes_context=True)
def share(context: RequestContext, query_string: str = "") -> Share:
    """This page with the parameters that it knows, without those that came along by chance."""
    request: HttpRequest = context["request"]
    path = request.path + query_string
    address = absolute(request, path)
    code = f"{reverse('share_code')}?{urlencode({'of': path})}" if qr.is_short_enough(address) else ""
    return Share(address, code)


@register.simple_tag
def change_line(change: PublicChange) -> SafeString:
    """A change in a line, with the exhibitor's name as a link and each text in its language."""
    link = format_html('<a href="{}">{}</a>', change.exhibitor.get_absolute_url(), _in_language(change.name))
    line = format_html(
        sentence(change),
        name=link,
        old=_in_language(change.old_name) if change.old_name else "",
        left=_places(change.left),
        joined=_places(change.joined),
    )
    if not change.exhibitor.is_sample:
        return line
    return format_html('{} <span class="sample-mark">{}</span>', line, gettext("sample"))


def _places(places: Iterable[Place]) -> SafeString:
    return format_html_join(", ", '<span lang="{}">{}</span>', ((p.hall.language, place_text(p)) for p in places))


def _in_language(text: LocalText) -> SafeString:
    return format_html('<span lang="{}">{}</span>', text.language, text) if text.is_foreign else format_html("{}", text)
