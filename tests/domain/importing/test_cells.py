"""Cells become the text that a person sees."""

import unicodedata
from datetime import date, datetime, time, timedelta

import pytest

from exhibitors.domain.importing.cells import (
    Value,
    clean,
    column_letters,
    excerpt,
    is_placeholder,
    one_line,
    reread,
    shown,
    written,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (5604.0, "5604"),
        (-3.0, "-3"),
        (1.5, "1.5"),
        (0.1 + 0.2, "0.3"),
        (1e20, "100000000000000000000"),
        (17, "17"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2024, 10, 22), "2024-10-22"),
        (datetime(2024, 10, 22), "2024-10-22"),  # noqa: DTZ001 Excel knows no zones
        (datetime(2024, 10, 22, 9, 30), "2024-10-22 09:30:00"),  # noqa: DTZ001
        (time(9, 30), "09:30"),
        (time(9, 30, 5), "09:30:05"),
        (timedelta(hours=26), "26:00"),
        (timedelta(minutes=5, seconds=9), "0:05:09"),
        ("005930", "005930"),
        ("", ""),
    ],
)
def test_a_value_is_shown_as_excel_shows_it(value: Value, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("  A   to Z  ", "A to Z"),
        ("no\u00a0break\u3000wide\u2009thin", "no break wide thin"),
        ("zero\u200bwidth\ufeff\u2060 \u200esoft\u00adhyphen", "zerowidth softhyphen"),
        ("nul\x00 bell\x07", "nul bell"),
        ("one\r\ntwo\rthree\x0bfour\u2028five", "one\ntwo\nthree\nfour\nfive"),
        ("a \n\n\n\n b", "a\n\nb"),
        (unicodedata.normalize("NFD", "웬떡마을 Café"), "웬떡마을 Café"),
        ("똠 펲 샾", "똠 펲 샾"),
        ("AT&amp;T &mdash; caf&#233; &amp", "AT&T — café &amp"),
        ("R&D;", "R&D;"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'+82 2", "+82 2"),
        ("'-", "-"),
        ("'@handle", "@handle"),
        ("'\tx", "x"),
        ("''=1", "'=1"),
        ("'=\u0338", "≠"),
        ("'90s Diner", "'90s Diner"),
        ("-dash first", "-dash first"),
        ("👨‍👩‍👧 가족 ❤️ 🏳️‍🌈", "👨‍👩‍👧 가족 ❤️ 🏳️‍🌈"),
        ("join\u200der", "joiner"),
        ("\u200b\u00a0", ""),
    ],
)
def test_text_is_cleaned_of_what_nobody_sees(raw: str, text: str) -> None:
    assert clean(raw) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+82 2", "'+82 2"),
        ("-", "'-"),
        ("@handle", "'@handle"),
        ("\tx", "'\tx"),
        ("\rx", "'\nx"),
        ("'=1", "''=1"),
        ("'90s Diner", "'90s Diner"),
        ("a = b", "a = b"),
        ("one\r\ntwo\vthree", "one\ntwo\nthree"),
        ("nul\x00 bell\x07 \ufffe", "nul bell "),
        ("", ""),
    ],
)
def test_what_looks_like_a_formula_is_written_behind_an_apostrophe(text: str, cell: str) -> None:
    assert written(text) == cell
    assert reread(text) == (clean(text) if not text.startswith("'=") else text)


@pytest.mark.parametrize(
    ("text", "joint", "line"),
    [
        ("주식회사\n에바", " ", "주식회사 에바"),
        ("떡,\n약밥\n\n한과", ", ", "떡, 약밥, 한과"),
        ("one", ", ", "one"),
        ("", ", ", ""),
    ],
)
def test_lines_are_joined_without_doubling_a_separator(text: str, joint: str, line: str) -> None:
    assert one_line(text, joint=joint) == line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-", True),
        ("N/A", True),
        ("NA", True),
        ("미정", True),
        ("없음", True),
        ("TBA", True),
        ("A", False),
        ("", False),
    ],
)
def test_placeholders_are_told_from_values(text: str, expected: bool) -> None:
    assert is_placeholder(text) is expected


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (255, "IV")])
def test_columns_are_called_as_in_excel(index: int, letters: str) -> None:
    assert column_letters(index) == letters


def test_an_excerpt_fits_on_a_line() -> None:
    assert excerpt("one\ntwo   three") == "one two three"
    assert excerpt("x" * 70, 10) == "xxxxxxxxx…"
