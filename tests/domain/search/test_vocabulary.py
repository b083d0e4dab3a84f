"""The words that corrections are chosen from: always those of the moment, kept by each process."""

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain import kept, parts
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.search import vocabulary
from exhibitors.models import Edition, Exhibitor, Product
from tests.domain.importing.spreadsheets import import_rows
from tests.factories import make_edition, make_exhibitor, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def search(text: str) -> list[str]:
    """As a request does: the edition is read anew."""
    return [row.name_ko for row in find(Directory(Edition.objects.get(slug="2024")), Criteria(query=text))]


def vocabulary_of(edition: Edition) -> object:
    return vocabulary.vocabulary_of(Edition.objects.get(pk=edition.pk))


def make(edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와")


def rename(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "나래")
    search("산청토기왕")
    exhibitor.name_ko = "산청토기와"
    verbs.save(exhibitor)


def publish(edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와", state=Exhibitor.State.DRAFT)
    search("산청토기왕")
    verbs.publish(Exhibitor.objects.all())


def add_product(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "나래")
    search("산청토기왕")
    make_product(exhibitor, "산청토기와")


def import_row(edition: Edition) -> None:
    import_rows([["회사명"], ["산청토기와"]])


@pytest.mark.parametrize("write", [make, rename, publish, add_product, import_row])
def test_a_new_word_is_corrected_to_at_once(edition: Edition, write: Callable[[Edition], None]) -> None:
    make_exhibitor(edition, "도담커피")
    before = search("산청토기왕")

    write(edition)

    assert (before, len(search("산청토기왕"))) == ([], 1)


def withdraw() -> None:
    verbs.withdraw(Exhibitor.objects.all(), reason="사정")


def delete() -> None:
    verbs.delete(list(Exhibitor.objects.all()))


def rename_away() -> None:
    exhibitor = Exhibitor.objects.get()
    exhibitor.name_ko = "나래"
    verbs.save(exhibitor)


@pytest.mark.parametrize("write", [withdraw, delete, rename_away])
def test_a_word_that_went_is_known_no_more(edition: Edition, write: Callable[[], None]) -> None:
    make_exhibitor(edition, "산청토기와")
    edition.refresh_from_db()
    known = vocabulary.vocabulary_of(edition).knows("산청토기와")

    write()

    edition.refresh_from_db()
    assert (known, vocabulary.vocabulary_of(edition).knows("산청토기와")) == (True, False)


def test_a_product_that_went_is_known_no_more(edition: Edition) -> None:
    make_product(make_exhibitor(edition, "나래"), "산청토기와")
    assert search("산청토기왕") == ["나래"]
    parts.delete(Product.objects.get())
    assert search("산청토기왕") == []


def test_drafts_and_other_editions_lend_no_words(edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와", state=Exhibitor.State.DRAFT)
    make_exhibitor(make_edition("2023"), "한누리식품")
    edition.refresh_from_db()
    words = vocabulary.vocabulary_of(edition)
    assert (words.knows("산청토기와"), words.knows("한누리식품")) == (False, False)


def test_it_is_read_once_and_kept_until_something_is_written(edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와")
    first = vocabulary_of(edition)

    with CaptureQueriesContext(connection) as captured:
        again = vocabulary_of(edition)
    make_exhibitor(edition)

    assert again is first
    assert len(captured) == 1  # the edition itself
    assert vocabulary_of(edition) is not first


def test_writing_another_edition_leaves_it(edition: Edition) -> None:
    first = vocabulary_of(edition)
    make_exhibitor(make_edition("2023"))
    assert vocabulary_of(edition) is first


def test_a_search_that_finds_something_reads_no_vocabulary(edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와")
    directory = Directory(Edition.objects.get(slug="2024"))
    with CaptureQueriesContext(connection) as captured:
        directory.hits(Criteria(query="산청"))
    assert [query["sql"] for query in captured.captured_queries if "exhibitors_product" in query["sql"]] == []


def test_the_editions_kept_are_bounded_and_the_oldest_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "MOST_EDITIONS", 2)
    one, two, three = (make_edition(slug) for slug in ("2021", "2022", "2023"))
    kept = {edition: vocabulary_of(edition) for edition in (one, two, three)}

    assert vocabulary_of(three) is kept[three]
    assert vocabulary_of(two) is kept[two]
    assert vocabulary_of(one) is not kept[one]


@pytest.mark.django_db(transaction=True)
def test_one_that_took_long_serves_a_while_and_until_a_thread_has_built_the_next(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "SLOW", -1)
    first = vocabulary_of(edition)
    make_exhibitor(edition, "산청토기와")

    assert vocabulary_of(edition) is first
    assert builders() == []  # it is young

    monkeypatch.setattr(vocabulary, "SLOW_LASTS", -1)
    with paused(monkeypatch) as (_at_work, go_on):
        assert vocabulary_of(edition) is first
        assert vocabulary_of(edition) is first
        (builder,) = builders()
        go_on.set()
        builder.join()
    second = vocabulary.vocabulary_of(Edition.objects.get(pk=edition.pk))
    assert second is not first
    assert second.knows("산청토기와")


@pytest.mark.django_db(transaction=True)
def test_those_of_a_large_edition_are_built_while_its_first_search_is_made(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_exhibitor(edition, "산청토기와")
    search("산청")
    assert builders() == []  # it is small

    kept.forget()
    monkeypatch.setattr(vocabulary, "LARGE", 1)
    usual = sys.getswitchinterval()
    with paused(monkeypatch) as (at_work, go_on):
        assert search("산청") == ["산청토기와"]
        (builder,) = builders()
        assert at_work.wait(30)
        assert sys.getswitchinterval() == vocabulary.SHORT < usual
        go_on.set()
        builder.join()
    assert sys.getswitchinterval() == usual
    monkeypatch.setattr(vocabulary, "_build", lambda _edition: pytest.fail("It was built already."))
    assert search("산청토기왕") == ["산청토기와"]


@pytest.mark.django_db(transaction=True)
def test_where_a_thread_cannot_build_them_the_old_ones_serve_and_another_may_try(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(vocabulary, "SLOW", -1)
    monkeypatch.setattr(vocabulary, "SLOW_LASTS", -1)
    first = vocabulary_of(edition)
    make_exhibitor(edition, "산청토기와")

    with monkeypatch.context() as broken:
        broken.setattr(vocabulary, "_build", refuse)
        assert vocabulary_of(edition) is first
        wait_for_builders()
    assert "The words of edition 2024 could not be read." in caplog.text

    assert vocabulary_of(edition) is first
    wait_for_builders()
    assert vocabulary_of(edition) is not first


def test_where_no_thread_can_be_started_whoever_needs_them_builds_them(
    edition: Edition, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def start(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    make_exhibitor(edition, "산청토기와")
    monkeypatch.setattr(vocabulary, "LARGE", 1)
    monkeypatch.setattr(threading.Thread, "start", start)
    vocabulary.prepare(edition, 1)
    assert "No thread could be started to read the words of edition 2024." in caplog.text
    assert vocabulary.vocabulary_of(Edition.objects.get(pk=edition.pk)).knows("산청토기와")


def refuse(_edition: Edition) -> vocabulary.Words:
    raise OperationalError


@contextmanager
def paused(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[threading.Event, threading.Event]]:
    """Let whoever builds say that it is at work, and wait until it may go on."""
    build, at_work, go_on = vocabulary._build, threading.Event(), threading.Event()

    def build_later(edition: Edition) -> vocabulary.Words:
        at_work.set()
        assert go_on.wait(30)
        return build(edition)

    with monkeypatch.context() as patched:
        patched.setattr(vocabulary, "_build", build_later)
        yield at_work, go_on


def builders() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "vocabulary"]


def wait_for_builders() -> None:
    for builder in builders():
        builder.join()
