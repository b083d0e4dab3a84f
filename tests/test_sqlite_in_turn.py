"""Writers of a SQLite database stand in a queue: who asks first writes first, and nobody's death holds up the rest."""

import fcntl
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker

from expo.environment import databases
from expo.sqlite_in_turn.base import DatabaseWrapper

if not hasattr(os, "fork"):
    pytest.skip("there are no queues of this kind here", allow_module_level=True)

Connect = Callable[[], DatabaseWrapper]


@pytest.fixture
def connect(tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[Connect]:
    """A function that opens another connection to one database, as another process has."""
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "site.sqlite3")}
    settings = databases(config, is_serving=False)["default"]
    settings |= {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "CONN_HEALTH_CHECKS": False, "TIME_ZONE": None}
    opened: list[DatabaseWrapper] = []

    def connect() -> DatabaseWrapper:
        wrapper: Any = DatabaseWrapper(settings, "site")
        wrapper.inc_thread_sharing()
        opened.append(wrapper)
        return wrapper

    with django_db_blocker.unblock():
        yield connect
        for wrapper in opened:
            wrapper.close()


def begin(connection: DatabaseWrapper) -> None:
    connection.ensure_connection()
    connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


def commit(connection: DatabaseWrapper) -> None:
    connection.commit()
    connection.set_autocommit(True)


def somebody_waits(connection: DatabaseWrapper) -> bool:
    queue = os.open(f"{connection.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(queue)
    return False


def test_who_asks_first_writes_first(connect: Connect) -> None:
    writing, order = connect(), []
    begin(writing)

    def write(number: int) -> None:
        connection = connect()
        begin(connection)
        order.append(number)
        commit(connection)

    threads = [threading.Thread(target=write, args=[number]) for number in range(2)]
    threads[0].start()
    while not somebody_waits(writing):
        pass
    threads[1].start()
    assert order == []
    commit(writing)
    for thread in threads:
        thread.join()
    assert order == [0, 1]
    assert not somebody_waits(writing)


def test_who_writes_keeps_nobody_from_the_queue(connect: Connect) -> None:
    """Only those who wait are in it: the database itself keeps them out."""
    writing = connect()
    begin(writing)
    assert not somebody_waits(writing)
    commit(writing)


def test_who_dies_waiting_holds_up_nobody(connect: Connect, tmp_path: Path) -> None:
    told, tell = os.pipe()
    child = os.fork()
    if not child:
        queue = os.open(tmp_path / "site.sqlite3-turn", os.O_RDWR | os.O_CREAT)
        fcntl.flock(queue, fcntl.LOCK_EX)
        os.write(tell, b".")
        signal.pause()
        os._exit(0)
    os.read(told, 1)
    connection = connect()
    assert somebody_waits(connection)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    begin(connection)
    commit(connection)


def test_where_no_file_can_be_made_writers_try_again_as_ever(connect: Connect, tmp_path: Path) -> None:
    (tmp_path / "site.sqlite3-turn").mkdir()
    connection = connect()
    begin(connection)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE written (id)")
    commit(connection)
    assert connection.introspection.table_names() == ["written"]
