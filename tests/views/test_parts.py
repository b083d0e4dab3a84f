"""Pages of halls, themes, industries and collaborations."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def html_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def card_names(html: str) -> list[str]:
    return re.findall(r'<h2 class="card__name"><a href="[^"]+">(.*?)</a>', html)


def fill(edition: Edition, rows: int = 1) -> None:
    """A hall of a theme, an industry and a collaboration with `rows` public exhibitors, and what could leak."""
    hall = make_hall(edition, theme=make_theme(edition))
    industry = make_industry(edition)
    make_facility(edition, name_ko="상담 데스크", booth=make_booth(hall, "Z-01"))
    members = [
        make_exhibitor(edition, f"공개{n}", booths=[make_booth(hall, f"A-{n}")], industries=[industry])
        for n in range(rows)
    ]
    for state in (Exhibitor.State.DRAFT, Exhibitor.State.WITHDRAWN):
        booth = make_booth(hall, state)
        hidden = make_exhibitor(
            edition, f"숨은{state}", booths=[booth], industries=[industry], state=state, state_reason="사정"
        )
        members.append(hidden)
    make_collaboration(edition, members)
    last_year = make_edition("2023")
    other_hall = make_hall(last_year, theme=make_theme(last_year))
    make_exhibitor(last_year, "작년", booths=[make_booth(other_hall)], industries=[make_industry(last_year)])


PAGES = [
    "/ko/2024/halls/innovation/",
    "/ko/2024/themes/cooperation/",
    "/ko/2024/industries/machinery/",
    "/ko/2024/collaborations/joined/",
]


@pytest.mark.parametrize("address", PAGES)
def test_shows_its_public_exhibitors_alone(client: Client, edition: Edition, address: str) -> None:
    fill(edition)
    html = html_of(client, address)
    assert card_names(html) == ["공개0"]
    for hidden in ("숨은", "작년"):
        assert hidden not in html


@pytest.mark.parametrize("address", [*PAGES, "/ko/2024/halls/", "/ko/2024/industries/"])
def test_belongs_to_a_public_edition(client: Client, address: str) -> None:
    edition = make_edition()
    fill(edition)
    assert client.get(address).status_code == 200
    Edition.objects.update(is_public=False)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/ko/2024/halls/nowhere/",
        "/ko/2024/themes/nothing/",
        "/ko/2024/industries/nothing/",
        "/ko/2024/collaborations/nothing/",
        "/ko/2099/",
    ],
)
def test_an_unknown_address_is_not_found(client: Client, edition: Edition, address: str) -> None:
    fill(edition)
    response = client.get(address)
    assert response.status_code == 404
    assert "찾는 페이지가 없습니다" in response.content.decode()
    assert "This page does not exist" in response.content.decode()


def test_a_hall_lists_its_facilities_uncounted(client: Client, edition: Edition) -> None:
    fill(edition)
    html = html_of(client, "/ko/2024/halls/innovation/")
    assert "상담 데스크" in html
    assert "<strong>1</strong>" in html


def test_a_theme_shows_its_halls_and_collaborations_once(client: Client, edition: Edition) -> None:
    fill(edition, 3)
    html = html_of(client, "/ko/2024/themes/cooperation/")
    assert 'href="/ko/2024/halls/innovation/"' in html
    assert html.count('href="/ko/2024/collaborations/joined/"') == 1


def test_the_second_page_of_a_hall_keeps_its_address_short(client: Client, edition: Edition) -> None:
    fill(edition, 30)
    html = html_of(client, "/ko/2024/halls/innovation/")
    assert 'href="?page=2" rel="next"' in html
    assert len(card_names(html_of(client, "/ko/2024/halls/innovation/?page=2"))) == 6


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/ko/2024/halls/", 5),
        ("/ko/2024/halls/innovation/", 7),
        ("/ko/2024/themes/cooperation/", 9),
        ("/ko/2024/industries/", 4),
        ("/ko/2024/industries/machinery/", 7),
        ("/ko/2024/collaborations/joined/", 5),
    ],
)
@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_queries_whatever_the_rows(
    client: Client, edition: Edition, address: str, expected: int, rows: int
) -> None:
    fill(edition, rows)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == expected
