"""The open data: what each address answers, to whom, and what that costs."""

from typing import Any

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
    make_hall,
    make_industry,
    make_organiser,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

API = "/api/v1/editions/"
SITE = "http://testserver"
OF_AN_EDITION = ("", "halls/", "industries/", "exhibitors/", "products/", "collaborations/")


@pytest.fixture
def edition() -> Edition:
    return make_edition(is_current=True, hosts_ko="주최", about_ko="*글*")


def read(client: Client, path: str) -> Any:
    response = client.get(API + path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json; charset=utf-8"
    return response.json()


def pages(path: str) -> dict[str, str]:
    return {language: f"{SITE}/{language}/2024/{path}" for language in ("ko", "en")}


def fill(edition: Edition, rows: int) -> None:
    hall, industry = make_hall(edition, theme=make_theme(edition)), make_industry(edition)
    for number in range(rows):
        exhibitor = make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")], industries=[industry])
        make_product(exhibitor)
        make_collaboration(edition, [exhibitor], slug=f"story-{number}")


def test_editions_are_those_that_are_public_newest_first(client: Client, edition: Edition) -> None:
    make_edition("2023", starts_on="2023-10-01", ends_on="2023-10-02")
    make_edition("2025", is_public=False)
    assert [row["id"] for row in read(client, "")] == ["2024", "2023"]


def test_an_edition_is_told_in_both_languages(client: Client, edition: Edition) -> None:
    assert read(client, "2024/") == {
        "id": "2024",
        "name_ko": "2024 시험 엑스포",
        "name_en": "Test Expo 2024",
        "slogan_ko": "",
        "slogan_en": "",
        "venue_ko": "시험장",
        "venue_en": "Test Hall",
        "hosts_ko": "주최",
        "hosts_en": "",
        "about_ko": "*글*",
        "about_en": "",
        "starts_on": "2024-10-22",
        "ends_on": "2024-10-25",
        "opens_at": None,
        "closes_at": None,
        "contact_email": "desk@expo.example",
        "is_current": True,
        "has_sample": False,
        "pages": pages(""),
    }


def test_an_edition_with_an_invented_exhibitor_says_so(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, is_sample=True)
    assert read(client, "2024/")["has_sample"] is True


def test_halls_come_with_their_themes(client: Client, edition: Edition) -> None:
    make_hall(edition, "two", "2관", position=2)
    make_hall(edition, "one", "1관", name_en="One", theme=make_theme(edition), position=1)
    first, second = read(client, "2024/halls/")
    assert first == {
        "id": "one",
        "name_ko": "1관",
        "name_en": "One",
        "description_ko": "",
        "description_en": "",
        "theme": {
            "id": "cooperation",
            "name_ko": "교차협력관",
            "name_en": "",
            "description_ko": "",
            "description_en": "",
            "pages": pages("themes/cooperation/"),
        },
        "pages": pages("halls/one/"),
    }
    assert (second["id"], second["theme"]) == ("two", None)


def test_industries_come_in_their_order(client: Client, edition: Edition) -> None:
    make_industry(edition, "tools", "공구", position=2)
    make_industry(edition, "food", "식품", position=1)
    assert read(client, "2024/industries/") == [
        {"id": "food", "name_ko": "식품", "name_en": "", "pages": pages("industries/food/")},
        {"id": "tools", "name_ko": "공구", "name_en": "", "pages": pages("industries/tools/")},
    ]


def test_an_exhibitor_is_told_as_its_page_shows_it(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(
        edition,
        "에바",
        name_en="EVA",
        company_code="SECRET-1",
        booths=[make_booth(hall, "A-01"), make_booth(hall, "")],
        industries=[make_industry(edition)],
        introduction_ko="소개",
        phone="02-000-0000",
        state_reason="INTERNAL",
    )
    product = make_product(exhibitor, "충전기", text_en="It charges.")
    make_collaboration(edition, [exhibitor])
    expected = {
        "id": "eva",
        "name_ko": "에바",
        "name_en": "EVA",
        "main_products_ko": "",
        "main_products_en": "",
        "introduction_ko": "소개",
        "introduction_en": "",
        "homepage": "",
        "phone": "02-000-0000",
        "email": "",
        "region": "",
        "logo": None,
        "places": [{"hall": "innovation", "booth": "A-01"}, {"hall": "innovation", "booth": None}],
        "industries": ["machinery"],
        "products": [
            {
                "id": product.pk,
                "name_ko": "충전기",
                "name_en": "",
                "text_ko": "",
                "text_en": "It charges.",
                "picture": None,
            }
        ],
        "collaborations": ["joined"],
        "is_sample": False,
        "pages": pages("exhibitors/eva/"),
    }
    assert read(client, "2024/exhibitors/eva/") == expected
    assert read(client, "2024/exhibitors/")["items"] == [expected]
    assert client.get("/ko/2024/exhibitors.json").json() == read(client, "2024/exhibitors/")


def test_a_picture_is_told_with_its_address_and_size(client: Client, edition: Edition) -> None:
    name = f"pictures/ab/{'ab' * 16}-400x300-400.webp"
    exhibitor = make_exhibitor(edition, name_en="EVA", logo_alt_en="a tree")
    Exhibitor.objects.filter(pk=exhibitor.pk).update(logo=name)
    assert read(client, "2024/exhibitors/eva/")["logo"] == {
        "address": f"{SITE}/media/{name}",
        "width": 400,
        "height": 300,
        "alt_ko": "",
        "alt_en": "a tree",
    }


def test_an_exhibitor_without_anything_is_there_too(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "", name_en="Bare")
    row = read(client, "2024/exhibitors/bare/")
    assert (row["name_ko"], row["places"], row["industries"], row["products"]) == ("", [], [], [])


def test_products_name_their_exhibitor(client: Client, edition: Edition) -> None:
    second, first = make_exhibitor(edition, "나", name_en="Second"), make_exhibitor(edition, "가", name_en="First")
    make_product(second, "셋")
    make_product(first, "둘", position=2)
    make_product(first, "하나", position=1)
    answer = read(client, "2024/products/")
    assert [(row["exhibitor"], row["name_ko"]) for row in answer["items"]] == [
        ("first", "하나"),
        ("first", "둘"),
        ("second", "셋"),
    ]
    assert (answer["total"], answer["next"]) == (3, None)


def test_a_collaboration_names_its_public_members_alone(client: Client, edition: Edition) -> None:
    members = [
        make_exhibitor(edition, "에바", name_en="EVA"),
        make_exhibitor(edition, "초안", state=Exhibitor.State.DRAFT),
        make_exhibitor(edition, "취소", state=Exhibitor.State.WITHDRAWN, state_reason="no"),
    ]
    make_collaboration(edition, members, story_ko="이야기")
    expected = {
        "id": "joined",
        "title_ko": "함께 만든 품목",
        "title_en": "",
        "story_ko": "이야기",
        "story_en": "",
        "picture": None,
        "exhibitors": [{"id": "eva", "name_ko": "에바", "name_en": "EVA"}],
        "is_sample": False,
        "pages": pages("collaborations/joined/"),
    }
    assert read(client, "2024/collaborations/") == [expected]
    assert read(client, "2024/collaborations/joined/") == expected
    assert client.get(f"{API}2024/collaborations/other/").status_code == 404


def test_drafts_and_withdrawn_are_nowhere(client: Client, edition: Edition) -> None:
    draft = make_exhibitor(edition, "초안", name_en="Draft", state=Exhibitor.State.DRAFT)
    gone = make_exhibitor(edition, "취소", name_en="Gone", state=Exhibitor.State.WITHDRAWN, state_reason="SECRET")
    make_product(draft, "초안품")
    make_product(gone, "취소품")
    make_product(make_exhibitor(make_edition("2023")), "작년품")
    assert read(client, "2024/exhibitors/")["total"] == 0
    assert read(client, "2024/products/")["total"] == 0
    assert client.get(f"{API}2024/exhibitors/draft/").status_code == 404
    withdrawn = client.get(f"{API}2024/exhibitors/gone/")
    assert withdrawn.status_code == 410
    assert withdrawn.json() == {"detail": "This exhibitor has withdrawn from this edition."}
    assert client.get("/ko/2024/exhibitors/gone/").status_code == 410


@pytest.mark.parametrize("path", [*OF_AN_EDITION, "exhibitors/eva/", "collaborations/joined/"])
def test_a_hidden_edition_does_not_exist_for_organisers_neither(client: Client, path: str) -> None:
    edition = make_edition(is_public=False)
    make_collaboration(edition, [make_exhibitor(edition, name_en="EVA")])
    client.force_login(make_organiser())
    for slug in ("2024", "2099"):
        response = client.get(f"{API}{slug}/{path}")
        assert response.status_code == 404
        assert response.json() == {"detail": "Not Found"}
    Edition.objects.update(is_public=True)
    assert client.get(f"{API}2024/{path}").status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("", 1),
        ("2024/", 1),
        ("2024/halls/", 2),
        ("2024/industries/", 2),
        ("2024/exhibitors/?hall=innovation&industry=machinery&sort=booth", 9),
        ("2024/products/", 3),
        ("2024/collaborations/", 3),
    ],
)
def test_the_rows_do_not_change_what_an_answer_costs(
    client: Client, edition: Edition, path: str, queries: int, rows: int
) -> None:
    fill(edition, rows)
    with CaptureQueriesContext(connection) as captured:
        read(client, path)
    assert len(captured) == queries
