"""The keyboard alone: everything is reached, its focus is seen, and the filters work."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

MOST_STOPS = 400

REACHABLE = """() => {
    const stops = [...document.querySelectorAll("a[href], button, input, summary")];
    stops.forEach((element, number) => { element.dataset.stop = number; });
    const isThere = (element) => element.checkVisibility() && !element.disabled && element.type !== "hidden";
    return stops.filter(isThere).map((element) => element.dataset.stop);
}"""

# What has the focus, and what of its looks nobody could see: no outline, too thin, or under the bar of the menu.
FOCUSED = """() => {
    const element = document.activeElement;
    if (element === document.body) return null;
    const outline = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    const drawn = [
        getComputedStyle(element),
        getComputedStyle(element, "::after"),
        getComputedStyle(element.parentElement),
        ...[...(element.labels ?? [])].map((label) => getComputedStyle(label)),
    ];
    const box = (element.matches(".filters-toggle") ? element.labels[0] : element).getBoundingClientRect();
    const bar = document.querySelector(".main-nav");
    const covered = bar && getComputedStyle(bar).position === "fixed" && !bar.contains(element)
        && box.bottom > bar.getBoundingClientRect().top + 1;
    return {
        stop: element.dataset.stop,
        shows: drawn.some(outline) && !covered && box.bottom > 0 && box.top < innerHeight,
        html: element.outerHTML.slice(0, 120),
    };
}"""


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", ["home", "list, narrowed", "exhibitor with everything", "halls", "booth list by hall"])
def test_every_control_is_reached_with_a_visible_focus(open_page: OpenPage, name: str, viewport: ViewportSize) -> None:
    page = open_page(address(name, "ko"), viewport=viewport)
    if page.locator(".filters-toggle").count() and viewport == PHONE:
        page.locator(".filters-toggle").check(force=True)
        page.evaluate("document.activeElement.blur()")
    wanted = page.evaluate(REACHABLE)
    stops = _tab_through(page)
    assert [stop["html"] for stop in stops if not stop["shows"]] == []
    assert sorted(set(wanted) - {stop["stop"] for stop in stops}) == []


def _tab_through(page: Page) -> list[dict[str, str]]:
    stops: list[dict[str, str]] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if stops and focused == stops[0]:
            break
        if focused is not None:  # between the last and the first stop lies the browser's own frame
            stops.append(focused)
    return stops


@pytest.mark.parametrize("name", ["home", "list", "exhibitor with everything", "archive", "booth list by hall"])
def test_the_first_stop_skips_to_the_content(open_page: OpenPage, name: str) -> None:
    page = open_page(address(name, "en"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


@pytest.mark.parametrize(
    ("viewport", "has_scripts"), [(PHONE, False), (DESK, True)], ids=["phone without scripts", "desk"]
)
def test_filters_work_by_keyboard(open_page: OpenPage, viewport: ViewportSize, has_scripts: bool) -> None:
    page = open_page(address("list", "ko"), viewport=viewport, java_script_enabled=has_scripts)
    if viewport == PHONE:
        _tab_to(page, "#show-filters")
        page.keyboard.press("Space")
    _tab_to(page, '[name="hall"][value="export"]')
    page.keyboard.press("Space")
    _tab_to(page, '[name="industry"][value="food-beverage"]')
    page.keyboard.press("Space")
    _tab_to(page, ".filters__submit")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\\?q=&hall=export&industry=food-beverage$"))
    expect(page.locator(".chips .chip").nth(1)).to_be_visible()


def _tab_to(page: Page, selector: str) -> None:
    target = page.locator(selector)
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab never reaches {selector}")
