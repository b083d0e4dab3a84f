"""What an errata sheet says: pure comparisons of rows, in tables of cases."""

from dataclasses import replace

import pytest
from django.utils import translation

from exhibitors.domain.errata import Difference, Kind, Renamed, diff, renamed
from exhibitors.domain.print_sheets import Line, Named, Place, Row, Subject, merged

HALL = Named("혁신관", "Innovation", 1, "innovation")
OTHER_HALL = Named("수출관", "Export", 2, "export")
FOOD, METAL = Named("식품", "Food", 1, "food"), Named("금속", "Metal", 2, "metal")
A1, A2, B1 = Place(1, "A-1", HALL), Place(2, "A-2", HALL), Place(3, "B-1", OTHER_HALL)


def row(pk: int = 1, *booths: Place, **values: object) -> Row:
    subject = Subject(pk, f"e{pk}", f"업체{pk}", f"Company {pk}", "빵", "Bread", lines=(Line(FOOD),))
    return Row(replace(subject, **values), booths)  # type: ignore[arg-type]


def kinds(frozen: list[Row], current: list[Row], withdrawn: set[str] = frozenset()) -> list[tuple[str, int]]:  # type: ignore[assignment]
    found = diff(merged(frozen), merged(current), withdrawn=withdrawn)
    return [(difference.kind.value, difference.row.subject.pk) for difference in found]


@pytest.mark.parametrize(
    ("frozen", "current", "expected"),
    [
        pytest.param([], [], [], id="nothing"),
        pytest.param([row(1, A1)], [row(1, A1)], [], id="the same"),
        pytest.param([row(1, A1)], [row(1, A2)], [("moved", 1)], id="another booth"),
        pytest.param([row(1, A1)], [row(1, B1)], [("moved", 1)], id="another hall"),
        pytest.param([row(1, A1)], [row(1)], [("moved", 1)], id="booth to follow"),
        pytest.param([row(1)], [row(1, A1)], [("moved", 1)], id="booth found"),
        pytest.param([row(1, A1)], [row(1, A1, A2)], [("moved", 1)], id="one booth more"),
        pytest.param([row(1, A1, A2)], [row(1, A2, A1)], [], id="the same booths in another order"),
        pytest.param([row(1, A1)], [row(1, replace(A1, number="A-9"))], [("moved", 1)], id="renumbered"),
        pytest.param(
            [row(1, A1)], [row(1, replace(A1, hall=replace(HALL, name_ko="새이름")))], [], id="only the hall renamed"
        ),
        pytest.param([row(1, A1), row(1, B1)], [row(1, A1, B1)], [], id="one in two halls stands in two rows"),
        pytest.param([row(1)], [row(1, name_ko="새업체")], [("renamed", 1)], id="renamed in Korean"),
        pytest.param([row(1)], [row(1, name_en="")], [("renamed", 1)], id="renamed in English"),
        pytest.param([row(1)], [row(1, main_products_ko="떡")], [("changed", 1)], id="other products"),
        pytest.param([row(1)], [row(1, lines=(Line(METAL),))], [("changed", 1)], id="another industry"),
        pytest.param([row(1)], [row(1, lines=())], [("changed", 1)], id="no industry"),
        pytest.param([row(1)], [row(1, slug="new", is_sample=True)], [], id="what the sheet does not compare"),
        pytest.param([row(1)], [], [("gone", 1)], id="no longer there"),
        pytest.param([], [row(1)], [("new", 1)], id="new"),
        pytest.param(
            [row(1, A1)],
            [row(1, A2, name_ko="새업체", main_products_ko="떡")],
            [("moved", 1), ("renamed", 1), ("changed", 1)],
            id="all at once",
        ),
        pytest.param(
            [row(1)], [row(1, is_facility=True)], [("gone", 1), ("new", 1)], id="a facility has keys of its own"
        ),
    ],
)
def test_each_difference_has_its_kind(frozen: list[Row], current: list[Row], expected: list[tuple[str, int]]) -> None:
    assert kinds(frozen, current) == expected


def test_who_has_withdrawn_is_told_apart_from_who_is_gone() -> None:
    assert kinds([row(1), row(2)], [], {"exhibitor-2"}) == [("withdrawn", 2), ("gone", 1)]


def test_a_name_among_the_withdrawn_counts_only_where_it_was_frozen_and_is_gone() -> None:
    assert kinds([row(1)], [row(1)], {"exhibitor-1", "exhibitor-9"}) == []


def test_differences_come_by_kind_and_within_one_in_the_order_of_the_sheet() -> None:
    frozen = [row(3, A1), row(1, A2), row(2, B1), row(4)]
    current = [row(5), row(1, B1), row(3, B1), row(2, B1, name_ko="새업체")]

    assert kinds(frozen, current) == [("gone", 4), ("moved", 3), ("moved", 1), ("new", 5), ("renamed", 2)]


def test_a_difference_holds_both_rows() -> None:
    old, new = row(1, A1), row(1, A2)

    assert diff(merged([old]), merged([new])) == (Difference(Kind.MOVED, old, new),)


@pytest.mark.parametrize(
    ("language", "old", "new", "expected"),
    [
        pytest.param("ko", ("빵", "Bread"), ("떡", "Bread"), (("빵", "ko"), ("떡", "ko")), id="its own"),
        pytest.param(
            "en", ("빵", "Bread"), ("떡", "Bread"), (("빵", "ko"), ("떡", "ko")), id="only the other, in English"
        ),
        pytest.param("ko", ("빵", "Bread"), ("빵", ""), (("Bread", "en"), ("", "en")), id="only the other, in Korean"),
        pytest.param("en", ("빵", "Bread"), ("떡", "Cake"), (("Bread", "en"), ("Cake", "en")), id="both"),
        pytest.param("en", ("빵", ""), ("빵", "Bread"), (("빵", "ko"), ("Bread", "en")), id="now translated"),
        pytest.param("en", ("빵", "Bread"), ("빵", "Bread"), None, id="none"),
    ],
)
def test_other_products_are_told_in_a_language_that_shows_them(
    language: str, old: tuple[str, str], new: tuple[str, str], expected: object
) -> None:
    before, now = (row(main_products_ko=ko, main_products_en=en) for ko, en in (old, new))
    with translation.override(language):
        told = Difference(Kind.CHANGED, before, now).other_products

    assert (told and tuple((text.text, text.language) for text in told)) == expected


def test_a_hall_under_another_name_is_told_once() -> None:
    new = replace(HALL, name_en="Renewal")
    frozen = {"hall-1": HALL, "hall-2": OTHER_HALL, "industry-1": FOOD}

    assert renamed(frozen, {"hall-1": new, "hall-2": OTHER_HALL, "hall-3": HALL}) == (Renamed(HALL, new),)
