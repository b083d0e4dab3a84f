"""While the database does not answer, readers get the last pages there were, which say of when they are."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from exhibitors.models import Edition
from tests.factories import make_edition, make_exhibitor
from tests.next_transaction import next_transaction
from tests.page_store.asking import LIST, ask, make_store

pytestmark = pytest.mark.django_db

ENGLISH = "/en/2024/exhibitors/"


@contextmanager
def database_down() -> Iterator[None]:
    """Every statement fails, as it does when the server is gone."""

    def fail(*_arguments: Any) -> None:
        raise OperationalError("the connection is closed")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_exhibitor(edition, "구름공방", name_en="Cloud Works")
    return edition


def test_the_last_page_is_shown_with_its_time(edition: Edition) -> None:
    store, _ = make_store()
    page = ask(store, ENGLISH)
    made = timezone.localtime(next(iter(store.pages._entries.values())).made_at)
    with database_down():
        store.watch.expire()
        old = ask(store, ENGLISH)
    notice = f"Nothing new can be read at the moment. This page is as of {made:%Y-%m-%d %H:%M}."
    assert old.status == 200
    assert old.text.replace(f'<p class="banner" role="status">{notice}</p>', "") == page.text
    assert notice in old.text
    assert (old.headers["Cache-Control"], old.headers["Age"]) == ("no-store", "0")
    assert old.headers["ETag"] != page.headers["ETag"]


def test_korean_pages_say_it_in_korean(edition: Edition) -> None:
    store, _ = make_store()
    ask(store)
    with database_down():
        store.watch.expire()
        assert "지금은 새 내용을 읽을 수 없습니다" in ask(store).text


def test_open_data_are_as_they_were_and_tell_their_age(edition: Edition) -> None:
    store, _ = make_store()
    data = ask(store, "/api/v1/editions/")
    with database_down():
        store.watch.expire()
        old = ask(store, "/api/v1/editions/")
    assert (old.text, old.headers["Age"]) == (data.text, "0")


def test_when_it_answers_again_pages_are_new_and_say_nothing(edition: Edition) -> None:
    store, _ = make_store()
    page = ask(store)
    with database_down():
        store.watch.expire()
        ask(store)
    store.watch.expire()
    assert ask(store) == page


@pytest.mark.usefixtures("edition")
def test_a_page_that_nobody_asked_for_before_is_told_to_come_back(client: Any) -> None:
    store, _ = make_store()
    with database_down():
        answer = ask(store, LIST)
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
    assert "지금은 데이터에 연결할 수 없습니다" in answer.text
    assert len(store.pages) == 0


def test_a_database_that_fails_while_a_page_is_made_anew_leaves_the_last_one(edition: Edition) -> None:
    store, counted = make_store()
    page = ask(store)
    next_transaction()
    make_exhibitor(edition, "바람공방")
    store.watch.expire()
    store.watch.read()  # still answers; then it does not
    with database_down():
        old = ask(store)
    assert counted.times == 2
    assert (old.status, "구름공방" in old.text, old.text != page.text) == (200, True, True)
