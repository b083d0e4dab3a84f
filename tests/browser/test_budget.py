"""A first visit: what it transfers, compressed as a server in front does it, and how far the page jumps about."""

import gzip
from collections import defaultdict

import pytest
from playwright.sync_api import Response

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pages import PAGES, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

KB = 1000
BUDGET = {"document": 15 * KB, "stylesheet": 10 * KB, "script": 12 * KB, "font": 0}
MOST_SHIFT = 0.02  # cumulative layout shift

SHIFT = """() => new Promise((resolve) => {
    let sum = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    requestAnimationFrame(() => setTimeout(() => resolve(sum)));
})"""


@pytest.mark.parametrize("name", PAGES)
def test_a_first_visit_stays_within_the_budget(open_page: OpenPage, name: str) -> None:
    page = open_page("about:blank", viewport=PHONE)
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address(name, "ko"))
    sizes: dict[str, int] = defaultdict(int)
    for response in responses:
        sizes[response.request.resource_type] += len(gzip.compress(response.body()))
    over = {kind: sizes[kind] for kind, limit in BUDGET.items() if sizes[kind] > limit}
    assert over == {}
    assert sizes["document"] > 0
    assert sizes["stylesheet"] > 0
    assert page.evaluate(SHIFT) < MOST_SHIFT


@pytest.mark.parametrize("name", ["home", "list", "exhibitor with everything", "booth list by hall"])
def test_pages_do_not_jump_about_on_a_desk(open_page: OpenPage, name: str) -> None:
    assert open_page(address(name, "en"), viewport=DESK).evaluate(SHIFT) < MOST_SHIFT
