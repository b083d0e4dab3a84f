"""Texts in a single one are what they were."""

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibitors.search.packed import Packed


@given(st.lists(st.text()))
def test_packed_texts_are_the_texts(texts: list[str]) -> None:
    packed = Packed(iter(texts))

    assert list(packed) == texts
    assert (len(packed), packed[1:3], packed[::-2]) == (len(texts), texts[1:3], texts[::-2])


def test_sorted_texts_can_be_looked_up() -> None:
    packed = Packed(["가", "나나", "다"])

    assert [bisect_left(packed, text) for text in ("가", "나", "나나", "하")] == [0, 1, 1, 3]


@pytest.mark.parametrize("place", [-1, 2])
def test_there_is_nothing_beyond_them(place: int) -> None:
    with pytest.raises(IndexError):
        Packed(["a", "b"])[place]
