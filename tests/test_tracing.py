"""Every request has an id, by which its error page and its lines of the log find each other."""

import logging
import re

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from expo.tracing import Traced
from tests import failing_urls
from tests.factories import make_edition
from tests.page_store.asking import make_store
from tests.wsgi import ask, logged, site

GIVEN = "0123456789abcdef0123456789abcdef"
AT_WORK = "expo.requests"


def test_each_request_has_an_id_of_its_own() -> None:
    application = site()
    ids = [ask(application, "/healthz").headers["X-Request-ID"] for _ in range(3)]

    assert len(set(ids)) == 3
    assert [bool(re.fullmatch("[0-9a-f]{32}", own)) for own in ids] == [True] * 3


def test_the_id_that_nginx_gave_is_kept(settings: Settings) -> None:
    settings.REQUEST_ID_HEADER = "HTTP_X_REQUEST_ID"

    assert ask(site(), "/healthz", HTTP_X_REQUEST_ID=GIVEN).headers["X-Request-ID"] == GIVEN


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, f"{GIVEN}\n", f"{GIVEN} ", "<script>alert(1)</script>", "번호" * 10]
)
def test_an_id_that_is_none_is_replaced(settings: Settings, given: str) -> None:
    settings.REQUEST_ID_HEADER = "HTTP_X_REQUEST_ID"

    own = ask(site(), "/healthz", HTTP_X_REQUEST_ID=given).headers["X-Request-ID"]

    assert re.fullmatch("[0-9a-f]{32}", own)


def test_without_nginx_nobody_chooses_an_id() -> None:
    assert ask(site(), "/healthz", HTTP_X_REQUEST_ID=GIVEN).headers["X-Request-ID"] != GIVEN


@pytest.mark.parametrize(("address", "status"), [("/broken/", 500), ("/without-database/", 503)])
def test_the_id_on_an_error_page_is_in_the_line_of_its_error(settings: Settings, address: str, status: int) -> None:
    settings.ROOT_URLCONF = failing_urls.__name__

    with logged(logging.ERROR) as errors:
        answer = ask(site(), f"{address}?q=%EB%B9%84%EB%B0%80")
    own = answer.headers["X-Request-ID"]

    assert answer.status == status
    assert answer.text.count(f"<code>{own}</code>") == 2
    assert [(line["request_id"], line["logger"]) for line in errors] == [(own, "django.request")]
    assert errors[0]["places"][-1].endswith(" broken")


def test_a_lost_database_says_when_to_come_again(settings: Settings) -> None:
    settings.ROOT_URLCONF = failing_urls.__name__

    assert ask(site(), "/without-database/").headers["Retry-After"] == "5"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "status"), [("/ko/2024/", 200), ("/ko/2024/exhibitors/nobody/", 404)])
def test_a_page_that_may_be_stored_for_others_does_not_hold_the_id(address: str, status: int) -> None:
    make_edition()

    answer = ask(site(), address)

    assert answer.status == status
    assert answer.headers["X-Request-ID"] not in answer.text


@pytest.mark.django_db
def test_a_request_is_one_line_that_tells_nothing_of_who_asked() -> None:
    make_edition()

    with logged() as lines:
        answer = ask(
            site(),
            "/ko/2024/exhibitors/?q=typed-words",
            HTTP_USER_AGENT="typed-agent",
            HTTP_COOKIE="typed=cookie",
            HTTP_REFERER="https://typed.example/",
            REMOTE_ADDR="203.0.113.7",
        )
    (line,) = lines

    assert isinstance(line.pop("time"), str)
    milliseconds = line.pop("milliseconds")
    assert line == {
        "level": "INFO",
        "logger": AT_WORK,
        "message": f"GET exhibitors 200 in {milliseconds} ms",
        "request_id": answer.headers["X-Request-ID"],
        "view": "exhibitors",
        "method": "GET",
        "status": 200,
    }


@pytest.mark.django_db
def test_a_kept_page_is_told_by_its_view_and_gets_an_id_of_its_own() -> None:
    make_edition()
    store, site_behind = make_store()
    application = Traced(store)

    with logged(logging.DEBUG) as lines:
        answers = [ask(application, "/ko/2024/exhibitors/", HTTP_HOST="localhost") for _ in range(3)]
    own = [line for line in lines if line["logger"] == AT_WORK]

    assert site_behind.times == 1
    assert [(line["view"], line["status"]) for line in own] == [("exhibitors", 200)] * 3
    assert [line["level"] for line in own] == ["INFO", "DEBUG", "DEBUG"]
    assert [line["request_id"] for line in own] == [answer.headers["X-Request-ID"] for answer in answers]
    assert len({answer.headers["X-Request-ID"] for answer in answers}) == 3
    assert {answer.headers["Permissions-Policy"] for answer in answers} == {django_settings.PERMISSIONS_POLICY}


@pytest.mark.parametrize(
    ("address", "method", "told"),
    [
        ("/nothing-here.php", "GET", ("unknown", "GET", 404)),
        ("/ko/nothing/here.php", "GET", ("unknown", "GET", 404)),
        ("/ko/nothing/here.php", "MAKE-ME-A-LABEL", ("unknown", "other", 405)),
        ("/robots.txt", "HEAD", ("robots", "HEAD", 200)),
        ("/static/nothing.css", "GET", ("static", "GET", 404)),
    ],
)
def test_a_request_is_told_by_names_of_which_there_are_only_so_many(
    address: str, method: str, told: tuple[str, str, int]
) -> None:
    with logged() as lines:
        ask(site(), address, method)

    assert [(line["view"], line["method"], line["status"]) for line in lines] == [told]


def test_what_is_asked_all_the_time_is_told_to_debuggers_alone() -> None:
    with logged() as quiet:
        ask(site(), "/healthz")
    with logged(logging.DEBUG) as lines:
        ask(site(), "/healthz")

    assert quiet == []
    assert [line["view"] for line in lines if line["logger"] == AT_WORK] == ["healthz"]


def test_an_error_that_leaves_the_site_is_told_without_its_address(caplog: pytest.LogCaptureFixture) -> None:
    """As where the error page itself fails. The server would log what was searched for."""

    def broken(_environ: object, _start_response: object) -> list[bytes]:
        raise ValueError(failing_urls.TYPED)

    with logged(logging.ERROR) as lines:
        answer = ask(Traced(broken), "/?q=typed-words")
    own = answer.headers["X-Request-ID"]

    assert (answer.status, answer.headers["Content-Type"]) == (500, "text/plain; charset=utf-8")
    assert answer.text == f"Something went wrong on our side.\n{own}\n"
    assert [(line["request_id"], line["error"]) for line in lines] == [(own, ["ValueError"])]
    assert "typed-words" not in caplog.text
