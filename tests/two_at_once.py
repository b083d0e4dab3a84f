"""Runs two writes at once on PostgreSQL: the second begins while the first has not ended."""

import threading
from collections.abc import Callable

from django.db import connection, transaction


def at_once(one: Callable[[], object], other: Callable[[], object]) -> None:
    """Begin the other one when the first has written and not yet committed; return when both are done.

    An error of the other one is the failure.
    """
    errors: list[Exception] = []
    second = threading.Thread(target=_in_a_connection_of_its_own, args=(other, errors))
    with transaction.atomic():
        one()
        second.start()
        _until_it_waits_or_is_done(second)
    second.join()
    if errors:
        raise errors[0]


def _in_a_connection_of_its_own(write: Callable[[], object], errors: list[Exception]) -> None:
    try:
        write()
    except Exception as error:  # the thread that waits raises it
        errors.append(error)
    finally:
        connection.close()


def _until_it_waits_or_is_done(thread: threading.Thread) -> None:
    """Until the thread is done, or PostgreSQL says that it waits for us."""
    waiting = 0
    while thread.is_alive() and not waiting:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            (waiting,) = cursor.fetchone()
