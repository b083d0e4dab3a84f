"""Whether this machine can serve: the database answers, its tables are those of the code, its disk takes files."""

import contextlib
import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator

import django.db
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper

from exhibitors.domain import migrating

logger = logging.getLogger("expo.health")

OK, FAILED, NOT_ASKED = "ok", "failed", "not asked"


class Readiness:
    """What /readyz tells. An answer stands for a second: however often strangers ask, the database is asked once.

    Of several who ask at once one finds out, and the others get the answer before.
    """

    def __init__(self, *, seconds: float = 1) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._last: dict[str, str] = {}
        self._until = 0.0

    def checks(self) -> dict[str, str]:
        """Return by check OK, FAILED or NOT_ASKED. Why one failed is in the log, no stranger's business."""
        if not self._lock.acquire(blocking=not self._last):
            return self._last
        try:
            if time.monotonic() >= self._until:
                self._last = {**_database(), "disk": _disk()}
                self._until = time.monotonic() + self._seconds
            return self._last
        finally:
            self._lock.release()


def _database() -> dict[str, str]:
    told = {"database": FAILED, "migrations": NOT_ASKED}
    try:
        with _new_connection() as connection:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
            told |= {"database": OK, "migrations": FAILED}
            if migrating.is_up_to_date(connection):
                told["migrations"] = OK
            else:
                logger.warning("Not ready: there are unapplied migrations.")
    except django.db.Error as error:
        logger.warning("Not ready: the database failed (%s).", type(error).__name__)
    return told


@contextlib.contextmanager
def _new_connection() -> Iterator[BaseDatabaseWrapper]:
    """One of our own, since one that is kept would not show that no new ones are taken."""
    connection = django.db.connection.copy()
    try:
        yield connection
    finally:
        connection.close()


def _disk() -> str:
    try:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR) as file:
            file.write(b"x")
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError as error:
        logger.warning("Not ready: no file can be written into EXPO_VAR (%s).", error.strerror)
        return FAILED
    if free < settings.LEAST_FREE_BYTES:
        logger.warning("Not ready: %d MB are free on the disk of EXPO_VAR.", free // 1024**2)
        return FAILED
    return OK
