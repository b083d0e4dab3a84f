"""What the addresses of the open data ask for: filters as on the pages, pages, and nonsense."""

from typing import Any

import pytest
from django.test import Client

from exhibitors.models import Edition
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_product

pytestmark = pytest.mark.django_db

LIST = "/api/v1/editions/2024/exhibitors/"
FULL = f"http://testserver{LIST}"


@pytest.fixture
def edition() -> Edition:
    """Seven exhibitors in the order of their names, two of them in a hall."""
    edition = make_edition()
    hall = make_hall(edition)
    for number, name in enumerate("가나다라마바사"):
        booths = [make_booth(hall, f"A-{number}")] if number < 2 else []
        make_exhibitor(edition, name, name_en=f"Number {7 - number}", booths=booths)
    return edition


def read(client: Client, parameters: str = "") -> Any:
    response = client.get(f"{LIST}?{parameters}")
    assert response.status_code == 200
    return response.json()


def names(answer: Any) -> str:
    return "".join(item["name_ko"] for item in answer["items"])


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("", "가나다라마바사"),
        ("hall=innovation", "가나"),
        ("hall=none&sort=name_en", "사바마라다"),
        ("initial=ㄱ&initial=ㄴ", "가나"),
        ("q=다", "다"),
        ("x=1&_=2", "가나다라마바사"),
    ],
)
def test_the_filters_are_those_of_the_pages(client: Client, edition: Edition, parameters: str, expected: str) -> None:
    answer = read(client, parameters)
    assert names(answer) == expected
    assert answer["total"] == len(expected)
    assert answer["notices"] == []


def test_a_page_leads_to_those_around_it_with_what_was_understood(client: Client, edition: Edition) -> None:
    answer = read(client, "per_page=2&page=2&hall=none&hall=x&y=1")
    assert names(answer) == "마바"
    assert (answer["total"], answer["page"], answer["pages"]) == (5, 2, 3)
    assert answer["next"] == f"{FULL}?hall=none&per_page=2&page=3"
    assert answer["previous"] == f"{FULL}?hall=none&per_page=2"
    assert answer["notices"] == ["This edition has no filter value “x”."]


def test_the_first_and_the_last_page_lead_no_further(client: Client, edition: Edition) -> None:
    assert read(client, "per_page=4")["previous"] is None
    assert read(client, "per_page=4&page=2")["next"] is None
    whole = read(client)
    assert (whole["page"], whole["pages"], whole["next"], whole["previous"]) == (1, 1, None, None)


def test_a_page_has_fifty_rows_unless_asked_otherwise(client: Client) -> None:
    edition = make_edition()
    for _ in range(51):
        make_product(make_exhibitor(edition))
    assert len(read(client)["items"]) == 50
    assert read(client)["next"] == f"{FULL}?page=2"
    products = client.get("/api/v1/editions/2024/products/?page=2").json()
    assert (len(products["items"]), products["previous"]) == (1, "http://testserver/api/v1/editions/2024/products/")


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "²", "９", "%00", "%ED%A0%80", "8", "9" * 5000])
def test_a_page_that_is_not_there_is_answered_with_the_nearest(client: Client, edition: Edition, page: str) -> None:
    answer = read(client, f"page={page}")
    assert (answer["page"], names(answer)) == (1, "가나다라마바사")
    assert answer["notices"] == ["There is no such page. This is page 1."]


@pytest.mark.parametrize("size", ["0", "-1", "x", "²", "%00", "201", "9" * 5000])
def test_a_size_that_is_none_gets_the_usual_one_or_the_largest(client: Client, edition: Edition, size: str) -> None:
    answer = read(client, f"per_page={size}")
    assert names(answer) == "가나다라마바사"
    assert answer["notices"] == ["per_page is a number from 1 to 200."]


def test_never_more_than_two_hundred_rows(client: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    for number in range(201):
        make_product(exhibitor, f"품목 {number}")
    answer = client.get("/api/v1/editions/2024/products/?per_page=999999").json()
    assert (len(answer["items"]), answer["total"], answer["pages"]) == (200, 201, 2)


@pytest.mark.parametrize(
    ("parameters", "notice"),
    [
        ("hall=x", "This edition has no filter value “x”."),
        ("theme=%00", "This edition has no filter value “”."),
        ("industry=%ED%A0%80", "This edition has no filter value “���”."),
        ("initial=가", "This edition has no filter value “가”."),
    ],
)
def test_a_value_that_is_not_known_selects_nothing(
    client: Client, edition: Edition, parameters: str, notice: str
) -> None:
    for language in ("ko", "en"):
        answer = client.get(f"{LIST}?{parameters}", headers={"accept-language": language}).json()
        assert (answer["total"], answer["items"]) == (0, [])
        assert answer["notices"] == [notice]


@pytest.mark.parametrize("query", ["%00", "%ED%A0%80", "가" * 3000, "%25_%5C%27%22", "9" * 400, "%F0%9F%98%80"])
def test_odd_searches_never_fail_and_find_what_the_page_finds(client: Client, edition: Edition, query: str) -> None:
    shown = client.get(f"/ko/2024/exhibitors/?q={query}").context["counts"].total
    assert read(client, f"q={query}")["total"] == shown


def test_an_order_that_is_not_known_is_told(client: Client, edition: Edition) -> None:
    answer = read(client, "sort=random")
    assert names(answer) == "가나다라마바사"
    assert answer["notices"] == ["This order is not known. The list is in its usual order."]


def test_too_many_parameters_are_a_bad_request(client: Client, edition: Edition) -> None:
    assert client.get(f"{LIST}?" + "&".join(["hall=x"] * 1001)).status_code == 400
