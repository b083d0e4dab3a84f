"""Booth lists as PDF, and what the page for print says that stands in them."""

import io
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pypdf import PdfReader

from exhibitors.management import pdf
from tests.browser.paper import Expected, Section, squash


def skip_without_pdf() -> None:
    """Skip a test, with the sentence that the command would say, where this machine cannot write Korean PDF."""
    if lacking := _lacking():
        pytest.skip(lacking)


@cache
def _lacking() -> str:
    try:
        pdf.write('<html lang="ko">가</html>')
    except pdf.CannotWriteError as error:
        return str(error)
    return ""


def print_pdf(path: Path, *arguments: str, edition: str = "2024") -> str:
    output = io.StringIO()
    call_command("print_booths_pdf", path, "--edition", edition, *arguments, stdout=output, stderr=output)
    return output.getvalue()


def expect(client: Client, address: str) -> Expected:
    """Read what a page for print puts on paper: its head, and of each section the repeated head and the rows."""
    html = client.get(address).content.decode()
    sections = re.findall(r'<section class="booth-section".*?</section>', html, re.S)
    top = _texts(r'<header class="paper-head">.*?</header>', html)
    foot = _texts(r'<div class="every-page__foot">.*?</div>', html)
    return Expected("".join(top), tuple(map(_section, sections)), "".join(foot))


def _section(html: str) -> Section:
    head, body = re.findall(r"<thead.*?</thead>|<tbody.*?</tbody>", html, re.S)
    names = _texts(r'(?<=class="cell cell--name">)<strong>.*?</strong>', body)
    return Section("".join(_texts(r".+", head)), tuple(_texts(r"<tr.*?</tr>", body)), tuple(names))


def _texts(pattern: str, html: str) -> list[str]:
    return [squash(unescape(re.sub(r"<[^>]+>", "", found))) for found in re.findall(pattern, html, re.S)]


def text_of(path: Path) -> str:
    return squash("".join(page.extract_text() for page in PdfReader(path).pages))


def outline_of(path: Path) -> list[str]:
    """The titles of the PDF's table of contents, in order."""

    def walk(entries: list[Any]) -> Iterator[str]:
        for entry in entries:
            yield from walk(entry) if isinstance(entry, list) else [entry.title]

    return list(walk(PdfReader(path).outline))


def sizes_of(path: Path) -> set[float]:
    """The sizes of all text in points."""
    sizes = set()

    def note(text: str, user_matrix: list[float], _text_matrix: object, _font: object, size: float) -> None:
        if text.strip():
            sizes.add(round(size * user_matrix[0], 1))

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=note)
    return sizes


def embedded_fonts(path: Path) -> dict[str, bool]:
    """Each font that a page names, and whether the file holds it."""
    found = {}
    for page in PdfReader(path).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descriptor = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            found[str(font.get_object()["/BaseFont"])] = bool({"/FontFile2", "/FontFile3"} & descriptor.keys())
    return found
