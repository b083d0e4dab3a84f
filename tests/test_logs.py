"""Lines of the log: JSON that quotes nobody, and text for developers."""

import json
import logging
import sys

import pytest
from django.test import RequestFactory

from expo import logs
from tests.failing_urls import TYPED, without_database

NOW = 1_730_000_000.25


def record_of(message: str, *args: object, level: int = logging.INFO, **extra: object) -> logging.LogRecord:
    made = logging.getLogger("some.logger").makeRecord(
        "some.logger", level, __file__, 1, message, args, None, extra=extra
    )
    made.created = NOW
    return made


def failed() -> logging.LogRecord:
    """What Django says where a view raises: one error because of another, both quoting."""
    try:
        without_database(RequestFactory().get(f"/?q={TYPED}"))
    except Exception:
        request = RequestFactory().get(f"/{TYPED}/?q={TYPED}")
        record = record_of("%s: %s", "Error", request.path, level=logging.ERROR, status_code=503, request=request)
        record.exc_info = sys.exc_info()
        return record
    raise AssertionError


def test_a_line_is_one_object() -> None:
    text = logs.JsonFormatter().format(record_of("부스 %s\nline", "A-01"))

    assert "\n" not in text
    assert "부스" in text
    assert json.loads(text) == {
        "time": "2024-10-27T03:33:20.250+00:00",
        "level": "INFO",
        "logger": "some.logger",
        "message": "부스 A-01\nline",
    }


def test_a_line_belongs_to_the_request_that_is_answered() -> None:
    token = logs.request_id.set("of-this-thread")
    try:
        line = json.loads(logs.JsonFormatter().format(record_of("something")))
        text = logs.LineFormatter().format(record_of("something"))
    finally:
        logs.request_id.reset(token)

    assert line["request_id"] == "of-this-thread"
    assert text.endswith(" INFO some.logger something [of-this-thread]")
    assert logs.LineFormatter().format(record_of("something")).endswith(" INFO some.logger something")


def test_of_an_error_json_tells_kinds_and_places_and_no_words() -> None:
    text = logs.JsonFormatter().format(failed())
    line = json.loads(text)

    assert TYPED not in text
    assert line["message"] == "Service Unavailable"
    assert line["error"] == ["django.db.utils.OperationalError", "ValueError"]
    assert [place.rpartition(" ")[2] for place in line["places"]] == [
        "failed",
        "without_database",
        "without_database",
        "broken",
    ]


def test_a_developer_reads_everything() -> None:
    text = logs.LineFormatter().format(failed())

    assert text.count("Traceback (most recent call last):") == 2
    assert f"ValueError: no number: {TYPED}" in text


@pytest.mark.parametrize("quiet", [True, False])
def test_an_error_that_hides_its_reason_hides_it_here_too(quiet: bool) -> None:
    record = record_of("failed")
    try:
        try:
            raise KeyError("first")
        except KeyError:
            if quiet:
                raise ValueError("second") from None
            raise ValueError("second")  # noqa: B904 that is what is tried
    except ValueError:
        record.exc_info = sys.exc_info()

    assert json.loads(logs.JsonFormatter().format(record))["error"] == ["ValueError", *([] if quiet else ["KeyError"])]
