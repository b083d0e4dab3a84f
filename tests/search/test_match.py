"""What matches, how well, and in which order."""

import pytest

from exhibitors.search.document import Source
from exhibitors.search.match import Outcome, entries, search, vocabulary_of
from exhibitors.search.query import synonym_table
from exhibitors.search.reasons import Reason
from exhibitors.search.steps import Step
from tests.search.directories import directory


def found(sources: list[Source], text: str, synonyms: dict[str, tuple[str, ...]] | None = None) -> Outcome:
    return search(entries(sources), text, vocabulary_of(sources), synonyms)


def names(outcome: Outcome) -> list[str]:
    return [hit.entry.source.names[0] for hit in outcome.found]


def test_ranks_come_in_the_promised_order() -> None:
    sources = [
        Source(("설명만",), descriptions=("우리는 달 을 본다",)),
        Source(("품목만",), products=("반달",)),
        Source(("통닭골목",)),
        Source(("달구",)),
        Source(("보름달",)),
        Source(("달빛",)),
        Source(("달",)),
    ]

    assert names(found(sources, "달")) == ["달", "달구", "달빛", "보름달", "통닭골목", "품목만", "설명만"]


def test_booth_comes_after_the_equal_name_and_before_all_else() -> None:
    sources = [
        Source(("A12",)),
        Source(("A12 상사",)),
        Source(("나무",), booths=("A-012",)),
        Source(("다리",), products=("A12",)),
        Source(("라면",), booths=("A-120",)),
    ]

    # A booth and a product of the same letters are one to the columns; the sort key decides.
    assert names(found(sources, "a-12")) == ["A12", "나무", "다리", "A12 상사", "라면"]


def test_equal_initials_come_before_longer_ones() -> None:
    sources = [
        Source(("에바항공",)),
        Source(("나",), products=("약밥",)),
        Source(("더 에바",)),
        Source(("우박",)),
    ]

    assert names(found(sources, "ㅇㅂ")) == ["우박", "에바항공", "더 에바", "나"]


def test_several_words_rank_by_the_first_word_in_the_name() -> None:
    sources = [
        Source(("가",), products=("로봇 커피",)),
        Source(("커피집",), products=("로봇",)),
        Source(("로봇집",), products=("커피",)),
    ]

    assert names(found(sources, "로봇 커피")) == ["로봇집", "가", "커피집"]


def test_company_form_counts_least() -> None:
    sources = [Source(("Alpha Co., Ltd.",)), Source(("베타",), products=("coffee",)), Source(("Cosmos",))]

    assert names(found(sources, "co")) == ["Cosmos", "베타", "Alpha Co., Ltd."]


def test_equals_are_ordered_by_sort_key_then_key() -> None:
    sources = [
        Source(("Ondo",)),
        Source(("나",), products=("ondo",)),
        Source(("ONDO",)),
        Source(("가",), products=("ondo",)),
    ]

    assert names(found(sources, "ondo")) == ["Ondo", "ONDO", "가", "나"]


def test_synonym_finds_and_says_so() -> None:
    sources = [Source(("백제",), products=("건면",)), Source(("국수나라",)), Source(("다른집",))]

    outcome = found(sources, "국수", synonym_table([("건면", "국수")]))

    assert names(outcome) == ["국수나라", "백제"]
    assert outcome.found[1].why == (Reason("product", "건면", synonym="건면"),)
    assert names(found(sources, "건면", synonym_table([("건면", "국수")]))) == ["백제", "국수나라"]


def test_synonym_of_several_words_works() -> None:
    sources = [Source(("에바",), products=("전기차 충전기",))]

    assert names(found(sources, "EV charger", synonym_table([("전기차충전기", "ev charger")]))) == ["에바"]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("전기차충전기", "초록 전동", (Reason("product", "전기차충전기"),)),
        ("초록", "초록 전동", (Reason("name", "초록 전동"),)),
        ("초록 킥보드", "초록 전동", (Reason("name", "초록 전동"), Reason("product", "전동킥보드"))),
        ("e-42", "초록 전동", (Reason("booth", "E-42"),)),
        ("b-7", "물결소재", (Reason("booth", "B-007"),)),
        ("수출관", "초록 전동", (Reason("hall", "수출관"),)),
        ("부품소재 전동", "초록 전동", (Reason("industry", "부품소재"), Reason("name", "초록 전동"))),
        ("ㅈㄷㅋㅂㄷ", "초록 전동", (Reason("product", "전동킥보드"),)),
        ("온도 센서", "다온테크㈜", (Reason("product", "온도 센서"),)),
    ],
)
def test_result_says_why_it_was_found(text: str, name: str, expected: tuple[Reason, ...]) -> None:
    outcome = directory("invented").search(text)

    assert [hit.why for hit in outcome.found if hit.entry.source.names[0] == name] == [expected]


def test_every_result_of_every_case_has_a_reason() -> None:
    for text in ("ㅎㅂ", "닭", "rice", "센서", "로봇", "혁신관 로봇", "a12", "co", "거래처"):
        outcome = directory("invented").search(text)
        assert outcome.resolution.step == Step.TYPED
        assert all(hit.why for hit in outcome.found), text
