"""Renumbering the booths of a hall: the preview, what it refuses, and that all of it happens or nothing."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import booths, indexing, parts, renumbering
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.errors import DomainError
from exhibitors.domain.renumbering import Fault
from exhibitors.domain.renumbering_rules import Digits, Prefix, Rule, Shift, read_table
from exhibitors.models import Booth, BoothMove, Edition, Exhibitor, Hall
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall
from tests.two_at_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return make_hall(make_edition())


def pks(*numbers: str) -> list[int]:
    rows = Booth.objects.filter(number__in=numbers) if numbers else Booth.objects.all()
    return list(rows.order_by("pk").values_list("pk", flat=True))


def numbers() -> list[str]:
    return list(Booth.objects.order_by("number_key", "pk").values_list("number", flat=True))


def seen(rule: Rule, *of: str) -> list[tuple[str, str, Fault | None]]:
    return [(line.old, line.new, line.fault) for line in renumbering.preview(pks(*of), rule).lines]


def renumber(rule: Rule, *of: str) -> list[str]:
    chosen = pks(*of)
    renumbering.renumber(chosen, rule, fingerprint=renumbering.preview(chosen, rule).fingerprint)
    return numbers()


def test_a_preview_shows_each_booth_of_the_selection_and_who_stands_there(hall: Hall) -> None:
    for number in ("A-10", "A-2", ""):
        make_booth(hall, number)
    second = Booth.objects.get(number="A-2")
    make_booth(hall, "C-1")
    for name in ("나래", "가온"):
        make_exhibitor(hall.edition, name, booths=[second])

    lines = renumbering.preview(pks("A-2", "A-10", ""), Prefix("A-", "B-")).lines

    assert [(line.old, line.new, [str(one) for one in line.exhibitors], line.is_changed) for line in lines] == [
        ("A-2", "B-2", ["가온", "나래"], True),
        ("A-10", "B-10", [], True),
        ("", "", [], False),
    ]


def test_a_preview_writes_nothing(hall: Hall) -> None:
    make_booth(hall, "A-1")

    renumbering.preview(pks(), Prefix("A-", "B-"))

    assert numbers() == ["A-1"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Prefix("A-", "B-"), [("A-1", "B-1", Fault.TAKEN), ("A-2", "B-2", None), ("C-1", "C-1", None)]),
        (Prefix("A-1", "A-2"), [("A-1", "A-2", Fault.TAKEN), ("A-2", "A-2", None), ("C-1", "C-1", None)]),
        (read_table("A-1=X\nA-2=x"), [("A-1", "X", Fault.TWICE), ("A-2", "x", Fault.TWICE), ("C-1", "C-1", None)]),
        (read_table("A-1=b-1"), [("A-1", "b-1", Fault.TAKEN), ("A-2", "A-2", None), ("C-1", "C-1", None)]),
        (Shift(-2), [("A-1", "A-1", Fault.BELOW_ZERO), ("A-2", "A-0", None), ("C-1", "C-1", Fault.BELOW_ZERO)]),
        (Prefix("A-1", ""), [("A-1", "", Fault.EMPTY), ("A-2", "A-2", None), ("C-1", "C-1", None)]),
        (
            Prefix("C-1", "C" * 61),
            [("A-1", "A-1", None), ("A-2", "A-2", None), ("C-1", "C" * 61, Fault.NOT_ALLOWED)],
        ),
        (
            Prefix("C-", "C\x01"),
            [("A-1", "A-1", None), ("A-2", "A-2", None), ("C-1", "C\x011", Fault.NOT_ALLOWED)],
        ),
    ],
)
def test_what_is_in_the_way_is_shown_and_stops_all(
    hall: Hall, rule: Rule, expected: list[tuple[str, str, Fault | None]]
) -> None:
    for number in ("A-1", "A-2", "C-1", "B-1"):
        make_booth(hall, number)
    chosen = pks("A-1", "A-2", "C-1")

    preview = renumbering.preview(chosen, rule)
    with translation.override("en"), pytest.raises(DomainError) as caught:
        renumbering.renumber(chosen, rule, fingerprint=preview.fingerprint)

    assert [(line.old, line.new, line.fault) for line in preview.lines] == expected
    assert preview.may_be_applied is False
    assert str(caught.value) == "The numbers clash, or nothing would change. Nothing was renumbered."
    assert numbers() == ["A-1", "A-2", "B-1", "C-1"]


def test_a_number_of_another_hall_is_not_in_the_way(hall: Hall) -> None:
    make_booth(hall, "A-1")
    make_booth(make_hall(hall.edition, "export"), "B-1")

    assert renumber(Prefix("A-", "B-"), "A-1") == ["B-1", "B-1"]


def test_an_old_number_that_nobody_has_stops_all(hall: Hall) -> None:
    make_booth(hall, "A-1")
    rule = read_table("A-1 = B-1\nA-9 = B-9")

    preview = renumbering.preview(pks(), rule)

    assert (preview.unknown, preview.may_be_applied) == (("A-9",), False)


def test_a_rule_that_changes_nothing_cannot_be_applied(hall: Hall) -> None:
    make_booth(hall, "A-1")

    assert renumbering.preview(pks(), Prefix("X-", "Y-")).may_be_applied is False


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (read_table("A-1 = A-2\nA-2 = A-1"), ["A-1", "A-2", "A-3"]),
        (read_table("A-1 = A-2\nA-2 = A-3\nA-3 = A-1"), ["A-1", "A-2", "A-3"]),
        (Shift(1), ["A-2", "A-3", "A-4"]),
        (Shift(10), ["A-11", "A-12", "A-13"]),
        (Digits(2), ["A-01", "A-02", "A-03"]),
        (Prefix("A-", "a-"), ["a-1", "a-2", "a-3"]),
        (Prefix("A-", "가-"), ["가-1", "가-2", "가-3"]),
    ],
)
def test_numbers_change_places_and_rows(hall: Hall, rule: Rule, expected: list[str]) -> None:
    for number in ("A-1", "A-2", "A-3"):
        make_booth(hall, number)

    assert renumber(rule) == expected


def test_a_swap_renames_the_booths_and_leaves_everybody_where_they_stand(hall: Hall) -> None:
    first, second = make_booth(hall, "A-1", x=0, y=0, width=3, depth=3), make_booth(hall, "A-10")
    one, other = make_exhibitor(hall.edition, "가온", booths=[first]), make_exhibitor(hall.edition, booths=[second])
    moves = BoothMove.objects.count()

    renumber(read_table("A-1 = A-10\nA-10 = A-1"))

    assert [booth.number for booth in (*one.booths.all(), *other.booths.all())] == ["A-10", "A-1"]
    assert list(one.booths.values_list("pk", "width")) == [(first.pk, 3)]
    assert BoothMove.objects.count() == moves
    assert numbers() == ["A-1", "A-10"]


def test_what_was_renumbered_is_searched_by_its_new_number(hall: Hall) -> None:
    make_exhibitor(hall.edition, "가온", booths=[make_booth(hall, "A-1")])
    make_exhibitor(hall.edition, "나래", booths=[make_booth(hall, "A-2")])

    renumber(Prefix("A-", "Z-"), "A-1")

    directory = Directory(Edition.objects.get())
    assert [row.name_ko for row in find(directory, Criteria(query="Z-1", is_exact=True))] == ["가온"]
    assert list(indexing.stale(Exhibitor.objects.all())) == []


def rename_one() -> None:
    booth = Booth.objects.get(number="A-1")
    booth.number = "A-7"
    parts.save(booth)


def add_one() -> None:
    make_booth(Hall.objects.get(), "X-1")


def move_in() -> None:
    booths.assign({Exhibitor.objects.get(): [Booth.objects.get(number="A-2")]})


@pytest.mark.parametrize("write", [rename_one, add_one, move_in])
def test_nothing_happens_where_the_booths_changed_since_the_preview(hall: Hall, write: object) -> None:
    first = make_booth(hall, "A-1")
    make_booth(hall, "A-2")
    make_exhibitor(hall.edition, booths=[first])
    rule, chosen = Prefix("A-", "B-"), pks()
    preview = renumbering.preview(chosen, rule)
    write()  # type: ignore[operator]
    before = numbers()

    with translation.override("en"), pytest.raises(DomainError) as caught:
        renumbering.renumber(chosen, rule, fingerprint=preview.fingerprint)

    assert str(caught.value) == "The booths or the rule changed since the preview. Nothing was renumbered; look again."
    assert numbers() == before


def test_another_rule_than_that_of_the_preview_is_refused(hall: Hall) -> None:
    make_booth(hall, "A-1")
    preview = renumbering.preview(pks(), Prefix("A-", "B-"))

    with pytest.raises(DomainError):
        renumbering.renumber(pks(), Prefix("A-", "C-"), fingerprint=preview.fingerprint)

    assert numbers() == ["A-1"]


def test_booths_of_several_halls_are_refused(hall: Hall) -> None:
    make_booth(hall, "A-1")
    make_booth(make_hall(hall.edition, "export"), "B-1")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        renumbering.preview(pks(), Shift(1))

    assert str(caught.value) == (
        "These booths stand in several halls. Choose one hall in the list's filter, then mark its booths."
    )


def test_booths_that_are_gone_are_refused() -> None:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        renumbering.renumber([99], Shift(1), fingerprint="x")

    assert str(caught.value) == "These booths are gone."


@pytest.mark.parametrize("rows", [1, 20])
def test_twenty_cost_as_many_queries_as_one(hall: Hall, rows: int) -> None:
    for number in range(rows):
        make_exhibitor(hall.edition, booths=[make_booth(hall, f"A-{number}")])
    chosen, rule = pks(), Prefix("A-", "B-")
    with CaptureQueriesContext(connection) as looking:
        preview = renumbering.preview(chosen, rule)

    with CaptureQueriesContext(connection) as writing:
        renumbering.renumber(chosen, rule, fingerprint=preview.fingerprint)

    assert (len(looking), len(writing)) == (3, 20)


# Two at once


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_renumber_at_once_the_second_is_told_to_look_again() -> None:
    hall = make_hall(make_edition())
    make_exhibitor(hall.edition, booths=[make_booth(hall, "A-1")])
    chosen, rule = pks(), Shift(1)
    fingerprint = renumbering.preview(chosen, rule).fingerprint

    def write() -> None:
        renumbering.renumber(chosen, rule, fingerprint=fingerprint)

    with pytest.raises(DomainError):
        at_once(write, write)

    assert numbers() == ["A-2"]
    assert list(indexing.stale(Exhibitor.objects.all())) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_who_moves_in_while_booths_are_renumbered_is_found_by_the_new_number() -> None:
    hall = make_hall(make_edition())
    first, second = make_booth(hall, "A-1"), make_booth(hall, "A-2")
    mover = make_exhibitor(hall.edition, booths=[first])
    chosen, rule = pks(), Prefix("A-", "B-")
    fingerprint = renumbering.preview(chosen, rule).fingerprint

    at_once(
        lambda: renumbering.renumber(chosen, rule, fingerprint=fingerprint),
        lambda: booths.assign({mover: [second]}),
    )

    assert [booth.number for booth in mover.booths.all()] == ["B-2"]
    assert list(indexing.stale(Exhibitor.objects.all())) == []
