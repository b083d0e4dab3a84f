"""Who stands where: the one verb that assigns booths, and the log that it keeps."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from exhibitors.domain import booths
from exhibitors.domain.booths import Moves
from exhibitors.domain.errors import DomainError
from exhibitors.models import Booth, BoothAssignment, BoothMove, Edition, Exhibitor
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_organiser

pytestmark = pytest.mark.django_db


def numbers(exhibitor: Exhibitor) -> list[str]:
    return [assignment.booth.number for assignment in exhibitor.assignments.select_related("booth")]


def log() -> list[tuple[str, str, str]]:
    rows = BoothMove.objects.order_by("pk").values_list("exhibitor_name", "kind", "booth_number")
    return [(name, kind, number) for name, kind, number in rows]


def three_booths(edition: Edition) -> list[Booth]:
    hall = make_hall(edition)
    return [make_booth(hall, number) for number in ("A-1", "A-2", "A-10")]


def test_the_booths_given_become_the_only_ones() -> None:
    edition = make_edition()
    first, second, third = three_booths(edition)
    exhibitor = make_exhibitor(edition, booths=[first, second])

    moves = booths.assign({exhibitor: [second, third]})

    assert (numbers(exhibitor), moves) == (["A-2", "A-10"], Moves(joined=1, left=1))


def test_each_move_is_logged_with_the_names_of_then() -> None:
    edition = make_edition()
    first, second, _third = three_booths(edition)
    exhibitor = make_exhibitor(edition, "에바", booths=[first])
    organiser = make_organiser()
    before = timezone.now()

    booths.assign({exhibitor: [second]}, by=organiser)
    exhibitor.name_ko = "다른 이름"
    exhibitor.save()
    second.number = "Z-9"
    second.save()

    assert log() == [("에바", "joined", "A-1"), ("에바", "left", "A-1"), ("에바", "joined", "A-2")]
    move = BoothMove.objects.latest("pk")
    assert (move.exhibitor, move.booth, move.edition, move.moved_by) == (exhibitor, second, edition, organiser)
    assert move.hall_name == "혁신관"
    assert before <= move.moved_at <= timezone.now()


def test_moves_of_one_exhibitor_are_logged_in_the_order_of_the_booths() -> None:
    hall = make_hall(make_edition())
    made = [make_booth(hall, number) for number in ("", "A-10", "A-9", "A-3", "A-2", "A-1")]
    exhibitor = make_exhibitor(hall.edition, "에바")

    booths.assign({exhibitor: made})
    booths.assign({exhibitor: []})

    in_order = ["A-1", "A-2", "A-3", "A-9", "A-10", ""]
    assert log() == [("에바", kind, number) for kind in ("joined", "left") for number in in_order]


def test_an_exhibitor_with_an_english_name_alone_is_logged_under_it() -> None:
    edition = make_edition()
    make_exhibitor(edition, "", name_en="Evar", booths=three_booths(edition)[:1])

    assert log() == [("Evar", "joined", "A-1")]


def test_what_stays_is_neither_written_nor_logged() -> None:
    edition = make_edition()
    first, second, _third = three_booths(edition)
    exhibitor = make_exhibitor(edition, booths=[first, second])
    assignments = set(BoothAssignment.objects.values_list("pk", flat=True))
    entries = BoothMove.objects.count()

    moves = booths.assign({exhibitor: [second, first, first]})

    assert moves == Moves(joined=0, left=0)
    assert set(BoothAssignment.objects.values_list("pk", flat=True)) == assignments
    assert BoothMove.objects.count() == entries


def test_no_booths_means_that_all_are_left() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "에바", booths=three_booths(edition))

    assert booths.assign({exhibitor: []}) == Moves(joined=0, left=3)
    assert numbers(exhibitor) == []


def test_two_exhibitors_share_a_booth_and_change_places() -> None:
    edition = make_edition()
    first, second, _third = three_booths(edition)
    one, other = make_exhibitor(edition, booths=[first]), make_exhibitor(edition, booths=[second])

    booths.assign({one: [second], other: [first, second]})

    assert (numbers(one), numbers(other)) == (["A-2"], ["A-1", "A-2"])


def test_others_are_left_alone() -> None:
    edition = make_edition()
    first, second, _third = three_booths(edition)
    one, stranger = make_exhibitor(edition, booths=[first]), make_exhibitor(edition, booths=[first])

    booths.assign({one: [second]})

    assert numbers(stranger) == ["A-1"]


def test_a_booth_of_another_edition_is_refused_and_nothing_changes() -> None:
    edition = make_edition("2024")
    first, second, _third = three_booths(edition)
    elsewhere = make_booth(make_hall(make_edition("2023"), name_ko="수출관"), "X-1")
    one, other = make_exhibitor(edition, "가나", booths=[first]), make_exhibitor(edition, "에바")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        booths.assign({one: [second], other: [elsewhere]})

    assert str(caught.value) == "Booth 수출관 X-1 belongs to another edition than 에바."
    assert (numbers(one), numbers(other)) == (["A-1"], [])


def test_the_number_of_queries_does_not_grow_with_the_exhibitors() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    counts = []
    for many in (2, 20):  # SQLite takes some 25 rows of an exhibitor's columns a statement
        places = booths.create_booths([(hall, f"{many}-{number}") for number in range(many)])
        placement = {make_exhibitor(edition): [place] for place in places}
        with CaptureQueriesContext(
            connection,
        ) as captured:
            booths.assign(placement)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_to_leave_one_booth_costs_one_query_however_many_leave() -> None:
    edition = make_edition()
    place = make_booth(make_hall(edition))
    counts = []
    for many in (2, 25):
        leaving: dict[Exhibitor, list[Booth]] = {make_exhibitor(edition, booths=[place]): [] for _ in range(many)}
        with CaptureQueriesContext(connection) as captured:
            booths.assign(leaving)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_twenty_who_leave_a_booth_each_cost_as_many_queries_as_one() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    counts = []
    for many in (1, 20):
        places = booths.create_booths([(hall, f"{many}-{number}") for number in range(many)])
        leaving: dict[Exhibitor, list[Booth]] = {make_exhibitor(edition, booths=[place]): [] for place in places}
        with CaptureQueriesContext(connection) as captured:
            booths.assign(leaving)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_nobody_to_place_is_no_work() -> None:
    assert booths.assign({}) == Moves(joined=0, left=0)


def test_booths_made_in_bulk_sort_like_those_made_one_by_one() -> None:
    hall = make_hall(make_edition())

    booths.create_booths([(hall, "A-10"), (hall, ""), (hall, "A-2")])
    make_booth(hall, "A-3")

    assert [booth.number for booth in Booth.objects.all()] == ["A-2", "A-3", "A-10", ""]
