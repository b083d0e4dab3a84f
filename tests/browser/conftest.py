"""A live site with the sample edition and a Chromium to look at it; nothing may leave the host or complain."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from tests.browser.editions import make_hard_edition, make_mixed_edition
from tests.runner import find_chromium

ARGUMENTS = [
    "--no-sandbox",  # as root there is none
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--no-first-run",
]
PHONE: ViewportSize = {"width": 375, "height": 800}
DESK: ViewportSize = {"width": 1280, "height": 900}
ANSWERED_BY_INTENT = re.compile("the server responded with a status of (404|410)")


@pytest.fixture(scope="package")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(autouse=True)
def _media(settings: Settings, pictures: Path) -> None:
    """One folder for all these tests, in place of one for each: they share what is uploaded."""
    settings.MEDIA_ROOT = pictures


@pytest.fixture(scope="package")
def site(django_db_setup: None, django_db_blocker: DjangoDbBlocker, pictures: Path) -> Iterator[str]:
    """The address of a site with the sample and a mixed edition; pages are only read, so all tests share it.

    The rows are committed, as a server in another thread has to see them, and taken away at the end.
    """
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        # Playwright's loop runs in this thread, and Django would take that for an asynchronous caller.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        try:
            with override_settings(MEDIA_ROOT=pictures):
                call_command("load_sample", verbosity=0)
                make_mixed_edition()
            server = LiveServer("localhost")
            yield server.url
            server.stop()
        finally:
            call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def hard_pages(site: str) -> dict[str, str]:
    """Addresses of pages full of the longest values that the models take."""
    edition = make_hard_edition()
    longest = edition.exhibitors.order_by("-name_key").values_list("slug", flat=True)
    return {
        "hard home": f"/ko/{edition.slug}/",
        "hard list": f"/ko/{edition.slug}/exhibitors/",
        "hard exhibitor": f"/ko/{edition.slug}/exhibitors/{longest[0]}/",
        "hard booth list": f"/ko/{edition.slug}/print/booths/",
    }


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    program = os.environ.get("EXPO_CHROMIUM") or find_chromium()
    if not program:
        pytest.skip("EXPO_CHROMIUM names no Chromium, and none was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


def follow(page: Page, link: Locator) -> None:
    """Click what opens another page, and wait until all of it is there.

    A click ends when the new page begins; what then counts or lists elements at once would meet a part of them.
    """
    with page.expect_navigation(wait_until="domcontentloaded"):
        link.click()


@pytest.fixture(scope="package")
def shared_context(site: str, browser: Browser) -> BrowserContext:
    """A phone that has been on the site before: style sheets come from its cache."""
    return browser.new_context(viewport=PHONE, locale="ko-KR", base_url=site)


@pytest.fixture
def open_page(site: str, browser: Browser, shared_context: BrowserContext) -> Iterator[OpenPage]:
    """A function that opens a page of the site on a phone, or in a fresh context with playwright's own options.

    At the end of the test every page must have stayed on the host and have written no error to the console, where
    breaches of the content security policy appear.
    """
    pages: list[Page] = []
    problems: list[str] = []

    def open_page(path: str, **options: Any) -> Page:
        fresh = {"viewport": PHONE, "locale": "ko-KR", "base_url": site, **options}
        page = browser.new_page(**fresh) if options else shared_context.new_page()
        pages.append(page)
        watch(page, site, problems)
        page.goto(path)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert problems == []


def watch(page: Page, site: str, problems: list[str]) -> None:
    """Add a line to `problems` for whatever leaves the host, fails or complains from now on."""

    def check(request: Request) -> None:
        if not request.url.startswith((f"{site}/", "data:")):
            problems.append(f"left the host: {request.url}")

    def check_failed(request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # given up because the page was left
            problems.append(f"failed: {request.url} {request.failure}")

    def check_message(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWERED_BY_INTENT.search(message.text):
            problems.append(f"console: {message.text}")

    page.on("request", check)
    page.on("requestfailed", check_failed)
    page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
    page.on("console", check_message)
