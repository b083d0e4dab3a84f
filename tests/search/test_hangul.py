"""Composition and decomposition."""

import pytest

from exhibitors.search.hangul import (
    FINALS,
    INITIALS,
    MEDIALS,
    compose,
    join_syllable,
    plain_initial,
    presses,
    split_syllable,
    text_of_keys,
)
from exhibitors.search.normalise import keys

EVERY_SYLLABLE = [chr(code) for code in range(0xAC00, 0xD7A4)]


def test_every_syllable_is_typed_back_from_its_presses() -> None:
    assert [compose(presses(syllable)) for syllable in EVERY_SYLLABLE] == EVERY_SYLLABLE


def test_every_syllable_is_read_back_from_its_keys() -> None:
    assert [text_of_keys(keys(syllable)) for syllable in EVERY_SYLLABLE] == EVERY_SYLLABLE


def test_every_syllable_is_joined_from_its_parts() -> None:
    assert [join_syllable(*split_syllable(syllable)) for syllable in EVERY_SYLLABLE] == EVERY_SYLLABLE
    assert len(INITIALS) * len(MEDIALS) * len(FINALS) == len(EVERY_SYLLABLE)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ㄷㅏㄹㄱ", "닭"),
        ("ㄷㅏㄹㄱㅣ", "달기"),
        ("ㅎㅏㄱㅅㅏ", "학사"),
        ("ㅂㅏㄲㅏ", "바까"),
        ("ㄱㅏㄸㅏ", "가따"),
        ("ㅇㅜㅔㄴ", "웬"),
        ("ㅅㅊㄷ", "ㅅㅊㄷ"),
        ("ㅗㅏㄱ", "ㅘㄱ"),
        ("ㅏㅓ", "ㅏㅓ"),
        ("ㅅㅏ ㄴ", "사 ㄴ"),
        ("ㅅㅏaㄴ", "사aㄴ"),
        ("ㄱㅏㅏ", "가ㅏ"),
        ("", ""),
    ],
)
def test_composes_as_an_input_method_does(typed: str, shown: str) -> None:
    assert compose(typed) == shown


def test_doubled_initials_stand_under_the_plain_ones() -> None:
    assert [plain_initial(jamo) for jamo in "ㄲㄸㅃㅆㅉㄱㅎ"] == list("ㄱㄷㅂㅅㅈㄱㅎ")
