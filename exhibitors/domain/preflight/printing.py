"""Checks whether texts fit into the booth list on paper.

Nothing is cut off there: what is too long makes its row grow and pushes others to the next page.
"""

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.rows import Rows

LATIN = 0.55
"""Width of a Latin letter, a digit or a sign where a Hangul syllable is 1."""


@dataclass(frozen=True)
class Column:
    """A text on paper: where it stands, and how many Hangul syllables its column holds in the lines that are fine.

    From static/css/print.css: A4 less its margins is 186 mm, a column its share of that less 2.4 mm, and a syllable at
    9 pt is 2.9 mm wide. A tenth is left free, because lines end where words do.
    """

    field: str
    limit: int
    text: Any


NAME = 30  # 27 % of the paper, 16 syllables a line, two lines
MAIN_PRODUCTS = 64  # 30 % in the list by booth number, its narrowest, 18 a line, four lines
HALL_NAME = 14  # 14 % in the list by booth number, 8 a line, two lines

OF_EXHIBITORS = (
    Column("name_ko", NAME, _("The Korean name of %(exhibitor)s is too long: %(measure)s.")),
    Column("name_en", NAME, _("The English name of %(exhibitor)s is too long: %(measure)s.")),
    Column(
        "main_products_ko", MAIN_PRODUCTS, _("The main products of %(exhibitor)s in Korean are too long: %(measure)s.")
    ),
    Column(
        "main_products_en", MAIN_PRODUCTS, _("The main products of %(exhibitor)s in English are too long: %(measure)s.")
    ),
)
OF_HALLS = (
    Column("name_ko", HALL_NAME, _("The Korean name of the hall %(hall)s is too long: %(measure)s.")),
    Column("name_en", HALL_NAME, _("The English name of the hall %(hall)s is too long: %(measure)s.")),
)


def too_long(rows: Rows) -> Iterator[Finding]:
    for hall in rows.halls:
        yield from _too_long(hall, OF_HALLS, {"hall": hall})
    for exhibitor in rows.public:
        yield from _too_long(exhibitor, OF_EXHIBITORS, {"exhibitor": exhibitor})


def _too_long(row: Model, columns: tuple[Column, ...], values: dict[str, Any]) -> Iterator[Finding]:
    told = set()
    for column in columns:
        text = getattr(row, column.field)
        if len(text) > column.limit and text not in told and width(text) > column.limit:
            told.add(text)  # written alike in both languages, it is one thing to mend
            yield Finding(
                Check.TOO_LONG,
                (Repair(row, column.field),),
                key_of(row._meta.model_name, row.pk, column.field, text),
                column.text,
                {**values, "measure": Measure(text, column.limit)},
            )


def width(text: str) -> float:
    """In Hangul syllables."""
    return sum(1 if unicodedata.east_asian_width(char) in "WF" else LATIN for char in text)


@dataclass(frozen=True)
class Measure:
    """How long a text is and how long it may be: in syllables where it has Hangul or Hanzi, else in Latin letters."""

    of: str
    limit: int

    def __str__(self) -> str:
        length = width(self.of)
        if any(unicodedata.east_asian_width(char) in "WF" for char in self.of):
            text = _("as wide as %(length)d Korean letters, where the booth list on paper has room for %(limit)d")
            return str(text) % {"length": math.ceil(length), "limit": self.limit}
        text = _("%(length)d letters, where the booth list on paper has room for %(limit)d")
        return str(text) % {"length": len(self.of), "limit": int(self.limit / LATIN)}
