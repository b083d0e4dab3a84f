"""Words that sound nearly alike find each other."""

import pytest

from exhibitors.search import sounds
from exhibitors.search.sounds import Sounds, sound


def test_alike_sounding_words_share_a_sound() -> None:
    assert sound("DPQK") == sound("DOQK")
    assert sound("hynix") == sound("hynics")
    assert sound("photo") == sound("foto")
    assert sound("granola") == sound("granolla")
    assert sound("DPQK") != sound("DPQJ")


def test_the_first_term_that_sounds_alike_is_found() -> None:
    terms = ["DOQK", "DPQJ", "DPQK", "hynix"]

    assert [Sounds(terms).first_like(typed) for typed in ("DPQK", "hynics", "DPQJ", "APELDHTM")] == [
        "DOQK",
        "hynix",
        "DPQJ",
        None,
    ]
    assert Sounds([]).first_like("DPQK") is None


def test_two_sounds_that_share_a_place_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sounds, "BUCKETS", 1)

    assert Sounds(["granolla", "hynix"]).first_like("hynics") == "hynix"
    assert Sounds(["granolla", "hynix"]).first_like("foto") is None
