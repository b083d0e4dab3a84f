"""Template tags of the public pages: bilingual texts, pictures, dates, addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from unicodedata import east_asian_width
from urllib.parse import quote, urlencode

import nh3
from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.utils.formats import date_format
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from exhibitors.domain import qr
from exhibitors.domain.booth_list import Listed
from exhibitors.models import Edition, Exhibitor
from exhibitors.models.fields import LocalText, foreign_language, other, pick
from exhibitors.models.picture import PictureFile
from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.highlight import Segment, highlight, shortened
from exhibitors.search.query import Query
from exhibitors.search.reasons import Reason, reasons

register = template.Library()

_markdown = MarkdownIt("commonmark", {"html": False})
_HEADING_TAGS = {
    "h1": "h3",
    "h2": "h3",
    "h3": "h4",
    "h4": "h4",
    "h5": "h4",
    "h6": "h4",
}  # the page has h1 and h2
_LANGUAGE_PREFIX = re.compile(r"^/(ko|en)/")


@register.filter(name="pick")
def pick_text(row: object, field: str) -> LocalText:
    """The text of a field in the page's language, else in the other one."""
    return pick(row, field)


@register.filter(name="other")
def other_text(row: object, field: str) -> LocalText:
    """The text of a field in the other language, where it exists and says something else."""
    return other(row, field)


@register.simple_tag
def local(row: object, field: str, query: Query | None = None) -> SafeString:
    """The text of a field, marked with its language where that is not the page's; what a query found in it, marked."""
    text = pick(row, field)
    if not query:
        return marked(text)
    found = highlighted(text.text, query)
    return format_html('<span lang="{}">{}</span>', text.language, found) if text.is_foreign else found


@register.filter
def highlighted(text: object, query: Query | None) -> SafeString:
    """A name, product or booth with the part marked that the query found."""
    return _segments(highlight(str(text), query)) if query else conditional_escape(str(text))


def _segments(segments: Iterable[Segment]) -> SafeString:
    pieces = (f"<mark>{escape(piece)}</mark>" if is_marked else escape(piece) for piece, is_marked in segments)
    return mark_safe("".join(pieces))


@dataclass(frozen=True)
class Why:
    """A line that says why an exhibitor was found; by a synonym, also of which word typed: 국수 = 건면."""

    label: str
    text: SafeString
    language: str
    synonym: str


@register.filter
def why(exhibitor: Exhibitor, query: Query | None) -> list[Why]:
    """Why a query found an exhibitor, where its name, booth and main products as shown don't tell."""
    if not query:
        return []
    shown = pick(exhibitor, "main_products").text
    return [
        Why(
            label=str(_WHY[reason.field]),
            text=_reason_text(reason, query),
            language=foreign_language(reason.value),
            synonym=_equation(reason, query),
        )
        for reason in reasons(query, exhibitor.searched)  # type: ignore[attr-defined]
        if reason.synonym or not (reason.field == "name" or (reason.field == "product" and reason.value in shown))
    ]


_WHY = {
    "name": _("Name"),
    "booth": _("Booth"),
    "product": _("Product"),
    "industry": _("Industry"),
    "hall": _("Hall"),
    "description": _("Text"),
}


def _equation(reason: Reason, query: Query) -> str:
    """The word of the query, or all of it, and the synonym by which it was found."""
    typed = next((word.text for word in query.words if reason.synonym in word.synonyms), query.text)
    return f"{typed} = {reason.synonym}" if reason.synonym else ""


def _reason_text(reason: Reason, query: Query) -> SafeString:
    if reason.field != "description":
        return highlighted(reason.value, query)
    return _segments(shortened(highlight(reason.value, query, running=True)))


@register.filter
def marked(text: LocalText | str) -> SafeString:
    """A text, marked with its language where that is not the page's."""
    if not isinstance(text, LocalText):
        return conditional_escape(text)
    shown = escape(text.text)
    return format_html('<span lang="{}">{}</span>', text.language, shown) if text.is_foreign else shown


@register.filter
def markdown(text: LocalText) -> SafeString:
    """An organiser's Markdown as safe HTML: no raw HTML, no scripts, links without a referrer."""
    tokens = _markdown.parse(text.text)
    for token in tokens:
        token.tag = _HEADING_TAGS.get(token.tag, token.tag)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    html = nh3.clean(html, tags=_MARKDOWN_TAGS, link_rel="noopener noreferrer")
    return mark_safe(html)


_MARKDOWN_TAGS = {"p", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br", "code"}


@register.inclusion_tag("exhibitors/partials/_picture.html")
def picture(file: PictureFile, alt: LocalText, sizes: str, *, is_first: bool = False) -> dict[str, object]:
    """A stored picture in all its widths; `sizes` is the CSS width at which it is shown."""
    variants = file.variants()
    return {
        "source": variants[0][0],
        "source_set": ", ".join(f"{address} {width}w" for address, width in variants),
        "sizes": sizes,
        "width": file.width,
        "height": file.height,
        "alt": alt,
        "is_first": is_first,
    }


@register.inclusion_tag("exhibitors/print/_qr.html")
def page_code(exhibitor: Exhibitor | Listed, folder: str) -> dict[str, object]:
    """The QR code of an exhibitor's page below the address of the list, with the page's address as text."""
    page = f"{exhibitor.slug}/"
    return {"folder": folder, "page": page, "code": mark_safe(qr.drawing(folder + page)), "name": exhibitor.name}


@register.filter
def opening(text: str, length: int) -> str:
    """The beginning of a text as one line, cut between words where a blank is near, else anywhere."""
    line = " ".join(str(text).split())
    if len(line) <= length:
        return line
    cut = line[:length]
    head, _blank, rest = cut.rpartition(" ")
    return f"{(head if head and len(rest) < NEAR else cut).rstrip(' ,.;:·')}…"


NEAR = 20  # characters


@register.filter
def length_step(text: object) -> str:
    """How much room a line of large letters needs: Korean letters are twice as wide as Latin ones."""
    width = sum(2 if east_asian_width(letter) in "WF" else 1 for letter in str(text))
    return next((name for name, most in _LENGTH_STEPS.items() if width <= most), "longest")


_LENGTH_STEPS = {"short": 5, "medium": 10, "long": 18, "longer": 40, "very-long": 90}


@register.filter
def drawn_initial(exhibitor: Exhibitor) -> str:
    """The letter drawn where an exhibitor has no logo: the first of its name without the company form."""
    return (strip_company_form(exhibitor.name.text).strip() or exhibitor.name.text)[:1].upper()


@register.simple_tag(takes_context=True)
def in_language(context: RequestContext, language: str) -> str:
    """The address of this very page, with its filters, in another language."""
    request: HttpRequest = context["request"]
    path = request.get_full_path()
    return _LANGUAGE_PREFIX.sub(f"/{language}/", path) if _LANGUAGE_PREFIX.match(path) else f"/{language}/"


@register.simple_tag
def days_of(edition: Edition) -> str:
    """The days of an edition as one writes them: 2024년 10월 22일(화)~25일(금), 22–25 October 2024."""
    first, last = edition.starts_on, edition.ends_on
    if first is None:
        return gettext("Dates to follow")
    return _korean_days(first, last) if get_language() == "ko" else _english_days(first, last)


def _korean_days(first: date, last: date | None) -> str:
    start = f"{date_format(first, 'Y년 n월 j일')}({_WEEKDAYS[first.weekday()]})"
    if last is None or last == first:
        return start
    same_year, same_month = last.year == first.year, last.month == first.month
    pattern = "j일" if same_year and same_month else "n월 j일" if same_year else "Y년 n월 j일"
    return f"{start} ~ {date_format(last, pattern)}({_WEEKDAYS[last.weekday()]})"


_WEEKDAYS = "월화수목금토일"


def _english_days(first: date, last: date | None) -> str:
    if last is None or last == first:
        return date_format(first, "j F Y")
    if (last.year, last.month) == (first.year, first.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    return f"{date_format(first, 'j F' if last.year == first.year else 'j F Y')} – {date_format(last, 'j F Y')}"


@register.simple_tag(takes_context=True)
def report_address(context: RequestContext, edition: Edition, about: str) -> str:
    """A mail address with subject and page filled in, by which a reader reports an error in the listing."""
    request: HttpRequest = context["request"]
    subject = gettext("Correction: %(about)s (%(edition)s)") % {
        "about": about,
        "edition": pick(edition, "name"),
    }
    fields = urlencode({"subject": subject, "body": request.build_absolute_uri() + "\n\n"}, quote_via=quote)
    return f"mailto:{edition.contact_email}?{fields}"
