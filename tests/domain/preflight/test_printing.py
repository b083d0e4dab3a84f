"""Texts too long for the booth list on paper."""

import pytest

from exhibitors.domain.preflight import Check
from exhibitors.domain.preflight.printing import width
from exhibitors.models import Edition
from tests.domain.preflight.findings import found, repairs, sentences
from tests.factories import make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def test_a_latin_letter_is_about_half_as_wide_as_a_syllable() -> None:
    assert [width(text) for text in ("", "가나", "漢字", "ＡＢ")] == [0, 2, 2, 2]
    assert width("ab 1") == pytest.approx(2.2)


def test_what_just_fits_is_fine(edition: Edition) -> None:
    make_exhibitor(edition, "가" * 30, name_en="a" * 54, main_products_ko="나" * 64, main_products_en="b" * 116)
    make_hall(edition, name_ko="다" * 14, name_en="c" * 25)

    assert sentences(edition, Check.TOO_LONG) == []


def test_one_letter_more_is_told_with_the_limit(edition: Edition) -> None:
    make_hall(edition, name_ko="다" * 15, name_en="c" * 26)
    make_exhibitor(edition, "가" * 31, name_en="a" * 55, main_products_ko="나" * 65, main_products_en="b" * 117)
    name, hall = "a" * 55, "c" * 26
    room = "where the booth list on paper has room for"

    assert sentences(edition, Check.TOO_LONG) == [
        f"The Korean name of the hall {hall} is too long: as wide as 15 Korean letters, {room} 14.",
        f"The English name of the hall {hall} is too long: 26 letters, {room} 25.",
        f"The Korean name of {name} is too long: as wide as 31 Korean letters, {room} 30.",
        f"The English name of {name} is too long: 55 letters, {room} 54.",
        f"The main products of {name} in Korean are too long: as wide as 65 Korean letters, {room} 64.",
        f"The main products of {name} in English are too long: 117 letters, {room} 116.",
    ]
    assert [fields for ((_row, fields),) in repairs(edition, Check.TOO_LONG)] == [
        "name_ko",
        "name_en",
        "name_ko",
        "name_en",
        "main_products_ko",
        "main_products_en",
    ]


def test_what_is_written_alike_in_both_languages_is_told_once(edition: Edition) -> None:
    make_exhibitor(edition, "a" * 80, name_en="a" * 80)

    assert [fields for ((_row, fields),) in repairs(edition, Check.TOO_LONG)] == ["name_ko"]


def test_drafts_are_not_printed(edition: Edition) -> None:
    make_exhibitor(edition, "가" * 40, state="draft")

    assert sentences(edition, Check.TOO_LONG) == []


def test_another_text_is_another_fact_and_the_longest_has_a_key(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "가", main_products_ko="나" * 300)
    before = found(edition, Check.TOO_LONG)[0].key

    exhibitor.main_products_ko = "나" * 299
    exhibitor.save()

    assert len(before) <= 200
    assert found(edition, Check.TOO_LONG)[0].key != before
