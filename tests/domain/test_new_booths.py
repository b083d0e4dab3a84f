"""Booths created in one step."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import new_booths
from exhibitors.domain.errors import DomainError
from exhibitors.domain.new_booths import Preview
from exhibitors.models import Booth, Hall
from tests.factories import make_booth, make_edition, make_hall
from tests.two_at_once import at_once

pytestmark = pytest.mark.django_db


def numbers(hall: Hall) -> list[str]:
    return list(Booth.objects.filter(hall=hall).values_list("number", flat=True))


def test_forty_booths_are_created_in_their_order() -> None:
    hall = make_hall(make_edition())

    made = new_booths.create(hall, "A-01…A-40")

    assert len(made.booths) == 40
    assert numbers(hall)[::13] == ["A-01", "A-14", "A-27", "A-40"]


def test_a_preview_tells_what_is_new_and_what_is_there_and_writes_nothing() -> None:
    edition = make_edition()
    hall = make_hall(edition, "one")
    make_booth(hall, "a-02")
    make_booth(make_hall(edition, "two"), "A-03")

    with translation.override("en"):
        seen = new_booths.preview(hall, "A-01…A-03, B-2…B-1")

    assert seen == Preview(
        new=("A-01", "A-03"),
        existing=("A-02",),
        complaints=("'B-2…B-1': the range runs backwards. Write the lower number first.",),
    )
    assert numbers(hall) == ["a-02"]


def test_what_is_there_is_left_as_it_is() -> None:
    hall = make_hall(make_edition())
    own = make_booth(hall, "a-02", x=1, y=1, width=3, depth=3)

    made = new_booths.create(hall, "A-01…A-03")

    assert ([booth.number for booth in made.booths], made.existing) == (["A-01", "A-03"], ("A-02",))
    assert Booth.objects.get(pk=own.pk).width == 3
    assert numbers(hall) == ["A-01", "a-02", "A-03"]


def test_all_there_already_is_no_work() -> None:
    hall = make_hall(make_edition())
    new_booths.create(hall, "A-01…A-03")

    made = new_booths.create(hall, "A-01…A-03")

    assert (made.booths, made.existing) == ((), ("A-01", "A-02", "A-03"))


def test_nothing_is_created_where_a_part_is_not_understood() -> None:
    hall = make_hall(make_edition())

    with translation.override("en"), pytest.raises(DomainError) as caught:
        new_booths.create(hall, "A-01…A-03, A-9…A-5")

    assert str(caught.value) == "'A-9…A-5': the range runs backwards. Write the lower number first."
    assert numbers(hall) == []


@pytest.mark.parametrize("last", [1, 100])
def test_a_hundred_cost_as_many_queries_as_one(last: int) -> None:
    hall = make_hall(make_edition())

    with CaptureQueriesContext(connection) as captured:
        new_booths.create(hall, f"1…{last}")

    assert len(captured) == 9


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_two_who_create_the_same_at_once_create_them_once() -> None:
    hall = make_hall(make_edition())

    at_once(lambda: new_booths.create(hall, "A-1…A-3"), lambda: new_booths.create(hall, "A-2…A-4"))

    assert numbers(hall) == ["A-1", "A-2", "A-3", "A-4"]
