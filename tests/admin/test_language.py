"""The desk speaks Korean by default, English where the browser asks for it or an organiser chooses it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def language_of(client: Client, page: str = "admin:index") -> str:
    return client.get(reverse(page)).content.decode().split('<html lang="')[1].split('"')[0]


def test_korean_is_the_default(organiser: User) -> None:
    browser = Client()
    browser.force_login(organiser)

    assert language_of(browser) == "ko"
    assert "사용자" in browser.get(reverse("admin:index")).content.decode()


@pytest.mark.parametrize(
    ("accepted", "expected"), [("en-GB,en;q=0.9", "en"), ("ko-KR,ko", "ko"), ("fr", "ko"), ("*", "ko")]
)
def test_the_browser_may_ask_for_english(accepted: str, expected: str, organiser: User) -> None:
    browser = Client(headers={"accept-language": accepted})
    browser.force_login(organiser)

    assert language_of(browser) == expected


def test_the_switch_stays_on_the_page_and_is_remembered(organiser: User) -> None:
    browser = Client()
    browser.force_login(organiser)
    page = reverse("admin:exhibitors_exhibitor_changelist") + "?q=x"

    answer = browser.post(reverse("admin:set_language"), {"language": "en", "next": page})

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert language_of(browser) == "en"


def test_the_switch_works_before_signing_in(client: Client) -> None:
    page = client.get(reverse("admin:login")).content.decode()

    client.post(reverse("admin:set_language"), {"language": "en", "next": reverse("admin:login")})

    assert 'name="language" value="en" lang="en"' in page
    assert language_of(client, "admin:login") == "en"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_the_switch_leads_nowhere_else(elsewhere: str, client: Client) -> None:
    answer = client.post(reverse("admin:set_language"), {"language": "en", "next": elsewhere})

    assert "elsewhere" not in answer["Location"]
    assert "javascript" not in answer["Location"]


def test_opening_the_address_of_the_switch_changes_nothing(client: Client) -> None:
    client.get(reverse("admin:set_language"), {"language": "en"})

    assert language_of(client, "admin:login") == "ko"


@pytest.mark.parametrize("language", ["", "fr", "xx", "../../etc"])
def test_an_unknown_language_changes_nothing(language: str, client: Client) -> None:
    client.post(reverse("admin:set_language"), {"language": language})

    assert language_of(client, "admin:login") == "ko"
