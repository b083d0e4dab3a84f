"""How lines of the log are written: as JSON for machines, which tells nothing of people, or as text for developers."""

import json
import logging
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from http import HTTPStatus

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers."""

FIELDS = ("view", "method", "status", "milliseconds")
"""What expo.tracing says of a request beside its message."""


class JsonFormatter(logging.Formatter):
    """One object a line. Of an error it holds kinds and places, not its text: that may quote what somebody typed."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if own := _request_id(record):
            told["request_id"] = own
        told |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info and record.exc_info[1]:
            chain = list(_chain(record.exc_info[1]))
            told["error"] = [_kind(error) for error in chain]
            told["places"] = [place for error in chain for place in _places(error)]
        return json.dumps(told, ensure_ascii=False, default=str)


class LineFormatter(logging.Formatter):
    """A readable line, with Python's own account of an error below it."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 logging's own name
        own = _request_id(record)
        return super().formatMessage(record) + (f" [{own}]" if own else "")


def _message(record: logging.LogRecord) -> str:
    """Django's and gunicorn's own words about a request quote its address and query; what happened is enough."""
    status = getattr(record, "status_code", None)
    if status is not None:
        return HTTPStatus(status).phrase
    text = record.getMessage()
    return next((start for start in QUOTING if text.startswith(start)), text)


QUOTING = ("Invalid request", "Error handling request")
"""How messages of gunicorn begin that go on with what somebody sent."""


def _request_id(record: logging.LogRecord) -> str:
    """Django tells of some answers when they have left the thread's hands already, but names their request."""
    return getattr(getattr(record, "request", None), "request_id", "") or request_id.get()


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and what led to it, as Python would print them, last first."""
    seen: set[int] = set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> Iterator[str]:
    frames = traceback.extract_tb(error.__traceback__)
    return (f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
