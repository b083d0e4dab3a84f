"""Print runs for readers: the sheet as frozen, its errata sheet, what its QR opens; who sees them, what they cost."""

import html
import re
from urllib.parse import unquote

import pytest
import segno
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from exhibitors.domain import booths, exhibitors, parts
from exhibitors.domain.booth_list import Order
from exhibitors.models import Edition, Exhibitor, PrintRun
from tests.factories import (
    make_account,
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_print_run,
)

pytestmark = pytest.mark.django_db

RUN, ERRATA, CHECK = "/en/2024/print/runs/1/", "/en/2024/print/runs/1/errata/", "/en/2024/r/1/"
PAGES = (RUN, ERRATA, CHECK)
SECRET = "비밀 사정"


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def text(part: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", part).split()))


def main(answer: str) -> str:
    return answer.partition('<main class="main"')[2].partition("</main>")[0]


def errata_of(answer: str) -> dict[str, list[str]]:
    """The rows under each heading, as text."""
    sections = re.findall(r'<section class="errata".*?<h2 [^>]*>(.*?)</h2>(.*?)</section>', answer, re.S)
    return {text(head): [text(row) for row in re.findall(r"<li .*?</li>", rows, re.S)] for head, rows in sections}


def without_moments(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {head: [re.sub(r" \( ?since [^)]*\)", "", row) for row in own] for head, own in rows.items()}


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def changed(edition: Edition) -> Edition:
    """A run of eight, and since then one change of every kind."""
    hall = make_hall(edition, name_en="Innovation Hall")
    food = make_industry(edition, "food", "식품", name_en="Food")
    names = ("옮김", "개명", "취소", "초안", "삭제", "그대로", "바뀜")
    rows = {name: make_exhibitor(edition, name, booths=[make_booth(hall, f"A-{name}")]) for name in names}
    make_facility(edition, name_ko="안내소")
    make_print_run(edition)
    booths.assign({rows["옮김"]: [make_booth(hall, "Z-1")]})
    rows["개명"].name_ko = "새이름"
    exhibitors.save(rows["개명"])
    rows["바뀜"].main_products_ko = "떡"
    exhibitors.save(rows["바뀜"], industries=[food])
    exhibitors.withdraw(Exhibitor.objects.filter(name_ko="취소"), reason=SECRET)
    draft = rows["초안"]
    exhibitors.make_draft(Exhibitor.objects.filter(pk=draft.pk), reason=SECRET)
    draft.refresh_from_db()
    draft.name_ko, draft.main_products_ko = "새비밀이름", "비밀품목"
    exhibitors.save(draft, booth_list=[make_booth(hall, "Y-99")])
    exhibitors.delete([rows["삭제"]])
    make_exhibitor(edition, "새업체", booths=[make_booth(hall, "B-1")], main_products_ko="빵")
    make_exhibitor(edition, "새초안", state="draft")
    return edition


def test_a_run_looks_like_the_booth_list_and_says_which_run_it_is(client: Client, edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation Hall")
    make_exhibitor(edition, "에바", name_en="Evar", booths=[make_booth(hall, "A-1")])
    PrintRun.objects.filter(pk=make_print_run(edition).pk).update(frozen_at="2024-10-20T09:00:00Z", name="for print")

    answer = page(client, RUN)

    head = text(answer.partition('<header class="paper-head">')[2].partition("</header>")[0])
    running = re.findall(r'<span class="running__edition">(.*?)</span>', answer)
    rows = re.findall(r'<tr role="row".*?</tr>', answer, re.S)
    assert head == (
        "Test Expo 2024 Booth list Print run 1 · 10-20 18:00 · for print "
        "1 exhibitor · As of 2024-10-20 18:00 · Corrections to desk@expo.example"
    )
    assert [text(one) for one in running] == ["Test Expo 2024 · Booth list · Print run 1 · 10-20 18:00"]
    assert [text(row) for row in rows] == ["Booth Exhibitor Industry Main products", "A-1 Evar 에바 –"]


def test_a_korean_reader_gets_the_same_run_in_korean(client: Client, edition: Edition) -> None:
    make_exhibitor(
        edition, "에바", name_en="Evar", booths=[make_booth(make_hall(edition, name_en="Innovation"), "A-1")]
    )
    make_print_run(edition)

    answer = page(client, RUN.replace("/en/", "/ko/"))

    assert re.findall(r"<strong>(.*?)</strong> <span class=\"cell__second\"", answer) == ["에바"]
    assert "혁신관" in text(main(answer))


@pytest.mark.parametrize("order", list(Order))
def test_a_run_printed_again_after_changes_is_the_same_to_the_byte(
    client: Client, edition: Edition, order: Order
) -> None:
    hall, food = make_hall(edition), make_industry(edition)
    rows = [make_exhibitor(edition, booths=[make_booth(hall, f"A-{n}")], industries=[food]) for n in range(4)]
    make_facility(edition)
    make_print_run(edition, order, halls=("innovation",))
    before = client.get(RUN).content

    booths.assign({rows[0]: [make_booth(hall, "Z-1")]})
    rows[1].name_ko = "새이름"
    exhibitors.save(rows[1], industries=[])
    exhibitors.withdraw(Exhibitor.objects.filter(pk=rows[2].pk), reason=SECRET)
    exhibitors.delete([rows[3]])
    make_exhibitor(edition, booths=[make_booth(hall, "B-1")])
    hall.name_ko = food.name_ko = "다른 이름"
    parts.save(hall)
    parts.save(food)
    make_print_run(edition, order)

    assert client.get(RUN).content == before


def test_the_paper_stays_when_the_edition_is_called_otherwise(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    make_print_run(edition)
    before = main(page(client, RUN))

    edition.name_en, edition.contact_email = "Another Expo", "other@expo.example"
    edition.save()

    assert main(page(client, RUN)) == before


def test_the_errata_sheet_says_only_what_differs_by_kind(client: Client, changed: Edition) -> None:
    answer = page(client, ERRATA)

    assert without_moments(errata_of(answer)) == {
        "Withdrawn 1": ["취소 withdrawn"],
        "No longer listed 2": ["삭제 no longer listed", "초안 no longer listed"],
        "Other booth 1": ["옮김 Innovation Hall A-옮김 → Innovation Hall Z-1"],
        "New 1": ["새업체 Innovation Hall B-1 · Industry to follow: 빵"],
        "Other name 1": ["개명 개명 → 새이름"],
        "Other industry or products 1": ["바뀜 Industry: Industry to follow → Food · Main products: – → 떡"],
    }
    assert "7 changes since this print run" in text(answer)


def test_the_errata_sheet_says_since_when(client: Client, changed: Edition) -> None:
    rows = errata_of(page(client, ERRATA))

    dated = {
        head.rpartition(" ")[0]: bool(re.search(r"since \d\d-\d\d \d\d:\d\d", " ".join(rows[head]))) for head in rows
    }
    assert dated == {
        "Withdrawn": True,
        "No longer listed": False,
        "Other booth": True,
        "New": True,
        "Other name": True,
        "Other industry or products": True,
    }


def test_without_changes_every_page_says_so(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    make_print_run(edition)

    assert "No changes: everything stands as it was printed." in page(client, ERRATA)
    assert "This sheet: no changes since." in page(client, CHECK)
    assert errata_of(page(client, CHECK)) == {}


def test_the_qr_opens_how_many_changes_there_are_and_marks_their_rows_in_words(
    client: Client, changed: Edition
) -> None:
    answer = page(client, CHECK)

    rows = re.findall(r'<li class="(checked__row[^"]*)">(.*?)</li>', answer, re.S)
    marked = {re.split(r" –| \(", text(row))[0] for classes, row in rows if "changed" in classes}
    unmarked = {text(row) for classes, row in rows if "changed" not in classes}
    assert "This sheet: 7 changes since" in text(answer)
    assert marked == {
        "Innovation Hall A-옮김 옮김 Other booth",
        "Innovation Hall A-개명 개명 Other name",
        "Innovation Hall A-취소 취소 withdrawn",
        "Innovation Hall A-초안 초안 no longer listed",
        "Innovation Hall A-삭제 삭제 no longer listed",
        "Innovation Hall A-바뀜 바뀜 Other industry or products",
    }
    assert unmarked == {"Innovation Hall A-그대로 그대로", "Booth to follow 안내소"}


def test_one_change_is_told_in_the_singular(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    make_print_run(edition)
    make_exhibitor(edition)

    assert "This sheet: 1 change since" in text(page(client, CHECK))


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_who_is_hidden_leaks(client: Client, changed: Edition, address: str) -> None:
    answer = page(client, address)

    leaks = [word for word in (SECRET, "새비밀이름", "비밀품목", "Y-99", "새초안") if word in answer]
    assert leaks == []
    assert "초안" in answer  # as it was printed


@pytest.mark.parametrize("address", PAGES)
def test_a_run_of_a_hidden_edition_is_for_organisers_alone(client: Client, address: str) -> None:
    edition = make_edition(is_public=False)
    make_exhibitor(edition)
    make_print_run(edition)
    stranger, organiser = Client(), Client()
    stranger.force_login(User.objects.create_user("visitor", password="not-a-real-secret-9"))
    organiser.force_login(make_organiser())

    assert [one.get(address).status_code for one in (client, stranger, organiser)] == [404, 404, 200]


@pytest.mark.parametrize("number", ["0", "2", "9" * 10, "9" * 30])
def test_an_unknown_number_is_not_found(client: Client, edition: Edition, number: str) -> None:
    make_exhibitor(edition)
    make_print_run(edition)

    assert [client.get(one.replace("/1/", f"/{number}/")).status_code for one in PAGES] == [404, 404, 404]


def test_a_run_of_another_edition_is_not_found(client: Client, edition: Edition) -> None:
    other = make_edition("2023")
    make_exhibitor(other)
    make_print_run(other)

    assert [client.get(one).status_code for one in PAGES] == [404, 404, 404]


@pytest.mark.parametrize("address", PAGES)
def test_only_reading_is_allowed(client: Client, edition: Edition, address: str) -> None:
    make_exhibitor(edition)
    make_print_run(edition)

    assert [client.post(address).status_code, client.delete(address).status_code] == [405, 405]


@pytest.mark.parametrize("address", [RUN, ERRATA])
def test_the_foot_of_every_page_has_a_qr_of_the_short_address(
    client: Client, edition: Edition, settings: Settings, address: str
) -> None:
    settings.BASE_URL = "https://expo.example.kr"
    for code in ("one", "two"):
        make_exhibitor(edition, booths=[make_booth(make_hall(edition, code))])
    make_print_run(edition)

    answer = page(client, address)

    feet = re.findall(r'<div class="every-page__foot">.*?</div>', answer, re.S)
    sources = re.findall(r'<img class="check-code__picture" src="([^"]+)"', answer)
    drawn = segno.make("https://expo.example.kr/en/2024/r/1/", error="m", micro=False).svg_data_uri(
        border=2, omitsize=True
    )
    assert [html.unescape(source) for source in sources] == [drawn]
    assert [text(foot) for foot in feet] == ["Changes since: https://expo.example.kr/en/2024/r/1/"]
    assert "<svg" in unquote(drawn)


def test_without_a_base_address_the_qr_leads_to_where_the_page_was_asked_for(client: Client, edition: Edition) -> None:
    make_exhibitor(edition)
    make_print_run(edition)

    assert "http://testserver/en/2024/r/1/" in page(client, RUN)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_and_markup_in_names_is_text(client: Client, edition: Edition, address: str) -> None:
    hall = make_hall(edition, name_ko="<b onclick=x>")
    exhibitor = make_exhibitor(edition, "<script>alert(1)</script>", booths=[make_booth(hall, "<i>")])
    make_print_run(edition)
    exhibitor.name_ko = '"><img src=x onerror=alert(3)>'
    exhibitors.save(exhibitor, booth_list=[make_booth(hall, "<u>")])

    answer = page(client, address)

    assert re.findall(r"<(?:script>|b onclick|i>|u>|img src=x)| style=| on[a-z]+=\"", answer) == []


QUERIES = {RUN: 2, ERRATA: 10, CHECK: 10}


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("count", [1, 30])
def test_the_number_of_queries_does_not_grow(client: Client, edition: Edition, address: str, count: int) -> None:
    hall, food = make_hall(edition), make_industry(edition)
    for number in range(count):
        make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")], industries=[food])
    make_print_run(edition)

    with CaptureQueriesContext(connection) as captured:
        page(client, address)

    assert len(captured) == QUERIES[address]


@pytest.mark.parametrize("count", [1, 30])
def test_nor_does_it_grow_with_the_changes(client: Client, edition: Edition, count: int) -> None:
    hall = make_hall(edition)
    rows = [make_exhibitor(edition, booths=[make_booth(hall, f"A-{n}")]) for n in range(2 * count)]
    make_print_run(edition)
    target = make_booth(hall, "Z-1")
    booths.assign({row: [target] for row in rows[:count]})
    exhibitors.withdraw(Exhibitor.objects.filter(pk__in=[row.pk for row in rows[count:]]), reason="사정")

    with CaptureQueriesContext(connection) as captured:
        page(client, CHECK)

    assert len(captured) == 16


# The way to freeze


def test_organisers_find_the_way_to_freeze_above_the_booth_list_and_readers_do_not(edition: Edition) -> None:
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    reader, editor, stranger = (Client() for _ in range(3))
    reader.force_login(make_account("reader", "reader"))
    editor.force_login(make_account("editor", "editor"))

    answers = [
        one.get("/en/2024/print/booths/?by=name&hall=innovation").content.decode() for one in (stranger, reader, editor)
    ]

    links = [re.findall(r'href="([^"]+)">Freeze as a print run …<', answer) for answer in answers]
    address = (
        f"/admin/exhibitors/printrun/add/?edition={edition.pk}&order=name&selection=hall%3Dinnovation%26sort%3Dname_en"
    )
    assert [[html.unescape(one) for one in found] for found in links] == [[], [], [address]]
