"""The booth list for paper: what stands where in each of its orders, what it hides, counts and costs."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.models import Edition
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_theme,
)

pytestmark = pytest.mark.django_db

PRINT = "/ko/2024/print/booths/"
LIST = "/ko/2024/exhibitors/"
ORDERS = ("hall", "booth", "name", "industry")


def ko(message: str) -> str:
    """A word of the interface in Korean."""
    with translation.override("ko"):
        return translation.gettext(message)


COLUMNS = [ko("Booth"), ko("Exhibitor"), ko("Industry"), ko("Main products")]
HEADS_OF_NAMES = {ko("Exhibitor"), ko("Facility"), "Exhibitor", "Facility"}


@dataclass(frozen=True)
class Table:
    """A section as shown: its heading, the exhibitors counted, its column heads, the texts of its rows' cells."""

    heading: str
    count: int | None
    columns: list[str]
    rows: list[list[str]]

    @property
    def names(self) -> list[str]:
        column = next(n for n, head in enumerate(self.columns) if head in HEADS_OF_NAMES)
        return [row[column] for row in self.rows]


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def read(client: Client, address: str) -> list[Table]:
    response = client.get(address)
    assert response.status_code == 200
    sections = re.findall(r'<section class="booth-section".*?</section>', response.content.decode(), re.S)
    return [_table(section) for section in sections]


def _table(html: str) -> Table:
    heading = re.search(r'<h2 [^>]*>(.*?)(<span class="booth-section__count">(.*?)</span>)?</h2>', html, re.S)
    assert heading is not None
    number = re.search(r"\d+", heading[3] or "")
    rows = re.findall(r'<tr role="row".*?</tr>', html, re.S)
    cells = [[text(cell) for cell in re.findall(r"<t[hd] .*?</t[hd]>", row, re.S)] for row in rows]
    return Table(text(heading[1]), int(number[0]) if number else None, cells[0], cells[1:])


def names(client: Client, address: str) -> list[str]:
    return [name for table in read(client, address) for name in table.names]


def names_on_cards(client: Client, address: str) -> list[str]:
    html = client.get(address).content.decode()
    return [text(name) for name in re.findall(r'<h2 class="card__name"><a [^>]*>(.*?)</a>', html)]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def furnished(edition: Edition) -> Edition:
    """Two halls and two industries; one exhibitor in both of each, one in neither."""
    first = make_hall(edition, "first", "첫관", name_en="First Hall", position=1)
    second = make_hall(edition, "second", "둘째관", name_en="Second Hall", position=2, theme=make_theme(edition))
    food = make_industry(edition, "food", "식품", name_en="Food", position=1)
    metal = make_industry(edition, "metal", "금속", name_en="Metal", position=2)
    booths = [make_booth(first, "A-2"), make_booth(first, "A-10"), make_booth(second, "A-9"), make_booth(second, "")]
    make_exhibitor(
        edition, "다리", name_en="Bridge", booths=booths[:3], industries=[food, metal], main_products_ko="다리, 난간"
    )
    make_exhibitor(edition, "가온", name_en="Middle", booths=booths[1:2], industries=[metal])
    make_exhibitor(edition, "", name_en="Acme", booths=booths[3:])
    make_exhibitor(edition, "나루")
    make_facility(edition, "desk", "안내소", booth=make_booth(first, "A-3"))
    make_facility(edition, "rest", "쉼터")
    return edition


def test_by_hall_each_hall_lists_its_booths_in_natural_order(client: Client, furnished: Edition) -> None:
    assert read(client, PRINT) == [
        Table(
            "첫관",
            2,
            COLUMNS,
            [
                ["A-2, A-10", "다리 Bridge", "식품, 금속", "다리, 난간"],
                ["A-3", "안내소", f"[{ko('Facility')}]", ""],
                ["A-10", "가온 Middle", "금속", ""],
            ],
        ),
        Table(
            "둘째관",
            2,
            COLUMNS,
            [["A-9", "다리 Bridge", "식품, 금속", "다리, 난간"], [ko("number to follow"), "Acme", "–", ""]],
        ),
        Table(
            ko("Booth to follow"),
            1,
            COLUMNS,
            [["–", "나루", "–", ""], ["–", "쉼터", f"[{ko('Facility')}]", ""]],
        ),
    ]


def test_by_booth_every_booth_has_a_line_in_natural_order_whatever_its_hall(client: Client, furnished: Edition) -> None:
    (table,) = read(client, f"{PRINT}?by=booth")
    assert (table.heading, table.count) == (ko("By booth number"), 4)
    assert [row[:3] for row in table.rows] == [
        ["A-2", "첫관", "다리 Bridge"],
        ["A-3", "첫관", "안내소"],
        ["A-9", "둘째관", "다리 Bridge"],
        ["A-10", "첫관", "가온 Middle"],
        ["A-10", "첫관", "다리 Bridge"],
        [ko("number to follow"), "둘째관", "Acme"],
        ["–", "–", "나루"],
        ["–", "–", "쉼터"],
    ]


def test_by_name_every_exhibitor_has_one_line_with_all_its_booths(client: Client, furnished: Edition) -> None:
    everybody, facilities = read(client, f"{PRINT}?by=name")
    assert (everybody.heading, everybody.count) == (ko("By name"), 4)
    assert [row[:2] for row in everybody.rows] == [
        ["가온 Middle", "첫관 A-10"],
        ["나루", "–"],
        ["다리 Bridge", "첫관 A-2, A-10 둘째관 A-9"],
        ["Acme", f"둘째관 {ko('number to follow')}"],
    ]
    assert [row[:2] for row in facilities.rows] == [["안내소", "첫관 A-3"], ["쉼터", "–"]]


def test_by_industry_an_exhibitor_stands_under_each_of_its_own(client: Client, furnished: Edition) -> None:
    tables = read(client, f"{PRINT}?by=industry")
    assert [(table.heading, table.count, table.names) for table in tables] == [
        ("식품", 1, ["다리 Bridge"]),
        ("금속", 2, ["가온 Middle", "다리 Bridge"]),
        (ko("Industry to follow"), 2, ["나루", "Acme"]),
        (ko("Facilities"), None, ["안내소", "쉼터"]),
    ]


def test_english_lists_have_english_names_first_and_in_their_order(client: Client, furnished: Edition) -> None:
    everybody, _ = read(client, "/en/2024/print/booths/?by=name")
    assert everybody.columns == ["Exhibitor", "Hall and booth", "Industry", "Main products"]
    assert everybody.names == ["나루", "Acme", "Bridge 다리", "Middle 가온"]
    assert [(table.heading, table.count) for table in read(client, "/en/2024/print/booths/")] == [
        ("First Hall", 2),
        ("Second Hall", 2),
        ("Booth to follow", 1),
    ]


def test_a_text_in_the_other_language_is_marked(client: Client, furnished: Edition) -> None:
    html = client.get(PRINT).content.decode()
    assert '<span class="cell__second" lang="en">Bridge</span>' in html
    assert '<strong><span lang="en">Acme</span></strong>' in html


@pytest.mark.parametrize("order", ORDERS)
def test_facilities_are_listed_and_not_counted(client: Client, furnished: Edition, order: str) -> None:
    html = client.get(f"/en/2024/print/booths/?by={order}").content.decode()
    assert {"안내소", "쉼터"} <= set(names(client, f"{PRINT}?by={order}"))
    assert "<p>4 exhibitors · " in html


@pytest.mark.parametrize(
    ("query", "facilities"),
    [
        ("?hall=first", ["안내소"]),
        ("?hall=second", []),
        ("?hall=none", ["쉼터"]),
        ("?q=안내", ["안내소"]),
        ("?q=안내&hall=second", []),
        ("?industry=food", []),
        ("?initial=ㄱ", []),
        ("?hall=nowhere", []),
    ],
)
def test_facilities_follow_halls_and_the_search(
    client: Client, furnished: Edition, query: str, facilities: list[str]
) -> None:
    assert [name for name in names(client, f"{PRINT}{query}") if name in {"안내소", "쉼터"}] == facilities


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "query",
    [
        "q=다리",
        "hall=first",
        "hall=none",
        "hall=second&hall=none",
        "theme=cooperation",
        "industry=metal",
        "industry=none&hall=second",
        "initial=ㄱ&initial=ㄴ",
        "hall=nowhere",
        "hall=nowhere&hall=first",
        "sort=name_en&industry=metal",
    ],
)
def test_the_print_holds_the_same_exhibitors_as_the_list(
    client: Client, furnished: Edition, order: str, query: str
) -> None:
    on_cards = set(names_on_cards(client, f"{LIST}?{query}"))
    printed = {name.split()[0] for name in names(client, f"{PRINT}?by={order}&{query}")} - {"안내소", "쉼터"}
    assert printed == on_cards


@pytest.mark.parametrize("order", ORDERS)
def test_hides_drafts_withdrawn_and_other_editions(client: Client, edition: Edition, order: str) -> None:
    booths, industries = [make_booth(make_hall(edition))], [make_industry(edition)]
    for name, state in (("공개", "public"), ("초안", "draft"), ("취소", "withdrawn")):
        make_exhibitor(edition, name, booths=booths, industries=industries, state=state, state_reason="사정")
    other = make_edition("2023")
    make_exhibitor(other, "작년", booths=[make_booth(make_hall(other))])
    make_facility(other, "desk", "작년시설")
    html = client.get(f"{PRINT}?by={order}").content.decode()
    assert names(client, f"{PRINT}?by={order}") == ["공개"]
    assert [word for word in ("초안", "취소", "작년") if word in html] == []


def test_a_hidden_edition_is_printed_for_organisers_alone(client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "숨은업체")
    assert client.get(PRINT).status_code == 404
    client.force_login(make_organiser())
    assert names(client, PRINT) == ["숨은업체"]
    assert ko("Preview") in client.get(PRINT).content.decode()


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("rows", [1, 30])
def test_costs_ten_queries_whatever_the_rows(client: Client, edition: Edition, order: str, rows: int) -> None:
    for number in range(rows):
        hall = make_hall(edition, f"hall-{number}", f"{number}관", theme=make_theme(edition, f"theme-{number}"))
        industry = make_industry(edition, f"industry-{number}", f"업종{number}")
        booths = [make_booth(hall, "A-1"), make_booth(hall, "A-2")]
        make_exhibitor(edition, booths=booths, industries=[industry])
        make_facility(edition, f"facility-{number}", f"시설{number}", booth=booths[0])
    with CaptureQueriesContext(connection) as queries:
        client.get(f"{PRINT}?by={order}")
    assert len(queries) == 10


def test_an_unknown_order_says_so_and_prints_by_hall(client: Client, furnished: Edition) -> None:
    assert "This order is not known." in client.get("/en/2024/print/booths/?by=size").content.decode()
    assert read(client, f"{PRINT}?by=size") == read(client, PRINT)


@pytest.mark.parametrize(
    "query", ["by=", "by=%00", "by=hall&by=name", "hall=%00", "q=%00", "page=99", "sort=x", f"q={'가' * 500}"]
)
def test_bogus_parameters_do_no_harm(client: Client, furnished: Edition, query: str) -> None:
    assert client.get(f"{PRINT}?{query}").status_code == 200


def test_orders_keep_the_filters_and_the_way_back_too(client: Client, furnished: Edition) -> None:
    html = unescape(client.get(f"{PRINT}?hall=first&by=name&nonsense=1").content.decode())
    toolbar = re.search(r'<div class="toolbar">.*?</nav>', html, re.S)
    assert toolbar is not None
    assert re.findall(r'href="([^"]+)"', toolbar[0]) == [
        f"{LIST}?hall=first",
        *(f"?hall=first&by={order}" for order in ORDERS),
    ]
    assert re.findall(r'href="([^"]+)" aria-current="true"', toolbar[0]) == ["?hall=first&by=name"]


def test_an_empty_selection_says_so(client: Client, furnished: Edition) -> None:
    html = client.get("/en/2024/print/booths/?q=nobody").content.decode()
    assert "No exhibitor matches this selection." in html
    assert read(client, f"{PRINT}?q=nobody") == []


def test_the_title_names_the_filters(client: Client, furnished: Edition) -> None:
    html = client.get(f"{PRINT}?hall=first&industry=metal").content.decode()
    assert f"<title>첫관 · 금속 · {ko('Booth list')} – 2024 시험 엑스포</title>" in html


def test_invented_exhibitors_are_marked_and_every_page_says_so(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "지어낸업체", is_sample=True)
    make_exhibitor(edition, "진짜업체")
    html = client.get(PRINT).content.decode()
    assert names(client, PRINT) == ["지어낸업체 *", "진짜업체"]
    assert text(re.findall(r'<span class="running__edition">.*?</span>', html, re.S)[0]).endswith(ko("Sample data"))


def test_only_reading_is_allowed(client: Client, edition: Edition) -> None:
    assert client.post(PRINT).status_code == 405
