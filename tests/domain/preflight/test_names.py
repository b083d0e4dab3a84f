"""Names that readers cannot tell apart."""

import pytest

from exhibitors.domain.preflight import Check
from exhibitors.models import Edition
from tests.domain.preflight.findings import found, repairs, sentences
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("(주)에바", "에바"),
        ("주식회사 에바", "에 바"),
        ("㈜에바", "에바(주)"),
        ("에바·테크", "에바테크"),
        ("Evar", "EVAR"),
    ],
)
def test_names_that_differ_in_form_spacing_signs_or_case_are_alike(edition: Edition, one: str, other: str) -> None:
    make_exhibitor(edition, one)
    make_exhibitor(edition, other)
    first, second = sorted([one, other])

    assert sentences(edition, Check.NAMES_ALIKE) == [
        f"“{first}”, “{second}” differ only in company form, spacing, punctuation, accents or case."
    ]


@pytest.mark.parametrize(
    ("one", "other"), [("에바", "에바2"), ("에바", "애바"), ("유한양행", "양행"), ("에바", "에바테크")]
)
def test_other_names_are_not(edition: Edition, one: str, other: str) -> None:
    make_exhibitor(edition, one)
    make_exhibitor(edition, other)

    assert sentences(edition, Check.NAMES_ALIKE) == []


def test_identical_names_are_counted(edition: Edition) -> None:
    make_exhibitor(edition, "에바")
    make_exhibitor(edition, "에바", state="draft")

    assert sentences(edition, Check.NAMES_ALIKE) == ["2 exhibitors are named “에바”."]
    assert repairs(edition, Check.NAMES_ALIKE) == [[("에바", "name_ko"), ("에바", "name_ko")]]


def test_english_names_are_compared_too_and_across_the_fields(edition: Edition) -> None:
    make_exhibitor(edition, "하나", name_en="Evar Inc.")
    make_exhibitor(edition, "둘", name_en="EVAR")
    make_exhibitor(edition, "Bellus")
    make_exhibitor(edition, "셋", name_en="Bellus")

    assert sentences(edition, Check.NAMES_ALIKE) == [
        "2 exhibitors are named “Bellus”.",
        "“EVAR”, “Evar Inc.” differ only in company form, spacing, punctuation, accents or case.",
    ]


def test_who_is_alike_in_both_languages_is_told_once_and_nobody_is_like_itself(edition: Edition) -> None:
    make_exhibitor(edition, "에바", name_en="Evar")
    make_exhibitor(edition, "(주)에바", name_en="Evar")
    make_exhibitor(edition, "KT", name_en="KT Corp.")

    assert len(sentences(edition, Check.NAMES_ALIKE)) == 1


def test_a_withdrawn_one_and_other_editions_may_be_named_alike(edition: Edition) -> None:
    make_exhibitor(edition, "에바")
    make_exhibitor(edition, "에바", state="withdrawn", state_reason="다시 신청")
    make_exhibitor(make_edition("2023"), "에바")

    assert sentences(edition, Check.NAMES_ALIKE) == []


def test_a_third_of_the_same_name_is_another_fact(edition: Edition) -> None:
    make_exhibitor(edition, "에바")
    make_exhibitor(edition, "에바")
    before = found(edition, Check.NAMES_ALIKE)[0].key

    make_exhibitor(edition, "에바")

    assert [finding.key == before for finding in found(edition, Check.NAMES_ALIKE)] == [False]
