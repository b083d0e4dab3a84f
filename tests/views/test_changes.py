"""What changed, as a page and as a feed: to whom, and what stays out."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings
from reversion.models import Revision

from exhibitors.domain import booths, editions
from exhibitors.domain import exhibitors as verbs
from exhibitors.models import Edition, Exhibitor
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_organiser
from tests.views.pages import opened, text_of

pytestmark = pytest.mark.django_db

PAGE, FEED = "/en/2024/changes/", "/en/2024/changes.xml"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _base_url(settings: Settings) -> None:
    settings.BASE_URL = "https://expo.example.kr"


@pytest.fixture
def edition() -> Edition:
    edition = make_edition(hosts_en="The Hosts")
    editions.save(edition)
    return edition


def feed_of(client: Client, address: str = FEED) -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(response.content)


def titles(feed: ET.Element) -> list[str]:
    return [entry.findtext("a:title", "", ATOM) for entry in feed.findall("a:entry", ATOM)]


def withdraw(exhibitor: Exhibitor) -> None:
    verbs.withdraw(Exhibitor.objects.filter(pk=exhibitor.pk), reason="bankrupt")


def test_the_page_lists_changes_with_links(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "구름공방", name_en="Cloud Works")
    booths.assign({exhibitor: [make_booth(make_hall(edition), "A-1")]})
    page = opened(client, PAGE)
    assert '<a href="/en/2024/exhibitors/cloud-works/">Cloud Works</a>' in page
    assert 'is now at <span lang="ko">혁신관 A-1</span>' in page
    assert "New: Cloud Works" in text_of(page)


def test_a_hostile_name_is_text(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "", name_en="<b>{name.__class__} &amp;</b>")
    assert "New: <b>{name.__class__} &amp;</b>" in text_of(opened(client, PAGE)).replace("&amp;amp;", "&amp;")
    assert "<b>" not in opened(client, PAGE)
    assert titles(feed_of(client)) == ["New: <b>{name.__class__} &amp;</b>"]


def test_without_changes_the_page_says_so(client: Client, edition: Edition) -> None:
    assert "Nothing has changed since this edition was published." in opened(client, PAGE)


def test_every_page_of_the_edition_leads_there(client: Client, edition: Edition) -> None:
    page = opened(client, "/en/2024/halls/")
    assert '<a href="/en/2024/changes/">' in page
    assert '<link rel="alternate" type="application/atom+xml" title="What changed" href="/en/2024/changes.xml">' in page


def test_the_feed_is_whole(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "구름공방", name_en="Cloud Works")
    at = datetime(2024, 10, 20, 9, 30, tzinfo=UTC)
    feed = feed_of(client)
    Revision.objects.filter(pk=Revision.objects.latest("pk").pk).update(date_created=at)
    Revision.objects.exclude(date_created=at).update(date_created=datetime(2024, 10, 1, tzinfo=UTC))
    feed = feed_of(client)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert feed.findtext("a:title", "", ATOM) == "Test Expo 2024: what changed"
    assert feed.findtext("a:id", "", ATOM) == "https://expo.example.kr/en/2024/changes/"
    assert feed.findtext("a:author/a:name", "", ATOM) == "The Hosts"
    assert [(link.get("rel"), link.get("href")) for link in feed.findall("a:link", ATOM)] == [
        ("alternate", "https://expo.example.kr/en/2024/changes/"),
        ("self", "https://expo.example.kr/en/2024/changes.xml"),
    ]
    entry = feed.findall("a:entry", ATOM)[0]
    assert entry.findtext("a:updated", "", ATOM) == feed.findtext("a:updated", "", ATOM) == "2024-10-20T09:30:00+00:00"
    assert entry.findtext("a:summary", "", ATOM) == "Test Expo 2024"
    link = entry.find("a:link", ATOM)
    assert link is not None
    assert link.get("href") == "https://expo.example.kr/en/2024/exhibitors/cloud-works/"


def test_entries_keep_their_ids(client: Client, edition: Edition) -> None:
    def ids() -> list[str]:
        return [entry.findtext("a:id", "", ATOM) for entry in feed_of(client).findall("a:entry", ATOM)]

    exhibitor = make_exhibitor(edition)
    before = ids()
    withdraw(exhibitor)
    after = ids()
    assert after[1:] == before
    assert len(set(after)) == 2
    assert [one.startswith("tag:expo.example.kr,20") for one in after] == [True, True]


def test_a_program_that_has_the_feed_is_answered_304_until_something_changes(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition)
    etag = client.get(FEED)["ETag"]
    again = client.get(FEED, headers={"if-none-match": etag})
    assert [again.status_code, again.content] == [304, b""]
    withdraw(exhibitor)
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 200


def test_an_empty_feed_stays_the_same_too(client: Client, edition: Edition) -> None:
    etag = client.get(FEED)["ETag"]
    assert client.get(FEED, headers={"if-none-match": etag}).status_code == 304


@pytest.mark.parametrize("address", [PAGE, FEED])
def test_nothing_leaks(client: Client, edition: Edition, address: str) -> None:
    draft = make_exhibitor(edition, "", name_en="Secret draft", state=Exhibitor.State.DRAFT)
    with_reason = make_exhibitor(edition, "", name_en="Cloud Works")
    booths.assign({draft: [make_booth(make_hall(edition, name_en="Secret hall"))]}, by=make_organiser("lee-desk"))
    withdraw(with_reason)
    content = opened(client, address)
    assert "Cloud Works" in content
    assert [word for word in ("Secret", "bankrupt", "lee-desk") if word in content] == []


@pytest.mark.parametrize("address", [PAGE, FEED])
def test_a_hidden_edition_is_not_found_by_strangers(client: Client, edition: Edition, address: str) -> None:
    make_exhibitor(edition, "", name_en="Cloud Works")
    edition.is_public = False
    editions.save(edition)
    response = client.get(address)
    assert response.status_code == 404
    assert b"Cloud Works" not in response.content


@pytest.mark.parametrize("address", [PAGE, FEED])
def test_only_reading_is_allowed(client: Client, edition: Edition, address: str) -> None:
    assert [client.post(address).status_code, client.generic("TRACE", address).status_code] == [405, 405]


@pytest.mark.parametrize("address", [PAGE, FEED])
@pytest.mark.parametrize("rows", [1, 30])
def test_costs_seven_queries_whatever_the_rows(client: Client, edition: Edition, address: str, rows: int) -> None:
    hall = make_hall(edition)
    for number in range(rows):
        booths.assign({make_exhibitor(edition): [make_booth(hall, f"A-{number}")]})
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 7
