"""Passing a page on: copying its address, the device's own share sheet, and what is there without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.pages import address

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PATH = "/en/2023/exhibitors/everything-precision-co-ltd/"
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
SHARE_SHEET = "navigator.share = async (data) => { window.shared = data; }"


def unfold(page: Page) -> None:
    page.locator(".share summary").click()


def test_the_address_is_copied_and_the_copying_told(open_page: OpenPage, site: str) -> None:
    page = open_page("about:blank", permissions=["clipboard-read", "clipboard-write"], base_url=site)
    page.goto(PATH)
    unfold(page)
    page.get_by_role("button", name="Copy address").click()
    expect(page.locator(".share [role=status]")).to_have_text("The address is copied.")
    # Pasted as a visitor pastes: no page may read the clipboard itself.
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'pasted'}))")
    page.locator("#pasted").press("Control+V")
    expect(page.locator("#pasted")).to_have_value(f"{site}{PATH}")


@pytest.mark.parametrize("works", [True, False])
def test_without_a_clipboard_the_older_way_is_tried(open_page: OpenPage, site: str, works: bool) -> None:
    page = open_page("about:blank", locale="en-GB")
    page.add_init_script(NO_CLIPBOARD)
    page.goto(PATH)
    page.evaluate(f"document.execCommand = (name) => {{ window.command = name; return {str(works).lower()}; }}")
    unfold(page)
    page.get_by_role("button", name="Copy address").click()
    told = "The address is copied." if works else "Copying did not work. The address is selected: copy it by hand."
    expect(page.locator(".share [role=status]")).to_have_text(told)
    assert page.evaluate("[window.command, String(getSelection())]") == ["copy", f"{site}{PATH}"]


def test_the_devices_share_sheet_is_offered_where_there_is_one(open_page: OpenPage, site: str) -> None:
    page = open_page("about:blank", locale="en-GB")
    page.add_init_script(SHARE_SHEET)
    page.goto(f"{PATH}?utm_source=mail")
    unfold(page)
    page.get_by_role("button", name="Share …").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared") == {"title": "Everything Precision Co., Ltd.", "url": f"{site}{PATH}"}


def test_where_there_is_no_share_sheet_none_is_offered(open_page: OpenPage) -> None:
    page = open_page("about:blank", locale="en-GB")
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(PATH)
    unfold(page)
    expect(page.get_by_role("button", name="Copy address")).to_be_visible()
    expect(page.get_by_role("button", name="Share …")).to_be_hidden()


def test_without_scripts_there_are_the_address_and_its_code(open_page: OpenPage, site: str) -> None:
    page = open_page(address("list", "en"), java_script_enabled=False)
    unfold(page)
    expect(page.locator(".share__address")).to_have_text(f"{site}{address('list', 'en')}")
    expect(page.locator(".share__code")).to_be_visible()
    expect(page.locator(".share button").first).to_be_hidden()


@pytest.mark.parametrize("name", ["list", "exhibitor with everything"])
def test_what_is_folded_out_is_large_enough_to_hit_and_stays_inside(open_page: OpenPage, name: str) -> None:
    page = open_page(address(name, "ko"), viewport={"width": 320, "height": 568})
    unfold(page)
    heights = page.locator(".share :is(summary, button:not([hidden]))").evaluate_all(
        "elements => elements.map((e) => e.getBoundingClientRect().height >= 44)"
    )
    assert heights == [True] * len(heights)
    assert len(heights) >= 2
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth") is True
