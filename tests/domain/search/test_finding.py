"""Searching an edition: counts are lengths, whatever the number of hits, and facilities are finds."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import facets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.search import finding
from exhibitors.domain.search.finding import Hits, Searcher
from exhibitors.models import Edition, Exhibitor, Synonym
from exhibitors.search.steps import Step
from tests.factories import make_booth, make_edition, make_exhibitor, make_facility, make_hall, make_industry

pytestmark = pytest.mark.django_db

Search = Callable[..., Hits]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def search(edition: Edition) -> Search:
    def search(text: str, *, exactly: bool = False) -> Hits:
        return Searcher(edition, Exhibitor.objects.public().filter(edition=edition)).search(text, exactly=exactly)

    return search


def names(edition: Edition, hits: Hits) -> list[str]:
    found = Exhibitor.objects.public().filter(hits.condition, edition=edition)
    return list(found.order_by("sort_key", "pk").values_list("name_ko", flat=True))


@pytest.mark.parametrize(
    ("text", "step", "expected"),
    [
        ("도담", Step.TYPED, ["도담커피"]),
        ("ehekazjvl", Step.LAYOUT, ["도담커피"]),
        ("도담커피에서", Step.JOSA, ["도담커피"]),
        ("도담커퓌", Step.TYPO, ["도담커피"]),
        ("상회", Step.TYPED, ["가람상회", "나래상회"]),
        ("듣도보도못한낱말", Step.NOTHING, []),
        ("도담 상회", Step.NOTHING, []),
        ("!!", Step.NO_QUERY, ["가람상회", "나래상회", "도담커피"]),
    ],
)
def test_a_search_resolves_in_steps(
    edition: Edition, search: Search, text: str, step: Step, expected: list[str]
) -> None:
    for name in ("도담커피", "나래상회", "가람상회"):
        make_exhibitor(edition, name)

    hits = search(text)

    assert (hits.resolution.step, names(edition, hits)) == (step, expected)
    assert bool(hits.count) == (step not in {Step.NOTHING, Step.NO_QUERY})


def test_exactly_tries_nothing_but_the_text_as_typed(edition: Edition, search: Search) -> None:
    make_exhibitor(edition, "도담커피")
    for text in ("ehekazjvl", "도담커피에서", "도담커퓌"):
        assert search(text, exactly=True).resolution.step == Step.NOTHING


def test_other_editions_and_the_hidden_are_no_hits(edition: Edition, search: Search) -> None:
    make_exhibitor(make_edition("2023"), "도담커피")
    make_exhibitor(edition, "도담커피", state=Exhibitor.State.DRAFT)
    for text in ("도담커피", "ehekazjvl", "도담커퓌"):
        assert search(text).resolution.step == Step.NOTHING


# Facilities


def test_a_facility_stops_corrections(edition: Edition, search: Search) -> None:
    make_exhibitor(edition, "산청토기와")
    make_facility(edition, name_ko="산청토기왕")

    hits = search("산청토기왕")

    assert hits.resolution.step == Step.TYPED
    assert (names(edition, hits), [str(row) for row in hits.facilities]) == ([], ["산청토기왕"])
    assert not hits.count


def test_a_facility_is_found_in_the_other_layout_too(edition: Edition, search: Search) -> None:
    make_facility(edition, name_ko="구매상담존")
    hits = search("rnaotkdekawhs")
    assert (hits.resolution.step, [str(row) for row in hits.facilities]) == (Step.LAYOUT, ["구매상담존"])


def test_facilities_are_found_by_name_booth_and_description_in_their_order(edition: Edition, search: Search) -> None:
    booth = make_booth(make_hall(edition), "E-01")
    make_facility(edition, "b", "커피 쉼터", position=2, booth=booth, name_en="Rest area")
    make_facility(edition, "a", "안내 데스크", position=1, description_ko="커피와 지도를 나누어 드립니다")
    make_facility(make_edition("2023"), "c", "커피 쉼터")

    found = {text: [str(row) for row in search(text).facilities] for text in ("커피", "e1", "rest", "ㅅㅌ", "지도")}

    assert found == {
        "커피": ["안내 데스크", "커피 쉼터"],
        "e1": ["커피 쉼터"],
        "rest": ["커피 쉼터"],
        "ㅅㅌ": ["커피 쉼터"],
        "지도": ["안내 데스크"],
    }


def test_words_count_exhibitors_alone(edition: Edition, search: Search) -> None:
    make_exhibitor(edition, "도담커피")
    make_facility(edition, name_ko="커피 쉼터")
    make_exhibitor(edition, "나래로봇")
    make_facility(edition, "robot", name_ko="청소기계")

    assert search("커피 로봇").resolution.word_counts == (("커피", 1), ("로봇", 1))
    assert search("청소기계 로봇").resolution.word_counts == (("청소기계", 0), ("로봇", 1))


# Counts


def make_many(edition: Edition) -> None:
    hall, food = make_hall(edition), make_industry(edition, "food", "식품")
    for number in range(5):
        make_exhibitor(
            edition,
            f"{'나다가마라'[number]}커피",
            booths=[make_booth(hall, f"A-{number}")] if number % 2 else [],
            industries=[food] if number < 3 else [],
            main_products_ko="원두" if number != 4 else "",
        )
    make_exhibitor(edition, "로봇상회")


QUERIES = {
    "커피": 5,
    "원두": 4,
    "ㅋㅍ": 5,
    "가커피": 1,
    "커피 원두": 4,
    "가 원두": 1,
    "로봇": 1,
    "zjvl": 5,
    "없는말": 0,
}


@pytest.mark.parametrize("most", [0, 1, 4, 5, 6, 2000])
def test_many_hits_are_counted_and_listed_as_few_are(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    make_many(edition)
    monkeypatch.setattr(finding, "MOST_LISTED", most)

    for text, length in QUERIES.items():
        directory = Directory(edition)
        criteria = Criteria(query=text, sort=Sort.RELEVANCE)
        listed = [row.name_ko for row in find(directory, criteria)]
        counts = facets.count(directory, criteria)
        assert (text, len(listed), counts.total) == (text, length, length)
        assert listed == sorted(listed, key=lambda name: (text == "가커피", name))
        for code in ("innovation", "none"):
            narrowed = Criteria(query=text, halls=(code,), sort=Sort.RELEVANCE)
            assert counts.halls.get(code, 0) == len(find(directory, narrowed))
        for slug in ("food", "none"):
            narrowed = Criteria(query=text, industries=(slug,), sort=Sort.RELEVANCE)
            assert counts.industries.get(slug, 0) == len(find(directory, narrowed))


@pytest.mark.parametrize("most", [0, 2, 2000])
def test_each_word_counts_the_list_that_it_finds_alone(
    edition: Edition, search: Search, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    make_many(edition)
    Synonym.objects.create(edition=edition, one="기계", other="로봇")
    monkeypatch.setattr(finding, "MOST_LISTED", most)

    counted = dict(search("커피 기계 ㅇㄷ ㅗㅑㅗ 원두").resolution.word_counts)

    assert counted == {"커피": 5, "기계": 1, "ㅇㄷ": 4, "ㅗㅑㅗ": 0, "원두": 4}
    assert {word: len(names(edition, search(word, exactly=True))) for word in counted if counted[word]} == {
        word: count for word, count in counted.items() if count
    }


@pytest.mark.parametrize("enough", [0, 1, 4, 5, 2000])
def test_a_corrected_search_lists_all_hits_however_few_were_read_to_choose_it(
    edition: Edition, search: Search, monkeypatch: pytest.MonkeyPatch, enough: int
) -> None:
    make_many(edition)
    monkeypatch.setattr(finding, "ENOUGH", enough)
    hits = search("zjvl")
    assert (hits.resolution.step, len(hits.listed or ())) == (Step.LAYOUT, 5)


def test_other_readings_are_looked_for_only_where_they_are_offered(edition: Edition) -> None:
    make_exhibitor(edition, "다품상회")
    for number in range(3):
        make_exhibitor(edition, f"EV충전소{number}")
    searcher = Searcher(edition, Exhibitor.objects.public().filter(edition=edition))

    offered, plain = searcher.search("ㄷㅍ"), searcher.search("ㄷㅍ", offers=False)

    assert offered.resolution.other_layout is not None
    assert offered.resolution.other_layout.text == "ev"
    assert (plain.resolution.other_layout, plain.listed) == (None, offered.listed)


# Cost


@pytest.mark.parametrize(("text", "queries"), [("커피", 3), ("커피 원두", 3), ("ㅋㅍ", 4)])
def test_what_is_found_as_typed_is_found_at_once(edition: Edition, search: Search, text: str, queries: int) -> None:
    make_many(edition)
    with CaptureQueriesContext(connection) as captured:
        assert search(text).resolution.step == Step.TYPED
    assert len(captured) == queries  # consonants are tried in the other layout too
