"""Booth lists printed by Chromium and read back: each name as often as in the list, heads on every page, no row cut."""

import os
from collections import Counter
from pathlib import Path

import pytest
from django.utils import translation

from exhibitors.domain.booth_list import Order
from exhibitors.models import Edition
from tests.browser import paper
from tests.browser.conftest import OpenPage
from tests.browser.due import names_in_list
from tests.browser.editions import LARGE, Company, invent_companies, make_large_edition, read_companies

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORDERS = pytest.mark.parametrize("order", list(Order))
REAL_LIST = Path("tidy", "krx-2021-with-english.csv")

COLOURS = """() => {
    const seen = [...document.querySelectorAll("main, main *")].filter((element) => element.checkVisibility());
    const styles = seen.map((element) => getComputedStyle(element));
    const all = (property) => [...new Set(styles.map((style) => style[property]))];
    return {text: all("color"), ground: all("backgroundColor")};
}"""


@ORDERS
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_sample_on_paper(open_page: OpenPage, tmp_path: Path, order: Order, language: str) -> None:
    page = open_page(f"/{language}/2024/print/booths/?by={order}")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)
    assert Counter(expected.names) == names_in_list(Edition.objects.get(slug="2024"), order, language)
    assert sum(rows) == len(expected.names)
    assert len(rows) > 1


@ORDERS
def test_the_longest_values_do_not_break_the_paper(
    open_page: OpenPage, hard_pages: dict[str, str], tmp_path: Path, order: Order
) -> None:
    page = open_page(f"{hard_pages['hard booth list']}?by={order}")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)
    assert Counter(expected.names) == names_in_list(Edition.objects.get(slug="2020"), order, "ko")
    assert sum(rows) == len(expected.names)


@pytest.fixture(scope="module")
def large_edition(site: str) -> Edition:
    return make_large_edition(_companies())


def _companies() -> list[Company]:
    """Real companies where there is a list of them, else invented ones."""
    real = Path(os.environ.get("EXPO_REAL_DATA") or "nowhere") / REAL_LIST
    return read_companies(real) if real.is_file() else invent_companies()


@ORDERS
def test_2482_names_on_paper(open_page: OpenPage, tmp_path: Path, large_edition: Edition, order: Order) -> None:
    page = open_page(f"/ko/{large_edition.slug}/print/booths/?by={order}")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)
    due = names_in_list(large_edition, order, "ko")
    assert Counter(expected.names) == due
    assert len(due) == LARGE
    assert sum(rows) == due.total()


def test_2482_names_in_a_directory(open_page: OpenPage, tmp_path: Path, large_edition: Edition) -> None:
    page = open_page(f"/ko/{large_edition.slug}/print/directory/")
    expected = paper.expect(page)
    paper.print_to(page, tmp_path / "list.pdf")
    rows = paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)
    assert Counter(expected.names) == names_in_list(large_edition, Order.NAME, "ko")
    assert sum(rows) == LARGE


def test_paper_has_black_text_on_white_alone(open_page: OpenPage) -> None:
    page = open_page("/ko/2024/print/booths/")
    page.emulate_media(media="print")
    assert page.evaluate(COLOURS) == {"text": ["rgb(0, 0, 0)"], "ground": ["rgba(0, 0, 0, 0)"]}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_says_of_when_its_data_are(open_page: OpenPage, language: str) -> None:
    page = open_page(f"/{language}/2024/print/booths/")
    moment = page.locator(".paper-head time").inner_text()
    heads = page.locator(".running__edition").all_text_contents()
    with translation.override(language):
        assert f"{translation.gettext('As of')} {moment}" in page.locator(".paper-head").inner_text()
    assert len(heads) == page.locator(".booth-section").count() > 1
    assert all(moment in head for head in heads)
