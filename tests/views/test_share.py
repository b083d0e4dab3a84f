"""Passing a page on: its address as text and as a code, without what came along by chance."""

import html
import re

import pytest
import segno
from django.test import Client
from pytest_django import Settings

from exhibitors.models import Edition
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_theme
from tests.views.pages import opened

pytestmark = pytest.mark.django_db

SITE = "https://expo.example.kr"


@pytest.fixture(autouse=True)
def edition(settings: Settings) -> Edition:
    settings.BASE_URL = SITE
    edition = make_edition()
    make_exhibitor(
        edition, "구름공방", name_en="Cloud Works", booths=[make_booth(make_hall(edition, name_en="Innovation"))]
    )
    return edition


def shared(page: str) -> str:
    match = re.search(r'<p class="share__address" data-share-address>(.*?)</p>', page)
    assert match is not None
    return html.unescape(match[1])


def code_of(page: str) -> str:
    """The address of the picture."""
    (address,) = re.findall(r'<img class="share__code" src="([^"]+)" width="200" height="200"', page)
    return html.unescape(address)


def test_an_exhibitor_is_passed_on_by_its_public_address(client: Client) -> None:
    page = opened(client, "/ko/2024/exhibitors/cloud-works/?utm_source=mail")
    assert shared(page) == f"{SITE}/ko/2024/exhibitors/cloud-works/"
    assert code_of(page).endswith("/code.svg?of=%2Fko%2F2024%2Fexhibitors%2Fcloud-works%2F")


def test_the_code_says_the_address_that_is_shown(client: Client) -> None:
    page = opened(client, "/ko/2024/exhibitors/?q=구름&sort=booth")
    answer = client.get(code_of(page))
    code = segno.make(shared(page), error="l", boost_error=False, micro=False, mask=3)
    drawn = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    assert answer.content.decode().replace(' xmlns="http://www.w3.org/2000/svg"', "") == drawn
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=86400"


@pytest.mark.parametrize(
    "of",
    [
        "",
        "/",
        "/desk/",
        "//ko/",
        "https://example.com/ko/",
        "/ko/\\@example.com",
        "/ko/a\nb",
        "ko/",
        "/fr/",
        f"/ko/{'a' * 300}",
    ],
)
def test_there_are_codes_of_our_own_pages_alone(client: Client, of: str) -> None:
    assert client.get("/code.svg", {"of": of}).status_code == 404


@pytest.mark.parametrize("of", ["/ko/@example.com/", "/en/2024/b/innovation/A 01/", "/ko/2024/exhibitors/?q=%EA%B5%AC"])
def test_a_code_leads_to_this_site_whatever_is_asked(client: Client, of: str) -> None:
    drawn = segno.make(SITE + of, error="l", boost_error=False, micro=False, mask=3)
    path = drawn.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None).partition(' d="')[2]
    assert client.get("/code.svg", {"of": of}).content.decode().endswith(path)


def test_a_list_is_passed_on_with_its_filters_alone(client: Client) -> None:
    page = opened(client, "/en/2024/exhibitors/?utm_source=mail&hall=innovation&sort=booth&page=1")
    assert shared(page) == f"{SITE}/en/2024/exhibitors/?hall=innovation&sort=booth"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("halls/innovation/", "Innovation"),
        ("themes/future/", "Future"),
        ("industries/metal/", "Metal"),
    ],
)
def test_a_part_of_the_expo_is_passed_on_by_its_address_and_name(
    client: Client, edition: Edition, path: str, title: str
) -> None:
    make_theme(edition, "future", name_en="Future")
    make_industry(edition, "metal", "금속", name_en="Metal")
    page = opened(client, f"/en/2024/{path}?utm_source=mail")
    assert shared(page) == f"{SITE}/en/2024/{path}"
    assert f'<details class="share" data-share data-title="{title}">' in page
    assert "css/share." in page
    assert "js/share." in page


def test_an_address_too_long_for_a_code_is_text_alone(client: Client) -> None:
    query = "가" * 90
    page = opened(client, "/ko/2024/exhibitors/", {"q": query})
    assert len(shared(page)) > 300
    assert "share__code" not in page


def test_different_lists_have_different_codes(client: Client) -> None:
    codes = {
        client.get(code_of(opened(client, f"/ko/2024/exhibitors/{query}"))).content
        for query in ("", "?hall=innovation")
    }
    assert len(codes) == 2
