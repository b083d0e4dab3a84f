"""Keeps the stored columns of exhibitors true to what they are computed from."""

from collections.abc import Iterable
from typing import cast

from django.db.models import CharField

from exhibitors.models import Exhibitor
from exhibitors.search import normalise

COLUMNS = ["name_key", "sort_key", "sort_key_en", "initial", "initial_en"]


def fill(exhibitor: Exhibitor) -> bool:
    """Set the stored columns from the names and tell whether any of them changed. Does not save."""
    before = [getattr(exhibitor, column) for column in COLUMNS]
    shown, shown_en = exhibitor.name_ko or exhibitor.name_en, exhibitor.name_en or exhibitor.name_ko
    exhibitor.name_key = _fitting("name_key", normalise.name_key(shown))
    exhibitor.sort_key = _fitting("sort_key", normalise.sort_key(shown))
    exhibitor.sort_key_en = _fitting("sort_key_en", normalise.sort_key(shown_en))
    exhibitor.initial = normalise.initial(shown)
    exhibitor.initial_en = normalise.initial(shown_en)
    return before != [getattr(exhibitor, column) for column in COLUMNS]


def _fitting(column: str, text: str) -> str:
    """One sign can become many letters (㎏, ﷺ), and PostgreSQL refuses what is longer than its column."""
    field = cast(CharField, Exhibitor._meta.get_field(column))
    return text[: field.max_length]


def refresh(exhibitors: Iterable[Exhibitor]) -> int:
    """Recompute and save the stored columns where they are stale; return how many rows were. One query per 500."""
    stale = [exhibitor for exhibitor in exhibitors if fill(exhibitor)]
    Exhibitor.objects.bulk_update(stale, COLUMNS, batch_size=500)
    return len(stale)
