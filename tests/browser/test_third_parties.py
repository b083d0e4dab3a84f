"""No public page asks another host for anything, whatever its address says, and a breach would be noticed."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import OpenPage, watch
from tests.browser.pages import EVERY_PAGE, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

STRANGE = "q=https%3A%2F%2Felsewhere.example%2F&next=//elsewhere.example/&utm_source=elsewhere.example"

# Whatever a page loads by itself; links that a reader may follow are none of it.
FROM_ELSEWHERE = """() => {
    const isOurs = (address) => ["data:", "about:"].includes(new URL(address, location).protocol)
        || new URL(address, location).origin === location.origin;
    const loading = "link:not([rel=canonical], [rel=alternate]), script, img, source, iframe, object, embed, form";
    const addresses = [...document.querySelectorAll(loading)].flatMap((element) => [
        element.getAttribute("href"), element.getAttribute("src"), element.getAttribute("data"),
        element.getAttribute("poster"), element.getAttribute("action"),
        ...(element.getAttribute("srcset") ?? "").split(", ").map((one) => one.split(" ")[0]),
    ]).filter(Boolean);
    const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
    return [...addresses, ...loaded].filter((address) => !isOurs(address));
}"""

OPEN_ALL = """() => {
    for (const part of document.querySelectorAll("details")) part.open = true;
    for (const image of document.images) image.loading = "eager";
    scrollTo(0, document.body.scrollHeight);
    return Promise.allSettled([...document.images].map((image) => image.decode()));
}"""


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_a_page_asks_no_other_host(open_page: OpenPage, name: str, language: str) -> None:
    plain = address(name, language)
    page = open_page(f"{plain}{'&' if '?' in plain else '?'}{STRANGE}")
    _go_through(page)
    assert page.evaluate(FROM_ELSEWHERE) == []


def _go_through(page: Page) -> None:
    """Open what is folded and scroll to the end, so that what is loaded late is loaded."""
    page.evaluate(OPEN_ALL)


def test_a_request_elsewhere_would_be_noticed(site: str, browser: Browser) -> None:
    problems: list[str] = []
    with browser.new_page(bypass_csp=True) as page:
        watch(page, site, problems)
        page.route("https://elsewhere.example/**", lambda route: route.fulfill(body=""))
        page.goto(f"{site}/ko/2024/")
        with page.expect_request("https://elsewhere.example/pixel.png"):
            page.evaluate(
                "document.body.append(Object.assign(new Image(), {src: 'https://elsewhere.example/pixel.png'}))"
            )
        assert problems[:1] == ["left the host: https://elsewhere.example/pixel.png"]
        assert page.evaluate(FROM_ELSEWHERE)[:1] == ["https://elsewhere.example/pixel.png"]


@pytest.mark.parametrize("name", ["home", "exhibitor with everything", "hall"])
def test_structured_data_is_there_and_not_held_for_a_script(open_page: OpenPage, name: str) -> None:
    """`open_page` fails at whatever the content security policy reports."""
    blocks = open_page(address(name, "ko")).locator('script[type="application/ld+json"]')
    assert blocks.count() > 0
    assert all("schema.org" in text for text in blocks.all_text_contents())
