"""Addresses whose views fail, for tests of what becomes of errors: quoting what somebody typed, as errors do."""

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from exhibitors.views import errors

TYPED = "010-1234-5678"


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError(f"no number: {TYPED}")


def without_database(request: HttpRequest) -> HttpResponse:
    try:
        return broken(request)
    except ValueError as error:
        raise OperationalError(f"connection to {TYPED} failed") from error


urlpatterns = [
    path("broken/", broken, name="broken"),
    path("without-database/", without_database, name="without_database"),
]
handler500 = errors.server_error
