"""Booth lists printed by Chromium and read back: each name as often as in the list, heads on every page, no row cut."""

import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import pytest
from django.db.models import Count
from django.utils import translation
from playwright.sync_api import Browser

from exhibitors.domain.booth_list import Order
from exhibitors.models import Edition, Exhibitor, Facility
from exhibitors.models.fields import pick
from tests.browser import paper
from tests.browser.conftest import OpenPage
from tests.browser.editions import LARGE, Company, invent_companies, make_large_edition, read_companies
from tests.browser.paper import Expected

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORDERS = pytest.mark.parametrize("order", list(Order))
REAL_LIST = Path("tidy", "krx-2021-with-english.csv")

COLOURS = """() => {
    const seen = [...document.querySelectorAll("main, main *")].filter((element) => element.checkVisibility());
    const styles = seen.map((element) => getComputedStyle(element));
    const all = (property) => [...new Set(styles.map((style) => style[property]))];
    return {text: all("color"), ground: all("backgroundColor")};
}"""


def names_in_list(edition: Edition, order: Order, language: str) -> Counter[str]:
    """How often each name stands in a list: once for each hall, booth or industry, and once where it has none."""
    per = {Order.HALL: "booths__hall", Order.BOOTH: "booths", Order.NAME: "edition", Order.INDUSTRY: "industries"}
    exhibitors = Exhibitor.objects.public().filter(edition=edition).order_by()
    names: Counter[str] = Counter()
    for exhibitor in exhibitors.annotate(places=Count(per[order], distinct=True)):
        names[paper.squash(pick(exhibitor, "name", language).text)] += max(1, exhibitor.places)
    names.update(
        paper.squash(pick(facility, "name", language).text) for facility in Facility.objects.filter(edition=edition)
    )
    return names


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


@dataclass(frozen=True)
class Printed:
    """A list as the page has it and, when the reader is done, the text of its printed pages."""

    expected: Expected
    pages: "Future[list[str]]"


@pytest.fixture(scope="module")
def large_edition(site: str) -> Edition:
    return make_large_edition(_companies())


def _companies() -> list[Company]:
    """Real companies where there is a list of them, else invented ones."""
    real = Path(os.environ.get("EXPO_REAL_DATA") or "nowhere") / REAL_LIST
    return read_companies(real) if real.is_file() else invent_companies()


@pytest.fixture(scope="module")
def large_prints(
    site: str, browser: Browser, large_edition: Edition, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Printed]]:
    """All orders of the large list and its directory, printed in turn while other processes read what is printed."""
    folder = tmp_path_factory.mktemp("large")
    prints = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as readers, browser.new_page(base_url=site) as page:
        addresses = {str(order): f"booths/?by={order}" for order in Order} | {"directory": "directory/"}
        for name, address in addresses.items():
            page.goto(f"/ko/{large_edition.slug}/print/{address}")
            file = folder / f"{name}.pdf"
            paper.print_to(page, file)
            prints[name] = Printed(paper.expect(page), readers.submit(paper.read_pages, file))
        yield prints


@ORDERS
def test_2482_names_on_paper(large_edition: Edition, large_prints: dict[str, Printed], order: Order) -> None:
    printed = large_prints[order]
    rows = paper.check(printed.pages.result(), printed.expected)
    expected = names_in_list(large_edition, order, "ko")
    assert Counter(printed.expected.names) == expected
    assert len(expected) == LARGE
    assert sum(rows) == expected.total()


def test_2482_names_in_a_directory(large_edition: Edition, large_prints: dict[str, Printed]) -> None:
    printed = large_prints["directory"]
    rows = paper.check(printed.pages.result(), printed.expected)
    assert Counter(printed.expected.names) == names_in_list(large_edition, Order.NAME, "ko")
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
