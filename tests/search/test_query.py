"""Parsing of queries."""

import pytest

from exhibitors.search.query import Kind, Needle, Query, parse, synonym_table


def parsed(text: str) -> Query:
    query = parse(text)
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("협동로봇 커피", ["협동로봇", "커피"]),
        ("산청,토기와;기와/전통|B홀", ["산청", "토기와", "기와", "전통", "B홀"]),
        ("  삼성 \t 전자\n", ["삼성", "전자"]),
        ("부스 A-12", ["A-12"]),
        ("A-12번 부스", ["A-12"]),
        ("A-12호", ["A-12"]),
        ("booth", ["booth"]),
        ("부스터", ["부스터"]),
        ("1호", ["1호"]),
        ("㈜에바", ["에바"]),
        ("한빛전자 주식회사 센서", ["한빛전자", "센서"]),
        ("주식회사", ["주식회사"]),
        ("KT & G", ["KT", "G"]),
        ("ㅅㅏㄴ청", ["산청"]),
        ("ＥＶＡＲ", ["EVAR"]),
        ("한\u200b빛", ["한빛"]),
    ],
)
def test_query_is_cut_into_words(text: str, words: list[str]) -> None:
    assert [word.text for word in parsed(text).words] == words


@pytest.mark.parametrize("text", ["", " ", "%", "_", "\\", "'\"", "...", "🍀", "\x00", "\ud800", "\u200b", "—", "|#|"])
def test_query_without_letters_is_none(text: str) -> None:
    assert parse(text) is None


def test_query_is_bounded() -> None:
    assert len(parsed("가 " * 100_000).words) == 8
    assert len(parsed("가" * 100_000).text) == 100
    assert len(parsed("가" * 100).text) == 100
    assert len(parsed("\u1100\u1161" * 100).text) == 100


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("삼성", Kind.FULL),
        ("KT", Kind.FULL),
        ("A-12", Kind.FULL),
        ("ㅅㅊ", Kind.INITIALS),
        ("ㄳ", Kind.INITIALS),
        ("\u1109\u110e", Kind.INITIALS),
        ("\uffb5\uffba", Kind.INITIALS),
        ("ㅀㅄ", Kind.INITIALS),
        ("산청ㅌ", Kind.MIXED),
        ("ktㅈㅈ", Kind.MIXED),
        ("ㄴ므녀ㅜㅎ", Kind.VOWELS),
        ("산ㅓ", Kind.VOWELS),
    ],
)
def test_lone_letters_tell_the_kind(text: str, kind: Kind) -> None:
    assert parsed(text).joined.kind is kind


def test_whole_syllables_look_in_keys_and_in_text() -> None:
    assert parsed("청정").joined.condition == (
        (Needle("head_keys", "CJDWJD"),),
        (Needle("text_keys", ".CJD.WJD."),),
    )


def test_consonants_look_in_initials_alone() -> None:
    assert parsed("ㅅㅊ").joined.condition == ((Needle("initials", "TC"),),)


def test_mixed_word_needs_initials_and_each_run_or_the_keys() -> None:
    assert parsed("삼성ㅈㅈ").joined.condition[:2] == (
        (Needle("head_keys", "TKATJDWW"),),
        (Needle("initials", "TTWW"), Needle("head_keys", "TKATJD")),
    )


def test_booth_number_also_matches_without_leading_zeros() -> None:
    assert (Needle("head_keys", "|b1|"),) in parsed("B-001").joined.condition


@pytest.mark.parametrize(("text", "needle"), [("sensor", ".sensor"), ("ai", ".ai."), ("센서 ", ".TPS.TJ.")])
def test_long_latin_words_may_go_on_in_running_text(text: str, needle: str) -> None:
    assert (Needle("text_keys", needle),) in parsed(text).joined.condition


def test_synonyms_work_both_ways() -> None:
    table = synonym_table([("건면", "국수"), ("EV charger", "전기차충전기"), ("건면", "소면")])

    assert table["건면"] == ("국수", "소면")
    assert table["국수"] == ("건면",)
    assert table["evcharger"] == ("전기차충전기",)
    query = parse("ev charger", table)
    assert query is not None
    assert query.joined.synonyms == ("전기차충전기",)
