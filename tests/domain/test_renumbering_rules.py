"""The rules of renumbering, on single numbers."""

import pytest
from django.utils import translation

from exhibitors.domain.errors import DomainError
from exhibitors.domain.renumbering_rules import BelowZeroError, Digits, Prefix, Rule, Shift, apply, read_table


@pytest.mark.parametrize(
    ("rule", "number", "expected"),
    [
        (Prefix("A-", "B-"), "A-01", "B-01"),
        (Prefix("a-", "B-"), "A-01", "B-01"),
        (Prefix("A-", "B-"), "C-A-01", "C-A-01"),
        (Prefix("", "H"), "A-01", "HA-01"),
        (Prefix("A-", ""), "A-01", "01"),
        (Prefix("가-", "나-"), "가-01", "나-01"),
        (Shift(10), "A-01", "A-11"),
        (Shift(1), "A-9", "A-10"),
        (Shift(1), "A-99", "A-100"),
        (Shift(-1), "A-100", "A-099"),
        (Shift(-1), "A-01", "A-00"),
        (Shift(1), "A-01a", "A-02a"),
        (Shift(1), "1-2-3", "1-2-4"),
        (Shift(1), "lobby", "lobby"),
        (Digits(2), "A-1", "A-01"),
        (Digits(2), "A-001", "A-01"),
        (Digits(1), "A-01", "A-1"),
        (Digits(2), "A-123", "A-123"),
        (Digits(3), "A-0", "A-000"),
        (Digits(2), "B2-7b", "B2-07b"),
        (Digits(2), "lobby", "lobby"),
        (read_table("A-1 = A-2\nA-2=A-1"), "A-1", "A-2"),
        (read_table("A-1 = A-2\nA-2=A-1"), "a-2", "A-1"),
        (read_table("A-1\tB-1\n\n가-1 → 나-1"), "가-1", "나-1"),
        (read_table("A-1 = A-2"), "A-3", "A-3"),
    ],
)
def test_a_rule_makes_of_a_number(rule: Rule, number: str, expected: str) -> None:
    assert apply(rule, number) == expected


def test_no_number_falls_below_zero() -> None:
    with pytest.raises(BelowZeroError):
        apply(Shift(-2), "A-01")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "Write the old number, =, and the new one, a line for each booth."),
        (" \n ", "Write the old number, =, and the new one, a line for each booth."),
        ("A-1 A-2", "'A-1 A-2': write the old number, =, and the new one."),
        ("A-1 =", "'A-1 =': write the old number, =, and the new one."),
        ("= A-1", "'= A-1': write the old number, =, and the new one."),
        ("A-1 = A-2 = A-3", "'A-1 = A-2 = A-3': write the old number, =, and the new one."),
        ("A-1 = B-1\na-1 = B-2", "Booth 'a-1' stands in two lines."),
    ],
)
def test_a_table_that_is_none_is_refused(text: str, expected: str) -> None:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        read_table(text)

    assert str(caught.value) == expected
