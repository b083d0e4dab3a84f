"""What holds for any text whatever."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exhibitors.search.document import Source, build
from exhibitors.search.hangul import split_keys
from exhibitors.search.highlight import highlight
from exhibitors.search.layout import other_layouts, to_hangul, to_latin
from exhibitors.search.match import entries, search, vocabulary_of
from exhibitors.search.normalise import KEYS, aligned, compose_text, initials, keys, name_key, plain, sort_key
from exhibitors.search.query import clean, parse
from tests.search.directories import directory

HANGUL = st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)
JAMO = st.sampled_from("ㄱㄲㄳㄴㅀㅄㅎㅏㅒㅘㅢㅣ\u1100\u1161\u11a8\u111a\u1121\uffa1\uffdc\u3164")
LATIN = st.sampled_from("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789 &-.,()éßİ㎏㈜™")
ANY = st.text(HANGUL | JAMO | LATIN | st.characters(), max_size=60)
NAME = st.text(HANGUL | st.sampled_from("abkQZ059 &-"), min_size=1, max_size=12).filter(keys)

quick = settings(max_examples=150, deadline=None)


@given(ANY)
@example("\ud800")
@example("ㄳㅏ")
@example("x" * 100_000)
@example("\u0301" * 1000)
@example("㈜" * 500)
@quick
def test_no_query_is_an_error(text: str) -> None:
    outcome = directory("examples").search(text)

    assert (outcome.resolution.query is None) == (parse(text) is None)
    for hit in outcome.found[:3]:
        if outcome.resolution.query:
            name = hit.entry.source.names[0]
            assert "".join(piece for piece, _ in highlight(name, outcome.resolution.query)) == name


@given(ANY, ANY)
@quick
def test_no_exhibitor_is_an_error(name: str, text: str) -> None:
    columns = build(Source((name, text), (text,), (name,), (text,), (name,), (text, name)))

    for column in (
        columns.name_plain,
        columns.name_keys,
        columns.head_keys,
        columns.text_keys,
        columns.initials,
    ):
        column.encode()
        assert "\x00" not in column
    columns.sort_key.encode()


@given(ANY)
@quick
def test_decomposed_text_means_the_same(text: str) -> None:
    decomposed, composed = unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)
    for function in (keys, plain, initials, aligned, name_key, sort_key):
        assert function(decomposed) == function(composed) == function(text)


@given(NAME)
@quick
def test_name_finds_its_exhibitor_first(name: str) -> None:
    sources = [entry.source for entry in directory("examples").entries]
    searched = entries([*sources, Source((name,))])

    outcome = search(searched, name, vocabulary_of([]))

    ranks = {hit.entry.key: hit.rank for hit in outcome.found}
    assert ranks[len(sources)] == outcome.found[0].rank == 0


@given(st.text(HANGUL, min_size=2, max_size=8))
@quick
def test_name_typed_in_the_other_layout_is_found(name: str) -> None:
    searched = entries([Source((name,))])

    outcome = search(searched, to_latin(name), vocabulary_of([]))

    assert [hit.entry.source.names[0] for hit in outcome.found] == [name]


@given(st.text(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), min_size=3, max_size=12))
@quick
def test_latin_name_typed_in_the_hangul_layout_is_found(name: str) -> None:
    searched = entries([Source((name,))])

    outcome = search(searched, to_hangul(name), vocabulary_of([]))

    assert [hit.entry.source.names[0] for hit in outcome.found] == [name]


@given(st.text(HANGUL, min_size=2, max_size=8), st.data())
@quick
def test_every_stage_of_typing_a_name_finds_it(name: str, data: st.DataObject) -> None:
    presses = split_keys(keys(name))
    typed = to_hangul("".join(press[0] if "^" in press else press.lower() for press in presses[: data.draw(
        st.integers(2, len(presses)))]))  # fmt: skip
    searched = entries([Source((name,))])

    outcome = search(searched, typed, vocabulary_of([]))

    assert [hit.entry.source.names[0] for hit in outcome.found] == [name]


@given(st.text(HANGUL, min_size=1, max_size=8))
@quick
def test_initials_of_a_name_find_it(name: str) -> None:
    from_table = str.maketrans("RSEFAQTDWCZXVGYUIOP", "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㄸㅃㅆㅉ")
    searched = entries([Source((name,))])

    outcome = search(searched, initials(name).translate(from_table), vocabulary_of([]))

    assert [hit.entry.source.names[0] for hit in outcome.found] == [name]


@given(ANY)
@quick
def test_both_layouts_are_the_same_presses(text: str) -> None:
    shown = clean(text)

    assert keys(to_latin(shown)) == _without_case(keys(shown))
    for reading in other_layouts(shown):
        assert _without_case(keys(reading)) == _without_case(keys(shown))


def _without_case(pressed: str) -> str:
    """Of the keyboard's letters alone: other alphabets fold differently (Cherokee to upper case)."""
    return "".join(key.lower() if key.isascii() else key for key in pressed if key != "^")


@given(ANY)
@quick
def test_highlighting_can_follow_every_character(text: str) -> None:
    composed = compose_text(text)

    assert "".join(KEYS[ord(char)] for char in composed) == keys(text)
    assert aligned(text).replace(".", "").replace(" ", "") == keys(text)
