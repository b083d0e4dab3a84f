"""robots.txt and the sitemap: every page that may be indexed, in both languages, and no other."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from exhibitors.models import BoothMove, Edition, Exhibitor
from exhibitors.views import search_engines
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_theme,
)

pytestmark = pytest.mark.django_db

SITE = "https://expo.example.kr"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def _base_url(settings: Settings) -> None:
    settings.BASE_URL = SITE


def read(client: Client, address: str = "/sitemap.xml") -> ET.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return ET.fromstring(response.content)


def addresses(root: ET.Element) -> list[str]:
    return [str(loc.text).removeprefix(SITE) for loc in root.findall("s:url/s:loc", NAMES)]


def moments(root: ET.Element) -> list[tuple[str, str]]:
    urls = root.findall("s:url", NAMES)
    return [(url.findtext("s:loc", "", NAMES), url.findtext("s:lastmod", "", NAMES)) for url in urls]


def both(*paths: str) -> list[str]:
    return [f"/{language}/{path}" for path in paths for language in ("ko", "en")]


def test_names_every_public_page_in_both_languages(client: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition, theme=make_theme(edition))
    exhibitor = make_exhibitor(edition, name_en="Cloud", booths=[make_booth(hall)], industries=[make_industry(edition)])
    make_collaboration(edition, [exhibitor])
    assert addresses(read(client)) == both(
        "",
        "2024/",
        "2024/exhibitors/",
        "2024/halls/",
        "2024/industries/",
        "2024/changes/",
        "2024/halls/innovation/",
        "2024/themes/cooperation/",
        "2024/industries/machinery/",
        "2024/collaborations/joined/",
        "2024/exhibitors/cloud/",
    )


def test_each_address_opens_a_page_that_may_be_indexed_and_calls_itself_the_same(client: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition, theme=make_theme(edition))
    make_collaboration(edition, [make_exhibitor(edition, booths=[make_booth(hall)])])
    make_exhibitor(make_edition("2023"), is_sample=True)
    for address in addresses(read(client)):
        page = client.get(address).content.decode()
        assert f'<link rel="canonical" href="{SITE}{address}">' in page
        assert 'name="robots"' not in page


def test_names_nothing_that_is_hidden_withdrawn_or_invented(client: Client) -> None:
    edition, hidden = make_edition(), make_edition("2025", is_public=False)
    booth = make_booth(make_hall(edition), "A-1", is_sample=True)
    make_exhibitor(hidden, name_en="In a hidden edition")
    make_hall(hidden, "secret-hall")
    make_exhibitor(edition, name_en="Draft", state=Exhibitor.State.DRAFT)
    make_exhibitor(edition, name_en="Withdrawn", state=Exhibitor.State.WITHDRAWN, state_reason="ill")
    make_exhibitor(edition, name_en="Invented", is_sample=True)
    make_exhibitor(edition, name_en="On an invented booth", booths=[booth])
    make_exhibitor(edition, name_en="Real")
    assert addresses(read(client)) == both("", "2024/", "2024/exhibitors/real/")


def test_an_address_tells_its_other_language_and_when_it_changed(client: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, name_en="Cloud")
    changed_at, moved_at = datetime(2024, 10, 1, tzinfo=UTC), datetime(2024, 10, 2, 3, 4, 5, tzinfo=UTC)
    Edition.objects.update(updated_at=changed_at)
    Exhibitor.objects.update(updated_at=changed_at)
    BoothMove.objects.create(edition=edition, exhibitor=exhibitor, kind="joined", moved_at=moved_at)
    entry = read(client).findall("s:url", NAMES)[-1]
    assert entry.findtext("s:loc", "", NAMES) == f"{SITE}/en/2024/exhibitors/cloud/"
    assert entry.findtext("s:lastmod", "", NAMES) == "2024-10-02T03:04:05+00:00"
    assert [(link.get("hreflang"), link.get("href")) for link in entry.findall("x:link", NAMES)] == [
        ("ko", f"{SITE}/ko/2024/exhibitors/cloud/"),
        ("en", f"{SITE}/en/2024/exhibitors/cloud/"),
        ("x-default", f"{SITE}/en/2024/exhibitors/cloud/"),
    ]


def test_without_a_public_address_the_host_asked_for_stands_in(client: Client, settings: Settings) -> None:
    settings.BASE_URL = ""
    make_edition()
    assert "http://testserver/ko/2024/" in addresses(read(client))
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_a_site_without_editions_has_its_archive_alone(client: Client) -> None:
    root = read(client)
    assert addresses(root) == both("")
    assert root.findall("s:url/s:lastmod", NAMES) == []


def test_too_many_addresses_are_spread_over_files(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = make_edition()
    for number in range(5):
        make_exhibitor(edition, name_en=f"Company {number}")
    whole = addresses(read(client))
    monkeypatch.setattr(search_engines, "PER_FILE", 4)
    files = [str(loc.text) for loc in read(client).findall("s:sitemap/s:loc", NAMES)]
    assert files == [f"{SITE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    parts = [addresses(read(client, file.removeprefix(SITE))) for file in files]
    assert [address for part in parts for address in part] == whole
    assert [len(part) for part in parts] == [8, 8, 6]
    assert [client.get(f"/sitemap-{number}.xml").status_code for number in (0, 4, 10**30)] == [404, 404, 404]


def test_each_file_tells_the_moments_that_one_file_of_all_does(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    for year in ("2024", "2023"):
        edition = make_edition(year)
        hall = make_hall(edition)
        for number in range(3):
            make_exhibitor(edition, name_en=f"Company {number}", booths=[make_booth(hall, f"A-{number}")])
    changed_at = datetime(2024, 10, 1, tzinfo=UTC)
    Edition.objects.update(updated_at=changed_at)
    for hours, exhibitor in enumerate(Exhibitor.objects.order_by("pk")):
        Exhibitor.objects.filter(pk=exhibitor.pk).update(updated_at=changed_at + timedelta(hours=hours))
    BoothMove.objects.update(moved_at=changed_at)
    BoothMove.objects.filter(exhibitor__slug="company-1").update(moved_at=changed_at + timedelta(days=1))
    whole = moments(read(client))
    monkeypatch.setattr(search_engines, "PER_FILE", 3)
    files = [str(loc.text).removeprefix(SITE) for loc in read(client).findall("s:sitemap/s:loc", NAMES)]
    assert [moment for file in files for moment in moments(read(client, file))] == whole
    assert dict(whole)[f"{SITE}/ko/"] == dict(whole)[f"{SITE}/ko/2023/"] == "2024-10-02T00:00:00+00:00"
    assert dict(whole)[f"{SITE}/ko/2023/exhibitors/company-2/"] == "2024-10-01T05:00:00+00:00"


def test_who_comes_later_changes_the_last_file_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_engines, "PER_FILE", 4)
    edition = make_edition()
    for number in range(5):
        make_exhibitor(edition, name_en=f"Company {number}")
    before = [addresses(read(client, f"/sitemap-{number}.xml")) for number in (1, 2, 3)]
    make_exhibitor(edition, name_en="A first name")
    after = [addresses(read(client, f"/sitemap-{number}.xml")) for number in (1, 2, 3)]
    assert after == [*before[:2], before[2] + both("2024/exhibitors/a-first-name/")]


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_six_queries_whatever_the_rows(client: Client, rows: int) -> None:
    for year in range(rows):
        edition = make_edition(f"19{year:02d}")
        hall = make_hall(edition, theme=make_theme(edition))
        exhibitor = make_exhibitor(edition, booths=[make_booth(hall)], industries=[make_industry(edition)])
        make_collaboration(edition, [exhibitor])
    with CaptureQueriesContext(connection) as queries:
        read(client)
    assert len(queries) == 6


@pytest.mark.parametrize("rows", [1, 30])
def test_an_index_and_its_files_cost_no_more(client: Client, monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    for number in range(rows):
        make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")])
    others = 7  # pages that are no exhibitor's
    monkeypatch.setattr(search_engines, "PER_FILE", others)
    costs = []
    for address in ("/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml"):
        with CaptureQueriesContext(connection) as queries:
            read(client, address)
        costs.append(len(queries))
    assert costs == [3, 4, 3]


def test_robots_are_kept_from_the_desk_and_from_endless_filters(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /*?",
        "Allow: /*?page=",
        "",
        "Sitemap: https://expo.example.kr/sitemap.xml",
    ]


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/sitemap-1.xml"])
def test_only_reading_is_allowed(client: Client, address: str) -> None:
    assert [client.post(address).status_code, client.generic("TRACE", address).status_code] == [405, 405]
