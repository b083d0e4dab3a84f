"""What a stranger may try on the store: to have a page kept for others, to read what is not for all, to fill it up."""

from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings
from django.test import Client

from exhibitors.models import Edition
from expo.page_store.asked import Key, read
from expo.page_store.entry import Answer, make, now
from expo.page_store.pages import Pages
from expo.requests import Handler
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_organiser
from tests.page_store.asking import LIST, MB, ask, make_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_exhibitor(edition, "구름공방", slug="cloud-works", booths=[make_booth(make_hall(edition))])
    make_exhibitor(edition, "나무공방", slug="wood-works")
    return edition


@pytest.fixture
def session(client: Client) -> str:
    client.force_login(make_organiser())
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.parametrize(
    "cookie", ["sessionid={}", "sessionid ={}", "a=b;sessionid\t= {}", 'sessionid="{}"', " sessionid = {};"]
)
@pytest.mark.parametrize("path", ["/ko/2024/", LIST, "/api/v1/editions/2024/"])
def test_a_page_of_an_organiser_is_shown_to_nobody_else(edition: Edition, session: str, cookie: str, path: str) -> None:
    Edition.objects.update(is_public=False)
    store, _ = make_store()

    ask(store, path, HTTP_COOKIE=cookie.format(session))

    assert (ask(store, path).status, len(store.pages)) == (404, 0)


HEADERS = {
    "HTTP_ACCEPT_LANGUAGE": "en",
    "HTTP_COOKIE": "django_language=en; csrftoken=x",
    "HTTP_X_FORWARDED_HOST": "elsewhere.example",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_PREFIX": "/elsewhere",
    "HTTP_X_SCRIPT_NAME": "/elsewhere",
    "HTTP_FORWARDED": "host=elsewhere.example;proto=https",
    "HTTP_REFERER": "https://elsewhere.example/",
    "HTTP_USER_AGENT": "<script>",
    "HTTP_RANGE": "bytes=0-10",
    "HTTP_ACCEPT": "application/json",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "POST",
    "HTTP_TRANSFER_ENCODING": "chunked",
    "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=utf-16",
    "HTTP_AUTHORIZATION": "Basic YTpi",
    "SCRIPT_NAME": "/elsewhere",
}


@pytest.mark.parametrize(
    "path", ["/ko/2024/", "/en/2024/exhibitors/", "/api/v1/", "/api/v1/editions/", "/robots.txt", "/sitemap.xml"]
)
def test_no_header_of_one_reader_changes_the_page_of_the_next(edition: Edition, path: str) -> None:
    expected = ask(make_store()[0], path)

    for name, value in HEADERS.items():
        store, _ = make_store()
        ask(store, path, **{name: value})
        following = ask(store, path)
        assert (following.status, following.text == expected.text) == (200, True), name


CLOUD, TREE = quote("구름"), quote("나무")
SPELT = {
    "q=구름": f"q={CLOUD}",
    f"q={CLOUD}": f"q={CLOUD}",
    f"q={TREE}&%71=구름": f"q={TREE}&q={CLOUD}",
    "q=구름;q=나무": f"q={CLOUD}%3Bq%3D{TREE}",
    "q=%ff": "q=%EF%BF%BD",
    "q=구%00름": f"q={quote('구')}%00{quote('름')}",
    "hall=innovation&hall=x&hall=": "hall=innovation&hall=x&hall=",
}
"""Addresses as strangers may spell them, and as a browser would."""


def test_no_spelling_of_an_address_gets_another_addresses_page(edition: Edition) -> None:
    store, _ = make_store()
    for query in SPELT:
        ask(store, LIST, query)

    pages = {query: ask(store, LIST, f"utm=1&{query}&Q=나무&q[]=나무").text for query in SPELT}

    assert pages == {query: ask(Handler(), LIST, plain).text for query, plain in SPELT.items()}


@pytest.mark.parametrize(
    "path",
    ["/ko/2024/exhibitors/../", "/ko//2024/", "/ko/2024/./", "/KO/2024/", "/ko/2024/\x00", "//ko/2024/", "/ko/2024/;a"],
)
def test_no_spelling_of_a_path_gets_another_paths_page(edition: Edition, path: str) -> None:
    store, _ = make_store()
    ask(store, "/ko/2024/")

    answer = ask(store, path)

    assert (answer.status == ask(Handler(), path).status, answer.status == 200) == (True, False)


@pytest.mark.parametrize("host", ["localhost:81", "LOCALHOST", "localhost.", "127.0.0.1", "[::1]"])
def test_no_spelling_of_the_host_stands_in_the_page_of_another(edition: Edition, host: str) -> None:
    store, _ = make_store()
    expected = ask(store).text

    ask(store, HTTP_HOST=host)

    assert ask(store).text == expected


def test_what_only_a_proxy_may_say_keeps_pages_apart(edition: Edition, settings: Any) -> None:
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    store, counted = make_store()

    answers = [ask(store, HTTP_X_FORWARDED_PROTO=value) for value in ("http", "", "HTTPS", "https", "http,https")]
    plain = ask(store)

    assert [answer.status for answer in (*answers, plain)] == [301, 301, 301, 200, 301, 301]
    assert (len(store.pages), counted.times) == (1, 6)


def test_endless_addresses_take_no_more_room_than_there_is(edition: Edition) -> None:
    limit = MB // 16
    store, _ = make_store(limit=limit)

    for number in range(25):
        ask(store, LIST, f"q=구름&page={number}" + "&exact=" * 200)

    assert store.pages.size <= limit
    assert 0 < len(store.pages) < 25


def test_a_long_address_counts_as_what_it_takes() -> None:
    entry = make(1, Answer([("Content-Type", "image/x")], b"x"), now(), None)
    short, long = Pages(MB), Pages(MB)

    short.put(Key("http", "localhost", "/ko/", ""), entry)
    long.put(Key("http", "localhost", "/ko/", "q=" + "a" * 1000), entry)

    assert long.size == short.size + 1002


@pytest.mark.parametrize("query", ["q=" + "a" * 2000, "q=" + quote("가") * 300])
def test_the_longest_addresses_are_answered_and_not_kept(edition: Edition, query: str) -> None:
    store, counted = make_store()

    answers = [ask(store, LIST, query).status for _ in range(2)]

    assert (answers, counted.times, len(store.pages)) == ([200, 200], 2, 0)


def test_a_request_for_a_site_below_a_path_is_not_for_the_store() -> None:
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": LIST, "HTTP_HOST": "localhost", "wsgi.url_scheme": "http"}

    assert read(environ) is not None
    assert read(environ | {"SCRIPT_NAME": "/below"}) is None
