"""The cell of booths gives each booth, with its hall where it names one."""

import pytest

from exhibitors.domain.importing.booth_cells import BoothText, number_key, parse, parse_in_turn
from exhibitors.domain.importing.problems import Fault, Reason


@pytest.mark.parametrize(
    ("cell", "booths"),
    [
        ("A-12", [("", "A-12")]),
        ("5604", [("", "5604")]),
        ("5604, 1105", [("", "5604"), ("", "1105")]),
        ("N1004, 1622, 3505", [("", "N1004"), ("", "1622"), ("", "3505")]),
        ("1.5 & 1.9", [("", "1.5"), ("", "1.9")]),
        ("A-1; A-2\nA-3", [("", "A-1"), ("", "A-2"), ("", "A-3")]),
        ("A-1; ; -; A-1", [("", "A-1")]),
        ("A1/A2", [("", "A1"), ("", "A2")]),
        ("A-1、A-2", [("", "A-1"), ("", "A-2")]),
        ("B154 (spin) & 6-A154 (spin)", [("", "B154 (spin)"), ("", "6-A154 (spin)")]),
        ("Architecture & Urban Design", [("", "Architecture & Urban Design")]),
        ("Meeting Room, Lobby", [("", "Meeting Room, Lobby")]),
        ("Open Air Museum opp Hall 5", [("", "Open Air Museum opp Hall 5")]),
        ("101-103", [("", "101-103")]),
        ("관람석 12", [("", "관람석 12")]),
        ("Ｂ－１２", [("", "B-12")]),
        # booth words
        ("Stand C10", [("", "C10")]),
        ("Booth No. 12", [("", "12")]),
        ("부스 12", [("", "12")]),
        ("12번", [("", "12")]),
        ("#7", [("", "7")]),
        ("Stand", [("", "Stand")]),
        # halls
        ("Hall 5, Stand C10", [("Hall 5", "C10")]),
        ("Hall 5 / C10; Hall 6 / D2", [("Hall 5", "C10"), ("Hall 6", "D2")]),
        ("Hall 5 C10", [("Hall 5", "C10")]),
        ("Hall 5 C10, Hall 6 D2", [("Hall 5", "C10"), ("Hall 6", "D2")]),
        ("Hall 5, C10, C12", [("Hall 5", "C10"), ("Hall 5", "C12")]),
        ("C10, Hall 5", [("Hall 5", "C10")]),
        ("C10 (A홀)", [("A홀", "C10")]),
        ("혁신관 A-12", [("혁신관", "A-12")]),
        ("혁신관, A-12, A-13", [("혁신관", "A-12"), ("혁신관", "A-13")]),
        ("A홀 12", [("A홀", "12")]),
        ("교차협력1관 A-01", [("교차협력1관", "A-01")]),
        ("코엑스 B홀 A-1", [("코엑스 B홀", "A-1")]),
        ("LVCC, Central Hall - 17214", [("LVCC, Central Hall", "17214")]),
        ("Venetian Expo, Halls A-D - 50768", [("Venetian Expo, Halls A-D", "50768")]),
        ("LVCC, South Hall 1 - 35412", [("LVCC, South Hall 1", "35412")]),
    ],
)
def test_booths_and_halls_are_taken_out(cell: str, booths: list[tuple[str, str]]) -> None:
    found = parse(cell)

    assert not isinstance(found, Fault)
    assert [(booth.hall, booth.number) for booth in found] == booths


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("A-01~A-03", Reason.BOOTH_RANGE),
        ("A-01 ~ 03", Reason.BOOTH_RANGE),
        ("101～103", Reason.BOOTH_RANGE),
        ("A01-A03", Reason.BOOTH_RANGE),
        ("혁신관 A-01 – A-03", Reason.BOOTH_RANGE),
        ("J2/3", Reason.BOOTH_SHORTHAND),
        ("A-01,02", Reason.BOOTH_SHORTHAND),
        ("x" * 61, Reason.BOOTH_TOO_LONG),
    ],
)
def test_what_could_be_misread_is_refused(cell: str, reason: Reason) -> None:
    found = parse(cell)

    assert isinstance(found, Fault)
    assert found.reason == reason


@pytest.mark.parametrize("cell", ["", ";", " - ", "\n"])
def test_a_cell_without_booths_has_none(cell: str) -> None:
    assert parse(cell) == []


def test_sixty_characters_are_still_a_booth() -> None:
    assert parse("x" * 60) == [BoothText("x" * 60)]


@pytest.mark.parametrize(("one", "other"), [("A-12", "a-12"), ("Ａ-1", "A-1"), ("Lobby  2", "lobby 2")])
def test_numbers_are_the_same_in_any_case_and_width(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("A-1", "A-01"), ("A-1", "A1")])
def test_numbers_that_a_plan_may_tell_apart_stay_apart(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("cell", "turns"),
    [
        ("A-1; B-1", [["A-1"], ["B-1"]]),
        ("1; 1", [["1"], ["1"]]),
        ("A-1; 미정", [["A-1"], [""]]),
        ("TBD; A-1, A-2\n-", [[""], ["A-1", "A-2"], [""]]),
        ("A-1；B-1;", [["A-1"], ["B-1"]]),
        ("", []),
    ],
)
def test_booths_in_turn_keep_their_places_among_those_to_follow(cell: str, turns: list[list[str]]) -> None:
    found = parse_in_turn(cell)

    assert isinstance(found, list)
    assert [[booth.number for booth in turn] for turn in found] == turns


def test_one_booth_in_turn_that_is_refused_refuses_the_cell() -> None:
    found = parse_in_turn("A-1; B-1~3")

    assert isinstance(found, Fault)
    assert found.reason == Reason.BOOTH_RANGE
