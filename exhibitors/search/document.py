"""The search columns of an exhibitor, built from its names, products, industries, halls, booths and texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.normalise import aligned, booth_keys, initial, initials, keys, plain, sort_key

PIPELINE_VERSION = 2  # raise it with every change of what the columns hold: rows of another version are stale

MARKER = "|#|"


@dataclass(frozen=True, slots=True)
class Source:
    """What of an exhibitor can be searched, each in every language that it is written in; blank texts are left out.

    The first name gives the sort key and the initial.
    """

    names: tuple[str, ...]
    products: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    halls: tuple[str, ...] = ()
    booths: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """What is stored to be searched. Entries stand between bars, so '|x' begins an entry and '|x|' is one.

    After the marker '|#|' stand the names as written, in head_keys, and the initials of products, in initials: a
    match there says less than one before it.
    """

    name_plain: str
    name_keys: str
    head_keys: str
    text_keys: str
    initials: str
    sort_key: str
    initial: str


def build(source: Source) -> Columns:
    """About 0.1 ms for an exhibitor with a few products and a paragraph in two languages."""
    names = [strip_company_form(name) for name in source.names if name.strip()]
    name_keys = _entries(map(keys, names))
    head = [*name_keys, *_booths(source.booths)]
    head += map(keys, (*source.products, *source.industries, *source.halls))
    as_written = [entry for entry in _entries(map(keys, source.names)) if entry not in name_keys]
    first = next(iter(names), "")
    return Columns(
        name_plain=_barred(_entries(map(plain, names))),
        name_keys=_barred(name_keys),
        head_keys=_barred([*_entries(head), "#", *as_written]),
        text_keys=" ".join(filter(None, map(aligned, source.descriptions))),
        initials=_barred([*_entries(map(initials, names)), "#", *_entries(map(initials, source.products))]),
        sort_key=sort_key(first),
        initial=initial(first),
    )


def _booths(numbers: tuple[str, ...]) -> list[str]:
    return [form for number in numbers for form in (keys(number), booth_keys(number))]


def _entries(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, values)))


def _barred(entries: list[str]) -> str:
    return f"|{'|'.join(entries)}|" if entries else ""


_LIST_SEPARATOR = re.compile(r"\s*[;,、，；|\n\r]\s*")


def split_list(text: str) -> tuple[str, ...]:
    """The entries of a one-line list such as 'main products'; commas inside brackets separate too."""
    return tuple(filter(None, _LIST_SEPARATOR.split(text.strip())))
