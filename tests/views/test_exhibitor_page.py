"""An exhibitor's page: what it tells, to whom, and what remains after a withdrawal."""

import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_picture,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def page(client: Client, exhibitor: Exhibitor, language: str = "ko") -> str:
    response = client.get(f"/{language}/{exhibitor.edition.slug}/exhibitors/{exhibitor.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_shows_all_that_is_known(client: Client, edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation Hall")
    exhibitor = make_exhibitor(
        edition,
        "구름공방",
        name_en="Cloud Works",
        booths=[make_booth(hall, "B-07")],
        industries=[make_industry(edition)],
        main_products_ko="구름 모형",
        introduction_ko="첫 문단.\n\n둘째 문단.",
        homepage="https://cloud.example",
        phone="02-0000-0100",
        email="hello@cloud.example",
        region="서울",
    )
    make_product(exhibitor, "뭉게구름", text_ko="부드러운 구름")
    html = page(client, exhibitor)
    for text in (
        "구름공방",
        '<p class="exhibitor__second" lang="en">Cloud Works</p>',
        "B-07",
        "혁신관",
        "기계설비",
        "구름 모형",
        "<p>둘째 문단.</p>",
        'href="https://cloud.example"',
        'href="tel:02-0000-0100"',
        'href="mailto:hello@cloud.example"',
        "뭉게구름",
        "부드러운 구름",
    ):
        assert text in html


def test_stands_without_anything_but_a_name(client: Client, edition: Edition) -> None:
    html = page(client, make_exhibitor(edition, "이름뿐"))
    assert "이름뿐" in html
    assert '<span class="drawn-initial drawn-initial--large" aria-hidden="true">이</span>' in html


def test_a_text_in_the_other_language_says_so(client: Client, edition: Edition) -> None:
    html = page(client, make_exhibitor(edition, "한글", introduction_ko="소개글"), "en")
    assert "This text exists in Korean only." in html
    assert '<div lang="ko"><p>소개글</p></div>' in html


def test_what_organisers_typed_is_never_markup(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "<b>굵은</b>", introduction_ko="<script>alert(1)</script>")
    html = page(client, exhibitor)
    assert "<b>굵은" not in html
    assert "<script>alert" not in html


def test_a_draft_is_not_found(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "초안", state=Exhibitor.State.DRAFT)
    assert client.get(f"/ko/2024/exhibitors/{exhibitor.slug}/").status_code == 404


def test_a_draft_is_previewed_by_a_signed_in_organiser_alone(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "초안", state=Exhibitor.State.DRAFT, state_reason="확인 중")
    organiser = make_organiser()
    client.force_login(organiser)
    html = page(client, exhibitor)
    assert "banner--preview" in html
    assert "확인 중" in html
    organiser.is_staff = False
    organiser.save()
    assert client.get(f"/ko/2024/exhibitors/{exhibitor.slug}/").status_code == 404


def test_a_withdrawn_exhibitor_answers_gone_with_its_hall(client: Client, edition: Edition) -> None:
    booth = make_booth(make_hall(edition))
    exhibitor = make_exhibitor(
        edition,
        "취소업체",
        booths=[booth],
        introduction_ko="비밀",
        state=Exhibitor.State.WITHDRAWN,
        state_reason="내부 사유",
    )
    response = client.get(f"/ko/2024/exhibitors/{exhibitor.slug}/")
    html = response.content.decode()
    assert response.status_code == 410
    assert "참가 취소" in html
    assert 'href="/ko/2024/halls/innovation/"' in html
    assert "비밀" not in html
    assert "내부 사유" not in html


def test_an_address_of_another_edition_is_not_found(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(make_edition("2023"), "작년", name_en="Last Year")
    assert client.get(f"/ko/2024/exhibitors/{exhibitor.slug}/").status_code == 404


def test_leads_to_its_neighbours_in_the_hall(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    rows = [make_exhibitor(edition, f"업체{number}", booths=[make_booth(hall, f"A-{number}")]) for number in (2, 10, 1)]
    make_exhibitor(edition, "숨은", booths=[make_booth(hall, "A-3")], state=Exhibitor.State.DRAFT)
    html = page(client, rows[0])
    assert f'rel="prev" href="/ko/2024/exhibitors/{rows[2].slug}/"' in html
    assert f'rel="next" href="/ko/2024/exhibitors/{rows[1].slug}/"' in html
    assert 'rel="prev"' not in page(client, rows[2])
    assert 'rel="next"' not in page(client, rows[1])


def test_a_neighbour_on_several_booths_stands_where_its_first_one_is(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    booths = {number: make_booth(hall, f"A-{number}") for number in (1, 2, 5, 6)}
    wide = make_exhibitor(edition, "넓은", booths=[booths[1], booths[5]])
    between = make_exhibitor(edition, "사이", booths=[booths[2]])
    last = make_exhibitor(edition, "끝", booths=[booths[6]])
    shared = make_exhibitor(edition, "함께", booths=[booths[6]])

    order = [wide, between, last, shared]
    for before, here, after in zip([None, *order], order, [*order[1:], None], strict=False):
        html = page(client, here)
        links = re.findall(r'rel="(prev|next)" href="/ko/2024/exhibitors/([^/]+)/"', html)
        expected = {"prev": before, "next": after}
        assert dict(links) == {name: one.slug for name, one in expected.items() if one}, here


def test_leads_to_the_same_company_in_other_public_editions(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "돌아온", company_code="K-1")
    before = make_exhibitor(make_edition("2023"), "돌아온 옛이름", company_code="K-1")
    make_exhibitor(make_edition("2022", is_public=False), "숨은 회차", company_code="K-1")
    make_exhibitor(make_edition("2021"), "취소된 해", company_code="K-1", state="withdrawn", state_reason="사정")
    make_exhibitor(make_edition("2020"), "돌아온", company_code="K-2")
    html = page(client, exhibitor)
    assert f'href="/ko/2023/exhibitors/{before.slug}/"' in html
    assert "숨은 회차" not in html
    assert "취소된 해" not in html
    assert "/ko/2020/exhibitors/" not in html


def test_leads_to_its_collaborations(client: Client, edition: Edition) -> None:
    pair = [make_exhibitor(edition), make_exhibitor(edition)]
    make_collaboration(edition, pair, title_ko="밥솥과 떡")
    assert "밥솥과 떡" in page(client, pair[1])


def test_an_error_is_reported_to_the_editions_address(client: Client, edition: Edition) -> None:
    html = page(client, make_exhibitor(edition, "구름공방"))
    assert "mailto:desk@expo.example?subject=" in html
    assert "%EA%B5%AC%EB%A6%84%EA%B3%B5%EB%B0%A9" in html


def test_only_pictures_that_are_seen_later_are_loaded_later(client: Client, edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, logo=ContentFile(make_picture(), "logo.png"))
    for position in range(3):
        make_product(exhibitor, picture=ContentFile(make_picture(), "mould.png"), position=position)
    html = page(client, exhibitor)
    pictures = re.findall(r'<img [^>]*srcset="[^>]*>', html)
    assert ["loading=" in picture for picture in pictures] == [False, False, True, True]


def test_a_sample_says_that_it_is_invented(client: Client, edition: Edition) -> None:
    sample, real = make_exhibitor(edition, is_sample=True), make_exhibitor(edition)
    assert "sample-mark" in page(client, sample)
    assert "sample-mark" not in page(client, real)


def test_search_engines_are_kept_from_what_is_invented_and_from_nothing_else(client: Client, edition: Edition) -> None:
    booth = make_booth(make_hall(edition), "A-1", is_sample=True)
    invented = make_exhibitor(edition, is_sample=True)
    on_invented_booth = make_exhibitor(edition, booths=[booth])
    real = make_exhibitor(edition)
    is_kept_out = [
        '<meta name="robots" content="noindex">' in page(client, e) for e in (invented, on_invented_booth, real)
    ]
    assert is_kept_out == [True, True, False]


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_only_reading_is_allowed(client: Client, edition: Edition, method: str) -> None:
    exhibitor = make_exhibitor(edition)
    assert getattr(client, method)(f"/ko/2024/exhibitors/{exhibitor.slug}/").status_code == 405


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_queries_whatever_it_shows(client: Client, edition: Edition, rows: int) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(edition, company_code="K-1", booths=[make_booth(hall, f"A-{n}") for n in range(rows)])
    make_exhibitor(make_edition("2023"), company_code="K-1")
    for number in range(rows):
        make_product(exhibitor)
        make_collaboration(edition, [exhibitor, make_exhibitor(edition)], slug=f"c-{number}")
        make_exhibitor(edition, booths=[make_booth(hall, f"B-{number}")])
    with CaptureQueriesContext(connection) as queries:
        page(client, exhibitor)
    assert len(queries) == 9
