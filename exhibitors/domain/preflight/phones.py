"""Why a phone number cannot be right: numbers of Korea by their beginning, of elsewhere by their length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from exhibitors.search.normalise import normalise


@dataclass(frozen=True)
class Fault:
    """What is wrong, as a lazy text about %(exhibitor)s and %(phone)s."""

    text: Any
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Kind:
    """Numbers that begin alike and have one of some lengths, in digits, the beginning among them."""

    start: re.Pattern[str]
    fewest: int
    most: int


KINDS = tuple(
    Kind(re.compile(start), fewest, most)
    for start, fewest, most in (
        ("02", 9, 10),  # Seoul
        ("0(3[1-3]|4[1-4]|5[1-5]|6[1-4])", 10, 11),  # the provinces
        ("010", 11, 11),
        ("01[16789]", 10, 11),
        ("01[2-5]", 10, 12),  # pagers, machines
        ("070", 11, 11),
        ("0[68]0", 10, 11),
        ("0[35]0[0-9]", 11, 12),  # for life, fax to mail
        ("1[5-8][0-9]{2}", 8, 8),  # nationwide, as 1588
    )
)
SPECIAL = re.compile(r"1[0-9]{2,3}")  # 114, 1357
ABROAD = (7, 15)  # E.164, the country code included
_LATIN_WORDS = re.compile(
    r"(?<![a-z])(?:tel|telephone|phone|mobile|cell|office|fax|hp|t|m|p|f|h|c)(?![a-z])[.:]?", re.IGNORECASE
)
_EXTENSION = re.compile(
    r"(?:(?<![a-z])(?:extension|ext|x)[.:]*|내선(?:번호)?[:.]?|#)[\s(]*[0-9]{1,5}\)?"
    r"|[~〜]\s*[0-9]{1,4}(?![0-9-])|\([0-9]{1,2}\)\s*$"
)
_HANGUL_WORDS = re.compile(r"(?<![0-9-])[0-9]{0,2}[가-힣]+")  # 고객센터, 2팀
_LETTER_INSIDE = re.compile(r"[a-z]-?[0-9]|[0-9]-?[a-z]")
_SEPARATORS = re.compile(r"[,;/|·•~〜\n]|\s(?:or|and)\s|(?<=[0-9])\s{2,}")
_ZERO_AFTER_COUNTRY = re.compile(r"(?<=\d)\s*-?\(0\)")
_KOREA = re.compile(r"(?:\+|00)?82")
_NATIONWIDE = re.compile(r"1[5-8][0-9]{6}")


def phone_fault(phone: str) -> Fault | None:
    """The first thing that cannot be right about the numbers in a text; None where they may all be."""
    text = _ZERO_AFTER_COUNTRY.sub("", normalise(phone))
    for surroundings in (_EXTENSION, _LATIN_WORDS, _HANGUL_WORDS):
        text = surroundings.sub(" ", text)
    if _LETTER_INSIDE.search(text):
        return Fault(_("The phone of %(exhibitor)s has letters in it: %(phone)s"))
    numbers = list(_numbers(text))
    if not numbers:
        return Fault(_("The phone of %(exhibitor)s has no number in it: %(phone)s"))
    return next(filter(None, map(_number_fault, numbers)), None)


def _numbers(text: str) -> Iterator[str]:
    """Digits, with a + before those that have one; a short piece after a number is its other ending (02-123-4567/8)."""
    found = False
    for piece in _SEPARATORS.split(text):
        for number in _apart(piece):
            if not found or len(number) > 4:
                found = True
                yield number


def _apart(piece: str) -> list[str]:
    """One number, or several with only a blank between them."""
    whole = _digits(piece)
    if not whole:
        return []
    words = [_digits(word) for word in piece.split() if _digits(word)]
    if len(words) > 1 and _number_fault(whole) and not any(map(_number_fault, words)):
        return words
    return [whole]


def _digits(text: str) -> str:
    digits = re.sub(r"[^0-9]", "", text)
    return f"+{digits}" if digits and text.strip().lstrip("(").startswith("+") else digits


def _number_fault(number: str) -> Fault | None:
    national = _national(number)
    if national is None:
        return _abroad_fault(number)
    for kind in KINDS:
        if start := kind.start.match(national):
            return _length_fault(national, start.group(), kind) or _zeros_fault(national[start.end() :])
    if SPECIAL.fullmatch(national):
        return None
    if not national.strip("0"):
        return _zeros_fault(national)
    if national.startswith("0"):
        text = _("The phone of %(exhibitor)s begins like no Korean number: %(phone)s")
    else:
        text = _("The phone of %(exhibitor)s begins neither with 0 nor with + and a country code: %(phone)s")
    return Fault(text)


def _national(number: str) -> str | None:
    """As one dials it within Korea; None for a number of elsewhere."""
    if (korean := _KOREA.match(number)) and (len(number) >= 10 or number[0] in "+0"):
        rest = number[korean.end() :]
        return rest if rest.startswith("0") or _NATIONWIDE.fullmatch(rest) else f"0{rest}"
    if number.startswith(("+", "00")) and number.strip("0"):
        return None
    return number


def _abroad_fault(number: str) -> Fault | None:
    """With 00 a carrier's code may come first, so that nothing is known of the length."""
    if number.startswith("+0"):
        return Fault(_("The phone of %(exhibitor)s has a + before no country code: %(phone)s"))
    digits = len(number) - 1
    if not number.startswith("+") or ABROAD[0] <= digits <= ABROAD[1]:
        return None
    values = {"count": digits, "fewest": ABROAD[0], "most": ABROAD[1]}
    text = _(
        "The phone of %(exhibitor)s has %(count)d digits with its country code, where %(fewest)d to %(most)d are"
        " possible: %(phone)s"
    )
    return Fault(text, values)


def _length_fault(national: str, start: str, kind: Kind) -> Fault | None:
    if kind.fewest <= len(national) <= kind.most:
        return None
    values = {"count": len(national), "start": start, "fewest": kind.fewest, "most": kind.most}
    if kind.fewest == kind.most:
        text = _(
            "The phone of %(exhibitor)s has %(count)d digits as dialled in Korea, where numbers with %(start)s have"
            " %(most)d: %(phone)s"
        )
    else:
        text = _(
            "The phone of %(exhibitor)s has %(count)d digits as dialled in Korea, where numbers with %(start)s have"
            " %(fewest)d to %(most)d: %(phone)s"
        )
    return Fault(text, values)


def _zeros_fault(rest: str) -> Fault | None:
    if rest.strip("0"):
        return None
    return Fault(_("The phone of %(exhibitor)s is a placeholder: %(phone)s"))
