"""Who has which value, kept for a version of the data: counts are those of the database, and never of an older one."""

import random
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain import facets, membership
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.models import NO_VALUE, Edition, Exhibitor
from tests.domain.varied import make_varied, some
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition() -> Edition:
    return make_varied(11, exhibitors=30, names=["가람", "까치", "라온", "Basalt", "24시"])


def test_counts_are_those_of_the_database_for_any_criteria(edition: Edition) -> None:
    chance = random.Random(3)
    for _ in range(60):
        criteria = Criteria(
            query=chance.choice(["", "", "라", "Zulu"]),
            themes=some(chance, ["cooperation", "unknown"]),
            halls=some(chance, ["hall-0", "hall-2", NO_VALUE, "unknown"]),
            industries=some(chance, ["industry-0", "industry-2", NO_VALUE]),
            initials=some(chance, ["ㄱ", "ㄹ", "Z", "0-9", "other"]),
        )
        directory = Directory(edition)
        counted = facets.count(directory, criteria)
        assert counted == facets._count_in_database(directory, criteria), criteria
    assert len(membership._kept) == 1


def test_a_count_asks_for_the_version_alone_once_it_is_known(edition: Edition) -> None:
    queries = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            facets.count(Directory(edition), Criteria(halls=("hall-0",)))
        queries.append(len(captured))
    assert queries == [5, 1]


def test_a_write_is_counted_at_once(edition: Edition) -> None:
    before = facets.count(Directory(edition), Criteria()).total
    exhibitor = make_exhibitor(edition, "하늘")
    after = facets.count(Directory(edition), Criteria())
    assert (after.total, after.initials["ㅎ"]) == (before + 1, 1)
    verbs.withdraw(Exhibitor.objects.filter(pk=exhibitor.pk), reason="사정")
    assert facets.count(Directory(edition), Criteria()).total == before


def test_a_transaction_counts_its_own_writes(edition: Edition) -> None:
    before = facets.count(Directory(edition), Criteria()).total
    with transaction.atomic():
        make_exhibitor(edition, "하늘")
        assert Directory(edition).everyone is None
        assert facets.count(Directory(edition), Criteria()).total == before + 1
        transaction.set_rollback(True)
    assert facets.count(Directory(edition), Criteria()).total == before


def test_who_came_after_the_membership_was_read_is_counted_among_the_hits(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = Directory(edition).everyone
    assert known is not None
    make_exhibitor(edition, "하늘누리")
    monkeypatch.setattr(membership, "of_edition", lambda *_arguments: known)
    counts = facets.count(Directory(edition), Criteria(query="하늘누리"))
    assert (counts.total, counts.halls) == (1, {NO_VALUE: 1})


def test_an_edition_that_takes_long_to_read_is_read_when_a_version_is_asked_again(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "SLOW", -1.0)
    assert Directory(edition).everyone is not None
    total = facets.count(Directory(edition), Criteria()).total
    make_exhibitor(edition, "하늘")
    found: list[Any] = [Directory(edition).everyone for _ in range(2)]
    assert [one is None for one in found] == [True, False]
    assert facets.count(Directory(edition), Criteria()).total == total + 1


def test_the_memberships_of_a_few_editions_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(membership, "MOST_EDITIONS", 2)
    editions = [make_edition(str(year)) for year in range(2020, 2024)]
    for one in editions:
        _ = Directory(one).everyone
    assert list(membership._kept) == [one.pk for one in editions[-2:]]


@pytest.mark.parametrize("keys", [[], [7], [5, 6, 7, 8], [8, 5, 6, 7], [3, 90, 4, 1000, 91, 10**12]])
def test_places_say_what_a_dictionary_does(keys: list[int]) -> None:
    told = {key: place for place, key in enumerate(keys)}
    places = membership.Places(told)
    asked = {near for key in (*keys, 0, 4) for near in (key - 1, key, key + 1)}
    assert {key: places.get(key) for key in asked} == {key: told.get(key) for key in asked}
    assert (len(places), sorted(places)) == (len(told), sorted(told))
