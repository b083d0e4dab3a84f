"""What one process writes, the others hear of at once through Redis; one that goes and comes back, they find again."""

from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache
from django.db import connection

from exhibitors.domain.data_version import Watch
from expo.page_store.announcements import Announcements
from tests.forked import forked
from tests.redis_server import NO_REDIS, is_installed, redis_server

PATIENCE = 30.0  # seconds

pytestmark = [
    pytest.mark.skipif(not is_installed(), reason=NO_REDIS),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough: no database is asked"),
]


@pytest.fixture
def socket() -> Iterator[Path]:
    with TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder, "redis")


def cache_of(socket: Path) -> BaseCache:
    return RedisCache(f"unix://{socket}", {})


def listen(pipe: Connection, socket: Path, silence: float = 5.0) -> None:
    """Work of a process: say each time when something was heard, the first time that it listens."""
    announcements = Announcements(cache_of(socket), lambda: pipe.send("heard"), silence=silence)
    announcements.listen()
    announcements.listen()
    pipe.recv()


def wait_for(pipe: Connection) -> str:
    assert pipe.poll(PATIENCE), "nothing was heard"
    return str(pipe.recv())


def test_a_write_is_heard_in_every_other_process_once(socket: Path) -> None:
    watch = Watch()
    with redis_server(socket), forked(listen, socket) as (_, one), forked(listen, socket) as (_, other):
        watch.announce = Announcements(cache_of(socket), watch.expire).announce
        began = [wait_for(one), wait_for(other)]
        watch.note_write()
        heard = [wait_for(one), wait_for(other)]
        assert (began, heard) == (["heard"] * 2, ["heard"] * 2)
        assert [one.poll(), other.poll()] == [False, False]


def test_a_redis_that_was_away_is_heard_again(socket: Path) -> None:
    announcements = Announcements(cache_of(socket), lambda: None)
    with forked(listen, socket) as (process, pipe):
        with redis_server(socket):
            wait_for(pipe)
        announcements.announce()  # to nobody, and nothing is raised
        socket.unlink(missing_ok=True)
        with redis_server(socket):
            wait_for(pipe)
            Announcements(cache_of(socket), lambda: None).announce()
            wait_for(pipe)
        assert process.is_alive()


def test_what_is_announced_in_vain_is_not_tried_again_at_once(socket: Path, caplog: pytest.LogCaptureFixture) -> None:
    announcements = Announcements(cache_of(socket), lambda: None)
    announcements.announce()
    announcements.announce()
    assert [record.getMessage() for record in caplog.records] == [
        "The shared cache does not answer (ConnectionError): other processes see what is written a second later."
    ]


def test_a_redis_that_holds_its_breath_is_left_and_found_again(socket: Path) -> None:
    with redis_server(socket), forked(listen, socket, 0.1) as (_, pipe):
        wait_for(pipe)
        clients = cache_of(socket)._cache.get_client()  # type: ignore[attr-defined]
        clients.client_pause(1000, all=True)
        assert wait_for(pipe) == "heard"  # as each new connection says
