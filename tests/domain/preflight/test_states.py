"""Who and what readers do not see, with the reason."""

from typing import Any

import pytest

from exhibitors.domain.preflight import Check
from tests.domain.preflight.findings import found, repairs, sentences
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def test_drafts_and_withdrawn_exhibitors_are_told_with_their_reason_in_order_of_the_name() -> None:
    edition = make_edition()
    make_exhibitor(edition, "다", state="draft")
    make_exhibitor(edition, "나", state="draft", state_reason="로고 대기")
    make_exhibitor(edition, "가", state="withdrawn", state_reason="부도")
    make_exhibitor(edition, "라")
    make_exhibitor(make_edition("2023"), "마", state="draft")

    assert sentences(edition, Check.NOT_PUBLIC) == [
        "가 is withdrawn: 부도",
        "나 is a draft: 로고 대기",
        "다 is a draft.",
    ]
    assert Check.NOT_PUBLIC.is_note


def test_another_reason_is_another_fact() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "가", state="draft")
    before = found(edition, Check.NOT_PUBLIC)[0].key

    exhibitor.state_reason = "로고 대기"
    exhibitor.save()

    assert found(edition, Check.NOT_PUBLIC)[0].key != before


@pytest.mark.parametrize(
    ("values", "hidden", "not_current"),
    [
        ({"is_public": False}, ["The edition is hidden: readers see nothing of it."], []),
        (
            {"is_public": True},
            [],
            ["The edition is not the current one: the address / does not lead to it."],
        ),
        ({"is_public": True, "is_current": True}, [], []),
    ],
)
def test_an_edition_is_hidden_or_not_current_or_neither(
    values: dict[str, Any], hidden: list[str], not_current: list[str]
) -> None:
    edition = make_edition(**values)

    assert sentences(edition, Check.EDITION_HIDDEN) == hidden
    assert sentences(edition, Check.NOT_CURRENT) == not_current


def test_they_lead_to_the_box_to_tick() -> None:
    assert repairs(make_edition("2024", is_public=False), Check.EDITION_HIDDEN) == [[("Test Expo 2024", "is_public")]]
    assert repairs(make_edition("2023"), Check.NOT_CURRENT) == [[("Test Expo 2023", "is_current")]]
