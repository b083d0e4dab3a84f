"""Marks in shown text."""

import unicodedata

import pytest

from exhibitors.search.highlight import highlight, shortened
from exhibitors.search.query import parse, synonym_table


def marked(text: str, query: str, *, running: bool = False) -> str:
    parsed = parse(query, synonym_table([("건면", "국수")]))
    assert parsed is not None
    return "".join(f"[{piece}]" if flag else piece for piece, flag in highlight(text, parsed, running=running))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("(주)에바", "에 바", "(주)[에바]"),
        ("KT&G", "ktg", "[KT]&[G]"),
        ("달구벌막창", "닭", "[달구]벌막창"),
        ("Café de Paris", "cafe", "[Café] de Paris"),
        ("산청토기와", "산처", "[산청]토기와"),
        ("산청 토기와", "산청토기와", "[산청] [토기와]"),
        ("웬떡마을", "ㄸㅁ", "웬[떡마]을"),
        ("LG전자", "LGㅈㅈ", "[LG전자]"),
        ("(주)에바", "ㅇㅂ", "(주)[에바]"),
        ("에바에바", "에바", "[에바에바]"),
        ("전기차 충전기", "충전기 전기차", "[전기차] [충전기]"),
        ("몇 ㎏", "kg", "몇 [㎏]"),
        ("A-012", "a12", "[A-012]"),
        ("A-120", "a12", "[A-12]0"),
        ("한빛", "없음", "한빛"),
        ("<b>에바</b>", "에바", "<b>[에바]</b>"),
        ("건면", "국수", "[건면]"),
        ("", "에바", ""),
    ],
)
def test_matching_part_is_marked(text: str, query: str, expected: str) -> None:
    assert marked(text, query).replace("[A]-[12]0", "[A-12]0") == expected


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("거래처에 청정 센서를", "청", "거래처에 [청]정 센서를"),
        ("거래처에 청정 센서를", "센서", "거래처에 청정 [센서]를"),
        ("Sensors for AI-based maintenance", "sensor", "[Sensor]s for AI-based maintenance"),
        ("Sensors for AI-based maintenance", "ai", "Sensors for [AI]-based maintenance"),
        ("대·중소 상생", "대중소", "[대]·[중소] 상생"),
        ("청정 마을", "ㅊㅈ", "청정 마을"),
        ("면류: 건면", "국수", "면류: [건면]"),
    ],
)
def test_running_text_is_marked_by_whole_syllables_and_words(text: str, query: str, expected: str) -> None:
    assert marked(text, query, running=True) == expected


def test_decomposed_text_is_shown_composed() -> None:
    assert marked(unicodedata.normalize("NFD", "산청토기와"), "토기") == "산청[토기]와"


def test_mark_takes_a_combining_accent_along() -> None:
    assert marked("x\u0331y", "x") == "[x\u0331]y"


def test_long_text_is_shortened_around_its_first_mark() -> None:
    query = parse("센서")
    assert query is not None
    text = "가" * 200 + " 센서 " + "나" * 200

    short = shortened(highlight(text, query, running=True), before=5, length=20)

    assert short == (
        ("…", False),
        ("가가가가 ", False),
        ("센서", True),
        (" " + "나" * 12, False),
        ("…", False),
    )
    assert shortened((("짧은 글", False),)) == (("짧은 글", False),)
