"""Booths shared, twice, missing, empty; halls without any."""

import pytest

from exhibitors.domain.preflight import Check
from exhibitors.domain.preflight.places import spelling_of
from exhibitors.models import Edition, Hall
from tests.domain.preflight.findings import found, repairs, sentences
from tests.factories import make_booth, make_edition, make_exhibitor, make_facility, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def hall(edition: Edition) -> Hall:
    return make_hall(edition, name_en="Innovation")


# Twice


@pytest.mark.parametrize(
    ("one", "other"),
    [("A-01", "A1"), ("A-01", "a 1"), ("Ａ－０１", "A-1"), ("가-3", "가3"), ("3F 21", "3F.21"), ("007", "7")],
)
def test_the_same_number_in_another_spelling_is_twice(hall: Hall, one: str, other: str) -> None:
    make_booth(hall, one)
    make_booth(hall, other)

    told = sentences(hall.edition, Check.BOOTH_TWICE)

    assert len(told) == 1
    assert told[0].startswith("Innovation has the same booth number in different spellings: ")
    assert one in told[0]
    assert other in told[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A-1", "A-2"),
        ("A-1", "A-10"),
        ("A-1-1", "A-11"),
        ("A-1", "B-1"),
        ("1.16", "11.6"),
        ("가-3", "나-3"),
        ("-", "–"),
    ],
)
def test_other_numbers_are_not(hall: Hall, one: str, other: str) -> None:
    make_booth(hall, one)
    make_booth(hall, other)

    assert sentences(hall.edition, Check.BOOTH_TWICE) == []


def test_another_hall_may_have_the_same_number(edition: Edition, hall: Hall) -> None:
    make_booth(hall, "A-01")
    make_booth(make_hall(edition, "export", "수출관"), "A1")

    assert sentences(edition, Check.BOOTH_TWICE) == []


def test_each_booth_of_a_number_twice_is_a_repair(hall: Hall) -> None:
    make_booth(hall, "A-01")
    make_booth(hall, "A1")

    assert repairs(hall.edition, Check.BOOTH_TWICE) == [[("Innovation A-01", "number"), ("Innovation A1", "number")]]


def test_a_number_without_letters_and_digits_has_no_spelling() -> None:
    assert (spelling_of(""), spelling_of("–"), spelling_of("A-01")) == ("", "", "a1 1")


# Shared


def test_several_on_one_booth_are_told_in_order_of_their_names(hall: Hall) -> None:
    booth = make_booth(hall, "A-01")
    make_exhibitor(hall.edition, "나", booths=[booth])
    make_exhibitor(hall.edition, "가", booths=[booth], state="draft")

    assert sentences(hall.edition, Check.BOOTH_SHARED) == ["Innovation A-01 is shared: 가, 나"]
    assert repairs(hall.edition, Check.BOOTH_SHARED) == [[("가", "booth_list"), ("나", "booth_list")]]


def test_of_very_many_the_first_are_named(hall: Hall) -> None:
    booth = make_booth(hall, "A-01")
    for name in "가나다라마바사아":
        make_exhibitor(hall.edition, name, booths=[booth])

    assert sentences(hall.edition, Check.BOOTH_SHARED) == [
        "Innovation A-01 is shared: 가, 나, 다, 라, 마, 바 and 2 more"
    ]


def test_an_exhibitor_and_a_facility_share_too(hall: Hall) -> None:
    booth = make_booth(hall, "A-01")
    make_exhibitor(hall.edition, "가", booths=[booth])
    make_facility(hall.edition, name_ko="데스크", booth=booth)

    assert sentences(hall.edition, Check.BOOTH_SHARED) == ["Innovation A-01 is shared: 가, 데스크"]
    assert repairs(hall.edition, Check.BOOTH_SHARED) == [[("가", "booth_list"), ("데스크", "booth")]]


def test_not_shared_are_a_booth_to_follow_two_facilities_and_what_a_withdrawn_exhibitor_left(hall: Hall) -> None:
    edition = hall.edition
    to_follow, left, desk = make_booth(hall, ""), make_booth(hall, "A-01"), make_booth(hall, "A-02")
    make_exhibitor(edition, booths=[to_follow, left])
    make_exhibitor(edition, booths=[to_follow, make_booth(hall, "A-03"), make_booth(hall, "A-04")])
    make_exhibitor(edition, booths=[left], state="withdrawn", state_reason="부도")
    make_facility(edition, "one", booth=desk)
    make_facility(edition, "two", booth=desk)

    assert sentences(edition, Check.BOOTH_SHARED) == []


def test_a_third_one_who_joins_is_another_fact(hall: Hall) -> None:
    booth = make_booth(hall, "A-01")
    for _ in range(2):
        make_exhibitor(hall.edition, booths=[booth])
    before = found(hall.edition, Check.BOOTH_SHARED)[0].key
    again = found(hall.edition, Check.BOOTH_SHARED)[0].key

    make_exhibitor(hall.edition, booths=[booth])

    assert before == again
    assert found(hall.edition, Check.BOOTH_SHARED)[0].key != before


# Missing


def test_a_public_exhibitor_without_booth_and_one_whose_number_is_to_follow(hall: Hall) -> None:
    edition = hall.edition
    to_follow = make_booth(hall, "")
    make_exhibitor(edition, "가")
    make_exhibitor(edition, "나", booths=[to_follow])
    make_exhibitor(edition, "다", booths=[make_booth(hall, "A-01")])
    make_exhibitor(edition, "라", state="draft")
    make_exhibitor(edition, "마", booths=[to_follow], state="draft")

    assert sentences(edition, Check.BOOTH_MISSING) == ["가 has no booth, and therefore no hall."]
    assert sentences(edition, Check.NUMBER_MISSING) == ["나: the number of its booth in Innovation is still to follow."]
    assert repairs(edition, Check.BOOTH_MISSING) == [[("가", "booth_list")]]
    assert repairs(edition, Check.NUMBER_MISSING) == [[("나", "booth_list")]]


# Empty


def test_a_booth_is_free_where_nobody_stands_who_may_still_come(hall: Hall) -> None:
    edition = hall.edition
    make_booth(hall, "A-01")
    make_booth(hall, "")
    make_exhibitor(edition, "가", booths=[make_booth(hall, "A-02")], state="withdrawn", state_reason="부도")
    make_exhibitor(edition, "나", booths=[make_booth(hall, "A-03")], state="draft")
    make_exhibitor(edition, "다", booths=[make_booth(hall, "A-04")])
    make_facility(edition, booth=make_booth(hall, "A-05"))

    assert sentences(edition, Check.BOOTH_EMPTY) == [
        "Innovation A-01 is free.",
        "Innovation A-02 is left to withdrawn exhibitors: 가",
    ]
    assert Check.BOOTH_EMPTY.is_note


def test_a_hall_without_booths_offers_to_add_one(edition: Edition, hall: Hall) -> None:
    make_booth(hall, "A-01")
    make_hall(edition, "export", "수출관", name_en="Export")

    finding = found(edition, Check.HALL_EMPTY)

    assert sentences(edition, Check.HALL_EMPTY) == ["Export has no booths."]
    assert [(repair.row, repair.adds) for repair in finding[0].repairs][1][1] is type(make_booth(hall, "A-02"))


def test_booths_are_told_hall_by_hall_and_in_natural_order(edition: Edition, hall: Hall) -> None:
    first = make_hall(edition, "zero", "영관", name_en="Zero", position=0)
    hall.position = 1
    hall.save()
    for place, number in ((hall, "A-10"), (hall, "A-2"), (first, "B-1")):
        make_booth(place, number)

    assert sentences(edition, Check.BOOTH_EMPTY) == [
        "Zero B-1 is free.",
        "Innovation A-2 is free.",
        "Innovation A-10 is free.",
    ]
