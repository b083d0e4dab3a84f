"""Searches that found nothing: counted by day, bounded, without a trace of who searched, and none of them lost."""

import threading
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from exhibitors.domain.search import vain
from exhibitors.models import Edition, VainSearch
from tests.factories import make_edition, make_exhibitor, make_facility
from tests.processes import finish, start

pytestmark = pytest.mark.django_db

DAY, NEXT_DAY = date(2024, 10, 22), date(2024, 10, 23)


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def note(edition: Edition, *texts: str, on: date = DAY) -> None:
    for text in texts:
        vain.note(edition.pk, text, on=on)


def stored() -> list[tuple[str, int]]:
    return list(VainSearch.objects.order_by("searched_on", "query").values_list("query", "count"))


def timers() -> list[threading.Timer]:
    found = [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]
    return [timer for timer in found if not timer.finished.is_set()]


# What is kept


def test_a_row_holds_a_day_a_query_and_a_count_and_nothing_else(edition: Edition) -> None:
    note(edition, "건면")
    vain.flush()
    assert VainSearch.objects.values().get() == {
        "id": VainSearch.objects.get().pk,
        "edition_id": edition.pk,
        "searched_on": DAY,
        "query": "건면",
        "count": 1,
    }


def test_what_means_the_same_is_counted_together(edition: Edition) -> None:
    note(
        edition,
        "EV 충전기",
        "ev  충전기",
        " ＥＶ　충전기 ",
        unicodedata.normalize("NFD", "ev 충전기"),
        "ev\u200b 충전기",
    )
    vain.flush()
    assert stored() == [("ev 충전기", 5)]


def test_days_and_editions_are_counted_apart(edition: Edition) -> None:
    other = make_edition("2023")
    note(edition, "건면", "건면")
    note(other, "건면")
    note(edition, "건면", on=NEXT_DAY)
    vain.flush()
    rows = VainSearch.objects.order_by("edition__slug", "searched_on").values_list(
        "edition__slug", "searched_on", "count"
    )
    assert list(rows) == [("2023", DAY, 1), ("2024", DAY, 2), ("2024", NEXT_DAY, 1)]


def test_a_later_count_is_added(edition: Edition) -> None:
    note(edition, "건면", "건면")
    vain.flush()
    note(edition, "건면", "국수")
    vain.flush()
    assert stored() == [("건면", 3), ("국수", 1)]


def test_nothing_noted_is_nothing_written(edition: Edition, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert vain.flush() == 0


# What is dropped


@pytest.mark.parametrize(
    "text",
    [
        "01012345678",
        "010-1234-5678",
        "010 1234 5678",
        "010.1234.5678",
        "010)1234-5678",
        "(02) 123-4567",
        "010/1234/5678",
        "010 - 1234 - 5678",
        "010 -- 1234 -- 5678",
        "010ㅡ1234ㅡ5678",
        "010ー1234ー5678",
        "+82 10 1234 5678",
        "０１０１２３４５６７８",
        "①②③④⑤⑥⑦",
        "900101-1",
        "123-45-67890 홍길동",
        "홍길동 010-1234-5678",
        "hong@expo.example",
        "hong＠expo.example",
        "홍길동 @hong",
    ],
)
def test_what_may_speak_of_a_person_is_dropped(edition: Edition, text: str) -> None:
    note(edition, text)
    assert (vain.flush(), stored()) == (0, [])


@pytest.mark.parametrize("text", ["a-12", "2024 엑스포", "12345", "k55", "4k 8k", "국수 3종 5인분"])
def test_short_numbers_stay(edition: Edition, text: str) -> None:
    note(edition, text)
    vain.flush()
    assert stored() == [(text, 1)]


@pytest.mark.parametrize("text", ["", " ", "\x00", "\u200b", "\ud800"])
def test_what_shows_nothing_is_dropped(edition: Edition, text: str) -> None:
    note(edition, text)
    assert vain.flush() == 0


@pytest.mark.parametrize("sign", ["\ufdfa", "ß", "㎏", "가", "ﬃ"])
def test_the_longest_query_fits(edition: Edition, sign: str) -> None:
    note(edition, sign * 100)
    assert vain.flush() == 1
    assert len(VainSearch.objects.get().query) <= 100


# Bounds


def test_a_day_of_an_edition_is_bounded_and_the_most_searched_stay(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vain, "MOST_A_DAY", 3)
    note(edition, "하나", "둘", "셋", "셋", "넷", "넷")
    vain.flush()
    first = stored()
    note(edition, "다섯", "다섯", "다섯", "셋")
    note(edition, "다섯", on=NEXT_DAY)
    vain.flush()

    assert first == [("넷", 2), ("둘", 1), ("셋", 2)]
    assert stored() == [("넷", 2), ("둘", 1), ("셋", 3), ("다섯", 1)]


def test_what_a_process_remembers_is_bounded(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vain, "MOST_WAITING", 2)
    note(edition, "하나", "둘", "셋", "하나")
    assert vain.flush() == 2
    assert stored() == [("둘", 1), ("하나", 2)]


def test_writing_costs_little_however_many_are_new(edition: Edition, django_assert_max_num_queries: Any) -> None:
    note(edition, *(f"없는말{number}" for number in range(300)))
    with django_assert_max_num_queries(8):  # SQLite takes 250 of these rows a statement
        assert vain.flush() == 300


# Time, processes, failures


def test_one_timer_waits_however_often_is_noted_and_written(edition: Edition) -> None:
    before = timers()
    counts = []
    for _ in range(3):
        note(edition, "하나", "둘")
        counts.append(len(timers()) - len(before))
        vain.flush()
        note(edition, "셋")
    counts.append(len(timers()) - len(before))
    vain.forget()
    assert (counts, len(timers())) == ([1, 1, 1, 1], len(before))


def test_noting_asks_no_database(edition: Edition, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        note(edition, "하나", "둘")


Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def refuse(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A database that has gone away, or that somebody keeps locked."""
    if "vainsearch" in sql:
        raise OperationalError("database is locked")
    return execute(sql, params, many, context)


def test_what_the_database_refuses_is_written_the_next_time(edition: Edition) -> None:
    note(edition, "하나", "하나", "둘")

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        vain.flush()
    waiting = len(timers())
    note(edition, "하나")

    assert (stored(), waiting) == ([], 1)
    assert vain.flush() == 2
    assert stored() == [("둘", 1), ("하나", 3)]


def test_an_edition_that_went_does_not_keep_the_others_from_being_written(edition: Edition) -> None:
    gone = make_edition("2023")
    note(gone, "하나")
    note(edition, "둘")
    gone.delete()
    vain.flush()
    assert stored() == [("둘", 1)]


PROCESS = """
from datetime import date
from exhibitors.domain.search import vain
for number in range(200):
    vain.note({edition}, f"{name} {{chr(0xAC00 + number)}}", on=date(2024, 10, 22))
for _ in range(50):
    vain.note({edition}, "건면", on=date(2024, 10, 22))
vain.MOST_A_DAY = 250
"""


@pytest.mark.django_db(transaction=True)
def test_processes_add_up_and_keep_to_the_bound_together(edition: Edition) -> None:
    """Each writes at its end what it has noted; none of them calls for it."""
    processes = [start(PROCESS.format(edition=edition.pk, name=name)) for name in ("a", "b")]
    for process in processes:
        assert finish(process) == ""

    assert VainSearch.objects.get(query="건면").count == 100
    assert VainSearch.objects.count() == 250


# The list


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_list_notes_what_found_nothing_alone(client: Client, edition: Edition, language: str) -> None:
    make_exhibitor(edition, "도담커피")
    make_facility(edition, name_ko="커피 쉼터")
    for typed in ("도담", "ehekazjvl", "도담커퓌", "쉼터", "", "!!", "국수", "국수 ", "도담 국수"):
        client.get(f"/{language}/2024/exhibitors/", {"q": typed})
    client.get(f"/{language}/2024/exhibitors/", {"q": "도담", "hall": "none", "industry": "nowhere"})

    vain.flush()

    assert stored() == [("국수", 2), ("도담 국수", 1)]
