"""The store answers what the application would, without asking it twice, and never what is not for everybody."""

import gzip
import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exhibitors.domain import data_version
from exhibitors.forms.parameters import PARAMETERS
from exhibitors.models import Edition
from exhibitors.views.keeping import ENVIRON
from expo.page_store import with_page_store
from expo.page_store.layer import Application, PageStore
from expo.requests import Handler
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_organiser, make_print_run
from tests.next_transaction import next_transaction
from tests.page_store.asking import LIST, Answer, ask, make_store

pytestmark = pytest.mark.django_db

PATHS = (
    "/ko/",
    "/ko/2024/",
    LIST,
    "/en/2024/exhibitors/",
    "/ko/2024/halls/innovation/",
    "/ko/2024/changes/",
    "/ko/2024/changes.xml",
    "/ko/2024/b/innovation/A-01/",
    "/ko/2024/print/booths/",
    "/ko/2024/print/signs/",
    "/ko/2024/r/1/",
    "/ko/2024/exhibitors.json",
    "/api/v1/",
    "/api/v1/openapi.json",
    "/api/v1/editions/2024/exhibitors/",
    "/robots.txt",
    "/sitemap.xml",
)


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    booth = make_booth(make_hall(edition))
    make_exhibitor(edition, "구름공방", slug="cloud-works", booths=[booth])
    make_print_run(edition)
    return edition


@pytest.fixture
def store(edition: Edition) -> PageStore:
    return make_store()[0]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_what_the_application_says_and_asked_for_once(edition: Edition, path: str) -> None:
    store, counted = make_store()
    plain = ask(Handler(), path)
    first = ask(store, path)
    with CaptureQueriesContext(connection) as queries:
        second = ask(store, path)
    assert (first.status, without_moments(first.text)) == (200, without_moments(plain.text))
    assert second == first
    assert (counted.times, len(queries)) == (1, 0)
    missing = {name: value for name, value in plain.headers.items() if first.headers.get(name) != value}
    assert missing.keys() <= {"Content-Length", "ETag", "Vary"}
    assert first.headers["Content-Length"] == str(len(first.sent))


def without_moments(page: str) -> str:
    return re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d\.\d+)?", "", page)


@pytest.mark.parametrize(
    "path",
    [
        "/ko/2024/exhibitors.csv",
        "/ko/2024/exhibitors.xlsx",
        "/ko/2024/suggestions/",
        "/",
        "/admin/login/",
        "/ko/2024/exhibitors/nobody/",
        "/ko/1999/",
    ],
)
def test_what_is_not_for_the_store_is_asked_each_time(edition: Edition, path: str) -> None:
    store, counted = make_store()
    ask(store, path)
    ask(store, path)
    assert (counted.times, len(store.pages)) == (2, 0)


def test_a_search_in_vain_is_counted_each_time(edition: Edition) -> None:
    store, counted = make_store()
    for _ in range(2):
        assert ask(store, LIST, "q=zzqqxx").status == 200
    assert (counted.times, len(store.pages)) == (2, 0)


def test_who_has_a_session_sees_pages_made_anew(edition: Edition) -> None:
    store, counted = make_store()
    ask(store)
    ask(store, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}=abc")
    ask(store, HTTP_COOKIE="theme=dark")
    assert counted.times == 2


def test_a_hidden_edition_is_never_kept(edition: Edition, client: Any) -> None:
    Edition.objects.update(is_public=False)
    client.force_login(make_organiser())
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    store, _ = make_store()
    assert ask(store, HTTP_COOKIE=f"{settings.SESSION_COOKIE_NAME}={session}").status == 200
    assert ask(store).status == 404
    assert len(store.pages) == 0


def test_unknown_parameters_make_no_other_page_and_stand_in_none(edition: Edition) -> None:
    store, counted = make_store()
    pages = [ask(store, LIST, query) for query in ("", "utm_source=letter", "utm_source=x&fbclid=y")]
    assert pages == [pages[0]] * 3
    assert counted.times == 1
    assert "utm_source" not in ask(store, LIST, "q=구름&utm_source=letter").text


def test_the_order_of_parameters_is_no_matter_that_of_their_values_is(edition: Edition) -> None:
    store, counted = make_store()
    for query in ("hall=innovation&q=구름", "q=구름&hall=innovation"):
        ask(store, LIST, query)
    assert counted.times == 1
    assert "나무" in ask(store, LIST, "q=구름&q=나무").text  # of two the last one counts
    assert counted.times == 2


def test_every_parameter_in_a_link_of_a_page_is_known(store: PageStore) -> None:
    pages = [ask(store, path, "q=구름&page=1&hall=innovation").text for path in PATHS if "api" not in path]
    links = {html.unescape(link) for page in pages for link in re.findall(r'(?:href|action)="[^"?]*\?([^"]+)"', page)}
    names = {pair.split("=")[0] for link in links for pair in link.split("&")}
    fields = {name for page in pages for name in re.findall(r'<(?:input|select)[^>]* name="([^"]+)"', page)}
    assert (names | fields) - {"body", "subject"} <= PARAMETERS
    assert {"q", "hall", "by", "paper", "size"} <= names


def test_a_reader_who_has_the_page_is_sent_nothing(store: PageStore) -> None:
    page = ask(store)
    again = ask(store, HTTP_IF_NONE_MATCH=page.headers["ETag"])
    assert (again.status, again.sent, again.headers["ETag"]) == (304, b"", page.headers["ETag"])
    assert set(again.headers) == {"ETag", "Cache-Control", "Vary"}
    assert {name: page.headers[name] for name in again.headers} == again.headers
    assert ask(store, HTTP_IF_NONE_MATCH=f'"other", {page.headers["ETag"]}').status == 304
    assert ask(store, HTTP_IF_NONE_MATCH='"other"').status == 200


def test_a_page_that_is_not_there_yet_is_made_whole_for_who_asks_with_a_condition(edition: Edition) -> None:
    first, _ = make_store()
    page = ask(first, "/api/v1/editions/")
    second, _ = make_store()
    assert ask(second, "/api/v1/editions/", HTTP_IF_NONE_MATCH=page.headers["ETag"]).status == 304
    assert ask(second, "/api/v1/editions/").text == page.text


def test_head_says_what_get_would(store: PageStore) -> None:
    head, page = ask(store, method="HEAD"), ask(store)
    assert (head.status, head.headers, head.sent) == (200, page.headers, b"")


def test_a_page_is_compressed_for_who_takes_it(store: PageStore) -> None:
    plain, packed = ask(store), ask(store, HTTP_ACCEPT_ENCODING="br, gzip")
    refused = ask(store, HTTP_ACCEPT_ENCODING="gzip;q=0, br")
    assert gzip.decompress(packed.sent) == plain.sent == refused.sent
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"].startswith('W/"')
    assert "Content-Encoding" not in plain.headers


def test_pages_are_asked_for_each_time_and_what_did_not_change_is_not_sent(store: PageStore) -> None:
    assert ask(store).headers["Cache-Control"] == "no-cache"


def test_after_a_write_of_this_process_the_next_page_has_it(edition: Edition) -> None:
    store, counted = make_store()
    assert "바람공방" not in ask(store).text
    next_transaction()
    make_exhibitor(edition, "바람공방")
    store.watch.expire()
    assert "바람공방" in ask(store).text
    assert counted.times == 2


def test_whatever_is_posted_may_have_written(edition: Edition) -> None:
    store, _ = make_store()
    ask(store)
    next_transaction()
    make_exhibitor(edition, "바람공방")
    assert "바람공방" not in ask(store).text  # less than a second ago: the version is not asked for again
    ask(store, "/admin/login/", method="POST")
    assert "바람공방" in ask(store).text


@pytest.mark.django_db(transaction=True)
def test_a_verb_makes_the_version_of_its_process_expire_when_it_is_committed() -> None:
    edition = make_edition()
    before = data_version.watch.read()
    make_exhibitor(edition)
    assert data_version.watch.read() != before


def test_each_host_and_each_language_has_pages_of_its_own(edition: Edition) -> None:
    store, counted = make_store()
    ask(store)
    ask(store, HTTP_HOST="127.0.0.1")
    ask(store, "/en/2024/exhibitors/")
    assert counted.times == 3
    assert ask(store, HTTP_HOST="elsewhere.example").status == 400
    assert len(store.pages) == 3


def saying(said: Callable[[dict[str, Any]], Any], *headers: tuple[str, str], status: str = "200 OK") -> Application:
    def application(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        said(environ)
        start_response(status, [("Content-Type", "text/html"), *headers])
        return [b"page"]

    return application


@pytest.mark.parametrize(
    "header", [("Set-Cookie", "a=b"), ("Cache-Control", "private"), ("Cache-Control", "max-age=0, no-store")]
)
def test_what_is_of_one_reader_is_not_kept(header: tuple[str, str]) -> None:
    store, counted = make_store(saying(lambda environ: None, header))
    answers = [ask(store), ask(store)]
    assert answers == [Answer(200, {"Content-Type": "text/html", header[0]: header[1]}, b"page")] * 2
    assert counted.times == 2


def test_a_page_that_speaks_of_the_time_ends_with_it() -> None:
    until = timezone.now() + timedelta(hours=1)
    store, counted = make_store(saying(lambda environ: setattr(environ[ENVIRON], "until", until)))
    ask(store)
    ask(store)
    assert counted.times == 1
    until = timezone.now() - timedelta(seconds=1)
    store, counted = make_store(saying(lambda environ: setattr(environ[ENVIRON], "until", until)))
    ask(store)
    ask(store)
    assert counted.times == 2


@pytest.mark.parametrize("path", ["/ko/2024/", "/ko/2024/print/booths/", "/ko/2024/print/runs/1/errata/"])
def test_pages_that_name_a_moment_say_when_they_end(edition: Edition, path: str) -> None:
    store, _ = make_store()
    ask(store, path)
    (entry,) = store.pages._entries.values()
    assert entry.until is not None
    assert entry.until > entry.made_at


def test_an_identifier_of_one_request_is_not_kept_for_others() -> None:
    store, _ = make_store(saying(lambda environ: None, ("X-Request-ID", "1")))
    assert "X-Request-ID" not in ask(store).headers


def test_without_room_there_is_no_store(settings: Any) -> None:
    settings.PAGE_STORE_BYTES = 0
    handler = Handler()
    assert with_page_store(handler) is handler
