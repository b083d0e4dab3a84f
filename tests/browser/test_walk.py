"""A visitor's way from the front page over a hall to an exhibitor and to a list on paper."""

import re

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import DESK, PHONE, OpenPage, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

EXHIBITOR = {"ko": "가랑뫼커피", "en": "Garangmoe Coffee"}
HALL = {"ko": "수출관", "en": "Export Hall"}
HALL_SIZE = 25


@pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_walk_from_home_over_hall_and_exhibitor_to_the_print(
    open_page: OpenPage, language: str, viewport: ViewportSize, has_scripts: bool
) -> None:
    page = open_page(
        "/", locale={"ko": "ko-KR", "en": "en-GB"}[language], viewport=viewport, java_script_enabled=has_scripts
    )
    expect(page).to_have_url(re.compile(f"/{language}/2024/$"))

    page.locator(".hall-tile > a", has_text=HALL[language]).click()
    expect(page.locator("h1")).to_have_text(HALL[language])
    page.locator(".card__name a", has_text=EXHIBITOR[language]).click()
    expect(page.locator("h1")).to_contain_text(EXHIBITOR[language])
    follow(page, page.locator(".neighbours__hall"))
    expect(page.locator("h1")).to_have_text(HALL[language])
    names = _names_on_cards(page)
    assert len(names) == len(set(names)) == HALL_SIZE

    follow(page, page.locator(".print-link"))
    expect(page).to_have_url(re.compile(f"/{language}/2024/print/booths/\\?hall=export$"))
    expect(page.locator(".booth-section__count")).to_contain_text(str(HALL_SIZE))
    assert sorted(page.locator(".cell--name strong").all_inner_texts()) == sorted(names)
    expect(page.locator("[data-print]")).to_be_visible(visible=has_scripts)


def _names_on_cards(page: Page) -> list[str]:
    """The names on all pages of the list; ends on the last of them."""
    names = page.locator(".card__name a").all_inner_texts()
    while page.locator('.pager [rel="next"]').count():
        follow(page, page.locator('.pager [rel="next"]'))
        names += page.locator(".card__name a").all_inner_texts()
    return names


def test_the_print_button_opens_the_print_dialog(open_page: OpenPage) -> None:
    page = open_page("/ko/2024/print/booths/")
    page.evaluate("window.print = () => { document.title = 'printing'; }")
    page.locator("[data-print]").click()
    expect(page).to_have_title("printing")


@pytest.mark.parametrize(
    ("address", "status"),
    [("/ko/2024/exhibitors/nobody/", 404), ("/en/1999/", 404), ("/ko/2023/exhibitors/gone/", 410)],
)
def test_what_is_not_there_says_so(open_page: OpenPage, address: str, status: int) -> None:
    page = open_page("/ko/2024/")
    response = page.goto(address)
    assert response is not None
    assert response.status == status
    expect(page.locator("h1")).to_be_visible()
