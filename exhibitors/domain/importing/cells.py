"""A cell as a person sees it: numbers without '.0', dates in ISO form, text without invisible characters."""

import html
import re
import unicodedata
from datetime import date, datetime, time, timedelta

Value = str | bool | int | float | date | datetime | time | timedelta


def shown(value: Value) -> str:
    """Return what the cell shows: 5604.0 is '5604', midnight of a day is the day."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.15g}"
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, time):
        return value.isoformat("seconds" if value.second else "minutes")
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    return value.isoformat() if isinstance(value, date) else str(value)


def clean(text: str) -> str:
    """Return `text` in NFC without invisible characters, its blanks plain and single, its line breaks as \\n."""
    if text.isascii() and text.isprintable() and not text.startswith("'") and "&" not in text:
        return " ".join(text.split())  # nothing else can be wrong with it
    text = unicodedata.normalize("NFC", _ENTITY.sub(lambda match: html.unescape(match[0]), undefused(text)))
    text = _DROPPED.sub("", _LINE_BREAK.sub("\n", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def written(text: str) -> str:
    """Return the text as our export puts it into a cell: without control characters, and defused.

    An apostrophe before = + - @ TAB CR (and before apostrophes before those) keeps Excel from running the cell.
    """
    if not text or (text.isprintable() and text[0] not in "'=+-@"):
        return text  # nothing to do; most cells of thousands are such
    defused = f"'{text}" if _DANGEROUS.match(text) else text
    return _UNWRITABLE.sub("", _LINE_BREAK.sub("\n", defused))


def undefused(text: str) -> str:
    """Take off the apostrophe that our export has put there."""
    return text[1:] if _DEFUSED.match(text) else text


def reread(text: str) -> str:
    """Return what `clean` makes of a cell into which our export wrote this text."""
    return clean(written(text))


def one_line(text: str, *, joint: str = " ") -> str:
    """Fold the line breaks of a cleaned text; a mark that already separates is not doubled."""
    lines = [line for line in text.split("\n") if line]
    mark = joint.strip()
    return joint.join(line.rstrip(f" {mark}") if mark else line for line in lines[:-1]) + (
        f"{joint if len(lines) > 1 else ''}{lines[-1]}" if lines else ""
    )


def is_placeholder(text: str) -> bool:
    """Tell whether a cell only says that there is nothing to say yet: '-', 'N/A', '미정'."""
    return text.casefold() in _PLACEHOLDERS


def excerpt(text: str, length: int = 60) -> str:
    """Return the text on one line, cut for a report."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[: length - 1]}…"


def column_letters(index: int) -> str:
    """Return the name that Excel gives to the column with this index from 0: A … Z, AA …"""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,20}[0-9]{0,2});")  # left over from a web page
_DANGEROUS = re.compile(r"'*[=+\-@\t\r\n]")
_DEFUSED = re.compile(r"'+[=+\-@\t\r\n]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")  # XML has no place for them
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Zero-width blanks, marks of direction, soft hyphens and control characters. A zero-width joiner stays where it
# joins two emoji, the selectors of their variants stay everywhere.
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufffe\uffff]"
    "|\u200d(?![\u2190-\u2bff\U0001f000-\U0001faff])"
)
_BLANK_LINES = re.compile(r"\n{3,}")
_PLACEHOLDERS = frozenset(
    {
        "-",
        "–",
        "—",
        "--",
        "·",
        ".",
        "/",
        "x",
        "n/a",
        "na",
        "n.a.",
        "none",
        "null",
        "nil",
        "tbd",
        "tba",
        "t.b.d.",
    }
    | {"없음", "무", "해당없음", "해당 없음", "미정", "추후", "추후 확정", "추후확정"}
)
