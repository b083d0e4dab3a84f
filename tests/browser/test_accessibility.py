"""What axe finds on the public pages, on a phone and on a desk: nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pages import EVERY_PAGE, address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OPTIONS = {
    "resultTypes": ["violations"],
    "preload": False,  # style sheets and pictures are here already
    "rules": {"target-size": {"enabled": True}},  # not among axe's defaults
}


def find(page: Page) -> list[tuple[str, str, str]]:
    """The faults that axe finds: rule, element, what to do about it. The page has axe's script already."""
    violations = page.evaluate("options => axe.run(options)", OPTIONS)["violations"]
    return [
        (violation["id"], str(node["target"]), node["failureSummary"])
        for violation in violations
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_axe_finds_nothing(open_page: OpenPage, name: str, language: str) -> None:
    page = open_page(address(name, language))
    page.evaluate(Axe().axe_script)
    assert find(page) == []
    if language == "ko":  # no page has other elements in English
        page.set_viewport_size(DESK)
        assert find(page) == []


def test_axe_would_find_a_fault(open_page: OpenPage) -> None:
    page = open_page(address("home", "ko"))
    page.evaluate(Axe().axe_script)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [rule for rule, _, _ in find(page)] == ["button-name"]
