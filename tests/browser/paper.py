"""Reads printed selections back: what stands on which page of the PDF, compared with the page that was printed."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page
from pypdfium2 import PdfDocument

A4 = (595, 842)  # points
A3 = (842, 1191)

# What a page prints, while it is shown as for print: a table's head and rows, or those of the other styles.
ON_PAPER = """() => {
    const text = (node) => {
        if (node.nodeType === Node.TEXT_NODE) return node.data;
        if (node.nodeType !== Node.ELEMENT_NODE || getComputedStyle(node).display === "none") return "";
        return [...node.childNodes].map(text).join("");
    };
    const all = (element, selector) => [...element.querySelectorAll(selector)].map(text);
    const sections = [...document.querySelectorAll(".booth-section, .flow")].map((section) => ({
        head: all(section, "thead tr, .flow__head").join(""),
        rows: all(section, "tbody tr, .flow__row"),
        names: all(section, ".cell--name strong, .flow__title"),
    }));
    return {top: text(document.querySelector(".paper-head")), sections};
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
    return Expected(squash(found["top"]), sections)


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
        return [squash(page.get_textpage().get_text_range()) for page in printed]


def check(pages: Sequence[str], expected: Expected) -> list[int]:
    """Account for every character of every page and return how many rows stand on each.

    A page holds its number and the total, then rows, each whole and in order; above the first row of the page and
    above the first row of a section stands the section's head. Raises MisprintError where anything is missing or
    too much.
    """
    reader = _Reader(expected.sections)
    rows = [
        reader.read(_body(text, number, len(pages), expected.top if number == 1 else ""), number)
        for number, text in enumerate(pages, start=1)
    ]
    if reader.left:
        raise MisprintError(f"{reader.left} rows were not printed")
    return rows


def _body(text: str, number: int, last: int, top: str) -> str:
    """The text without the page number, which may come first or last, and without what tops the first page."""
    page_number = f"{number}/{last}"
    if text.startswith(f"{page_number}{top}"):
        return text.removeprefix(f"{page_number}{top}")
    if text.startswith(top) and text.endswith(page_number):
        return text.removeprefix(top).removesuffix(page_number)
    raise MisprintError(f"page {number} lacks {page_number!r} or {top!r}: {text[:80]!r} … {text[-20:]!r}")


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
