"""The front page of an edition, the archive, and where / leads."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exhibitors.models import Exhibitor
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


def test_the_root_leads_to_the_current_edition_in_the_readers_language(client: Client) -> None:
    make_edition(is_current=True)
    assert client.get("/")["Location"] == "/ko/2024/"
    assert client.get("/", headers={"accept-language": "en-GB,en"})["Location"] == "/en/2024/"


def test_without_a_current_edition_the_root_lists_the_public_ones(client: Client) -> None:
    make_edition("2023")
    make_edition("2022", is_public=False)
    html = client.get("/").content.decode()
    assert 'href="/ko/2023/"' in html
    assert "2022" not in html


def test_without_any_edition_the_root_says_so(client: Client) -> None:
    assert "아직 공개된 회차가 없습니다" in client.get("/").content.decode()


def test_tells_what_where_and_when(client: Client) -> None:
    make_edition(slogan_ko="함께 가는 길", about_ko="## 소개\n\n**굵게** <script>x</script>")
    html = client.get("/ko/2024/").content.decode()
    for text in (
        "2024 시험 엑스포",
        "함께 가는 길",
        "시험장",
        "2024년 10월 22일",
        "<h3>소개</h3>",
        "<strong>굵게</strong>",
    ):
        assert text in html
    assert "<script>x" not in html


def test_tells_the_days_in_english(client: Client) -> None:
    make_edition()
    assert "22–25 October 2024" in client.get("/en/2024/").content.decode()


def test_counts_halls_by_theme_and_industries(client: Client) -> None:
    edition = make_edition()
    theme = make_theme(edition)
    hall = make_hall(edition, "one", "1관", theme=theme)
    industry = make_industry(edition)
    make_exhibitor(edition, booths=[make_booth(hall, "A-1")], industries=[industry])
    make_exhibitor(edition, booths=[make_booth(hall, "A-2")], state=Exhibitor.State.DRAFT, industries=[industry])
    make_exhibitor(edition)
    html = client.get("/ko/2024/").content.decode()
    assert 'href="/ko/2024/themes/cooperation/"' in html
    assert 'href="/ko/2024/halls/one/"' in html
    assert '기계설비 <span class="industry-links__count">1</span>' in html
    assert 'href="/ko/2024/exhibitors/?hall=none"' in html


def test_a_collaboration_names_its_public_members_only(client: Client) -> None:
    edition = make_edition()
    members = [
        make_exhibitor(edition, "함께일"),
        make_exhibitor(edition, "함께이", state=Exhibitor.State.DRAFT),
    ]
    make_collaboration(edition, members)
    html = client.get("/ko/2024/").content.decode()
    assert "함께일" in html
    assert "함께이" not in html


def test_leads_to_other_public_editions(client: Client) -> None:
    make_edition()
    make_edition("2023")
    make_edition("2022", is_public=False)
    html = client.get("/ko/2024/").content.decode()
    assert 'href="/ko/2023/"' in html
    assert 'href="/ko/2022/"' not in html


def test_tells_how_many_days_remain(client: Client) -> None:
    today = timezone.localdate()
    make_edition(starts_on=today + timedelta(days=3), ends_on=today + timedelta(days=5))
    assert "개막까지 3일" in client.get("/ko/2024/").content.decode()
    assert "Opens in 3 days" in client.get("/en/2024/").content.decode()


def test_tells_that_it_is_over(client: Client) -> None:
    make_edition(starts_on=date(2020, 1, 1), ends_on=date(2020, 1, 2))
    assert "This edition is over" in client.get("/en/2024/").content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_seven_queries_whatever_the_rows(client: Client, rows: int) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    for number in range(rows):
        make_industry(edition, f"industry-{number}", f"업종{number}")
        pair = [make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")]), make_exhibitor(edition)]
        make_collaboration(edition, pair, slug=f"c-{number}")
        make_edition(f"19{number:02d}")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ko/2024/")
    assert len(queries) == 7
