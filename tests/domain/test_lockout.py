"""When the limits of failed sign-ins are reached, and until when."""

from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt

from exhibitors.domain import lockout
from exhibitors.domain.lockout import Limit

pytestmark = pytest.mark.django_db

NOW = datetime(2024, 10, 22, 9, 0, tzinfo=UTC)
HOME, AFAR = "203.0.113.7", "198.51.100.9"


def fail(count: int = 1, *, username: str = "kim", address: str = HOME, minutes_ago: int = 1) -> None:
    attempt = AccessAttempt.objects.create(username=username, ip_address=address, failures_since_start=count)
    AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=NOW - timedelta(minutes=minutes_ago))


def locks(username: str = "kim", address: str = HOME) -> dict[str, int]:
    """The limits reached, with the minutes that they still last."""
    found = lockout.locks(username=username, address=address, now=NOW)
    return {lock.limit.name: (lock.until - NOW) // timedelta(minutes=1) for lock in found}


def test_five_failures_lock_an_account_for_one_address_alone() -> None:
    fail(4, minutes_ago=3)
    before = locks()
    AccessAttempt.objects.update(failures_since_start=5)

    assert before == {}
    assert locks() == {"ACCOUNT_AND_ADDRESS": 12}
    assert locks(address=AFAR) == locks(username="lee") == {}


def test_a_lock_ends_after_fifteen_minutes() -> None:
    fail(5, minutes_ago=15)

    assert locks() == {}


def test_twenty_organisers_in_one_office_may_each_mistype_twice() -> None:
    for number in range(20):
        fail(2, username=f"organiser{number}")

    assert locks() == {}


def test_fifty_failures_lock_an_address_for_every_account() -> None:
    for number in range(10):
        fail(5, username=f"guess{number}", minutes_ago=2)

    assert locks() == locks(username="nobody") == {"ADDRESS": 13}
    assert locks(address=AFAR) == {}


def test_a_hundred_failures_lock_an_account_for_every_address() -> None:
    for number in range(25):
        fail(4, address=f"198.51.100.{number}", minutes_ago=2)

    assert locks() == {"ACCOUNT": 13}
    assert locks(username="lee") == {}


def test_the_lock_ends_when_enough_of_the_oldest_failures_are_over() -> None:
    for minutes_ago, count in ((14, 1), (10, 3), (6, 20), (1, 27)):
        fail(count, username=f"guess{minutes_ago}", minutes_ago=minutes_ago)

    # 51 in all: without the one of 14 minutes ago 50 are still too many, without the three after it 47 are not.
    assert locks(username="kim") == {"ADDRESS": 5}


def test_without_an_account_or_an_address_nothing_is_locked_by_accident() -> None:
    fail(5)

    assert list(lockout.locks(username=None, address=None, now=NOW)) == []


def test_releasing_an_account_forgets_its_failures_everywhere_and_no_others() -> None:
    fail(5)
    fail(5, address=AFAR)
    fail(5, username="lee")

    lockout.release(["kim"])

    assert (locks(), locks(address=AFAR), locks(username="lee")) == ({}, {}, {"ACCOUNT_AND_ADDRESS": 14})


def test_the_limits_are_those_of_the_documentation() -> None:
    assert {limit.name: limit.failures for limit in Limit} == {"ACCOUNT_AND_ADDRESS": 5, "ADDRESS": 50, "ACCOUNT": 100}
