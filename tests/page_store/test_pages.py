"""What a process keeps is bounded, and one thread makes what many ask for."""

import threading
from typing import Any

import pytest

from exhibitors.domain.data_version import Watch
from expo.page_store.asked import Key
from expo.page_store.entry import Answer, Entry, make, now
from expo.page_store.layer import PageStore
from expo.page_store.pages import Pages
from tests.page_store.asking import MB, ask

A, B, C = (Key("http", "localhost", f"/ko/2024/{name}/", "") for name in "abc")


def entry(length: int) -> Entry:
    return make(1, Answer([("Content-Type", "image/x")], bytes(length)), now(), None)


def test_the_least_recently_used_go_when_there_is_no_more_room() -> None:
    pages = Pages(50_000)
    for key in (A, B, A, C):
        if pages.get(key) is None:
            pages.put(key, entry(11_000))
    for number in range(2):
        pages.put(Key("http", "localhost", f"/{number}", ""), entry(11_000))
    assert [pages.get(key) is not None for key in (A, B, C)] == [True, False, True]
    assert pages.size <= 50_000


def test_a_page_that_is_put_again_takes_its_room_once() -> None:
    pages = Pages(MB)
    for _ in range(3):
        pages.put(A, entry(1000))
    assert (len(pages), pages.size) == (1, entry(1000).size + sum(map(len, A)))


def test_one_page_may_not_take_the_room_of_all() -> None:
    pages = Pages(MB)
    pages.put(A, entry(MB // 3))
    assert len(pages) == 0


@pytest.mark.django_db
def test_one_thread_makes_a_page_while_others_wait_for_it() -> None:
    has_begun, may_end = threading.Event(), threading.Event()
    asked = []

    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked.append(environ["PATH_INFO"])
        has_begun.set()
        may_end.wait(30)
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    watch = Watch()
    known = watch.read()  # in this thread: others have connections of their own, and see no tests' rows
    watch.read = lambda: known  # type: ignore[method-assign]
    store = PageStore(application, watch=watch, pages=Pages(MB))
    answers: list[bytes] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(store).sent)) for _ in range(5)]
    threads[0].start()
    has_begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    may_end.set()
    for thread in threads:
        thread.join()
    assert (len(asked), answers) == (1, [b"page"] * 5)
