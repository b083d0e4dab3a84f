"""Reads the booth numbers that an organiser writes as a pattern: A-01…A-40, B-1~B-12, C-7."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NoReturn

from django.utils.translation import gettext as _

from exhibitors.models import Booth

MOST_AT_ONCE = 1000
MAX_LENGTH: int = Booth._meta.get_field("number").max_length or 0
_SHOWN = 40  # characters of a piece in a complaint


@dataclass(frozen=True)
class Numbers:
    """Each number once, as it was written first; and sentences about the pieces that are not understood."""

    numbers: tuple[str, ...] = ()
    complaints: tuple[str, ...] = ()


def key(number: str) -> str:
    """By which two booths of a hall have the same number."""
    return unicodedata.normalize("NFKC", number).lower()


def parse(text: str) -> Numbers:
    """Read numbers and ranges of numbers, separated by commas, semicolons, tabs or lines. Asks no database."""
    found: dict[str, str] = {}
    complaints: list[str] = []
    for piece in _pieces(text):
        try:
            numbers = _expand(piece)
            _check_total(len(found) + len(numbers))
        except _NotUnderstoodError as error:
            complaints.append(str(error))
            continue
        for number in numbers:
            found.setdefault(key(number), number)
    if not found and not complaints:
        complaints.append(_("Write at least one booth number."))
    return Numbers(tuple(found.values()), tuple(dict.fromkeys(complaints)))


class _NotUnderstoodError(Exception):
    """A piece that is no number and no range; its text is a sentence for whom wrote it."""


def _pieces(text: str) -> Iterator[str]:
    for piece in re.split(r"[,;、\t\r\n]", unicodedata.normalize("NFKC", text).replace("...", "…")):
        if piece := piece.strip():
            yield piece


def _expand(piece: str) -> list[str]:
    """One number, or all of a range."""
    ends = _ends(piece)
    if ends is None:
        return [_checked(piece, piece)]
    first, last = (_DIGITS_LAST.fullmatch(end) for end in ends)
    if first is None or last is None:
        _refuse(_("'%(piece)s': both ends of a range must end in digits, as in A-01…A-40."), piece)
    if last["prefix"] and key(last["prefix"]) != key(first["prefix"]):
        _refuse(_("'%(piece)s': both ends of a range must begin with the same letters."), piece)
    if len(last["digits"]) > len(first["digits"]) and last["digits"].startswith("0"):
        _refuse(_("'%(piece)s': write both ends of a range with as many digits."), piece)
    return _count(piece, first["prefix"], first["digits"], last["digits"])


def _count(piece: str, prefix: str, first: str, last: str) -> list[str]:
    if max(len(first), len(last)) > _MOST_DIGITS:
        _refuse(_("'%(piece)s': the numbers have too many digits."), piece)
    start, end = int(first), int(last)
    if end < start:
        _refuse(_("'%(piece)s': the range runs backwards. Write the lower number first."), piece)
    _check_total(end - start + 1)
    return [_checked(f"{prefix}{number:0{len(first)}d}", piece) for number in range(start, end + 1)]


_MOST_DIGITS = 9
_DIGITS_LAST = re.compile(r"(?P<prefix>.*?)(?P<digits>[0-9]+)")
_RANGE_SIGN = re.compile(r"\s*(?:…|\.{2,}|[~〜∼–—])\s*|\s+-\s+")
_HYPHEN = re.compile(r"(?P<first>(?P<prefix>.*[^\W\d_].*?)[0-9]+)-(?P<last>.*[0-9])")


def _ends(piece: str) -> tuple[str, str] | None:
    """Both ends of a range, None where the piece is one number.

    A bare hyphen means a range only between numbers with the same letters: A-1-2 and 1-40 are numbers of booths.
    """
    ends = _RANGE_SIGN.split(piece)
    if len(ends) == 1:
        match = _HYPHEN.fullmatch(piece)
        is_range = match is not None and key(match["last"]).startswith(key(match["prefix"]))
        return (match["first"], match["last"]) if match and is_range else None
    if len(ends) != 2 or not all(ends):
        _refuse(_("'%(piece)s': a range has two ends, as in A-01…A-40."), piece)
    return ends[0], ends[1]


def _checked(number: str, piece: str) -> str:
    if len(number) > MAX_LENGTH:
        message = _("'%(piece)s': a booth number has at most %(limit)d characters.")
        raise _NotUnderstoodError(message % {"piece": piece[:_SHOWN], "limit": MAX_LENGTH})
    if not number.isprintable():
        _refuse(_("'%(piece)s' holds control characters."), piece)
    return number


def _check_total(count: int) -> None:
    if count > MOST_AT_ONCE:
        raise _NotUnderstoodError(_("These are more than %(limit)s booths at once.") % {"limit": f"{MOST_AT_ONCE:,}"})


def _refuse(message: str, piece: str) -> NoReturn:
    shown = "".join(sign if sign.isprintable() else "�" for sign in piece[:_SHOWN])
    raise _NotUnderstoodError(message % {"piece": shown})
