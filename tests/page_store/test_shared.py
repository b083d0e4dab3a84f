"""What one process has made another one sends, through Redis; without it each makes its own."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache

from exhibitors.domain.data_version import Watch
from exhibitors.models import Edition
from expo.page_store import PageStore
from expo.page_store.pages import Pages
from expo.page_store.shared import Shared, release_of
from expo.requests import Handler
from tests.factories import make_edition, make_exhibitor
from tests.next_transaction import next_transaction
from tests.page_store.asking import MB, Counted, ask
from tests.page_store.test_outage import database_down
from tests.redis_server import NO_REDIS, is_installed, redis_server

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    if not is_installed():
        pytest.skip(NO_REDIS)
    with TemporaryDirectory(dir="/tmp") as folder, redis_server(Path(folder, "redis")):
        yield Path(folder, "redis")


@pytest.fixture
def cache(socket: Path) -> BaseCache:
    cache = RedisCache(f"unix://{socket}", {})
    cache.clear()
    return cache


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_exhibitor(edition, "구름공방")
    return edition


def process(cache: BaseCache, release: str = "1") -> tuple[PageStore, Counted]:
    counted = Counted(Handler())
    return PageStore(counted, watch=Watch(), pages=Pages(MB), shared=Shared(cache, release)), counted


def test_what_one_process_has_made_the_other_sends(edition: Edition, cache: BaseCache) -> None:
    (one, asked_one), (other, asked_other) = process(cache), process(cache)
    pages = [ask(one), ask(other), ask(other)]
    assert pages == [pages[0]] * 3
    assert (asked_one.times, asked_other.times) == (1, 0)


def test_a_page_of_an_older_version_is_not_sent(edition: Edition, cache: BaseCache) -> None:
    ask(process(cache)[0])
    next_transaction()
    make_exhibitor(edition, "바람공방")
    assert "바람공방" in ask(process(cache)[0]).text


def test_another_release_makes_its_own(edition: Edition, cache: BaseCache) -> None:
    ask(process(cache, "1")[0])
    other, counted = process(cache, "2")
    ask(other)
    assert counted.times == 1


def test_a_redis_that_is_gone_costs_nobody_a_page(edition: Edition, tmp_path: Path) -> None:
    store, counted = process(RedisCache(f"unix://{tmp_path / 'nowhere'}", {}))
    assert [ask(store).status, ask(store, "/ko/2024/").status, ask(store).status] == [200, 200, 200]
    assert counted.times == 2


def test_what_another_process_has_made_says_of_when_it_is_while_the_database_is_away(
    edition: Edition, cache: BaseCache
) -> None:
    (one, _), (other, _) = process(cache), process(cache)
    ask(one)
    other.watch.read()
    with database_down():
        other.watch.expire()
        old = ask(other)
    assert (old.status, old.headers["Age"], "지금은 새 내용을 읽을 수 없습니다" in old.text) == (200, "0", True)


def test_a_process_that_began_without_the_database_shows_what_others_have_made(
    edition: Edition, cache: BaseCache
) -> None:
    ask(process(cache)[0])
    other, _ = process(cache)
    with database_down():
        old, unknown = ask(other), ask(other, "/ko/2024/")
    assert (old.status, "구름공방" in old.text, "지금은 새 내용을 읽을 수 없습니다" in old.text) == (200, True, True)
    assert unknown.status == 503


def test_whatever_else_lies_in_the_cache_is_no_page(edition: Edition, cache: BaseCache) -> None:
    store, counted = process(cache)
    ask(store)
    (name,) = cache._cache.get_client().keys("*page-*")  # type: ignore[attr-defined]
    cache._cache.get_client().set(name, b"7")  # type: ignore[attr-defined]
    other, counted = process(cache)
    assert ask(other).status == 200
    assert counted.times == 1


def test_a_release_is_told_by_its_files_and_settings(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    page = tmp_path / "templates" / "base.html"
    page.write_text("one")
    first = release_of(tmp_path, "https://expo.example.kr")
    assert release_of(tmp_path, "https://expo.example.kr") == first
    assert release_of(tmp_path, "https://other.example.kr") != first
    page.write_text("two")
    assert release_of(tmp_path, "https://expo.example.kr") != first
