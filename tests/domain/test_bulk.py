"""Halls and industries of many exhibitors at once."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import bulk, indexing, parts
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.errors import DomainError
from exhibitors.models import Booth, BoothMove, Edition, Exhibitor, ExhibitorIndustry, Hall, Industry
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
)
from tests.two_at_once import at_once

pytestmark = pytest.mark.django_db


def places() -> dict[str, list[str]]:
    """The booths of each exhibitor as hall code and number."""
    return {
        exhibitor.name_ko: [
            f"{booth.hall.code} {booth.number}".strip()
            for booth in exhibitor.booths.order_by("hall__code", "number_key")
        ]
        for exhibitor in Exhibitor.objects.order_by("name_ko").prefetch_related("booths__hall")
    }


def listed() -> dict[str, list[str]]:
    return {
        exhibitor.name_ko: sorted(industry.slug for industry in exhibitor.industries.all())
        for exhibitor in Exhibitor.objects.order_by("name_ko")
    }


def stale() -> list[Exhibitor]:
    return list(indexing.stale(Exhibitor.objects.all()))


def make_placed(edition: Edition) -> tuple[Hall, Hall]:
    """가 stands nowhere, 나 in the old hall, 다 in both."""
    new, old = make_hall(edition, "new", "새관"), make_hall(edition, "old", "옛관")
    make_exhibitor(edition, "가")
    make_exhibitor(edition, "나", booths=[make_booth(old, "A-1")])
    make_exhibitor(edition, "다", booths=[make_booth(old, "A-2"), make_booth(new, "N-1")])
    return new, old


def test_who_has_no_booth_in_the_hall_gets_its_number_to_follow_beside_the_others() -> None:
    new, _old = make_placed(make_edition())

    changed = bulk.assign_hall(Exhibitor.objects.all(), new, keeps_other_booths=True)

    assert places() == {"가": ["new"], "나": ["new", "old A-1"], "다": ["new N-1", "old A-2"]}
    assert changed == list(Exhibitor.objects.filter(name_ko__in="가나").order_by("pk").values_list("pk", flat=True))
    assert Booth.objects.filter(hall=new, number="").count() == 1
    assert stale() == []


def test_other_booths_are_left_where_that_is_chosen_and_those_in_the_hall_stay() -> None:
    new, _old = make_placed(make_edition())
    organiser = make_organiser()

    changed = bulk.assign_hall(Exhibitor.objects.all(), new, keeps_other_booths=False, by=organiser)

    assert places() == {"가": ["new"], "나": ["new"], "다": ["new N-1"]}
    assert len(changed) == 3
    moves = BoothMove.objects.filter(moved_by=organiser).values_list("exhibitor_name", "kind", "booth_number")
    assert sorted(moves) == [
        ("가", "joined", ""),
        ("나", "joined", ""),
        ("나", "left", "A-1"),
        ("다", "left", "A-2"),
    ]
    assert stale() == []


def test_the_hall_assigned_twice_changes_nothing_more() -> None:
    new, _old = make_placed(make_edition())
    bulk.assign_hall(Exhibitor.objects.all(), new, keeps_other_booths=False)
    moves = BoothMove.objects.count()

    assert bulk.assign_hall(Exhibitor.objects.all(), new, keeps_other_booths=False) == []
    assert BoothMove.objects.count() == moves


def test_a_hall_in_which_all_stand_gets_no_booth_to_follow() -> None:
    new, _old = make_placed(make_edition())

    bulk.assign_hall(Exhibitor.objects.filter(name_ko="다"), new, keeps_other_booths=True)

    assert not Booth.objects.filter(hall=new, number="").exists()


def test_the_booth_to_follow_that_the_hall_has_is_used() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    own = make_booth(hall, "")
    exhibitor = make_exhibitor(edition)

    bulk.assign_hall(Exhibitor.objects.all(), hall, keeps_other_booths=True)

    assert list(exhibitor.booths.all()) == [own]


def test_nobody_of_another_edition_is_touched_and_nothing_changes() -> None:
    edition = make_edition("2024")
    new, _old = make_placed(edition)
    food = make_industry(edition, "food")
    make_exhibitor(make_edition("2023"), "하")
    before = places(), listed()

    for write in (
        lambda: bulk.assign_hall(Exhibitor.objects.all(), new, keeps_other_booths=True),
        lambda: bulk.assign_industry(Exhibitor.objects.all(), food, replaces_others=True),
        lambda: bulk.remove_industry(Exhibitor.objects.all(), food),
    ):
        with translation.override("en"), pytest.raises(DomainError) as caught:
            write()
        assert str(caught.value).startswith("하 belongs to another edition than ")
    assert (places(), listed()) == before


def make_listed(edition: Edition) -> tuple[Industry, Industry]:
    """가 is listed nowhere, 나 under food, 다 under both."""
    food, machines = make_industry(edition, "food", "식품"), make_industry(edition, "machines", "기계")
    make_exhibitor(edition, "가")
    make_exhibitor(edition, "나", industries=[food])
    make_exhibitor(edition, "다", industries=[food, machines])
    return food, machines


def test_an_industry_is_added_beside_the_others() -> None:
    _food, machines = make_listed(make_edition())

    changed = bulk.assign_industry(Exhibitor.objects.all(), machines, replaces_others=False)

    assert listed() == {"가": ["machines"], "나": ["food", "machines"], "다": ["food", "machines"]}
    assert len(changed) == 2
    assert stale() == []


def test_an_industry_takes_the_place_of_the_others() -> None:
    food, machines = make_listed(make_edition())
    kept = ExhibitorIndustry.objects.get(exhibitor__name_ko="다", industry=machines)

    changed = bulk.assign_industry(Exhibitor.objects.all(), machines, replaces_others=True)

    assert listed() == {"가": ["machines"], "나": ["machines"], "다": ["machines"]}
    assert len(changed) == 3
    assert ExhibitorIndustry.objects.filter(pk=kept.pk).exists()
    assert not food.exhibitor_links.exists()
    assert stale() == []


def test_an_industry_is_taken_away_from_those_alone_who_were_chosen() -> None:
    food, _machines = make_listed(make_edition())

    changed = bulk.remove_industry(Exhibitor.objects.filter(name_ko__in="가다"), food)

    assert listed() == {"가": [], "나": ["food"], "다": ["machines"]}
    assert changed == [Exhibitor.objects.get(name_ko="다").pk]
    assert stale() == []


@pytest.mark.parametrize("replaces", [True, False])
def test_an_industry_assigned_twice_changes_nothing_more(replaces: bool) -> None:
    _food, machines = make_listed(make_edition())
    bulk.assign_industry(Exhibitor.objects.all(), machines, replaces_others=replaces)

    assert bulk.assign_industry(Exhibitor.objects.all(), machines, replaces_others=replaces) == []


Write = Callable[[Edition], object]
QUERIES: dict[str, tuple[Write, int]] = {
    # four of each are savepoints, one finds the hall or industry
    "hall kept": (
        lambda edition: bulk.assign_hall(
            Exhibitor.objects.all(), Hall.objects.get(code="new"), keeps_other_booths=True
        ),
        28,
    ),
    "hall replaced": (
        lambda edition: bulk.assign_hall(
            Exhibitor.objects.all(), Hall.objects.get(code="new"), keeps_other_booths=False
        ),
        30,
    ),
    "industry added": (
        lambda edition: bulk.assign_industry(
            Exhibitor.objects.all(), Industry.objects.get(slug="machines"), replaces_others=False
        ),
        21,
    ),
    "industry replaced": (
        lambda edition: bulk.assign_industry(
            Exhibitor.objects.all(), Industry.objects.get(slug="machines"), replaces_others=True
        ),
        22,
    ),
    "industry removed": (
        lambda edition: bulk.remove_industry(Exhibitor.objects.all(), Industry.objects.get(slug="food")),
        21,
    ),
}


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize("name", QUERIES)
def test_many_cost_as_many_queries_as_one(name: str, rows: int) -> None:
    edition = make_edition()
    make_hall(edition, "new", "새관")
    old = make_hall(edition, "old", "옛관")
    food = make_industry(edition, "food", "식품")
    make_industry(edition, "machines", "기계")
    for number in range(rows):
        make_exhibitor(edition, booths=[make_booth(old, f"A-{number}")], industries=[food])
    write, expected = QUERIES[name]

    with CaptureQueriesContext(connection) as captured:
        write(edition)

    assert len(captured) == expected


# Two at once


def into_hall() -> None:
    bulk.assign_hall(Exhibitor.objects.all(), Hall.objects.get(code="new"), keeps_other_booths=False)


def under_industry() -> None:
    bulk.assign_industry(Exhibitor.objects.all(), Industry.objects.get(slug="machines"), replaces_others=True)


def not_under_industry() -> None:
    bulk.remove_industry(Exhibitor.objects.all(), Industry.objects.get(slug="machines"))


def rename_hall() -> None:
    hall = Hall.objects.get(code="new")
    hall.name_ko = "별빛관"
    parts.save(hall)


def list_one_under_food() -> None:
    food = Industry.objects.get(slug="food")
    verbs.save(Exhibitor.objects.get(name_ko="가"), industries=[food], booth_list=[Booth.objects.get(number="A-1")])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (into_hall, into_hall),
        (into_hall, rename_hall),
        (rename_hall, into_hall),
        (into_hall, list_one_under_food),
        (under_industry, under_industry),
        (under_industry, not_under_industry),
        (under_industry, list_one_under_food),
        (list_one_under_food, under_industry),
    ],
)
def test_of_two_writes_at_once_neither_leaves_a_stale_column(
    one: Callable[[], object], other: Callable[[], object]
) -> None:
    edition = make_edition()
    make_listed(edition)
    make_hall(edition, "new", "새관")
    make_booth(make_hall(edition, "old", "옛관"), "A-1")

    at_once(one, other)

    assert stale() == []
    assert Booth.objects.filter(number="").count() <= 1
