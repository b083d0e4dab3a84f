"""Suggestions while typing: what the script behind the search box is told."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain.search import vain
from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/{language}/2024/suggestions/"


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def ask(client: Client, typed: str, language: str = "ko", **parameters: str) -> list[dict[str, Any]]:
    response = client.get(ADDRESS.format(language=language), {"q": typed, **parameters})
    assert response.status_code == 200
    return response.json()["suggestions"]


def texts(suggestions: list[dict[str, Any]]) -> list[str]:
    return [suggestion["text"] for suggestion in suggestions]


def make_all_kinds(edition: Edition) -> None:
    """One of each kind that 커피 may mean."""
    hall = make_hall(edition, "coffee", "커피관", name_en="Coffee Hall", theme=make_theme(edition, name_ko="커피마당"))
    plain = make_hall(edition)
    make_exhibitor(edition, "도담커피", name_en="Dodam", booths=[make_booth(plain, "A-1"), make_booth(plain, "A-2")])
    make_product(make_exhibitor(edition, "나래로봇", name_en="Narae"), "커피 로봇", name_en="Barista")
    make_exhibitor(edition, "가람차", company_code="garam", booths=[make_booth(plain, "커피-7")])
    make_exhibitor(edition, "하늘상회", booths=[make_booth(hall, "B-1")])
    make_exhibitor(edition, "바다상회", industries=[make_industry(edition, "drinks", "커피·차", name_en="Coffee, tea")])
    make_exhibitor(edition, "솔상회", introduction_ko="커피 이야기")


def test_a_suggestion_says_what_it_is_and_where_it_leads(client: Client, edition: Edition) -> None:
    make_all_kinds(edition)

    answer = client.get(ADDRESS.format(language="en"), {"q": "커피"}).json()

    assert answer == {
        "suggestions": [
            suggestion("exhibitor", "Exhibitor", "Dodam", "혁신관 A-1, 혁신관 A-2", "exhibitors/dodam/", ""),
            suggestion("product", "Product", "커피 로봇", "Narae", "exhibitors/narae/", "ko"),
            suggestion("hall", "Hall", "커피마당", "", "themes/cooperation/", "ko"),
            suggestion("hall", "Hall", "Coffee Hall", "", "halls/coffee/", ""),
            suggestion("industry", "Industry", "Coffee, tea", "", "industries/drinks/", ""),
            suggestion("booth", "Booth", "커피-7", "가람차", "exhibitors/garam/", "ko"),
        ],
        "status": "6 suggestions",
    }
    assert [client.get(one["address"]).status_code for one in answer["suggestions"]] == [200] * 6


def suggestion(kind: str, label: str, text: str, detail: str, path: str, language: str) -> dict[str, str]:
    address = f"/en/2024/{path}"
    return {"kind": kind, "label": label, "text": text, "detail": detail, "address": address, "language": language}


def test_names_and_addresses_are_in_the_language_of_the_page(client: Client, edition: Edition) -> None:
    make_all_kinds(edition)

    found = ask(client, "커피", "ko")

    assert texts(found) == ["도담커피", "커피 로봇", "커피마당", "커피관", "커피·차", "커피-7"]
    assert {(one["address"][:9], one["language"]) for one in found} == {("/ko/2024/", "")}


def test_there_are_at_most_eight_and_every_kind_keeps_its_place(client: Client, edition: Edition) -> None:
    for number in range(12):
        make_exhibitor(edition, f"커피집{number}")
    make_all_kinds(edition)

    found = ask(client, "커피")

    assert [one["kind"] for one in found] == [*["exhibitor"] * 4, "product", "hall", "industry", "booth"]
    assert texts(found)[:4] == ["커피집0", "커피집1", "커피집10", "커피집11"]


def test_one_kind_alone_may_take_all_eight(client: Client, edition: Edition) -> None:
    for number in range(12):
        make_exhibitor(edition, f"커피집{number}")
    assert len(ask(client, "커피집")) == 8


UNDERSTOOD = {
    "도담커": ["도담커피"],
    "ㄷㄷㅋ": ["도담커피"],
    "ehekazj": ["도담커피"],
    "㈜도담": ["도담커피"],
    "도 담": ["도담커피"],
    "도담커퓌": ["도담커피"],
    "dodam": ["도담커피"],
    "커피로봇": ["커피 로봇"],
    "ㅋㅍㄹㅂ": ["커피 로봇"],
    "barista": ["Barista"],
    "a1": ["A-1"],
    "커피마": ["커피마당"],
}


def test_typing_is_understood_as_a_search_is(client: Client, edition: Edition) -> None:
    make_all_kinds(edition)
    assert {typed: texts(ask(client, typed)) for typed in UNDERSTOOD} == UNDERSTOOD


@pytest.mark.parametrize("typed", ["", " ", "!!!", "%00", "듣도보도못한낱말"])
def test_what_means_nothing_suggests_nothing(client: Client, edition: Edition, typed: str) -> None:
    make_all_kinds(edition)
    answer = client.get(ADDRESS.format(language="en"), {"q": typed}).json()
    assert answer == {"suggestions": [], "status": "0 suggestions"}


def test_half_a_query_counts_as_no_search(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    ask(client, "듣도보도못한낱말")
    assert vain.flush() == 0


def test_what_is_not_public_is_not_suggested(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "초안커피", state=Exhibitor.State.DRAFT)
    make_exhibitor(edition, "취소커피", state=Exhibitor.State.WITHDRAWN, state_reason="사정")
    make_facility(edition, name_ko="커피 쉼터")
    other = make_edition("2023")
    make_all_kinds(other)
    assert ask(client, "커피") == []


def test_filters_of_the_address_change_nothing(client: Client, edition: Edition) -> None:
    make_all_kinds(edition)
    assert ask(client, "커피", hall="nowhere", sort="booth", page="9") == ask(client, "커피")


def test_a_hidden_edition_suggests_to_its_organisers_alone(client: Client, admin_client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "도담커피")

    answer = admin_client.get(ADDRESS.format(language="ko"), {"q": "도담"})

    assert client.get(ADDRESS.format(language="ko"), {"q": "도담"}).status_code == 404
    assert client.get("/ko/1999/suggestions/", {"q": "도담"}).status_code == 404
    assert texts(answer.json()["suggestions"]) == ["도담커피"]
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_it_can_only_be_read(client: Client, edition: Edition, method: str) -> None:
    response = getattr(client, method)(ADDRESS.format(language="ko"))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")


def test_its_head_can_be_asked_for(client: Client, edition: Edition) -> None:
    response = client.head(ADDRESS.format(language="ko"), {"q": "a"})
    assert (response.status_code, response.content) == (200, b"")


def test_the_answer_is_nothing_but_data(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "<script>alert(1)</script>커피")

    response = client.get(ADDRESS.format(language="ko"), {"q": "커피"})

    assert response["Content-Type"] == "application/json"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response.json()["suggestions"][0]["text"] == "<script>alert(1)</script>커피"
    # Nothing of a visitor goes in or out, so any store may keep it as long as it says nothing else.
    assert (dict(response.cookies), response.get("Vary"), response.get("Cache-Control")) == ({}, None, None)


@pytest.mark.parametrize(
    "typed",
    ["%00", "%ED%A0%80", "%FF%FE", "%EF%BF%BF", "%25_%5C", "'%22;--", "%E2%80%AE%D7%A9", "a" * 100_000, "%2C" * 30_000],
)
def test_any_bytes_give_an_answer(client: Client, edition: Edition, typed: str) -> None:
    make_exhibitor(edition, "도담커피")
    response = client.get(f"{ADDRESS.format(language='ko')}?q={typed}")
    assert (response.status_code, set(response.json())) == (200, {"suggestions", "status"})


def test_it_costs_the_same_for_one_row_and_for_thirty(client: Client, edition: Edition) -> None:
    hall, industry = make_hall(edition, theme=make_theme(edition)), make_industry(edition)
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            booth = make_booth(hall, f"A-{number}")
            make_product(make_exhibitor(edition, f"도담{number}", booths=[booth], industries=[industry]), "도담차")
        with CaptureQueriesContext(connection) as captured:
            assert ask(client, "도담")
        counts.append(len(captured))
    assert counts == [10, 10]
