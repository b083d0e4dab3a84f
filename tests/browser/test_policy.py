"""What the content security policy keeps out, and that the other tests would notice."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import watch

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

INJECTED = {
    "img-src": '<img src="https://elsewhere.example/pixel.png" alt="">',
    "style-src": '<p style="color: red">red</p>',
    "script-src": '<button onclick="alert()">press</button>',
}


@pytest.mark.parametrize("directive", INJECTED)
def test_what_the_policy_forbids_is_refused_and_noticed(site: str, browser: Browser, directive: str) -> None:
    problems: list[str] = []
    with browser.new_page() as page:
        watch(page, site, problems)
        page.goto(f"{site}/ko/2024/")
        assert problems == []
        with page.expect_console_message(lambda message: directive in message.text):
            page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html)", INJECTED[directive])
    assert [problem for problem in problems if directive in problem] != []
