"""Directories, pages and signs printed by Chromium and read back: each name as often as due, heads on every page."""

from collections import Counter
from pathlib import Path

import pytest

from exhibitors.models import Edition
from tests.browser import paper
from tests.browser.conftest import OpenPage
from tests.browser.due import names_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

STYLES = ("directory", "pages", "signs")
MILLIMETRE = 96 / 25.4  # CSS pixels


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_sample_in_every_style(open_page: OpenPage, tmp_path: Path, style: str, language: str) -> None:
    page = open_page(f"/{language}/2024/print/{style}/")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)
    due = names_of(Edition.objects.get(slug="2024"), style, language)
    assert Counter(expected.names) == due
    assert len(rows) == {"directory": len(rows), "pages": 99, "signs": due.total()}[style]


@pytest.mark.parametrize("style", ["booths", *STYLES])
def test_large_print_on_a3(open_page: OpenPage, tmp_path: Path, style: str) -> None:
    page = open_page(f"/ko/2024/print/{style}/?hall=export&paper=a3&size=large")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf", paper.A3), expected)
    assert sum(rows) == sum(len(section.rows) for section in expected.sections) > 0


@pytest.mark.parametrize("style", ["booths", "directory"])
def test_large_print_on_a4_has_a_whole_row_below_every_head(open_page: OpenPage, tmp_path: Path, style: str) -> None:
    page = open_page(f"/en/2024/print/{style}/?by=hall&size=large")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    assert len(paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)) > 10


def test_a_directory_by_industry_cuts_no_entry(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/ko/2024/print/directory/?by=industry")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    assert sum(paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)) > 99


LEAVES_THE_PAPER = """() => [...document.querySelectorAll(".sheet *")]
    .filter((element) => element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
        && getComputedStyle(element).display !== "inline")
    .map((element) => `${element.className}: ${element.scrollWidth} in ${element.clientWidth}`)"""


@pytest.mark.parametrize("size", ["normal", "large"])
@pytest.mark.parametrize("style", STYLES)
def test_the_longest_values_stay_on_the_paper(
    open_page: OpenPage, hard_pages: dict[str, str], tmp_path: Path, style: str, size: str
) -> None:
    page = open_page(f"/ko/2020/print/{style}/?size={size}", viewport={"width": 703, "height": 1000})
    due = names_of(Edition.objects.get(slug="2020"), style, "ko")
    expected = paper.expect(page)
    assert Counter(expected.names) == due
    page.emulate_media(media="print")
    assert page.evaluate(LEAVES_THE_PAPER) == []
    page.emulate_media(media="null")
    paper.print_to(page, tmp_path / "list.pdf")
    pages = paper.read_pages(tmp_path / "list.pdf")
    if style == "directory":
        paper.check(pages, expected)
    else:
        paper.check_pages(pages, expected)
    if style == "signs":
        assert len(pages) == due.total()


@pytest.mark.parametrize("style", ["pages", "signs"])
def test_codes_are_large_enough_to_be_read(open_page: OpenPage, style: str) -> None:
    page = open_page(f"/ko/2024/print/{style}/?hall=export")
    page.emulate_media(media="print")
    codes = page.locator(".page-code__picture svg").evaluate_all(
        "all => all.map((code) => code.getBoundingClientRect()).map((box) => [box.width, box.height])"
    )
    assert len(codes) > 20
    assert all(width == height >= 25 * MILLIMETRE for width, height in codes)


def test_no_line_of_an_address_ends_at_one_of_its_own_hyphens(open_page: OpenPage) -> None:
    page = open_page("/en/2024/print/signs/?size=large", viewport={"width": 703, "height": 1000})
    page.emulate_media(media="print")
    lines = page.locator(".page-code__address").evaluate_all("all => all.map((one) => one.offsetHeight)")
    pages = page.locator(".page-code__page")
    heights = pages.evaluate_all("all => all.map((one) => one.offsetHeight)")
    assert pages.filter(has_text="-").count() > 50
    assert max(lines) > 1.5 * min(lines)  # some addresses take two lines
    assert max(heights) == min(heights) == min(lines)


def test_large_print_has_most_exhibitors_on_a_page_of_their_own(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/ko/2024/print/pages/?size=large&hall=export")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    assert len(paper.read_pages(tmp_path / "list.pdf")) - len(expected.sections) < 0.1 * len(expected.sections)


LARGE_TEXT = """() => [...document.querySelectorAll(".sheet *")]
    .filter((element) => !element.closest(".running") && element.checkVisibility()
        && [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim()))
    .map((element) => parseFloat(getComputedStyle(element).fontSize) * 0.75)"""


@pytest.mark.parametrize("style", ["booths", *STYLES])
def test_large_print_has_no_small_text(open_page: OpenPage, style: str) -> None:
    page = open_page(f"/ko/2023/print/{style}/?size=large")
    page.emulate_media(media="print")
    assert min(page.evaluate(LARGE_TEXT)) >= 17.99  # points


def test_the_toolbar_is_not_printed(open_page: OpenPage) -> None:
    page = open_page("/ko/2024/print/signs/")
    assert page.locator(".toolbar").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".toolbar").is_visible()
