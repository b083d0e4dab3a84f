"""The list of exhibitors: what it shows, hides, counts and costs."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

LIST = "/ko/2024/exhibitors/"


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def names(client: Client, address: str) -> list[str]:
    """The names on the cards, in order."""
    response = client.get(address)
    assert response.status_code == 200
    found = re.findall(r'<h2 class="card__name"><a href="[^"]+">(.*?)</a>', response.content.decode())
    return [re.sub(r"<[^>]+>", "", name) for name in found]


def count_beside(client: Client, address: str, parameter: str, code: str) -> int:
    html = client.get(address).content.decode()
    match = re.search(rf'name="{parameter}" value="{re.escape(code)}".*?<span class="check__count">(\d+)</span>', html)
    assert match is not None, f"no checkbox {parameter}={code}"
    return int(match[1])


def total(client: Client, address: str) -> int:
    match = re.search(r'id="count">.*?<strong>(\d+)</strong>', client.get(address).content.decode())
    assert match is not None
    return int(match[1])


def test_lists_every_public_exhibitor_whatever_it_lacks(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "나래정밀")
    make_exhibitor(edition, "", name_en="Only English Inc.")
    make_exhibitor(edition, "가온", name_en="Gaon", booths=[make_booth(make_hall(edition))])
    assert names(client, LIST) == ["가온", "나래정밀", "Only English Inc."]


def test_hides_drafts_withdrawn_and_other_editions(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "공개업체")
    make_exhibitor(edition, "초안업체", state=Exhibitor.State.DRAFT)
    make_exhibitor(edition, "취소업체", state=Exhibitor.State.WITHDRAWN, state_reason="사정")
    make_exhibitor(make_edition("2023"), "작년업체")
    assert names(client, LIST) == ["공개업체"]
    assert total(client, LIST) == 1


def test_a_hidden_edition_is_not_found(client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "숨은업체")
    response = client.get(LIST)
    assert response.status_code == 404
    assert "숨은업체" not in response.content.decode()


def test_a_signed_in_organiser_previews_a_hidden_edition(client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "숨은업체")
    client.force_login(make_organiser())
    response = client.get(LIST)
    assert "숨은업체" in response.content.decode()
    assert '<meta name="robots" content="noindex">' in response.content.decode()


def test_a_signed_in_stranger_does_not_preview_a_hidden_edition(client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "숨은업체")
    stranger = make_organiser("stranger")
    stranger.is_staff = False
    stranger.save()
    client.force_login(stranger)
    assert client.get(LIST).status_code == 404


def test_values_of_one_facet_widen_and_facets_narrow(client: Client, edition: Edition) -> None:
    innovation, export = make_hall(edition), make_hall(edition, "export", "수출관")
    food, machinery = make_industry(edition, "food", "식품"), make_industry(edition)
    a, b = make_booth(innovation, "A-1"), make_booth(export, "B-1")
    make_exhibitor(edition, "가", booths=[a], industries=[food])
    make_exhibitor(edition, "나", booths=[b], industries=[food])
    make_exhibitor(edition, "다", booths=[b], industries=[machinery])
    make_exhibitor(edition, "라")
    assert names(client, f"{LIST}?hall=innovation&hall=export") == ["가", "나", "다"]
    assert names(client, f"{LIST}?hall=innovation&hall=export&industry=food") == ["가", "나"]
    assert names(client, f"{LIST}?hall=none") == ["라"]
    assert names(client, f"{LIST}?hall=none&hall=innovation") == ["가", "라"]
    assert names(client, f"{LIST}?industry=none") == ["라"]


def test_a_theme_stands_for_its_halls_in_the_same_facet(client: Client, edition: Edition) -> None:
    theme = make_theme(edition)
    one = make_hall(edition, "one", "1관", theme=theme)
    two = make_hall(edition, "two", "2관", theme=theme)
    other = make_hall(edition, "other", "다른관")
    make_exhibitor(edition, "양쪽", booths=[make_booth(one), make_booth(two)])
    make_exhibitor(edition, "일관", booths=[make_booth(one, "A-02")])
    make_exhibitor(edition, "다른", booths=[make_booth(other)])
    assert names(client, f"{LIST}?theme=cooperation") == ["양쪽", "일관"]
    assert count_beside(client, LIST, "theme", "cooperation") == 2
    assert names(client, f"{LIST}?theme=cooperation&hall=other") == ["다른", "양쪽", "일관"]


def test_an_initial_finds_by_either_name(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "㈜산들", name_en="Windfield")
    make_exhibitor(edition, "쌍둥이")
    make_exhibitor(edition, "24시공방")
    assert names(client, f"{LIST}?initial=ㅅ") == ["㈜산들", "쌍둥이"]
    assert names(client, f"{LIST}?initial=W") == ["㈜산들"]
    assert names(client, f"{LIST}?initial=0-9") == ["24시공방"]


@pytest.mark.parametrize(
    "address",
    [
        "?hall=nowhere",
        "?industry=nothing",
        "?initial=%C3%9F",
        "?theme=x",
        "?hall=%00",
        "?hall='--",
        "?initial=",
    ],
)
def test_an_unknown_value_says_so_and_never_shows_more_than_asked(
    client: Client, edition: Edition, address: str
) -> None:
    make_exhibitor(edition, "보이지않아야함")
    assert names(client, LIST + address) == []
    assert 'class="notice"' in client.get(LIST + address).content.decode()


def test_an_unknown_value_beside_a_known_one_leaves_the_known(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "혁신", booths=[make_booth(make_hall(edition))])
    make_exhibitor(edition, "나머지")
    assert names(client, f"{LIST}?hall=innovation&hall=nowhere") == ["혁신"]


@pytest.mark.parametrize(
    "address", ["?page=99", "?page=0", "?page=-1", "?page=x", "?page=99999999999999999999", "?sort=x"]
)
def test_a_bad_page_or_order_shows_a_message(client: Client, edition: Edition, address: str) -> None:
    make_exhibitor(edition, "하나")
    assert names(client, LIST + address) == ["하나"]
    assert 'class="notice"' in client.get(LIST + address).content.decode()


def test_unknown_parameters_are_ignored_and_not_carried_into_links(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "하나", booths=[make_booth(make_hall(edition))])
    html = client.get(f"{LIST}?utm_source=mail&hall=innovation").content.decode()
    body = html.replace("?utm_source=mail&amp;hall=innovation", "")  # the language switch keeps the whole address
    assert "utm_source" not in body.replace("utm_source%3Dmail", "")


@pytest.mark.parametrize(
    "query",
    ["%00", "%EF%BF%BF", "%ED%A0%80", "%25", "_", "'", "%22", "a" * 100_000, "%E2%80%AE", ";", "<script>"],
)
def test_any_query_gives_a_page(client: Client, edition: Edition, query: str) -> None:
    make_exhibitor(edition, "업체")
    response = client.get(f"{LIST}?q={query}")
    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_searches_names_products_and_booths(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    make_exhibitor(edition, "구름공방", name_en="Cloud Works", booths=[make_booth(hall, "K-77")])
    make_exhibitor(edition, "바다상회", main_products_ko="미역국 꾸러미")
    make_product(make_exhibitor(edition, "하늘상회"), "연날리기 세트")
    assert names(client, f"{LIST}?q=구름") == ["구름공방"]
    assert names(client, f"{LIST}?q=cloud") == ["구름공방"]
    assert names(client, f"{LIST}?q=k-77") == ["구름공방"]
    assert names(client, f"{LIST}?q=미역국") == ["바다상회"]
    assert names(client, f"{LIST}?q=연날리기") == ["하늘상회"]


def test_a_facility_is_found_and_not_counted(client: Client, edition: Edition) -> None:
    make_facility(edition, name_ko="구매상담존", booth=make_booth(make_hall(edition), "E-01"))
    response = client.get(f"{LIST}?q=구매상담존")
    assert "구매상담존</h3>" in response.content.decode()
    assert total(client, f"{LIST}?q=구매상담존") == 0


def test_counts_follow_the_other_facets_and_equal_the_lists(client: Client, edition: Edition) -> None:
    innovation, export = make_hall(edition), make_hall(edition, "export", "수출관")
    food = make_industry(edition, "food", "식품")
    for number in range(3):
        make_exhibitor(edition, booths=[make_booth(innovation, f"A-{number}")], industries=[food])
    make_exhibitor(edition, booths=[make_booth(export)])
    address = f"{LIST}?industry=food"
    assert count_beside(client, address, "hall", "innovation") == 3 == total(client, f"{address}&hall=innovation")
    assert count_beside(client, address, "hall", "export") == 0
    assert count_beside(client, address, "industry", "none") == 1 == total(client, f"{LIST}?industry=none")
    assert count_beside(client, f"{LIST}?hall=export", "hall", "innovation") == 3


def test_values_without_hits_are_disabled_but_never_a_selected_one(client: Client, edition: Edition) -> None:
    make_hall(edition)
    make_exhibitor(edition)
    assert 'value="innovation" form="directory" disabled' in client.get(LIST).content.decode()
    assert 'value="innovation" form="directory" checked>' in client.get(f"{LIST}?hall=innovation").content.decode()


def test_each_chip_removes_one_filter(client: Client, edition: Edition) -> None:
    make_industry(edition, "food", "식품")
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    html = client.get(f"{LIST}?q=시험&hall=innovation&industry=food&sort=booth").content.decode()
    chips = re.findall(r'<a class="chip" href="([^"]+)"', html)
    assert chips == [
        "?hall=innovation&amp;industry=food&amp;sort=booth",
        "?q=%EC%8B%9C%ED%97%98&amp;industry=food&amp;sort=booth",
        "?q=%EC%8B%9C%ED%97%98&amp;hall=innovation&amp;sort=booth",
    ]


def test_sorts_by_booth_naturally_with_missing_booths_last(client: Client, edition: Edition) -> None:
    first, second = make_hall(edition, position=1), make_hall(edition, "export", "수출관", position=2)
    make_exhibitor(edition, "열째", booths=[make_booth(first, "A-10")])
    make_exhibitor(edition, "둘째", booths=[make_booth(first, "A-2")])
    make_exhibitor(edition, "없음")
    make_exhibitor(edition, "번호미정", booths=[make_booth(first, "")])
    make_exhibitor(edition, "뒷관", booths=[make_booth(second, "A-1")])
    assert names(client, f"{LIST}?sort=booth") == ["둘째", "열째", "번호미정", "뒷관", "없음"]


def test_readers_of_english_get_the_order_of_english_names(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가나", name_en="Zeta")
    make_exhibitor(edition, "하마", name_en="Alpha")
    assert names(client, LIST) == ["가나", "하마"]
    assert names(client, "/en/2024/exhibitors/") == ["Alpha", "Zeta"]
    assert names(client, "/en/2024/exhibitors/?sort=name") == ["Zeta", "Alpha"]


def test_pages_of_24_show_each_exhibitor_once(client: Client, edition: Edition) -> None:
    for _ in range(50):
        make_exhibitor(edition, "같은이름")
    pages = [client.get(f"{LIST}?page={page}").content.decode() for page in (1, 2, 3)]
    slugs = [re.findall(r'class="card__name"><a href="([^"]+)"', page) for page in pages]
    assert [len(part) for part in slugs] == [24, 24, 2]
    assert len({slug for part in slugs for slug in part}) == 50
    assert 'rel="next"' in pages[0]
    assert 'rel="next"' not in pages[2]


def test_text_in_the_other_language_is_marked(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "한글만", main_products_ko="국수")
    html = client.get("/en/2024/exhibitors/").content.decode()
    assert '<span lang="ko">한글만</span>' in html
    assert '<p class="card__products" lang="ko">국수</p>' in html


def test_the_title_names_the_filters(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    html = client.get(f"{LIST}?q=시험&hall=innovation").content.decode()
    assert re.search(r"<title>“시험” · 혁신관 · .*2024 시험 엑스포</title>", html)


def test_the_language_switch_keeps_the_filters(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    html = client.get(f"{LIST}?q=%EC%8B%9C%ED%97%98&page=1").content.decode()
    assert 'href="/en/2024/exhibitors/?q=%EC%8B%9C%ED%97%98&amp;page=1" lang="en"' in html


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_six_queries_whatever_the_rows(client: Client, edition: Edition, rows: int) -> None:
    fill(edition, rows)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(f"{LIST}?hall=innovation&industry=machinery&sort=booth")
    assert len(queries) == 6


@pytest.mark.parametrize("rows", [1, 30])
def test_a_search_costs_twelve_queries_whatever_the_rows(client: Client, edition: Edition, rows: int) -> None:
    fill(edition, rows)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{LIST}?q=시험")
    assert len(queries) == 12


def fill(edition: Edition, rows: int) -> None:
    hall, industry = make_hall(edition, theme=make_theme(edition)), make_industry(edition)
    make_facility(edition, booth=make_booth(hall, "Z-01"))
    for number in range(rows):
        make_product(make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")], industries=[industry]))
