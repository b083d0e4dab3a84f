"""Where the worker processes keep what they count, so that any of them can tell the sum."""

import contextlib
import fcntl
import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class Slots:
    """Gives each living process a number of its own, and a dead one's number to the next.

    Files named by process, as the library would have it, grow in number for as long as workers are recycled, and with
    them the time that it takes to read them. A number taken over goes on counting where the dead process stopped, as
    long as the same server started both.
    """

    def __init__(self, folder: Path, server: str = "") -> None:
        self.folder = folder
        self._server = server
        self._process = 0
        self._number = ""
        self._lock: IO[bytes] | None = None

    def own(self) -> str:
        """This process's number. Asked before each count, since a server may fork at any time."""
        if self._process != os.getpid():
            self._claim()
        return self._number

    def _claim(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "claiming").open("ab") as claiming:
            fcntl.lockf(claiming, fcntl.LOCK_EX)
            self._begin_anew_with_the_server()
            number, self._lock = next(self._free())
            _remove(self.folder.glob(f"gauge_*_{number}.db"))
            self._number, self._process = str(number), os.getpid()

    def _begin_anew_with_the_server(self) -> None:
        """Forget the counts of a server that has ended. One that reloads may be without workers for a moment."""
        note = self.folder / "server"
        server = self._server or str(os.getppid())
        if any(_is_taken(path) for path in self.folder.glob("slot-*")):
            return
        _remove(self.folder.glob("gauge_*.db"))  # whoever died has nothing in progress
        if not note.exists() or note.read_text() != server:
            _remove(self.folder.glob("*.db"))
            note.write_text(server)

    def _free(self) -> Iterator[tuple[int, IO[bytes]]]:
        for number in itertools.count():
            lock = (self.folder / f"slot-{number}").open("ab")
            try:
                fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
            else:
                yield number, lock


def _is_taken(path: Path) -> bool:
    with path.open("ab") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        return False


def _remove(paths: Iterator[Path]) -> None:
    for path in paths:
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
