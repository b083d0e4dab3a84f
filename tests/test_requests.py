"""Requests in odd encodings are read as UTF-8, and never an error of the server's."""

from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIRequest

from expo.requests import Utf8Request
from tests.processes import finish, start


def environ(charset: str) -> dict[str, object]:
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/ko/2024/exhibitors/",
        "QUERY_STRING": "q=%EB%8F%84%EB%8B%B4&hall=%5Cud800",
        "CONTENT_TYPE": f"text/plain; charset={charset}" if charset else "",
        "wsgi.input": BytesIO(b""),
    }


@pytest.mark.parametrize("charset", ["", "utf-8", "hex", "rot13", "unicode_escape", "utf-7", "utf-16", "nonsense"])
def test_whatever_encoding_is_named_the_address_is_read_as_utf_8(charset: str) -> None:
    request = Utf8Request(environ(charset))
    assert (request.GET.dict(), request.encoding) == ({"q": "도담", "hall": "\\ud800"}, None)
    assert request.content_params == ({"charset": charset} if charset else {})


def test_django_itself_would_fail() -> None:
    with pytest.raises(LookupError):
        WSGIRequest(environ("hex")).GET  # noqa: B018 reading it is what fails


def test_the_site_is_served_so() -> None:
    served = start(
        "from expo.wsgi import application; print(type(application.application.site.application).__module__)"
    )
    assert finish(served).strip() == "expo.requests"
