"""What is no longer as a frozen booth list says. Pure: knows rows, not the database."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import cast

from django.utils.translation import get_language

from exhibitors.domain.print_sheets import Named, Row, Subject
from exhibitors.models.fields import LocalText, pick


class Kind(StrEnum):
    """In the order of an errata sheet: first what sends a reader to the wrong place."""

    WITHDRAWN = "withdrawn"
    GONE = "gone"  # a draft, or deleted: readers are told no more than that it is not listed
    MOVED = "moved"
    NEW = "new"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One row as it was frozen and as it is; `at` when that became so, where the history knows."""

    kind: Kind
    old: Row | None
    new: Row | None
    at: datetime | None = None

    @property
    def row(self) -> Row:
        """The row by which a reader of the sheet knows whom it is about."""
        return cast(Row, self.old or self.new)

    @property
    def has_other_industries(self) -> bool:
        return self.old is not None and self.new is not None and _industries(self.old) != _industries(self.new)

    @property
    def other_products(self) -> tuple[LocalText, LocalText] | None:
        """Main products before and now, as the page's language shows them, else in the one that differs."""
        if self.old is None or self.new is None:
            return None
        old, new = self.old.subject, self.new.subject
        shown = pick(old, "main_products"), pick(new, "main_products")
        if shown[0].text != shown[1].text:
            return shown
        for language in ("ko", "en"):
            written = _products_in(language, old), _products_in(language, new)
            if written[0] != written[1]:
                return written
        return None


def _products_in(language: str, subject: Subject) -> LocalText:
    text: str = getattr(subject, f"main_products_{language}")
    return LocalText(text, language, is_foreign=not (get_language() or "ko").startswith(language))


@dataclass(frozen=True)
class Renamed:
    """A hall or an industry under another name; it is told once, not in each row."""

    old: Named
    new: Named


def diff(
    frozen: Mapping[str, Row], current: Mapping[str, Row], *, withdrawn: Collection[str] = ()
) -> tuple[Difference, ...]:
    """Compare rows by key, in the order of kinds and then of the rows.

    `current` holds every row that readers may see now and that is selected or was frozen. A row may differ twice.
    """
    found = [*_of_frozen(frozen, current, withdrawn), *_new(frozen, current)]
    order = list(Kind)
    return tuple(sorted(found, key=lambda difference: order.index(difference.kind)))


def _of_frozen(
    frozen: Mapping[str, Row], current: Mapping[str, Row], withdrawn: Collection[str]
) -> Iterable[Difference]:
    for key, old in frozen.items():
        new = current.get(key)
        if new is None:
            yield Difference(Kind.WITHDRAWN if key in withdrawn else Kind.GONE, old, None)
            continue
        for kind, compared in _COMPARED.items():
            if compared(old) != compared(new):
                yield Difference(kind, old, new)


def _new(frozen: Mapping[str, Row], current: Mapping[str, Row]) -> Iterable[Difference]:
    return (Difference(Kind.NEW, None, row) for key, row in current.items() if key not in frozen)


def _where(row: Row) -> object:
    """Halls by key: a hall that is only called otherwise moves nobody."""
    return {(place.hall.pk, place.number) for place in row.booths}


def _called(row: Row) -> object:
    return row.subject.name_ko, row.subject.name_en


def _industries(row: Row) -> object:
    return {line.industry.pk for line in row.subject.lines}


def _described(row: Row) -> object:
    return _industries(row), row.subject.main_products_ko, row.subject.main_products_en


_COMPARED = {Kind.MOVED: _where, Kind.RENAMED: _called, Kind.CHANGED: _described}


def renamed(frozen: Mapping[str, Named], current: Mapping[str, Named]) -> tuple[Renamed, ...]:
    """The halls and industries that both know and call otherwise."""
    both = ((old, current[key]) for key, old in frozen.items() if key in current)
    return tuple(Renamed(old, new) for old, new in both if (old.name_ko, old.name_en) != (new.name_ko, new.name_en))
