"""Reads printed selections back: what stands on which page of the PDF, compared with the page that was printed."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from pypdfium2 import PdfDocument, PdfObject
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

A4 = (595, 842)  # points
A3 = (842, 1191)

SMALLEST_CODE = 40  # points, 14 mm
BROKEN_WORD = "\ufffe"  # what the reader gives for a hyphen at the end of a line

# What a page prints, while it is shown as for print: a table's head and rows, or those of the other styles.
ON_PAPER = """() => {
    const text = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE || getComputedStyle(node).display === "none") return "";
        return [...node.childNodes].map(text).join("");
    };
    const all = (element, selector) => [...element.querySelectorAll(selector)].map(text);
    const sections = [...document.querySelectorAll(".booth-section, .flow, .errata")].map((section) => ({
        head: all(section, "thead tr, .flow__head, .errata__head").join(""),
        rows: all(section, "tbody tr, .flow__row, .errata__row"),
        names: all(section, ".cell--name strong, .flow__title, .errata__name"),
    }));
    const [top, foot] = [".paper-head", ".every-page__foot"].map((selector) => all(document, selector).join(""));
    return {top, foot, sections};
}"""


class MisprintError(AssertionError):
    """Paper does not hold what it should."""


@dataclass(frozen=True)
class Section:
    """A part with a head of its own: the text of the head (heading, date and time, column heads) and of its rows."""

    head: str
    rows: tuple[str, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """What the page says that is printed."""

    top: str
    sections: tuple[Section, ...]
    foot: str = ""
    """What stands at the foot of every page, beside its number."""

    @property
    def names(self) -> list[str]:
        return [name for section in self.sections for name in section.names]


def squash(text: str) -> str:
    """Text without blanks and line breaks, its characters in one form: lines and fonts are free to change these.

    A font draws several dashes alike, and the PDF then names any one of them.
    """
    joined = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join("-" if unicodedata.category(character) == "Pd" else character for character in joined)


def expect(page: Page) -> Expected:
    """Read the selection that is open."""
    page.emulate_media(media="print")
    found = page.evaluate(ON_PAPER)
    page.emulate_media(media="null")
    sections = tuple(
        Section(squash(section["head"]), tuple(map(squash, section["rows"])), tuple(map(squash, section["names"])))
        for section in found["sections"]
    )
    return Expected(squash(found["top"]), sections, squash(found["foot"]))


def print_to(page: Page, file: Path) -> None:
    """Print the page, without its drawn codes: they hold no text, and the reader would spend its time on them."""
    page.evaluate(
        "document.querySelectorAll('.page-code__picture').forEach((code) => { code.style.visibility = 'hidden'; })"
    )
    page.pdf(path=file, prefer_css_page_size=True)


def read_pages(file: Path, size: tuple[int, int] = A4) -> list[str]:
    """The text of each page, squashed; raises MisprintError where a page is not of that size in points."""
    with PdfDocument(file) as printed:
        sizes = {(round(width), round(height)) for width, height in map(printed.get_page_size, range(len(printed)))}
        if sizes != {size}:
            raise MisprintError(f"pages of {sizes} points, not {size}")
        texts = [page.get_textpage().get_text_range() for page in printed]
    return [squash(text.replace(BROKEN_WORD, "-")) for text in texts]


def count_codes(file: Path) -> list[int]:
    """How many QR codes each page draws: paths about as high as wide and too large for a letter."""
    with PdfDocument(file) as printed:
        return [sum(map(_is_code, page.get_objects(filter=[FPDF_PAGEOBJ_PATH], max_depth=5))) for page in printed]


def _is_code(drawn: PdfObject) -> bool:
    left, bottom, right, top = drawn.get_bounds()  # with the ends of its strokes
    return right - left > SMALLEST_CODE and 0.9 < (right - left) / (top - bottom) < 1.1


def check(pages: Sequence[str], expected: Expected) -> list[int]:
    """Account for every character of every page and return how many rows stand on each.

    A page holds its number and the total, the foot where there is one, and rows, each whole and in order; above the
    first row of the page and above the first row of a section stands the section's head. Raises MisprintError where
    anything is missing or too much.
    """
    reader = _Reader(expected.sections)
    rows = [
        reader.read(_body(text, number, len(pages), expected), number) for number, text in enumerate(pages, start=1)
    ]
    if reader.left:
        raise MisprintError(f"{reader.left} rows were not printed")
    return rows


def check_pages(pages: Sequence[str], expected: Expected) -> None:
    """As `check`, where each section has pages of its own and a long row may go on on the next: never half a line."""
    left = [(section.head, "".join(section.rows)) for section in expected.sections]
    for number, text in enumerate(pages, start=1):
        body = _body(text, number, len(pages), expected)
        head, rest = left.pop(0) if left else ("", "")
        here = body.removeprefix(head)
        if not (body.startswith(head) and here and rest.startswith(here)):
            raise MisprintError(f"page {number} has {body[:80]!r} where {head!r} and {rest[:80]!r} should stand")
        if rest != here:
            left.insert(0, (head, rest.removeprefix(here)))
    if left:
        raise MisprintError(f"{left[0][1][:80]!r} was not printed")


def _body(text: str, number: int, last: int, expected: Expected) -> str:
    """The text without the page number and the foot, which may come first or last, and what tops the first page."""
    rest = text
    for part in (f"{number}/{last}", expected.foot):
        rest = _without(rest, part, number)
    if number == 1 and not rest.startswith(expected.top):
        raise MisprintError(f"page 1 lacks {expected.top!r}: {text[:80]!r}")
    return rest.removeprefix(expected.top) if number == 1 else rest


def _without(text: str, part: str, number: int) -> str:
    if text.startswith(part):
        return text.removeprefix(part)
    if text.endswith(part):
        return text.removesuffix(part)
    raise MisprintError(f"page {number} lacks {part!r}: {text[:80]!r} … {text[-80:]!r}")


class _Reader:
    """Takes rows off the sections as pages show them."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = [(section.head, list(section.rows)) for section in sections]

    @property
    def left(self) -> int:
        return sum(len(rows) for _, rows in self._sections)

    def read(self, text: str, number: int) -> int:
        """Take off the rows that a page's text holds, and return how many."""
        taken = 0
        while text:
            if not self._sections:
                raise MisprintError(f"page {number} goes on after the last row: {text[:80]!r}")
            head, rows = self._sections[0]
            if not text.startswith(head):
                raise MisprintError(f"page {number} has {text[:80]!r} where a head or a whole row should stand")
            text = text.removeprefix(head)
            if not text.startswith(rows[0]):
                raise MisprintError(f"page {number} has a head without a whole row below: {text[:80]!r}")
            while rows and text.startswith(rows[0]):
                text = text.removeprefix(rows.pop(0))
                taken += 1
            if rows and text:
                raise MisprintError(f"page {number} has {text[:80]!r} where row {rows[0]!r} should stand")
            if not rows:
                self._sections.pop(0)
        return taken
