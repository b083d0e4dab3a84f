"""A page of a list holds the rows that the whole list has there, whoever knows them: the process or the database."""

import random
from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import booths, facets, listing, membership
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find, searches, with_places
from exhibitors.domain.indexing import source_of, with_parts
from exhibitors.domain.readings import PLACES, SEARCHED, Reading
from exhibitors.models import NO_VALUE, Edition, Exhibitor, Hall, Synonym
from tests.domain.varied import make_varied, some
from tests.factories import make_booth, make_exhibitor, make_hall, make_product

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = ["가람", "까치", "나루", "㈜라온", "라온", "Basalt", "24시", "★별", "하늘", "쌍용", "Öl", "가람"]


@pytest.fixture
def edition() -> Edition:
    products = ["", "라온 베어링", "떡, 라온"]
    return make_varied(5, exhibitors=50, names=NAMES, names_en=["", "Zulu", "Alpha Co."], products=products)


def random_criteria(chance: random.Random) -> Criteria:
    query = chance.choice(["", "", "라온", "zu", "ㄹㅇ", "fkdhs", "라온 베어링", "!!", "없는이름"])
    sort = chance.choice(list(Sort) if query else [sort for sort in Sort if sort != Sort.RELEVANCE])
    return Criteria(
        query=query,
        themes=some(chance, ["cooperation", "unknown"]),
        halls=some(chance, ["hall-0", "hall-2", NO_VALUE, "unknown"]),
        industries=some(chance, ["industry-0", "industry-2", NO_VALUE]),
        initials=some(chance, ["ㄱ", "ㄹ", "Z", "0-9", "other"]),
        sort=sort,
    )


@pytest.mark.parametrize("seed", range(8))
def test_every_page_is_a_part_of_the_whole_list(edition: Edition, seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(25):
        criteria = random_criteria(chance)
        directory = Directory(edition)
        whole = [exhibitor.pk for exhibitor in find(directory, criteria)]
        assert directory.everyone is not None
        assert facets.total(directory, criteria) == len(whole)
        assert listing.keys_of(directory, criteria) == whole
        for start in range(0, len(whole) + 7, 7):
            rows = listing.page(directory, criteria, slice(start, start + 7), PLACES)
            assert [row.pk for row in rows] == whole[start : start + 7], criteria


def test_a_page_shows_what_was_written_before_it(edition: Edition) -> None:
    first = make_exhibitor(edition, "가가가", state=Exhibitor.State.DRAFT)

    def opening() -> str:
        rows = listing.page(Directory(edition), Criteria(), slice(0, 1), PLACES)
        return rows[0].name_ko

    assert opening() != "가가가"
    verbs.publish(Exhibitor.objects.filter(pk=first.pk))
    assert opening() == "가가가"
    Exhibitor.objects.filter(pk=first.pk).update(state=Exhibitor.State.WITHDRAWN, state_reason="사정")
    assert opening() != "가가가"


def test_who_withdraws_while_a_page_is_made_is_not_on_it(edition: Edition) -> None:
    directory = Directory(edition)
    first, second = listing.page(directory, Criteria(), slice(0, 2), Reading(with_places))
    Exhibitor.objects.filter(pk=first.pk).update(state=Exhibitor.State.WITHDRAWN, state_reason="사정")
    assert listing.page(directory, Criteria(), slice(0, 2), PLACES) == [second]


def test_what_was_read_is_kept_until_anything_is_written(edition: Edition) -> None:
    def shown() -> list[str]:
        return [row.name_ko for row in listing.page(Directory(edition), Criteria(), slice(0, 3), PLACES)]

    before = shown()
    assert queries_of(shown) == 1  # the version
    Exhibitor.objects.filter(name_ko=before[1]).update(name_ko="다른 이름")
    assert shown() == [before[0], "다른 이름", before[2]]


def test_exhibitors_of_long_texts_are_not_kept_beyond_their_bound(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read() -> None:
        listing.page(Directory(edition), Criteria(), slice(0, 3), SEARCHED)

    read()
    assert queries_of(read) == 1  # the version
    assert SEARCHED.kept is not None
    SEARCHED.kept.forget()
    monkeypatch.setattr(SEARCHED.kept, "heaviest", 1)
    read()
    assert queries_of(read) == 5  # exhibitors, booths, products and industries anew


@pytest.mark.parametrize("seed", range(3))
def test_what_is_kept_says_what_the_database_does(seed: int) -> None:
    edition = make_varied(seed, exhibitors=40, names=NAMES, products=["라온 베어링"])
    for one in Exhibitor.objects.all()[:20]:
        make_product(one, f"제품 {one.pk}", position=2)
        make_product(one, f"시험품 {one.pk}", name_en=f"Product {one.pk}", position=1)
    stored = {one.pk: one for one in with_parts(Exhibitor.objects.all())}
    for reading in (PLACES, SEARCHED, SEARCHED):
        for row in listing.page(Directory(edition), Criteria(), slice(0, 40), reading):
            assert places_of(row) == places_of(stored[row.pk])
            if reading is SEARCHED:
                assert row.searched == source_of(stored[row.pk])  # type: ignore[attr-defined]


def places_of(exhibitor: Exhibitor) -> list[tuple[str, Hall]]:
    return [(place.booth.number, place.booth.hall) for place in exhibitor.places]  # type: ignore[attr-defined]


def test_a_hall_that_came_after_the_directory_was_read_is_shown_last(edition: Edition) -> None:
    directory = Directory(edition)
    assert listing.page(directory, Criteria(), slice(1, 2), PLACES)
    (first,) = find(directory, Criteria())[:1]
    old = make_booth(directory.halls[0], "Z-01")
    booths.assign({first: [make_booth(make_hall(edition, "new", "새 전시관"), "N-01"), old]})
    (shown,) = listing.page(directory, Criteria(), slice(0, 1), PLACES)
    assert [number for number, _hall in places_of(shown)] == ["Z-01", "N-01"]


def test_a_search_means_the_exhibitors_of_its_own_moment(edition: Edition) -> None:
    """Somebody who comes before all others moves their places, between a request's first look and its list."""
    search = Criteria(query="라온", sort=Sort.RELEVANCE)
    whole = [row.pk for row in listing.page(Directory(edition), search, slice(0, 50), SEARCHED)]
    slow = Directory(edition)
    assert slow.version
    make_exhibitor(edition, "가가가")
    assert listing.page(Directory(edition), Criteria(), slice(0, 1), PLACES)[0].name_ko == "가가가"

    assert [row.pk for row in listing.page(slow, search, slice(0, 50), SEARCHED)] == whole
    assert listing.keys_of(slow, search) == whole


def test_while_a_thread_reads_an_order_another_asks_the_database(edition: Edition) -> None:
    directory, criteria = Directory(edition), Criteria(sort=Sort.BOOTH)
    assert directory.everyone is not None
    with directory.everyone._reading:
        assert directory.everyone.keys([directory.everyone.members.everyone], Sort.BOOTH, slice(0, 3)) is None
        shown = listing.page(directory, criteria, slice(0, 3), PLACES)
    assert shown == list(find(directory, criteria)[:3])


# Cost


def queries_of(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


@pytest.mark.parametrize("sort", [Sort.NAME, Sort.NAME_EN, Sort.BOOTH])
def test_once_an_order_is_known_a_page_reads_its_own_rows_alone(edition: Edition, sort: Sort) -> None:
    known = Directory(edition)
    listing.page(known, Criteria(sort=sort), slice(0, 1), PLACES)
    asked = queries_of(lambda: listing.page(known, Criteria(sort=sort), slice(24, 48), PLACES))
    assert asked == 2  # exhibitors and their booths


def test_a_search_that_is_turned_narrowed_and_sorted_is_searched_once(edition: Edition) -> None:
    def read(criteria: Criteria) -> int:
        directory = Directory(edition)

        def page() -> None:
            facets.count(directory, criteria)
            listing.page(directory, criteria, slice(0, 24), SEARCHED)

        _ = directory.halls, directory.industries, directory.everyone
        return queries_of(page)

    search = Criteria(query="라온", sort=Sort.RELEVANCE)
    narrowed = Criteria(query="라온", halls=("hall-0",), sort=Sort.RELEVANCE)
    assert (read(search), read(search), read(narrowed)) == (7, 0, 4)
    make_exhibitor(edition, "라온 하나")
    assert read(search) == 7


def test_what_a_search_found_is_forgotten_where_it_would_find_something_else(edition: Edition) -> None:
    def found() -> int:
        return Directory(edition).hits(Criteria(query="구름")).count

    assert found() == 0
    cloud = make_exhibitor(edition, "구름")
    assert found() == 1
    Synonym.objects.create(edition=edition, one="구름", other="하늘")
    assert found() > 1
    with transaction.atomic():
        cloud.delete()
        Synonym.objects.all().delete()
        assert found() == 0
        transaction.set_rollback(True)
    assert found() > 1


def test_a_search_is_kept_apart_from_others_of_the_same_words(edition: Edition) -> None:
    typed, exactly = Criteria(query="라온퓸"), Criteria(query="라온퓸", is_exact=True)
    pages = [Directory(edition).hits(criteria).resolution.step for criteria in (typed, exactly, typed, exactly)]
    assert pages[:2] == pages[2:]
    assert Directory(Edition.objects.get(slug="2023")).hits(Criteria(query="라온")).count == 0


@pytest.mark.parametrize(("name", "limit"), [("most", 2), ("heaviest", 20)])
def test_only_so_much_is_kept_of_searches(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, name: str, limit: int
) -> None:
    monkeypatch.setattr(searches, name, limit)
    for query in ("라온", "가람", "Zulu", "나루"):
        Directory(edition).hits(Criteria(query=query))
    assert 0 < len(list(searches)) <= 2
    assert list(searches)[-1] == (edition.pk, True, "나루", False)


def test_an_edition_that_is_not_known_is_listed_by_the_database(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(membership, "of_edition", lambda *_arguments: None)
    directory, criteria = Directory(edition), Criteria(query="라온", halls=("hall-0",), sort=Sort.RELEVANCE)
    assert listing.page(directory, criteria, slice(0, 5), SEARCHED) == list(find(directory, criteria)[:5])
