"""What rows say of themselves: order, names in two languages, addresses, reasons for being hidden, their own checks."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import translation

from exhibitors.models import Booth, Edition, Exhibitor, Hall
from exhibitors.models.booth import booth_number_key
from exhibitors.models.fields import natural_key, pick
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


def test_booth_numbers_sort_as_people_count() -> None:
    numbers = ["B-1", "A-10", "A-2", "a-3", "A-02b", "A-1", "101", "9", "", "A-1-10", "A-1-9"]

    assert sorted(numbers, key=booth_number_key) == [
        "9",
        "101",
        "A-1",
        "A-1-9",
        "A-1-10",
        "A-2",
        "A-02b",
        "a-3",
        "A-10",
        "B-1",
        "",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A-2", "A-10"),
        ("A-9", "A-10"),
        ("A-99", "B-1"),
        ("a-2", "A-10"),
        ("2", "10"),
        ("A-2-9", "A-2-10"),
        ("A-0002", "A-10"),
        ("1" * 98, "1" * 99),
    ],
)
def test_a_smaller_number_comes_first(before: str, after: str) -> None:
    assert natural_key(before) < natural_key(after)


def test_leading_zeros_and_case_do_not_count() -> None:
    assert natural_key("B-1") == natural_key("b-01")


@pytest.mark.django_db
@pytest.mark.parametrize("number", ["가-100", "Z-99", "～1", "ㅎ"])
def test_a_booth_whose_number_follows_stands_last_in_its_hall(number: str) -> None:
    hall = make_hall(make_edition())
    for text in ("", number, "A-10", "A-2"):
        make_booth(hall, text)

    assert [booth.number for booth in Booth.objects.all()] == ["A-2", "A-10", number, ""]


@pytest.mark.django_db
def test_booths_come_hall_by_hall_in_the_halls_own_order() -> None:
    edition = make_edition()
    second, first = make_hall(edition, "a-second", position=2), make_hall(edition, "z-first", position=1)
    for hall in (second, first):
        make_booth(hall, "A-10")
        make_booth(hall, "A-2")

    assert [(booth.hall.code, booth.number) for booth in Booth.objects.all()] == [
        ("z-first", "A-2"),
        ("z-first", "A-10"),
        ("a-second", "A-2"),
        ("a-second", "A-10"),
    ]


@pytest.mark.django_db
def test_a_booth_number_loses_its_outer_spaces() -> None:
    booth = Booth(hall=make_hall(make_edition()), number=" A-01 ")
    booth.full_clean()

    assert booth.number == "A-01"


@pytest.mark.django_db
def test_the_sort_key_follows_the_number() -> None:
    booth = make_booth(make_hall(make_edition()), "A-2")
    booth.number = "A-10"
    booth.save()

    booth.refresh_from_db()
    assert booth.number_key == natural_key("A-10")


@pytest.mark.django_db
def test_every_ordering_ends_in_a_unique_field() -> None:
    ends = {
        model.__name__: str((model._meta.ordering or ["nothing"])[-1]).lstrip("-")
        for model in apps.get_app_config("exhibitors").get_models()
    }
    # Within an edition, which stands before it in the ordering, a slug or a code is unique.
    unique = {"pk", "id", "slug", "code"}

    assert {name: field for name, field in ends.items() if field not in unique} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "name_ko", "name_en", "text", "shown_in", "is_foreign"),
    [
        ("ko", "에바", "Evar", "에바", "ko", False),
        ("en", "에바", "Evar", "Evar", "en", False),
        ("en", "에바", "", "에바", "ko", True),
        ("ko", "", "Evar", "Evar", "en", True),
        ("en-gb", "에바", "Evar", "Evar", "en", False),
    ],
)
def test_the_other_language_stands_in_and_says_so(
    language: str, name_ko: str, name_en: str, text: str, shown_in: str, *, is_foreign: bool
) -> None:
    exhibitor = Exhibitor(name_ko=name_ko, name_en=name_en)

    with translation.override(language):
        name = exhibitor.name

    assert (name.text, name.language, name.is_foreign) == (text, shown_in, is_foreign)


def test_a_text_in_neither_language_is_empty_and_not_foreign() -> None:
    picked = pick(Exhibitor(), "introduction", "en")

    assert (bool(picked), str(picked), picked.is_foreign) == (False, "", False)


@pytest.mark.django_db
def test_every_row_has_a_name_to_show() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    booth = make_booth(hall, "A-01")
    exhibitor = make_exhibitor(edition, "에바", booths=[booth], industries=[make_industry(edition)])
    make_product(exhibitor)
    make_theme(edition)
    make_facility(edition)
    make_collaboration(edition, [exhibitor])

    with translation.override("ko"):
        shown = {
            model.__name__: str(model._default_manager.first())
            for model in apps.get_app_config("exhibitors").get_models()
            if not model._meta.auto_created
        }

    assert shown["Booth"] == "혁신관 A-01"
    assert shown["BoothAssignment"] == "에바 – 혁신관 A-01"
    assert [name for name, text in shown.items() if not text or " object (" in text] == []


@pytest.mark.django_db
def test_every_public_page_has_its_address() -> None:
    edition = make_edition("2024")
    exhibitor = make_exhibitor(edition, "에바", name_en="Evar")
    rows: list[models.Model] = [
        edition,
        make_theme(edition, "cooperation"),
        make_hall(edition, "innovation"),
        make_industry(edition, "machinery"),
        exhibitor,
        make_collaboration(edition, [exhibitor], slug="joined"),
    ]

    with translation.override("en"):
        addresses = [row.get_absolute_url() for row in rows]  # type: ignore[attr-defined]

    assert addresses == [
        "/en/2024/",
        "/en/2024/themes/cooperation/",
        "/en/2024/halls/innovation/",
        "/en/2024/industries/machinery/",
        "/en/2024/exhibitors/evar/",
        "/en/2024/collaborations/joined/",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "reason", "edition_is_public", "expected"),
    [
        ("public", "", True, ""),
        ("public", "", False, "the edition is hidden"),
        ("draft", "", True, "draft"),
        ("draft", "no logo yet", True, "draft: no logo yet"),
        ("withdrawn", "bankrupt", True, "withdrawn: bankrupt"),
        ("withdrawn", "bankrupt", False, "withdrawn: bankrupt"),
    ],
)
def test_a_hidden_exhibitor_says_why(state: str, reason: str, expected: str, *, edition_is_public: bool) -> None:
    edition = make_edition(is_public=edition_is_public)
    exhibitor = make_exhibitor(edition, state=state, state_reason=reason)

    with translation.override("en"):
        assert exhibitor.hidden_because == expected


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["none", "Innovation", "a_b", "혁신관", "-a", "a-", "a--b", "a b", "a/b", "..", ""])
def test_a_hall_code_that_cannot_stand_in_an_address_is_refused(code: str) -> None:
    hall = Hall(edition=make_edition(), code=code, name_ko="혁신관")

    with pytest.raises(ValidationError) as caught:
        hall.full_clean()

    assert list(caught.value.message_dict) == ["code"]


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["two\nlines", "tab\there", "nul\x00", "escape\x1b[0m", "return\r"])
def test_a_name_is_one_line(text: str) -> None:
    exhibitor = Exhibitor(edition=make_edition(), slug="evar", name_ko=text)

    with pytest.raises(ValidationError) as caught:
        exhibitor.full_clean()

    assert list(caught.value.message_dict) == ["name_ko"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "ftp://files.example", "data:text/html,x", "evar", "//evar.example"]
)
def test_a_homepage_is_an_address_of_the_web(address: str) -> None:
    exhibitor = Exhibitor(edition=make_edition(), slug="evar", name_ko="에바", homepage=address)

    with pytest.raises(ValidationError) as caught:
        exhibitor.full_clean()

    assert list(caught.value.message_dict) == ["homepage"]


@pytest.mark.django_db
def test_a_public_edition_needs_an_address_for_corrections() -> None:
    edition = Edition(slug="2024", name_ko="엑스포", is_public=True)

    with pytest.raises(ValidationError) as caught:
        edition.full_clean()

    assert list(caught.value.message_dict) == ["contact_email"]


@pytest.mark.django_db
def test_a_hall_takes_no_theme_of_another_edition() -> None:
    theme = make_theme(make_edition("2023"))
    hall = Hall(edition=make_edition("2024"), code="innovation", name_ko="혁신관", theme=theme)

    with pytest.raises(ValidationError) as caught:
        hall.full_clean()

    assert list(caught.value.message_dict) == ["theme"]


@pytest.mark.django_db
def test_a_facility_takes_no_booth_of_another_edition() -> None:
    booth = make_booth(make_hall(make_edition("2023")))
    facility = make_facility(make_edition("2024"))
    facility.booth = booth

    with pytest.raises(ValidationError) as caught:
        facility.full_clean()

    assert list(caught.value.message_dict) == ["booth"]


@pytest.mark.django_db
def test_only_public_exhibitors_of_public_editions_are_shown_to_readers() -> None:
    shown, hidden = make_edition("2024"), make_edition("2025", is_public=False)
    public = make_exhibitor(shown)
    make_exhibitor(shown, state="draft")
    make_exhibitor(shown, state="withdrawn", state_reason="bankrupt")
    make_exhibitor(hidden)

    assert list(Exhibitor.objects.public().in_public_editions()) == [public]


@pytest.mark.django_db
def test_the_newest_edition_comes_first_and_an_undated_one_last() -> None:
    for slug, day in (("2023", "2023-10-01"), ("plan", None), ("2024", "2024-10-22")):
        make_edition(slug, starts_on=day, ends_on=None)

    assert [edition.slug for edition in Edition.objects.newest_first()] == ["2024", "2023", "plan"]
