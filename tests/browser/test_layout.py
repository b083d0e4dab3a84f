"""Pages on narrow screens, enlarged and under thumbs: nothing sticks out or is too small to hit."""

import pytest
from playwright.sync_api import Page, ViewportSize

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pages import EVERY_PAGE, PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# 1280 pixels at 200 %, and at 400 %, leave these.
NARROW: list[ViewportSize] = [{"width": 640, "height": 450}, {"width": 320, "height": 568}]
SMALLEST_TARGET = 24  # CSS pixels
HEIGHT_UNDER_THUMB = 44

STICKING_OUT = """() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isOut = (e) => e.getBoundingClientRect().right > width + 1;
    return [...document.querySelectorAll("body *")].filter(isOut).map((e) => e.outerHTML.slice(0, 120));
}"""

# Links in a sentence are excepted, as WCAG 2.2 does; a card is hit all over, a checkbox on its label.
SMALL_TARGETS = """([width, height]) => {
    const box = (element) => (element.closest("label, .card") ?? element).getBoundingClientRect();
    const isSmall = (element) => box(element).width < width || box(element).height < height;
    const isInSentence = (element) => element.matches(".prose a, .crumbs a, dd a");
    const isHidden = (element) => element.matches(".skip-link, .filters-toggle") || !element.checkVisibility();
    return [...document.querySelectorAll("a, button, input, summary")]
        .filter((element) => !isHidden(element) && !isInSentence(element) && isSmall(element))
        .map((element) => element.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_nothing_sticks_out_of_a_narrow_or_enlarged_page(open_page: OpenPage, name: str, language: str) -> None:
    page = open_page(address(name, language))
    for viewport in NARROW:
        page.set_viewport_size(viewport)
        assert (viewport["width"], page.evaluate(STICKING_OUT)) == (viewport["width"], [])


@pytest.mark.parametrize("name", ["hard booth list", "hard list", "hard exhibitor", "hard home"])
def test_long_words_and_names_stay_inside_too(open_page: OpenPage, hard_pages: dict[str, str], name: str) -> None:
    page = open_page(hard_pages[name], viewport=NARROW[1])
    assert page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("name", PAGES)
def test_targets_are_large_enough(open_page: OpenPage, name: str) -> None:
    page = open_page(address(name, "ko"))
    _open_filters(page)
    assert page.evaluate(SMALL_TARGETS, [SMALLEST_TARGET, HEIGHT_UNDER_THUMB]) == []
    page.set_viewport_size(DESK)
    assert page.evaluate(SMALL_TARGETS, [SMALLEST_TARGET, SMALLEST_TARGET]) == []


def _open_filters(page: Page) -> None:
    toggle = page.locator(".filters-toggle__label")
    if toggle.is_visible():
        toggle.click()
