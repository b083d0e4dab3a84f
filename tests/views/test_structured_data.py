"""What pages tell search engines as JSON-LD."""

import json
import re
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
    make_theme,
)
from tests.views.pages import opened

pytestmark = pytest.mark.django_db

HOSTILE = """</script><script>alert(1)</script> <!-- & ]]> "quoted" \u2028 \\u003c"""
LD_JSON = ' type="application/ld+json"'


@pytest.fixture(autouse=True)
def _base_url(settings: Settings) -> None:
    settings.BASE_URL = "https://expo.example.kr"


@pytest.fixture
def edition() -> Edition:
    return make_edition(opens_at=time(10), closes_at=time(18), hosts_ko="주최 기관", slogan_ko="함께 가는 길")


def data_of(page: str) -> dict[str, dict[str, Any]]:
    """The data blocks of a page by what they describe."""
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return {data["@type"]: data for data in map(json.loads, blocks)}


def way(page: str) -> list[tuple[str, str]]:
    items = data_of(page)["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in items] == list(range(1, len(items) + 1))
    return [(item["name"], item.get("item", "").removeprefix("https://expo.example.kr")) for item in items]


def test_the_front_page_tells_of_the_event(client: Client, edition: Edition) -> None:
    assert data_of(opened(client, "/ko/2024/")) == {
        "Event": {
            "@context": "https://schema.org",
            "@type": "Event",
            "name": "2024 시험 엑스포",
            "description": "함께 가는 길",
            "inLanguage": "ko",
            "startDate": "2024-10-22T10:00:00+09:00",
            "endDate": "2024-10-25T18:00:00+09:00",
            "eventSchedule": {
                "@type": "Schedule",
                "startDate": "2024-10-22",
                "endDate": "2024-10-25",
                "startTime": "10:00",
                "endTime": "18:00",
                "repeatFrequency": "P1D",
                "scheduleTimezone": "Asia/Seoul",
            },
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": "시험장", "address": "시험장"},
            "organizer": {"@type": "Organization", "name": "주최 기관"},
            "url": "https://expo.example.kr/ko/2024/",
            "image": "https://expo.example.kr/static/img/og.png",
        }
    }


def test_the_event_is_told_in_the_pages_language(client: Client, edition: Edition) -> None:
    event = data_of(opened(client, "/en/2024/"))["Event"]
    assert [event["name"], event["inLanguage"], event["location"]["name"]] == ["Test Expo 2024", "en", "Test Hall"]


def test_without_opening_hours_the_days_alone_are_told(client: Client) -> None:
    make_edition(ends_on=None, venue_ko="", venue_en="")
    event = data_of(opened(client, "/ko/2024/"))["Event"]
    assert [event["startDate"], event["endDate"]] == ["2024-10-22", "2024-10-22"]
    assert event.keys() & {"eventSchedule", "location", "organizer", "description"} == set()


def test_without_days_there_is_no_event_yet(client: Client) -> None:
    edition = make_edition(starts_on=None, ends_on=None)
    exhibitor = make_exhibitor(edition)
    assert data_of(opened(client, "/ko/2024/")) == {}
    assert "event" not in data_of(opened(client, exhibitor.get_absolute_url()))["Organization"]


def test_an_exhibitors_page_tells_of_the_company(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(
        edition,
        "구름공방",
        name_en="Cloud Works",
        homepage="https://cloud.example",
        phone="02-0000-0100",
        email="hello@cloud.example",
        booths=[make_booth(hall, "B-07"), make_booth(hall, "")],
        state_reason="paid late",
    )
    make_product(exhibitor, "뭉게구름")
    page = opened(client, "/ko/2024/exhibitors/cloud-works/")
    company = data_of(page)["Organization"]
    event = company.pop("event")
    assert company == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "구름공방",
        "alternateName": ["Cloud Works"],
        "url": "https://cloud.example",
        "mainEntityOfPage": "https://expo.example.kr/ko/2024/exhibitors/cloud-works/",
        "telephone": "02-0000-0100",
        "email": "hello@cloud.example",
        "makesOffer": [{"@type": "Offer", "itemOffered": {"@type": "Product", "name": "뭉게구름"}}],
        "location": [{"@type": "Place", "name": "혁신관 B-07"}, {"@type": "Place", "name": "혁신관"}],
    }
    assert [event["@type"], event["name"]] == ["Event", "2024 시험 엑스포"]
    assert way(page) == [
        ("2024 시험 엑스포", "/ko/2024/"),
        ("참가업체", "/ko/2024/exhibitors/"),
        ("구름공방", ""),
    ]


def test_an_invented_company_is_no_organisation(client: Client, edition: Edition) -> None:
    sample = make_exhibitor(edition, is_sample=True)
    assert list(data_of(opened(client, sample.get_absolute_url()))) == ["BreadcrumbList"]


def test_an_invented_booth_is_no_place(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(edition, booths=[make_booth(hall, "A-1", is_sample=True), make_booth(hall, "A-2")])
    company = data_of(opened(client, exhibitor.get_absolute_url()))["Organization"]
    assert company["location"] == [{"@type": "Place", "name": "혁신관 A-2"}]


def test_what_only_organisers_see_tells_nothing(client: Client, edition: Edition) -> None:
    draft = make_exhibitor(edition, state=Exhibitor.State.DRAFT)
    make_edition("2025", is_public=False)
    client.force_login(make_organiser())
    assert data_of(opened(client, draft.get_absolute_url())) == {}
    assert data_of(opened(client, "/ko/2025/")) == {}


@pytest.mark.parametrize("part", ["halls/innovation", "themes/cooperation", "industries/machinery"])
def test_a_part_tells_the_way_to_it(client: Client, edition: Edition, part: str) -> None:
    hall = make_hall(edition, theme=make_theme(edition))
    make_exhibitor(edition, booths=[make_booth(hall)], industries=[make_industry(edition)])
    ways = {
        "halls/innovation": [
            ("전시관", "/ko/2024/halls/"),
            ("교차협력관", "/ko/2024/themes/cooperation/"),
            ("혁신관", ""),
        ],
        "themes/cooperation": [("전시관", "/ko/2024/halls/"), ("교차협력관", "")],
        "industries/machinery": [("업종", "/ko/2024/industries/"), ("기계설비", "")],
    }
    page = opened(client, f"/ko/2024/{part}/")
    assert way(page) == [("2024 시험 엑스포", "/ko/2024/"), *ways[part]]


def test_a_collaboration_hangs_on_the_front_page(client: Client, edition: Edition) -> None:
    make_collaboration(edition, [make_exhibitor(edition)])
    page = opened(client, "/ko/2024/collaborations/joined/")
    assert way(page) == [("2024 시험 엑스포", "/ko/2024/"), ("함께 만든 품목", "")]


def test_no_name_ends_the_block_or_is_changed_by_it(client: Client) -> None:
    edition = make_edition(name_ko=HOSTILE, name_en="", venue_ko=HOSTILE, starts_on=date(2024, 1, 1))
    hall = make_hall(edition, name_ko=HOSTILE)
    exhibitor = make_exhibitor(edition, HOSTILE, booths=[make_booth(hall, "A-1")])
    make_product(exhibitor, HOSTILE)
    for address in ("/ko/2024/", exhibitor.get_absolute_url(), hall.get_absolute_url()):
        page = opened(client, address)
        scripts = re.findall(r"<script([^>]*)>(.*?)</script>", page, re.DOTALL)
        assert [content for attributes, content in scripts if attributes != LD_JSON and content] == []
        assert "alert(1)</script>" not in page
        assert [HOSTILE in _texts(data) for data in data_of(page).values()] == [True] * len(data_of(page))
    company = data_of(opened(client, exhibitor.get_absolute_url()))["Organization"]
    assert [company["name"], company["makesOffer"][0]["itemOffered"]["name"]] == [HOSTILE, HOSTILE]


def _texts(data: Any) -> list[str]:
    """All texts in some data, however deep."""
    if isinstance(data, dict):
        return [text for value in data.values() for text in _texts(value)]
    if isinstance(data, list):
        return [text for value in data for text in _texts(value)]
    return [str(data)]
