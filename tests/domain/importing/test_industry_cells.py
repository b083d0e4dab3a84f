"""The cell of industries is split by a rule that looks at the whole column."""

from collections.abc import Sequence

import pytest

from exhibitors.domain.importing.industry_cells import (
    CommaRule,
    IndustryRule,
    Known,
    find_rule,
    plain_names,
    split_at_commas,
)
from exhibitors.search.normalise import plain

CLASSIFICATION = [
    "전동기, 발전기 및 전기 변환장치 제조업",
    "영화, 비디오물, 방송프로그램 제작 및 배급업",
    "곡물가공품, 전분 및 전분제품 제조업",
    "비료, 농약 및 살균, 살충제 제조업",
    "건축기술, 엔지니어링 및 관련 기술 서비스업",
    "의약품 제조업",
]
PUBLISHING = ["문학, 아동", "문학", "아동, 예술", "예술, 문학", "문학, 아동, 예술", "기타(인문, 과학)", "아동, 기타"]


def split(cell: str, *, column: Sequence[str] = (), known: Sequence[str] = ()) -> list[str]:
    return rule_of([cell, *column], known).split(cell)


def rule_of(column: Sequence[str], known: Sequence[str] = ()) -> IndustryRule:
    keys = {plain(name) for name in known}
    with_file = keys | {plain(name) for name in plain_names(column, lambda name: plain(name) in keys)}
    return find_rule(
        column,
        Known(
            is_called=lambda name: name in known,
            is_in_edition=lambda name: plain(name) in keys,
            is_anywhere=lambda name: plain(name) in with_file,
        ),
    )


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("생활가전", ["생활가전"]),
        ("생활가전; 식품·음료", ["생활가전", "식품·음료"]),
        ("생활가전|식품·음료\n기계설비", ["생활가전", "식품·음료", "기계설비"]),
        ("생활가전, 식품·음료", ["생활가전", "식품·음료"]),
        ("생활가전; 생활가전;; -", ["생활가전"]),
        ("유모차/이동", ["유모차/이동"]),
        ("기타(인문, 과학), 문학", ["기타(인문, 과학)", "문학"]),
        ("전동기, 발전기 및 전기 변환장치 제조업", ["전동기, 발전기 및 전기 변환장치 제조업"]),
        ("Toys, Games, and Puzzles", ["Toys, Games, and Puzzles"]),
        ("", []),
    ],
)
def test_a_cell_alone_is_split_where_its_signs_are_clear(cell: str, names: list[str]) -> None:
    assert split(cell) == names


def test_commas_of_a_classification_belong_to_its_names() -> None:
    rule = rule_of(CLASSIFICATION)

    assert rule.commas == CommaRule.BELONG_TO_NAMES
    assert [rule.split(cell) for cell in CLASSIFICATION] == [[cell] for cell in CLASSIFICATION]


def test_a_semicolon_inside_a_name_of_a_classification_does_not_split_it() -> None:
    name = "측정, 시험, 항해, 제어 및 기타 정밀기기 제조업; 광학기기 제외"

    assert split(name, column=CLASSIFICATION) == [name]
    assert split("의약품 제조업; 가구 제조업", column=CLASSIFICATION) == ["의약품 제조업", "가구 제조업"]


def test_commas_between_names_that_recur_separate() -> None:
    rule = rule_of(PUBLISHING)

    assert rule.commas == CommaRule.SEPARATE
    assert rule.split("문학, 아동, 예술") == ["문학", "아동", "예술"]


def test_a_known_name_is_never_split() -> None:
    assert split("영상, 음향", known=["영상, 음향", "영상", "음향"]) == ["영상, 음향"]
    assert split("A; B", known=["A; B"]) == ["A; B"]


def test_known_names_are_split_whatever_the_column_says() -> None:
    known = ["의류", "패션", "전동기", "발전기"]

    assert split("의류/패션", known=known) == ["의류", "패션"]
    assert split("전동기, 발전기", known=known, column=CLASSIFICATION) == ["전동기", "발전기"]


def test_a_list_is_not_taken_for_a_name_with_other_signs() -> None:
    assert split("의류; 패션", known=["의류/패션"]) == ["의류", "패션"]


def test_a_name_is_found_though_its_signs_differ() -> None:
    assert split("식품, 음료", known=["식품·음료"]) == ["식품, 음료"]
    assert split("식품/음료", known=["식품·음료", "식품", "음료"]) == ["식품/음료"]
    assert split("식품, 음료", column=["식품·음료"]) == ["식품, 음료"]


def test_a_column_without_commas_needs_no_rule() -> None:
    assert rule_of(["a", "b; c"]).commas == CommaRule.NONE


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("a, b", ["a", "b"]),
        ("a(b, c), d", ["a(b, c)", "d"]),
        ("a), b", ["a)", "b"]),
        ("a，b、c", ["a", "b", "c"]),
        (",a,", ["a"]),
    ],
)
def test_commas_in_brackets_do_not_split(text: str, pieces: list[str]) -> None:
    assert split_at_commas(text) == pieces
