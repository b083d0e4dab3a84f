"""What a list on paper shows of its rows, read once in the page's language.

A template that picks, escapes and joins each text by itself takes three times as long for the 800 rows of a hall.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from exhibitors.domain import booth_list, print_sheets
from exhibitors.domain.booth_list import Order
from exhibitors.models.fields import LocalText, other, pick
from exhibitors.templatetags.expo import marked

register = template.Library()


@dataclass(frozen=True)
class Columns:
    """Which columns a booth list has in an order, besides names and products."""

    booth: bool
    hall: bool
    places: bool
    industry: bool

    @property
    def total(self) -> int:
        return 2 + sum((self.booth, self.hall, self.places, self.industry))


@register.filter
def columns(order: str) -> Columns:
    return Columns(
        booth=order in {Order.HALL, Order.BOOTH},
        hall=order == Order.BOOTH,
        places=order in {Order.NAME, Order.INDUSTRY},
        industry=order != Order.INDUSTRY,
    )


@register.simple_tag
def table_rows(rows: Iterable[booth_list.Row | print_sheets.Row], columns: Columns) -> SafeString:
    """The rows of a booth list's table, drawn here: a template takes three times as long for each of the thousands."""
    facility = f"[{escape(gettext('Facility'))}]"
    return mark_safe("".join(_table_row(row, columns, facility) for row in shown(rows)))


def _table_row(row: "Shown", columns: Columns, facility: str) -> str:
    cells = []
    if columns.booth:
        cells.append(f'<td role="cell" class="cell cell--booth">{row.numbers or _NONE}</td>')
    if columns.hall:
        cells.append(f'<td role="cell" class="cell cell--hall">{row.halls or _NONE}</td>')
    language, second = _second(row.row.subject, row.names.language)
    other = f' <span class="cell__second" lang="{language}">{escape(second)}</span>' if second else ""
    mark = "*" if row.is_sample else ""
    cells.append(f'<td role="cell" class="cell cell--name"><strong>{row.name}</strong>{mark}{other}</td>')
    if columns.places:
        stands = (
            f'<span class="cell__place">{stand.hall} <strong>{stand.numbers}</strong></span>' for stand in row.stands
        )
        cells.append(f'<td role="cell" class="cell cell--places">{"".join(stands) or _NONE}</td>')
    if columns.industry:
        lines = facility if row.is_facility else row.industries or _NONE
        cells.append(f'<td role="cell" class="cell cell--industry">{lines}</td>')
    products = "" if row.is_facility else row.products
    cells.append(f'<td role="cell" class="cell cell--products">{products}</td>')
    kind = ' class="booth-table__facility"' if row.is_facility else ""
    return f'<tr role="row"{kind}>\n  {"".join(cells)}\n</tr>'


_NONE = '<span class="cell__none">–</span>'


@register.filter
def shown(rows: Iterable[booth_list.Row | print_sheets.Row]) -> Iterator["Shown"]:
    """The rows of a list, frozen or not, as they are shown."""
    names = Names("en" if (get_language() or "ko").startswith("en") else "ko")
    return (Shown(row, names) for row in rows)


class Names:
    """Names of halls and industries in a language, each made once however many rows show it.

    The rows that have the halls and industries must outlive this.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._made: dict[tuple[int, ...], SafeString] = {}

    def joined(self, *parts: Any) -> SafeString:
        key = tuple(map(id, parts))
        if key not in self._made:
            self._made[key] = mark_safe(", ".join(marked(pick(part, "name", self.language)) for part in parts))
        return self._made[key]


@dataclass(frozen=True, slots=True)
class Stand:
    """The booths of a row in one hall."""

    hall: SafeString
    labels: tuple[str, ...]

    @property
    def numbers(self) -> SafeString:
        return _numbers(self.labels)


@dataclass(frozen=True, slots=True)
class Shown:
    """A row with its texts, marked with their language where that is not the page's."""

    row: Any
    names: Names

    @property
    def name(self) -> SafeString:
        return mark_safe(_text(self.row.subject, "name", self.names.language))

    @property
    def second(self) -> LocalText:
        """The name in the other language, where that says something else."""
        return other(self.row.subject, "name", self.names.language)

    @property
    def is_facility(self) -> bool:
        return self.row.facility is not None

    @property
    def is_sample(self) -> bool:
        return self.row.exhibitor is not None and self.row.exhibitor.is_sample

    @property
    def numbers(self) -> SafeString:
        return _numbers(booth.label for booth in self.row.booths)

    @property
    def halls(self) -> SafeString:
        return mark_safe("".join(self.names.joined(booth.hall) for booth in self.row.booths))

    @property
    def stands(self) -> list[Stand]:
        groups = groupby(self.row.booths, key=lambda booth: booth.hall)
        return [Stand(self.names.joined(hall), tuple(booth.label for booth in booths)) for hall, booths in groups]

    @property
    def has_industries(self) -> bool:
        return bool(self.row.exhibitor.industries)

    @property
    def industries(self) -> SafeString:
        return self.names.joined(*self.row.exhibitor.industries)

    @property
    def products(self) -> SafeString:
        return mark_safe(_text(self.row.exhibitor, "main_products", self.names.language))

    @property
    def introduction(self) -> LocalText:
        return pick(self.row.exhibitor, "introduction", self.names.language)


def _text(row: Any, field: str, language: str) -> str:
    """The text of a field as `marked` shows it, for the thousands of a list, in a third of its time."""
    if text := getattr(row, f"{field}_{language}"):
        return escape(text)
    other_language = "en" if language == "ko" else "ko"
    text = getattr(row, f"{field}_{other_language}")
    return f'<span lang="{other_language}">{escape(text)}</span>' if text else ""


def _second(row: Any, language: str) -> tuple[str, str]:
    """The name in the other language with that language, as `other` says it; empty where it says nothing else."""
    name_ko, name_en = row.name_ko, row.name_en
    shows_korean = bool(name_ko) if language == "ko" else not name_en
    text = "" if name_ko == name_en else name_en if shows_korean else name_ko
    return ("en" if shows_korean else "ko"), text


def _numbers(labels: Iterable[str]) -> SafeString:
    """Numbers of booths, each of which keeps the comma behind it, wherever a line ends."""
    texts = list(labels)
    texts[:-1] = [f"{text}," for text in texts[:-1]]
    return mark_safe(" ".join(f'<span class="cell__number">{escape(text)}</span>' for text in texts))
