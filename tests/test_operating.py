"""The addresses that machines ask answer before all of Django, and tell strangers nothing."""

import pytest
from django.db import connection
from pytest_django import Settings

from tests.wsgi import Answer, ask, site

TOKEN = "a-token-of-at-least-32-characters"
ADDRESSES = ["/healthz", "/readyz", "/metrics"]


@pytest.fixture(autouse=True)
def _as_in_production(settings: Settings) -> None:
    """Any other address would be refused by its host, and then sent to https."""
    settings.ALLOWED_HOSTS = ["expo.example"]
    settings.SECURE_SSL_REDIRECT = True
    settings.METRICS_TOKEN = TOKEN


def ask_by_ip(address: str, method: str = "GET", **environ: str) -> Answer:
    defaults = {"HTTP_HOST": "10.0.0.11:8000", "HTTP_AUTHORIZATION": f"Bearer {TOKEN}"}
    return ask(site(), address, method, **defaults | environ)


def test_the_site_itself_would_refuse() -> None:
    assert ask_by_ip("/ko/").status == 400
    assert ask_by_ip("/ko/", HTTP_HOST="expo.example").headers["Location"] == "https://expo.example/ko/"


def test_who_asks_whether_it_lives_touches_no_database() -> None:
    """Without the mark of the database this test may not use it."""
    answer = ask_by_ip("/healthz?anything=1")

    assert (answer.status, answer.text) == (200, "ok\n")


@pytest.mark.django_db
def test_who_asks_whether_it_is_ready_gets_a_line_for_each_check() -> None:
    answer = ask_by_ip("/readyz")

    assert (answer.status, answer.text) == (200, "database: ok\nmigrations: ok\ndisk: ok\n")


@pytest.mark.django_db
def test_a_machine_that_is_not_ready_says_no_more_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "NAME", "no-folder/secret")

    answer = ask_by_ip("/readyz")

    assert (answer.status, answer.text) == (503, "database: failed\nmigrations: not asked\ndisk: ok\n")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_is_stored_and_no_cookie_set(address: str) -> None:
    answer = ask_by_ip(address, HTTP_COOKIE="sessionid=stolen", HTTP_ACCEPT_LANGUAGE="en")

    assert answer.status == 200
    assert sorted(answer.headers) == [
        "Cache-Control",
        "Content-Length",
        "Content-Type",
        "Permissions-Policy",
        "X-Content-Type-Options",
        "X-Request-ID",
    ]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"].startswith("text/plain; ")
    assert answer.headers["Content-Length"] == str(len(answer.body))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_head_tells_the_same_without_a_body(address: str) -> None:
    got, head = ask_by_ip(address), ask_by_ip(address, "HEAD")

    assert (head.status, head.body) == (got.status, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_other_methods_are_refused(address: str, method: str) -> None:
    answer = ask_by_ip(address, method)

    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN}x", "Bearer 토큰"])
def test_without_the_token_there_are_no_metrics(given: str) -> None:
    answer = ask_by_ip("/metrics", HTTP_AUTHORIZATION=given, REMOTE_ADDR="127.0.0.1")

    assert (answer.status, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert "expo_" not in answer.text


@pytest.mark.django_db
def test_where_no_token_is_set_there_is_no_such_address(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    settings.SECURE_SSL_REDIRECT = False

    answer = ask_by_ip("/metrics", HTTP_HOST="expo.example", HTTP_AUTHORIZATION="Bearer ")

    assert (answer.status, answer.headers["Location"]) == (302, "/ko/metrics/")
    assert ask_by_ip("/ko/metrics/", HTTP_HOST="expo.example").status == 404
