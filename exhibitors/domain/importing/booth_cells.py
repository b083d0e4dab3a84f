"""Takes the cell of booths apart: several booths, each with its hall where the cell names one."""

import re
import unicodedata
from dataclasses import dataclass, field

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.cells import is_placeholder
from exhibitors.domain.importing.problems import Fault, Reason
from exhibitors.models import Booth

MAX_LENGTH = limits.max_length(Booth, "number")


@dataclass(frozen=True)
class BoothText:
    """A booth as a cell names it; the hall is '' where the cell names none, `whole` is both as they stood."""

    number: str
    hall: str = ""
    whole: str = field(default="", compare=False)


def parse(cell: str) -> list[BoothText] | Fault:
    """Return the booths of a cleaned cell, or why they cannot be told apart.

    Semicolons and line breaks always separate; commas, slashes and & only where every part looks like a number, so
    that a booth may be called 'Architecture & Urban Design'.
    """
    found: list[BoothText] = []
    for segment in split_always(unicodedata.normalize("NFKC", cell)):
        booths = _parse_segment(segment)
        if isinstance(booths, Fault):
            return booths
        found += booths
    too_long = next((booth.number for booth in found if len(booth.number) > MAX_LENGTH), None)
    if too_long is not None:
        return Fault(
            Reason.BOOTH_TOO_LONG,
            {"number": too_long[:30] + "…", "length": len(too_long), "limit": MAX_LENGTH},
        )
    return list(dict.fromkeys(found))


def split_always(cell: str) -> list[str]:
    """Split at semicolons and line breaks, leaving out what is blank or only says so."""
    return [part for part in _split_at_marks(cell) if not is_placeholder(part)]


def parse_in_turn(cell: str) -> list[list[BoothText]] | Fault:
    """Return the booths of each part between semicolons or line breaks; one that is no number is to follow."""
    turns: list[list[BoothText]] = []
    for part in _split_at_marks(unicodedata.normalize("NFKC", cell)):
        booths = parse(part)
        if isinstance(booths, Fault):
            return booths
        turns.append(booths or [BoothText("")])
    return turns


def _split_at_marks(cell: str) -> list[str]:
    parts = (" ".join(part.split()) for part in re.split(r"[;\n]", cell))
    return [part for part in parts if part]


def number_key(number: str) -> str:
    """By which two booth numbers of a hall are the same: full width, case and blanks aside."""
    return " ".join(unicodedata.normalize("NFKC", number).casefold().split())


def _parse_segment(segment: str) -> list[BoothText] | Fault:
    hall, rest = _take_hall(segment)
    if _RANGE.search(rest):
        return Fault(Reason.BOOTH_RANGE)
    if _SHORTHAND.fullmatch(rest):
        return Fault(Reason.BOOTH_SHORTHAND)
    parts = [part for part in _split_list(rest) if part]
    if len(parts) == 1:
        return [BoothText(_without_booth_word(parts[0]), hall, segment)]
    booths = []
    for part in parts:
        own_hall, number = _take_hall(part)
        booths.append(BoothText(_without_booth_word(number), own_hall or hall, part))
    return booths


def _take_hall(text: str) -> tuple[str, str]:
    """Return the hall that a text names before or behind the booth, and the rest."""
    for pattern in _WITH_HALL if len(text) <= _LONGEST_WITH_HALL else ():
        if match := pattern.fullmatch(text):
            return match["hall"].strip(), match["rest"].strip()
    return "", text


_LONGEST_WITH_HALL = 160  # longer ones are no booth numbers, and would keep the patterns busy
_WORD_FOR_BOOTH = r"(?:booths?|stands?|stall|부스|no\.?|number|번호|#)"
_SEPARATOR = r"\s*(?:\s[-–—]\s|[,/|:·])\s*"
_HALL_NUMBER = r"(?:\s?(?:[A-Z]|[0-9]{1,2}[A-Z]?)(?:\s?-\s?[A-Z])?(?![A-Za-z0-9-]))?"
_WITH_HALL = (
    # LVCC, Central Hall - 17214; Hall 5, Stand C10; Hall 5 / C10; 혁신관, A-12
    re.compile(
        rf"(?P<hall>(?:[^;]*?\s)?(?:halls?{_HALL_NUMBER}|[^\s,/|:]*[가-힣0-9A-Za-z](?:홀|관|존|전시장))){_SEPARATOR}(?P<rest>.*\S)",
        re.IGNORECASE,
    ),
    # Hall 5 Stand C10; Hall 5 C10
    re.compile(
        rf"(?P<hall>halls?\s(?:[A-Z]|[0-9]{{1,2}}[A-Z]?))\s+(?P<rest>(?:{_WORD_FOR_BOOTH}\s*)?\S*[0-9].*)",
        re.IGNORECASE,
    ),
    # 혁신관 A-12; A홀 12; 제1전시관 B-12
    re.compile(
        r"(?P<hall>(?:\S+\s)*\S*[가-힣0-9A-Za-z](?:홀|관|존|전시장))\s*(?P<rest>(?:부스\s*)?[A-Za-z]{0,2}[-\s]?[0-9].*)"
    ),
    # C10, Hall 5; C10 (A홀)
    re.compile(
        r"(?P<rest>\S*[0-9]\S*)\s*(?:[,/|]\s*|\s[-–—]\s|\()\s*(?P<hall>halls?\s(?:[A-Z]|[0-9]{1,2})|\S*(?:홀|관|존|전시장))\)?",
        re.IGNORECASE,
    ),
)
_RANGE = re.compile(
    r"[~∼〜]|\b(?P<letters>[A-Za-z]+)-?[0-9]+\s*[-–—]\s*(?P=letters)-?[0-9]+\b|\b[0-9]+\s*[–—]\s*[0-9]+\b"
)
_SHORTHAND = re.compile(r"[A-Za-z]+-?[0-9]+[A-Za-z]?(?:[,/][0-9]+)+")  # J2/3, A-01,02


def _split_list(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[,/&、]", text)]
    looks_like_numbers = all(len(part) <= 3 or any(map(str.isdigit, part)) for part in parts if part)
    return parts if looks_like_numbers else [text]


def _without_booth_word(number: str) -> str:
    return _TRAILING_WORD.sub("", _LEADING_WORD.sub("", number)).strip() or number


_LEADING_WORD = re.compile(rf"^(?:{_WORD_FOR_BOOTH}[\s.:#]*)+(?=\S*[0-9])", re.IGNORECASE)
_TRAILING_WORD = re.compile(r"(?<=[0-9])\s?번(?:\s?부스)?$")
