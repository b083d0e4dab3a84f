"""What text becomes before it is compared."""

import sys
import unicodedata

import pytest

from exhibitors.search.hangul import char_keys
from exhibitors.search.normalise import (
    aligned,
    booth_keys,
    initial,
    initials,
    keys,
    name_key,
    normalise,
    plain,
    sort_key,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("웬떡", "DNPSE^JR"),
        ("산청토기와", "TKSCJDXHRLDHK"),
        ("뙈꼞", "E^HOR^P^FV"),
        ("ㅀㅄㄳ", "FGQTRT"),
        ("ㅒㅖ", "O^P^"),
        ("KT&G", "ktg"),
        ("Café Ｂ㎏ m³ ①", "cafebkgm31"),
        ("Łódź Straße Ørsted", "lodzstrasseorsted"),
        ("大韓 トヨタ", "大韓トヨタ"),
        ("가-나 다·라", "RKSKEKFK"),
        ("메디오스™", "APELDHTM"),
        ("\x00\u200b\ud800🍀", ""),
    ],
)
def test_keys_are_what_one_presses(text: str, expected: str) -> None:
    assert keys(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("웬떡마을", "DUAD"),
        ("까따빠싸짜", "YUIOP"),
        ("ㄳㅀㅄ", "RTFGQT"),
        ("KT 하이텍 3", "ktGDX3"),
        ("ㅏ가", "R"),
    ],
)
def test_initials_are_one_letter_a_syllable(text: str, expected: str) -> None:
    assert initials(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("충전기", ".CND.WJS.RL."),
        ("전기차(EV)충전기", ".WJS.RL.CK.ev.CND.WJS.RL."),
        ("대·중소 상생", ".EO.WND.TH. .TKD.TOD."),
        ("AI-based  omega-3,\nChef’s", ".ai.based. .omega.3. .chefs."),
        ("大韓", ".大.韓."),
        ("  —  ", ""),
    ],
)
def test_running_text_is_aligned_by_syllables_and_words(text: str, expected: str) -> None:
    assert aligned(text) == expected


def test_normalised_text_keeps_punctuation_and_blanks() -> None:
    assert normalise("ＫＴ&Ｇ\tCafé ㈜에바™") == "kt&g cafe (주)에바 "


def test_plain_keeps_letters_and_digits_alone() -> None:
    assert plain("SK 하이닉스™ (2호)") == "sk하이닉스2호"


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC"])
def test_composed_and_decomposed_text_are_the_same(form: str) -> None:
    text = "값진식품 Café Überwerk 웬떡ㅁ"
    changed = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    for function in (keys, plain, initials, aligned, normalise, name_key, sort_key):
        assert function(changed) == function(text)


def test_every_character_gives_keys_that_cannot_be_taken_for_others() -> None:
    """Upper-case ASCII and ^ are Korean keys alone; nothing in a column looks like a separator."""
    for char in map(chr, (*range(0x3000), *range(0x3000, 0x20000, 7), *range(0x20000, sys.maxunicode, 97))):
        pressed, letters = keys(char), plain(char)
        assert keys(letters) == pressed
        assert plain(letters) == letters
        assert not set(pressed) & set("|#. %_\\")
        if not any(map(char_keys, letters)):
            assert not any("A" <= key <= "Z" or key == "^" for key in pressed)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("A-12", "a12"),
        ("a012", "a12"),
        ("D-05A", "d5a"),
        ("B-1", "b1"),
        ("0", "0"),
        ("A-0", "a0"),
        ("100", "100"),
    ],
)
def test_booth_keys_have_no_leading_zeros(number: str, expected: str) -> None:
    assert booth_keys(number) == expected


@pytest.mark.parametrize(
    "name",
    [
        "(주)에바",
        "㈜ 에바",
        "주식회사 에바",
        "에바주식회사",
        "에 바",
        "에-바",
        "에바 (주)",
        "주식회사 에바 (주)",
    ],
)
def test_spellings_of_one_company_share_a_key(name: str) -> None:
    assert name_key(name) == "에바"


@pytest.mark.parametrize(("one", "other"), [("유한양행", "양행"), ("!!", "??"), ("BK", "BK&G"), ("한빛", "한빛정밀")])
def test_different_companies_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_names_sort_hangul_latin_digits_rest() -> None:
    names = [
        "가람",
        "㈜까치",
        "나무",
        "주식회사 하나로",
        "Apple",
        "Éclair",
        "zoo",
        "100세",
        "7일",
        "大成",
        "!?",
    ]

    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


def test_case_blanks_and_company_form_sort_equal() -> None:
    assert len({sort_key(name) for name in ("Ondo", "ONDO", "On do", "ONDO Inc.")}) == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("산청토기와", "ㅅ"),
        ("(주)까치", "ㄱ"),
        ("쌍둥이", "ㅅ"),
        ("ㄳ", "ㄱ"),
        ("주식회사", "ㅈ"),
        ("evar", "E"),
        ("Éclair", "E"),
        ("３F", "0-9"),
        ("大韓", "#"),
        ("ㅏ", "#"),
        ("", "#"),
        ("(재)미래숲", "ㅁ"),
    ],
)
def test_initial_is_the_heading_in_an_index(name: str, expected: str) -> None:
    assert initial(name) == expected
