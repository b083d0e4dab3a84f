"""Patterns of booth numbers: what is read out of each, and what is said where one is not understood."""

import pytest
from django.utils import translation

from exhibitors.domain.booth_numbers import Numbers, key, parse


def numbers(text: str) -> list[str]:
    read = parse(text)
    assert read.complaints == ()
    return list(read.numbers)


def complaints(text: str) -> list[str]:
    with translation.override("en"):
        return list(parse(text).complaints)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A-01", ["A-01"]),
        ("  A-01  ", ["A-01"]),
        ("A-01…A-03", ["A-01", "A-02", "A-03"]),
        ("A-01..A-03", ["A-01", "A-02", "A-03"]),
        ("A-01...A-03", ["A-01", "A-02", "A-03"]),
        ("A-01 … A-03", ["A-01", "A-02", "A-03"]),
        ("A-1~A-3", ["A-1", "A-2", "A-3"]),
        ("A-1～A-3", ["A-1", "A-2", "A-3"]),
        ("A-1〜A-3", ["A-1", "A-2", "A-3"]),
        ("A-1–A-3", ["A-1", "A-2", "A-3"]),
        ("A-1 - A-3", ["A-1", "A-2", "A-3"]),
        ("B-01-B-03", ["B-01", "B-02", "B-03"]),
        ("B1-B3", ["B1", "B2", "B3"]),
        ("A-01…03", ["A-01", "A-02", "A-03"]),
        ("1…3", ["1", "2", "3"]),
        ("1 - 3", ["1", "2", "3"]),
        ("A-08…A-11", ["A-08", "A-09", "A-10", "A-11"]),
        ("A-8…A-11", ["A-8", "A-9", "A-10", "A-11"]),
        ("A-99…A-101", ["A-99", "A-100", "A-101"]),
        ("A-001…A-002", ["A-001", "A-002"]),
        ("가-01…가-03", ["가-01", "가-02", "가-03"]),
        ("제1홀 3…제1홀 5", ["제1홀 3", "제1홀 4", "제1홀 5"]),
        ("a-1…A-2", ["a-1", "a-2"]),
        ("Ａ－１…Ａ－２", ["A-1", "A-2"]),
        ("A-5…A-5", ["A-5"]),
        ("A-1-2", ["A-1-2"]),
        ("1-40", ["1-40"]),
        ("A-01a", ["A-01a"]),
        ("A-1~A-2, B-01-B-02", ["A-1", "A-2", "B-01", "B-02"]),
        ("A-1\nA-2\r\n\r\nA-3", ["A-1", "A-2", "A-3"]),
        ("A-1;A-2、A-3，A-4\tA-5", ["A-1", "A-2", "A-3", "A-4", "A-5"]),
        ("A-1, a-1, A-1…A-2", ["A-1", "A-2"]),
        ("C-3, C-1", ["C-3", "C-1"]),
    ],
)
def test_a_pattern_becomes_numbers(text: str, expected: list[str]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Write at least one booth number."),
        (" , ;\n", "Write at least one booth number."),
        ("A-01a…A-05a", "'A-01a…A-05a': both ends of a range must end in digits, as in A-01…A-40."),
        ("A…B", "'A…B': both ends of a range must end in digits, as in A-01…A-40."),
        ("A-1…B-9", "'A-1…B-9': both ends of a range must begin with the same letters."),
        ("A-9…A-1", "'A-9…A-1': the range runs backwards. Write the lower number first."),
        ("B-10-B-01", "'B-10-B-01': the range runs backwards. Write the lower number first."),
        ("A-1…A-010", "'A-1…A-010': write both ends of a range with as many digits."),
        ("A-1…A-3…A-5", "'A-1…A-3…A-5': a range has two ends, as in A-01…A-40."),
        ("A-1…", "'A-1…': a range has two ends, as in A-01…A-40."),
        ("~", "'~': a range has two ends, as in A-01…A-40."),
        ("A-1…A-9999999999", "'A-1…A-9999999999': the numbers have too many digits."),
        ("A-1…A-999999999", "These are more than 1,000 booths at once."),
        ("A-1…A-1001", "These are more than 1,000 booths at once."),
        ("A-1…A-600, B-1…B-600", "These are more than 1,000 booths at once."),
        ("A\x00-1", "'A�-1' holds control characters."),
        ("A\u200b-1", "'A�-1' holds control characters."),
        ("A" * 61, f"'{'A' * 40}': a booth number has at most 60 characters."),
    ],
)
def test_what_is_not_understood_is_said(text: str, expected: str) -> None:
    assert complaints(text) == [expected]


def test_a_thousand_at_once_are_not_too_many() -> None:
    assert len(numbers("A-1…A-1000")) == 1000


def test_what_is_understood_is_read_beside_what_is_not() -> None:
    with translation.override("en"):
        read = parse("A-1, B-9…B-1, A-2, B-9…B-1")

    assert read == Numbers(
        numbers=("A-1", "A-2"),
        complaints=("'B-9…B-1': the range runs backwards. Write the lower number first.",),
    )


def test_numbers_differ_neither_by_case_nor_by_width() -> None:
    assert key("ａ－01") == key("A-01") == "a-01"
