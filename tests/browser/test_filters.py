"""The filter form: what it opens has as many exhibitors as stood beside the value, and chips take filters away."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, follow
from tests.browser.pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

VIEWPORTS = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])


def check(page: Page, parameter: str, value: str) -> Locator:
    return page.locator(f'.check:has([name="{parameter}"][value="{value}"])')


def number_beside(page: Page, parameter: str, value: str) -> int:
    return int(check(page, parameter, value).locator(".check__count").inner_text())


def total(page: Page) -> int:
    return int(page.locator("#count strong").inner_text())


def listed(page: Page) -> int:
    """Cards on all pages of the list."""
    cards = page.locator(".card").count()
    following = page.locator('.pager [rel="next"]')
    while following.count():
        follow(page, following)
        cards += page.locator(".card").count()
    return cards


def show_filters(page: Page) -> None:
    toggle = page.locator(".filters-toggle__label")
    if toggle.is_visible():
        toggle.click()


def asked(page: Page) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(page.url).query)


@VIEWPORTS
@SCRIPTS
def test_the_list_is_as_long_as_the_number_beside_the_value_said(
    open_page: OpenPage, viewport: ViewportSize, has_scripts: bool
) -> None:
    page = open_page(address("list", "ko"), viewport=viewport, java_script_enabled=has_scripts)
    show_filters(page)
    in_hall = number_beside(page, "hall", "export")
    check(page, "hall", "export").click()
    follow(page, page.locator(".filters__submit"))
    assert in_hall == total(page) > 0

    show_filters(page)
    in_both = number_beside(page, "industry", "food-beverage")
    check(page, "industry", "food-beverage").click()
    follow(page, page.locator(".filters__submit"))
    assert in_hall > in_both == total(page) > 0
    assert asked(page) == [("hall", "export"), ("industry", "food-beverage")]
    assert listed(page) == in_both


@SCRIPTS
def test_two_values_of_a_facet_widen_the_list(open_page: OpenPage, has_scripts: bool) -> None:
    page = open_page(address("list", "en"), viewport=DESK, java_script_enabled=has_scripts)
    expected = number_beside(page, "hall", "export") + number_beside(page, "hall", "innovation")
    for hall in ("export", "innovation"):
        check(page, "hall", hall).click()
    follow(page, page.locator(".filters__submit"))
    assert total(page) == listed(page) == expected


@VIEWPORTS
def test_each_chip_takes_its_own_filter_away(open_page: OpenPage, viewport: ViewportSize) -> None:
    query = "?q=%EC%8B%9D&hall=export&hall=general&industry=food-beverage&sort=booth"
    page = open_page(address("list", "ko") + query, viewport=viewport)
    expect(page.locator(".chip:not(.chip--clear)")).to_have_count(4)
    page.locator(".chip", has_text="일반관").click()
    assert asked(page) == [("q", "식"), ("hall", "export"), ("industry", "food-beverage"), ("sort", "booth")]
    page.locator(".chip", has_text="식”").click()
    assert asked(page) == [("hall", "export"), ("industry", "food-beverage"), ("sort", "booth")]
    page.locator(".chip--clear").click()
    assert asked(page) == [("sort", "booth")]
    expect(page.locator(".chip")).to_have_count(0)


def test_a_value_without_hits_cannot_be_chosen_and_a_chosen_one_can_be_left(open_page: OpenPage) -> None:
    page = open_page(address("list", "ko") + "?q=듣도보도못한낱말&hall=export", viewport=DESK)
    expect(check(page, "hall", "general").locator("input")).to_be_disabled()
    expect(check(page, "hall", "export").locator("input")).to_be_enabled()
    expect(check(page, "hall", "export").locator("input")).to_be_checked()


def test_searching_keeps_the_filters_that_are_checked(open_page: OpenPage) -> None:
    page = open_page(address("list", "ko") + "?hall=export", viewport=DESK)
    page.locator("#q").fill("식")
    page.locator("#q").press("Enter")
    assert asked(page) == [("q", "식"), ("hall", "export")]


@pytest.mark.parametrize("name", ["list, narrowed", "booth list by booth", "exhibitor with everything", "archive"])
def test_the_language_switch_stays_on_the_page_with_its_filters(open_page: OpenPage, name: str) -> None:
    page = open_page(address(name, "ko"), viewport=DESK)
    before = urlsplit(page.url)
    page.locator(".language-switch", has_text="English").get_by_text("English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    after = urlsplit(page.url)
    assert after.path == re.sub("^/ko/", "/en/", before.path)
    assert parse_qsl(after.query) == parse_qsl(before.query)


@VIEWPORTS
def test_a_number_beside_a_long_name_is_one(open_page: OpenPage, viewport: ViewportSize) -> None:
    """Digits below each other read as two numbers."""
    page = open_page(address("list", "en"), viewport=viewport)
    show_filters(page)
    page.locator(".check__label").evaluate_all("labels => labels.forEach(one => one.append(' of a very long name'))")
    page.locator(".check__count").evaluate_all("counts => counts.forEach(one => one.textContent = '1,234')")
    heights = page.locator(".check__count").evaluate_all(
        "counts => counts.map(one => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"
    )
    assert 0.5 < max(heights) < 1.5
