"""Autocompletion: found by what people type, limited to the edition where it is known."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from exhibitors.models import Booth, CollaborationMember, Edition, Exhibitor, Facility, Hall, Industry, Product
from tests.admin.pages import address, form_of
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


def ask(client: Client, model: type[Model], field: str, term: str = "", **parameters: Any) -> list[str]:
    query = {"app_label": "exhibitors", "model_name": model._meta.model_name, "field_name": field, "term": term}
    answer = client.get(reverse("admin:autocomplete"), query | parameters)
    assert answer.status_code == 200, answer
    return [result["text"] for result in answer.json()["results"]]


def make_two_editions() -> tuple[Edition, Edition]:
    editions = make_edition("2023", name_en="Expo 2023"), make_edition("2024", name_en="Expo 2024")
    for edition in editions:
        hall = make_hall(edition, name_en="", theme=make_theme(edition))
        booth = make_booth(hall, "A-1")
        exhibitor = make_exhibitor(edition, "에바", booths=[booth], industries=[make_industry(edition)])
        make_product(exhibitor)
        make_collaboration(edition, [exhibitor])
        make_facility(edition, booth=booth)
    return editions


FIELDS = [
    (Hall, "theme", "교차협력관"),
    (Booth, "hall", "혁신관"),
    (Exhibitor, "booths", "혁신관 A-1"),
    (Exhibitor, "industries", "기계설비"),
    (Product, "exhibitor", "에바"),
    (CollaborationMember, "exhibitor", "에바"),
    (Facility, "booth", "혁신관 A-1"),
]


@pytest.mark.parametrize(("model", "field", "name"), FIELDS)
def test_within_an_edition_only_its_rows_are_offered(model: type[Model], field: str, name: str, desk: Client) -> None:
    _older, edition = make_two_editions()

    assert ask(desk, model, field, edition=edition.pk) == [name]


@pytest.mark.parametrize(("model", "field", "name"), FIELDS)
def test_where_the_edition_is_unknown_each_row_names_its_own(
    model: type[Model], field: str, name: str, desk: Client
) -> None:
    make_two_editions()

    assert sorted(ask(desk, model, field)) == [f"{name} (Expo 2023)", f"{name} (Expo 2024)"]


@pytest.mark.parametrize("bogus", ["abc", "0", "999999", "9" * 40, ""])
def test_an_edition_that_is_none_offers_nothing(bogus: str, desk: Client) -> None:
    make_two_editions()

    assert ask(desk, Exhibitor, "booths", edition=bogus) == []


@pytest.mark.parametrize("term", ["\x00", "A\x00-1", "%", "'", "가" * 2000])
def test_a_bogus_term_never_fails(term: str, desk: Client) -> None:
    make_two_editions()

    ask(desk, Exhibitor, "booths", term)


def test_a_booth_is_found_by_number_and_by_hall(desk: Client) -> None:
    edition = make_edition()
    for code, name in (("innovation", "혁신관"), ("export", "수출관")):
        hall = make_hall(edition, code, name)
        make_booth(hall, "A-2")
        make_booth(hall, "A-10")

    assert ask(desk, Exhibitor, "booths", "a-2", edition=edition.pk) == ["수출관 A-2", "혁신관 A-2"]
    assert ask(desk, Exhibitor, "booths", "혁신관", edition=edition.pk) == ["혁신관 A-2", "혁신관 A-10"]
    assert ask(desk, Exhibitor, "booths", "수출관 10", edition=edition.pk) == ["수출관 A-10"]


def test_autocompletion_costs_the_same_for_one_row_and_for_twenty(desk: Client, django_assert_num_queries: Any) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    for number in range(20):
        make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")])

    with django_assert_num_queries(5):
        assert len(ask(desk, Exhibitor, "booths", "A", edition=edition.pk)) == 20


@pytest.mark.parametrize("browser", ["client", "stranger"])
def test_strangers_are_offered_nothing(browser: str, request: pytest.FixtureRequest) -> None:
    make_two_editions()
    query = {"app_label": "exhibitors", "model_name": "booth", "field_name": "hall"}

    answer = request.getfixturevalue(browser).get(reverse("admin:autocomplete"), query)

    assert answer.status_code == 302


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"app_label": "exhibitors", "model_name": "booth", "field_name": "nothing"},
        {"app_label": "exhibitors", "model_name": "booth", "field_name": "number"},
        {"app_label": "auth", "model_name": "nothing", "field_name": "x"},
        {"app_label": "exhibitors", "model_name": "boothmove", "field_name": "moved_by"},
    ],
)
def test_what_is_not_for_choosing_is_not_told(query: dict[str, str], desk: Client, organiser: Any) -> None:
    answer = desk.get(reverse("admin:autocomplete"), query)

    assert organiser.username not in answer.content.decode() or query.get("field_name") == "moved_by"
    assert answer.status_code in {200, 403, 404}


def test_the_forms_ask_within_their_edition(desk: Client) -> None:
    edition = make_edition()
    make_edition("2023")
    exhibitor = make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    facility = make_facility(edition)
    asked = f'data-ajax--url="{reverse("admin:autocomplete")}?edition={edition.pk}"'

    pages = [form_of(exhibitor), form_of(facility), form_of(exhibitor.booths.get())]
    pages += [f"{address(model, 'add')}?edition={edition.pk}" for model in (Exhibitor, Hall, Booth, Facility)]

    assert [asked in desk.get(page).content.decode() for page in pages] == [True] * len(pages)


def test_the_window_for_a_missing_row_knows_the_edition(desk: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)

    page = desk.get(form_of(exhibitor)).content.decode()

    assert f"{address(Industry, 'add')}?_to_field=id&amp;_popup=1&amp;edition={edition.pk}" in page
