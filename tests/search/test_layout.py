"""The same presses under the other keyboard layout."""

import pytest

from exhibitors.search.layout import other_layouts, to_hangul, to_latin


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dnpsEjr", "웬떡"),
        ("apeldhtm", "메디오스"),
        ("ㅇPdml", "예의"),
        ("RㅏㄱEㅜrl", "깍뚜기"),
        ("tkscj", "산처"),
        ("DNPseJR", "우ㅖㄴ덖"),
        ("c-101 大韓", "ㅊ-101 大韓"),
    ],
)
def test_latin_becomes_hangul(typed: str, meant: str) -> None:
    assert to_hangul(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ㄴ므녀ㅜㅎ", "samsung"), ("ㄷ챟ㄱㄷ두", "ecogreen"), ("웬떡", "dnpsEjr"), ("ㅁ-12 x", "a-12 x")],
)
def test_hangul_becomes_latin(typed: str, meant: str) -> None:
    assert to_latin(typed) == meant


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("tkatjd", ("삼성",)),
        ("Tkscjd", ("싼청", "산청")),
        ("DNPSeJR", ("우ㅖㄴ덖", "웬떡", "웬덕")),
        ("ㄴ므녀ㅜㅎ", ("samsung", "ㄴ므녀ng")),
        ("ㅣㅎ전자", ("lgwjswk", "lg전자")),
        ("B-1", ("ㅠ-1",)),
        ("大韓 12", ()),
    ],
)
def test_readings_are_distinct_and_the_likeliest_first(typed: str, readings: tuple[str, ...]) -> None:
    assert other_layouts(typed) == readings
