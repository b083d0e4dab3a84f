"""Particles."""

import pytest

from exhibitors.search.josa import direction_particle, stems


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("삼성전자에서", ("삼성전자",)),
        ("웬떡마을은", ("웬떡마을",)),
        ("에바에서는", ("에바", "에바에서")),
        ("하나로는", ("하나", "하나로")),
        ("산청토기와", ("산청토기",)),
        ("BK&G와", ("BK&G",)),
        ("물이", ()),
        ("한빛정밀", ()),
    ],
)
def test_particles_come_off_the_longest_first(word: str, expected: tuple[str, ...]) -> None:
    assert stems(word) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("웬떡", "으로"),
        ("메디오스", "로"),
        ("웬떡마을", "로"),
        ("한빛", "으로"),
        ("ㅅㅊ", "으로"),
        ("A-12", "로"),
        ("B-10", "으로"),
        ("3", "으로"),
        ("1", "로"),
        ("7", "로"),
        ("samsung", "으로"),
        ("hanbit", "으로"),
        ("ecogreen", "으로"),
        ("evar", "로"),
        ("hotel", "로"),
        ("KT", "로"),
        ("LG", "로"),
        ("SM", "으로"),
        ("desk", "로"),
        ("에바!", "로"),
        ("大韓", "로"),
        ("", "로"),
    ],
)
def test_direction_particle_follows_the_last_sound(text: str, expected: str) -> None:
    assert direction_particle(text) == expected
