"""The list as Excel, CSV and JSON files: what stands in them, what does not, what they cost."""

import csv
import io
import json

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from exhibitors.domain import importing
from exhibitors.domain.criteria import Sort
from exhibitors.domain.importing.differences import Options
from exhibitors.models import Edition, Exhibitor
from exhibitors.views.api import operations
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db

ENDINGS = ("csv", "xlsx", "json")
KOREAN = [
    "회사명(국문)",
    "회사명(영문)",
    "전시관",
    "부스번호",
    "업종",
    "주요품목(국문)",
    "주요품목(영문)",
    "회사소개(국문)",
    "회사소개(영문)",
    "홈페이지",
    "대표전화",
    "이메일",
    "지역",
    "제품 목록",
    "안내 페이지",
    "표본",
]
ENGLISH = [
    "Company name (Korean)",
    "Company name (English)",
    "Hall",
    "Booth number",
    "Industries",
    "Main products (Korean)",
    "Main products (English)",
    "Introduction (Korean)",
    "Introduction (English)",
    "Homepage",
    "Company phone",
    "Company e-mail",
    "Region",
    "List of products",
    "Page in the directory",
    "Sample",
]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def make_full(edition: Edition) -> Exhibitor:
    hall = make_hall(edition, name_en="Innovation")
    exhibitor = make_exhibitor(
        edition,
        "에바",
        name_en="EVA",
        company_code="SECRET-1",
        booths=[make_booth(hall, "A-10"), make_booth(hall, "A-2")],
        industries=[make_industry(edition)],
        main_products_ko="전기차충전기",
        introduction_ko="첫 줄\n둘째 줄",
        homepage="https://eva.example",
        phone="02-000-0000",
        email="eva@eva.example",
        region="경기도",
        state_reason="INTERNAL",
        is_sample=True,
    )
    make_product(exhibitor, "충전기", name_en="Charger")
    make_product(exhibitor, "케이블", position=1)
    return exhibitor


def content(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


def table(client: Client, address: str) -> list[list[str]]:
    data = content(client, address)
    if ".xlsx" in address:
        return importing.read(data).sheets[0].rows
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_korean_spreadsheet_holds_what_the_page_shows(client: Client, edition: Edition, ending: str) -> None:
    make_full(edition)
    row = [
        "에바",
        "EVA",
        "혁신관",
        "A-2; A-10",
        "기계설비",
        "전기차충전기",
        "",
        "첫 줄\n둘째 줄",
        "",
        "https://eva.example",
        "02-000-0000",
        "eva@eva.example",
        "경기도",
        "충전기; 케이블",
        "http://testserver/ko/2024/exhibitors/eva/",
        "표본",
    ]
    assert table(client, f"/ko/2024/exhibitors.{ending}") == [KOREAN, row]


def test_an_english_spreadsheet_is_headed_and_names_in_english(client: Client, edition: Edition) -> None:
    make_full(edition)
    heading, row = table(client, "/en/2024/exhibitors.csv")
    assert heading == ENGLISH
    assert (row[2], row[4], row[13]) == ("Innovation", "기계설비", "Charger; 케이블")
    assert (row[14], row[15]) == ("http://testserver/en/2024/exhibitors/eva/", "sample")


@pytest.mark.parametrize("ending", ENDINGS)
def test_nothing_internal_is_in_any_file(client: Client, edition: Edition, ending: str) -> None:
    exhibitor = make_full(edition)
    assert (exhibitor.company_code, exhibitor.state_reason) == ("SECRET-1", "INTERNAL")
    text = str(table(client, f"/ko/2024/exhibitors.{ending}")) if ending != "json" else ""
    text = text or content(client, "/ko/2024/exhibitors.json").decode()
    assert "에바" in text
    assert "SECRET-1" not in text
    assert "INTERNAL" not in text


def test_the_edition_that_has_an_address_of_its_own_writes_it(
    client: Client, edition: Edition, settings: Settings
) -> None:
    settings.BASE_URL = "https://expo.example.kr"
    make_exhibitor(edition, "에바", name_en="EVA")
    assert table(client, "/ko/2024/exhibitors.csv")[1][14] == "https://expo.example.kr/ko/2024/exhibitors/eva/"
    pages = client.get("/ko/2024/exhibitors.json").json()["items"][0]["pages"]
    assert pages["en"] == "https://expo.example.kr/en/2024/exhibitors/eva/"


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8(client: Client, edition: Edition) -> None:
    assert content(client, "/ko/2024/exhibitors.csv").startswith(b"\xef\xbb\xbf\xed\x9a\x8c\xec\x82\xac")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("name", ["=1+1", "+82 2", "-5", "@cmd", "'=1+1"])
def test_what_looks_like_a_formula_is_defused(client: Client, edition: Edition, name: str, ending: str) -> None:
    product = make_product(make_exhibitor(edition, name), name)
    row = table(client, f"/ko/2024/exhibitors.{ending}")[1]
    assert (row[0], row[13]) == (f"'{name}", f"'{product.name_ko}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_the_file_is_named_after_edition_and_time(client: Client, edition: Edition, ending: str) -> None:
    response = client.get(f"/ko/2024/exhibitors.{ending}")
    b"".join(response.streaming_content)  # type: ignore[attr-defined]
    today = timezone.localtime().strftime("%Y%m%d")
    assert response["Content-Disposition"].startswith(f'attachment; filename="2024-exhibitors-{today}-')
    assert response["Content-Disposition"].endswith(f'.{ending}"')
    assert response["X-Robots-Tag"] == "noindex"
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_import_reads_the_file_back_without_a_change(
    client: Client, edition: Edition, ending: str, language: str
) -> None:
    make_full(edition)
    data = content(client, f"/{language}/2024/exhibitors.{ending}")
    difference = importing.preview(data, "2024", Options(create=False)).difference
    assert (difference.new, difference.changed, difference.problems) == ((), (), ())


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("is_organiser", [False, True])
def test_drafts_withdrawn_and_other_editions_are_in_no_file(
    client: Client, edition: Edition, ending: str, is_organiser: bool
) -> None:
    make_exhibitor(edition, "보임")
    make_exhibitor(edition, "초안", state=Exhibitor.State.DRAFT)
    make_exhibitor(edition, "취소", state=Exhibitor.State.WITHDRAWN, state_reason="no")
    make_exhibitor(make_edition("2023"), "작년")
    if is_organiser:
        client.force_login(make_organiser())
    address = f"/ko/2024/exhibitors.{ending}"
    if ending == "json":
        names = [item["name_ko"] for item in client.get(address).json()["items"]]
    else:
        names = [row[0] for row in table(client, address)[1:]]
    assert names == ["보임"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_hidden_edition_has_no_files_but_for_organisers(client: Client, ending: str) -> None:
    make_exhibitor(make_edition(is_public=False), "에바", name_en="EVA")
    address = f"/ko/2024/exhibitors.{ending}"
    assert client.get(address).status_code == 404
    client.force_login(make_organiser())
    assert content(client, address)
    assert client.get(f"/ko/2099/exhibitors.{ending}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("method", ["post", "put", "delete", "patch", "trace"])
def test_files_are_only_read(client: Client, edition: Edition, ending: str, method: str) -> None:
    assert getattr(client, method)(f"/ko/2024/exhibitors.{ending}").status_code == 405


@pytest.mark.parametrize(("ending", "queries"), [("csv", 12), ("xlsx", 12), ("json", 9)])
@pytest.mark.parametrize("rows", [1, 30])
def test_the_rows_do_not_change_what_a_file_costs(
    client: Client, edition: Edition, ending: str, queries: int, rows: int
) -> None:
    hall, industry = make_hall(edition), make_industry(edition)
    for number in range(rows):
        make_product(make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")], industries=[industry]))
    with CaptureQueriesContext(connection) as captured:
        content(client, f"/ko/2024/exhibitors.{ending}?hall=innovation&industry=machinery&sort=booth")
    assert len(captured) == queries


def test_the_list_links_to_its_files_with_its_filters(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    page = client.get("/en/2024/exhibitors/?hall=innovation&sort=booth&page=1&x=1").content.decode()
    for ending in ENDINGS:
        assert f'href="/en/2024/exhibitors.{ending}?hall=innovation&amp;sort=booth"' in page


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    "parameters",
    [
        "q=%00",
        "q=%ED%A0%80",
        "q=" + "가" * 3000,
        "hall=%00&industry=%ED%A0%80",
        "theme=" + "9" * 500,
        "page=" + "9" * 500,
        "sort=%00",
        "initial=%F0%9F%98%80&exact=1",
        "q=%25_%5C%27%22",
    ],
)
def test_odd_parameters_never_fail_and_never_add_rows(
    client: Client, edition: Edition, ending: str, parameters: str
) -> None:
    make_exhibitor(edition, "에바", name_en="EVA")
    shown = client.get(f"/ko/2024/exhibitors/?{parameters}").context["counts"].total
    address = f"/ko/2024/exhibitors.{ending}?{parameters}"
    if ending == "json":
        assert len(client.get(address).json()["items"]) == shown
    else:
        assert len(table(client, address)) - 1 == shown


@pytest.mark.parametrize("gone", ["가온", "나루", "다솜"])
def test_json_stays_json_where_somebody_withdraws_while_it_is_written(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    edition = make_edition()
    for name in ("가온", "나루", "다솜"):
        make_exhibitor(edition, name)
    monkeypatch.setattr(operations, "PIECE", 1)

    pieces = operations.whole_list(rf.get("/"), edition, QueryDict(), Sort.NAME)
    written = [next(pieces)]
    Exhibitor.objects.filter(name_ko=gone).update(state=Exhibitor.State.WITHDRAWN, state_reason="사정")
    items = json.loads(b"".join([*written, *pieces]))["items"]

    assert [item["name_ko"] for item in items] == [name for name in ("가온", "나루", "다솜") if name != gone]
