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


def test_an_exhibitor_is_passed_on_by_its_public_address(client: Client) -> None:
    page = opened(client, "/ko/2024/exhibitors/cloud-works/?utm_source=mail")
    assert shared(page) == f"{SITE}/ko/2024/exhibitors/cloud-works/"
    assert re.search(r'<img class="share__code" src="data:image/svg\+xml;[^"]+" width="\d+" height="\d+"', page)


def test_the_code_says_the_address_that_is_shown(client: Client) -> None:
    page = opened(client, "/ko/2024/exhibitors/cloud-works/")
    drawn = re.findall(r'<img class="share__code" src="([^"]+)"', page)
    code = segno.make(shared(page), error="l", boost_error=False, micro=False, mask=3)
    path = re.search(r"%20d%3D%27(.*?)%27", code.svg_data_uri())
    assert path is not None
    assert [path[1] in html.unescape(one) for one in drawn] == [True]


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
        re.findall(r'<img class="share__code" src="([^"]+)"', opened(client, f"/ko/2024/exhibitors/{query}"))[0]
        for query in ("", "?hall=innovation")
    }
    assert len(codes) == 2
