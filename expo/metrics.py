"""What is counted for Prometheus: never of whom, and under labels of which there are only so many."""

import functools
import os
import sys
from collections.abc import Callable
from typing import Any

import django.db
from django.conf import settings
from django.core.signals import got_request_exception
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess, values
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4 as CONTENT_TYPE

from exhibitors.domain.importing import runs
from expo.metrics_files import Slots

__all__ = ["CONTENT_TYPE", "Meter", "meter", "page"]

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
KINDS = {"IntegrityError": "integrity", "OperationalError": "operational", "InterfaceError": "operational"}


class Meter:
    """All that is counted. Its numbers lie in files that the processes of a server share."""

    def __init__(self) -> None:
        self.requests = Counter(
            "expo_requests",
            "Requests answered, by view, method and status.",
            ("view", "method", "status"),
            registry=None,
        )
        self.seconds = Histogram(
            "expo_request_seconds", "Time until the answer began.", ("view",), buckets=BUCKETS, registry=None
        )
        self.in_progress = Gauge(
            "expo_requests_in_progress", "Requests being answered.", multiprocess_mode="livesum", registry=None
        )
        self.database_errors = Counter(
            "expo_database_errors",
            "Statements that the database refused or broke off, and connections that it did not take.",
            ("kind",),
            registry=None,
        )
        self.imports = Counter("expo_imports_applied", "Spreadsheets imported at the desk.", registry=None)
        for kind in ("connection", "integrity", "operational", "other"):
            self.database_errors.labels(kind)  # told as 0 before the first one

    def count_request(self, view: str, method: str, status: int, seconds: float) -> None:
        self.requests.labels(view, method, status).inc()
        self.seconds.labels(view).observe(seconds)

    def count_import(self, **_kwargs: Any) -> None:
        self.imports.inc()

    def watch_statements(self, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
        """Called for each connection made, more than once for an object that is connected anew."""
        if self._statement not in connection.execute_wrappers:
            connection.execute_wrappers.append(self._statement)

    def _statement(self, execute: Callable[..., Any], *args: Any) -> Any:
        try:
            return execute(*args)
        except django.db.Error as error:
            self.database_errors.labels(KINDS.get(type(error).__name__, "other")).inc()
            raise

    def count_lost_connection(self, **_kwargs: Any) -> None:
        """A statement that had no connection was never tried: the failed request tells of it."""
        lost = isinstance(sys.exc_info()[1], django.db.OperationalError)
        if lost and django.db.connection.connection is None:
            self.database_errors.labels("connection").inc()


@functools.cache
def meter() -> Meter:
    """The one of this process and its children. Makes what it counts lie in settings.METRICS_DIR."""
    # Both before the first number is made; the library would otherwise decide by the environment of the start.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.METRICS_DIR)
    values.ValueClass = values.MultiProcessValue(Slots(settings.METRICS_DIR).own)  # type: ignore[no-untyped-call]
    made = Meter()
    connection_created.connect(made.watch_statements)
    got_request_exception.connect(made.count_lost_connection)
    runs.imported.connect(made.count_import)
    return made


def page() -> bytes:
    """What all processes of the server have counted, as Prometheus reads it."""
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=str(settings.METRICS_DIR))  # type: ignore[no-untyped-call]
    return generate_latest(registry)
