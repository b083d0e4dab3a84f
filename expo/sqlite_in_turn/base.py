"""The database backend: as Django's own, but who begins a transaction waits for those who asked before.

SQLite's waiting is a trying again, at last every 100 ms: writers who never rest can keep one of them out beyond any
timeout ("database is locked"). Here one alone tries; the others stand behind a lock on a file beside the database,
which the system grants in turn and takes from whoever dies.
"""

import contextlib
import os
from collections.abc import Iterator

from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # on Windows, where they try again
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(base.DatabaseWrapper):
    def _start_transaction_under_autocommit(self) -> None:
        with self._turn():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs lack it

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until nobody who came before still waits. A disk that takes no file makes it no worse than it was."""
        if fcntl is None or self.is_in_memory_db():
            yield
            return
        try:
            # Opened each time: a child process would share an open file with its parent, and the lock too.
            queue = os.open(f"{self.settings_dict['NAME']}-turn", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            yield
            return
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
            yield
        finally:
            os.close(queue)
