"""The rules by which booths get other numbers. Pure: asks no database."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exhibitors.domain.booth_numbers import key
from exhibitors.domain.errors import DomainError

_SHOWN = 60  # characters of a line in a complaint


@dataclass(frozen=True)
class Prefix:
    """Numbers that begin with `old` begin with `new` instead; a blank `old` is before every number."""

    old: str
    new: str


@dataclass(frozen=True)
class Shift:
    """The last digits of a number count `by` more, with as many digits as before."""

    by: int


@dataclass(frozen=True)
class Digits:
    """The last digits of a number are written with `count` digits."""

    count: int


@dataclass(frozen=True)
class Table:
    """Each new number by the key of the old one, and the old ones as they were written."""

    new: Mapping[str, str]
    written: Mapping[str, str]


Rule = Prefix | Shift | Digits | Table


class BelowZeroError(Exception):
    """The number would fall below zero."""


def apply(rule: Rule, number: str) -> str:
    """The number under the rule, the same where the rule does not speak of it. Raises BelowZeroError."""
    match rule:
        case Prefix():
            begins = number[: len(rule.old)].lower() == rule.old.lower()
            return rule.new + number[len(rule.old) :] if begins else number
        case Shift():
            return _LAST_DIGITS.sub(lambda match: _shifted(match.group(), rule.by), number)
        case Digits():
            return _LAST_DIGITS.sub(lambda match: match.group().lstrip("0").zfill(rule.count), number)
        case Table():
            return rule.new.get(key(number), number)


_LAST_DIGITS = re.compile(r"[0-9]+(?=[^0-9]*$)")


def _shifted(digits: str, by: int) -> str:
    number = int(digits) + by
    if number < 0:
        raise BelowZeroError
    return str(number).zfill(len(digits))


def read_table(text: str) -> Table:
    """Read "old = new" one a line; a tab, as it comes out of a spreadsheet, or an arrow does as well.

    Raises DomainError for the first line that says something else.
    """
    new: dict[str, str] = {}
    written: dict[str, str] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        parts = [part.strip() for part in re.split(r"=|\t|→", line)]
        if len(parts) != 2 or not all(parts):
            raise DomainError(_("'%(line)s': write the old number, =, and the new one.") % {"line": line[:_SHOWN]})
        if key(parts[0]) in new:
            raise DomainError(_("Booth '%(number)s' stands in two lines.") % {"number": parts[0][:_SHOWN]})
        new[key(parts[0])], written[key(parts[0])] = parts[1], parts[0]
    if not new:
        raise DomainError(_("Write the old number, =, and the new one, a line for each booth."))
    return Table(new, written)
