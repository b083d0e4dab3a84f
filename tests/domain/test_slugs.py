"""Permanent addresses: ASCII, free, and made from what is known."""

import re

import pytest

from exhibitors.domain.slugs import MAX_LENGTH, ascii_slug, code_from_name, exhibitor_slug, free_slug
from exhibitors.models.edition import code_validator

RANDOM = re.compile(r"x-[abcdefghjkmnpqrstuvwxyz23456789]{8}")


@pytest.mark.parametrize(
    ("name_en", "company_code", "expected"),
    [
        ("EVAR Inc.", "c-1", "evar-inc"),
        ("KT&G", "", "ktg"),
        ("Café Délice", "", "cafe-delice"),
        ("  Two   Words  ", "", "two-words"),
        ("snake_case_name", "", "snake-case-name"),
        ("3M", "", "3m"),
        ("", "A00123", "a00123"),
        ("에바", "evar", "evar"),
        ("Evar 에바", "evar", "evar"),
        ("...", "evar", "evar"),
    ],
)
def test_the_english_name_comes_first_then_the_code(name_en: str, company_code: str, expected: str) -> None:
    assert exhibitor_slug(name_en=name_en, company_code=company_code, taken=set()) == expected


@pytest.mark.parametrize(("name_en", "company_code"), [("", ""), ("에바", "회사1"), ("", "..."), ("Ørsted", "")])
def test_without_either_the_address_is_random(name_en: str, company_code: str) -> None:
    slugs = {exhibitor_slug(name_en=name_en, company_code=company_code, taken=set()) for _ in range(20)}

    assert len(slugs) == 20
    assert [slug for slug in slugs if not RANDOM.fullmatch(slug)] == []


def test_a_taken_address_is_numbered() -> None:
    taken = {"evar", "evar-2", "evar-4"}

    assert exhibitor_slug(name_en="Evar", company_code="", taken=taken) == "evar-3"


def test_none_is_never_an_address() -> None:
    assert free_slug("none", set()) == "none-2"


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200,
        "A-B_c d",
        "-_-a-_-",
        "a" * 59 + "-b",
        "x" * 60 + "-",
        "ＦＵＬＬ ｗｉｄｔｈ",
        "a/b?c#d",
        "１２",
        "a--b",
        "_",
        "a _ b",
        "a_-_b",
    ],
)
def test_every_address_keeps_the_rules_of_the_model(text: str) -> None:
    slug = exhibitor_slug(name_en=text, company_code="", taken=set())

    code_validator(slug)
    assert len(slug) <= MAX_LENGTH


def test_a_long_address_with_a_number_still_fits_the_column() -> None:
    slug = exhibitor_slug(name_en="a" * 200, company_code="", taken={"a" * MAX_LENGTH})

    assert (slug, len(slug) <= 80) == ("a" * 60 + "-2", True)


def test_a_text_that_would_lose_a_letter_has_no_ascii_form() -> None:
    assert [ascii_slug(text) for text in ("웬떡 mall", "Straße", "Łódź", "日本")] == ["", "", "", ""]


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Hall 5", set(), "hall-5"),
        ("5", set(), "hall-5"),
        ("5", {"hall-5"}, "hall-5-2"),
        ("혁신관", set(), "hall-1"),
        ("수출관", {"hall-1"}, "hall-2"),
        ("none", set(), "none-2"),
    ],
)
def test_an_imported_hall_gets_a_code(name: str, taken: set[str], expected: str) -> None:
    assert code_from_name(name, fallback="hall", taken=taken) == expected
