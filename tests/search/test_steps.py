"""The steps from a query to something found."""

from collections.abc import Sequence

from exhibitors.search.match import matches
from exhibitors.search.query import Query
from exhibitors.search.steps import Resolution, Resolver, Step
from tests.search.directories import directory


class Counter:
    """Counts in memory, and how often it was asked."""

    def __init__(self, folder: str) -> None:
        self.entries = directory(folder).entries
        self.calls = 0

    def __call__(self, queries: Sequence[Query]) -> list[int]:
        self.calls += 1
        return [sum(matches(query, entry.columns) for entry in self.entries) for query in queries]


def resolved(text: str, *, exactly: bool = False) -> tuple[Resolution, int]:
    count = Counter("invented")
    resolution = Resolver(count, directory("invented").vocabulary).resolve(text, exactly=exactly)
    return resolution, count.calls


def test_text_that_hits_is_counted_once() -> None:
    resolution, calls = resolved("한빛정밀")

    assert (resolution.step, calls) == (Step.TYPED, 1)


def test_words_that_find_nothing_are_counted_a_few_times() -> None:
    assert resolved("뷁뷁뷁뷁")[1] <= 4
    assert resolved("zzqx vvqx wwqx ppqx")[1] <= 5
    assert resolved("한빛정밀 zzqxv")[1] <= 9


def test_exact_search_takes_no_further_step() -> None:
    resolution, calls = resolved("gksqlc", exactly=True)

    assert (resolution.step, calls) == (Step.NOTHING, 1)
    assert resolved("한빛", exactly=True)[0].step == Step.TYPED


def test_consonants_that_hit_offer_the_other_layout() -> None:
    resolution, _ = resolved("ㄷㅍ")

    assert resolution.step == Step.TYPED
    assert resolution.other_layout is not None
    assert resolution.other_layout.text == "ev"
    assert resolved("ㅎㅂ")[0].other_layout is None


def test_lone_vowel_tries_the_other_layout_first() -> None:
    resolution, _ = resolved("ㅣㄷㅇ")

    assert resolution.step == Step.LAYOUT
    assert resolution.query is not None
    assert resolution.query.text == "led"


def test_each_word_is_counted_where_they_find_nothing_together() -> None:
    resolution, _ = resolved("한빛 로봇")

    assert resolution.step == Step.NOTHING
    assert resolution.word_counts == (("한빛", 3), ("로봇", 4))


def test_only_words_that_find_nothing_are_changed() -> None:
    assert resolved("ERP zmffkdnem")[0].query.text == "ERP 클라우드"  # type: ignore[union-attr]
    assert resolved("한빛 금헝")[0].query.text == "한빛 금형"  # type: ignore[union-attr]
    assert resolved("수출관 콘텍트렌즈를")[0].query.text == "수출관 콘택트렌즈"  # type: ignore[union-attr]


def test_words_that_say_little_are_dropped_where_they_find_nothing() -> None:
    resolution, _ = resolved("협동로봇 관련 기업")

    assert resolution.step == Step.JOSA
    assert resolution.query is not None
    assert resolution.query.text == "협동로봇"


def test_initials_fused_into_the_last_syllable_are_freed() -> None:
    resolution, _ = resolved("레인보듧")

    assert resolution.step == Step.TYPED
    assert resolution.query is not None
    assert resolution.query.text == "레인보드ㄹㅂ"
