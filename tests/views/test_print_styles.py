"""Directory, pages and signs for paper: whom each holds, in which order, on what paper, and what it costs."""

import re
from html import unescape

import pytest
import segno
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from exhibitors.domain import qr
from exhibitors.models import Edition
from exhibitors.templatetags.expo import length_step, opening
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
NEW_STYLES = ("directory", "pages", "signs")
STYLES = ("booths", *NEW_STYLES)
TITLES = {
    "booths": "Booth list",
    "directory": "Directory",
    "pages": "Exhibitor pages",
    "signs": "Booth signs",
}
ORDERS = {
    "directory": ("name", "hall", "industry"),
    "pages": ("name", "hall"),
    "signs": ("hall", "booth", "name"),
}


def address(style: str, query: str = "", language: str = "ko") -> str:
    return f"/{language}/2024/print/{style}/{query}"


def text(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def read(client: Client, at: str) -> str:
    response = client.get(at)
    assert response.status_code == 200
    return str(response.content.decode())


def names(html: str) -> list[str]:
    """Who stands on the paper, as often and in the order that they do."""
    return [text(name) for name in re.findall(r'<strong class="flow__title">(.*?)</strong>', html)]


def signs(html: str) -> list[str]:
    return [
        text(sign) for sign in re.findall(r'<article class="sign flow__row">(.*?)<div class="sign__code">', html, re.S)
    ]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


@pytest.fixture
def furnished(edition: Edition) -> Edition:
    """Two halls and two industries; one exhibitor in both of each, one in neither, two on one booth."""
    first = make_hall(edition, "first", "첫관", name_en="First Hall", position=1)
    second = make_hall(edition, "second", "둘째관", name_en="Second Hall", position=2, theme=make_theme(edition))
    food = make_industry(edition, "food", "식품", name_en="Food", position=1)
    metal = make_industry(edition, "metal", "금속", name_en="Metal", position=2)
    booths = [make_booth(first, "A-2"), make_booth(first, "A-10"), make_booth(second, "A-9"), make_booth(second, "")]
    bridge = make_exhibitor(
        edition,
        "다리",
        name_en="Bridge",
        booths=booths[:3],
        industries=[food, metal],
        main_products_ko="다리, 난간",
        introduction_ko="오래된 회사입니다.",
        phone="02-000-0000",
        region="경기도",
    )
    make_product(bridge, "난간", name_en="Railing", text_ko="튼튼합니다.")
    make_exhibitor(edition, "가온", name_en="Middle", booths=booths[1:2], industries=[metal])
    make_exhibitor(edition, "", name_en="Acme", booths=booths[3:])
    make_exhibitor(edition, "나루")
    make_facility(edition, "desk", "안내소", booth=make_booth(first, "A-3"))
    return edition


@pytest.mark.parametrize("style", NEW_STYLES)
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
        "sort=name_en&industry=metal",
        "sort=booth",
    ],
)
def test_every_style_holds_the_same_exhibitors_as_the_list(
    client: Client, furnished: Edition, style: str, query: str
) -> None:
    cards = re.findall(r'<h2 class="card__name"><a [^>]*>(.*?)</a>', read(client, f"{LIST}?{query}"))
    on_cards = {text(name) for name in cards}
    for order in ORDERS[style]:
        printed = set(names(read(client, address(style, f"?by={order}&{query}")))) - {"안내소"}
        assert printed == on_cards


def test_the_directory_names_and_describes_everybody(client: Client, furnished: Edition) -> None:
    html = read(client, address("directory"))
    entries = [text(entry) for entry in re.findall(r"<article class=\"entry.*?</article>", html, re.S)]
    assert entries[2] == "다리 Bridge 첫관 A-2, A-10 · 둘째관 A-9 식품, 금속 다리, 난간 오래된 회사입니다."
    assert names(html) == ["가온", "나루", "다리", "Acme", "안내소"]


def test_the_directory_by_hall_and_industry_lists_one_under_each(client: Client, furnished: Edition) -> None:
    assert names(read(client, address("directory", "?by=hall"))) == ["다리", "안내소", "가온", "다리", "Acme", "나루"]
    by_industry = names(read(client, address("directory", "?by=industry")))
    assert by_industry == ["다리", "가온", "다리", "나루", "Acme", "안내소"]


def test_an_exhibitor_has_one_page_with_everything(client: Client, furnished: Edition) -> None:
    html = read(client, address("pages"))
    page = text(html.split("<article")[3])
    assert names(html) == ["가온", "나루", "다리", "Acme"]
    assert html.count('class="flow flow--page exhibitor-page"') == 4
    for part in (
        "첫관 A-2, A-10 둘째관 A-9",
        "다리, 난간",
        "오래된 회사입니다.",
        "난간 Railing 튼튼합니다.",
        "02-000-0000",
    ):
        assert part in page


def test_pages_by_hall_follow_the_first_booth(client: Client, furnished: Edition) -> None:
    assert names(read(client, address("pages", "?by=hall"))) == ["다리", "가온", "Acme", "나루"]
    assert names(read(client, address("pages", "?sort=booth"))) == ["다리", "가온", "Acme", "나루"]


def test_english_pages_come_in_the_order_of_english_names(client: Client, furnished: Edition) -> None:
    assert names(read(client, address("pages", language="en"))) == ["나루", "Acme", "Bridge", "Middle"]
    assert names(read(client, address("signs", "?by=name", language="en"))) == [
        "나루",
        "Acme",
        "Bridge",
        "Bridge",
        "Bridge",
        "Middle",
    ]


def test_each_booth_and_exhibitor_has_a_sign(client: Client, furnished: Edition) -> None:
    assert signs(read(client, address("signs", language="en"))) == [
        "First Hall 첫관 A-2 Bridge 다리",
        "First Hall 첫관 A-10 Bridge 다리",
        "First Hall 첫관 A-10 Middle 가온",
        "Second Hall 둘째관 A-9 Bridge 다리",
        "Second Hall 둘째관 Booth number to follow Acme",
        "Booth to follow 나루",
    ]


def test_signs_by_booth_ignore_the_halls_and_those_by_name_the_booths(client: Client, furnished: Edition) -> None:
    assert names(read(client, address("signs", "?by=booth"))) == ["다리", "다리", "가온", "다리", "Acme", "나루"]
    assert names(read(client, address("signs", "?by=name"))) == ["가온", "나루", "다리", "다리", "다리", "Acme"]


def test_signs_of_a_hall_leave_out_the_booths_of_others(client: Client, furnished: Edition) -> None:
    assert signs(read(client, address("signs", "?hall=second", language="en"))) == [
        "Second Hall 둘째관 A-9 Bridge 다리",
        "Second Hall 둘째관 Booth number to follow Acme",
    ]


@pytest.mark.parametrize("style", ["pages", "signs"])
def test_a_code_leads_to_the_page_and_its_address_stands_below(
    client: Client, edition: Edition, settings: Settings, style: str
) -> None:
    make_exhibitor(edition, "가온", name_en="Middle")
    for base, site in (("", "http://testserver"), ("https://expo.example.kr", "https://expo.example.kr")):
        settings.BASE_URL = base
        html = read(client, address(style, language="en"))
        page = f"{site}/en/2024/exhibitors/middle/"
        addresses = re.findall(r'<figcaption class="page-code__address">(.*?)</figcaption>', html)
        assert [re.sub(r"<[^>]+>", "", address) for address in addresses] == [page]
        assert f'aria-label="QR code of the page of Middle">{qr.drawing(page)}</div>' in html


def test_a_code_holds_the_address_with_a_quiet_zone_of_four_modules() -> None:
    for length in range(60):
        page = f"https://expo.example.kr/ko/2024/exhibitors/{'middle-7'[: length % 9]}{length * 'x'}/"
        code = segno.make(page, error="m", micro=False, boost_error=False, mask=3)
        assert qr.drawing(page) == code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)


@pytest.mark.parametrize("style", NEW_STYLES)
def test_hides_drafts_withdrawn_and_other_editions(client: Client, edition: Edition, style: str) -> None:
    booths = [make_booth(make_hall(edition))]
    for name, state in (("공개", "public"), ("초안", "draft"), ("취소", "withdrawn")):
        make_product(make_exhibitor(edition, name, booths=booths, state=state, state_reason="사정"), f"{name}품")
    make_exhibitor(make_edition("2023"), "작년")
    for order in ORDERS[style]:
        html = read(client, address(style, f"?by={order}"))
        assert names(html) == ["공개"]
        assert [word for word in ("초안", "취소", "작년") if word in html] == []


@pytest.mark.parametrize("style", NEW_STYLES)
def test_a_hidden_edition_is_printed_for_organisers_alone(client: Client, style: str) -> None:
    make_exhibitor(make_edition(is_public=False), "숨은업체")
    assert client.get(address(style)).status_code == 404
    client.force_login(make_organiser())
    html = read(client, address(style, language="en"))
    assert names(html) == ["숨은업체"]
    assert "Preview" in re.findall(r'<span class="running__edition">.*?</span>', html, re.S)[0]


@pytest.mark.parametrize(("style", "queries"), [("directory", 10), ("pages", 9), ("signs", 10)])
@pytest.mark.parametrize("rows", [1, 30])
def test_queries_do_not_grow_with_the_rows(
    client: Client, edition: Edition, style: str, queries: int, rows: int
) -> None:
    for number in range(rows):
        hall = make_hall(edition, f"hall-{number}", f"{number}관", theme=make_theme(edition, f"theme-{number}"))
        industry = make_industry(edition, f"industry-{number}", f"업종{number}")
        booths = [make_booth(hall, "A-1"), make_booth(hall, "A-2")]
        make_product(make_exhibitor(edition, booths=booths, industries=[industry]))
    for order in ORDERS[style]:
        with CaptureQueriesContext(connection) as captured:
            client.get(address(style, f"?by={order}"))
        assert len(captured) == queries


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_head_names_edition_filters_and_state_of_the_data(
    client: Client, furnished: Edition, style: str, language: str
) -> None:
    html = read(client, address(style, "?industry=metal&hall=first", language=language))
    heads = [text(head) for head in re.findall(r'<span class="running__edition">(.*?)</span>\s*</div>', html, re.S)]
    moment = re.search(r'<time datetime="[^"]*">(.*?)</time>', html)
    assert moment is not None
    shown = {"ko": ("2024 시험 엑스포", "첫관", "금속"), "en": ("Test Expo 2024", "First Hall", "Metal")}[language]
    assert heads
    assert all(part in head for head in heads for part in (*shown, moment[1]))
    if language == "en":
        assert all(TITLES[style] in head for head in heads)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("query", "sheets", "classes"),
    [
        ("", [], "sheet--a4"),
        ("?paper=a3", ["print-a3"], "sheet--a3"),
        ("?size=large", ["print-large"], "sheet--a4 sheet--large"),
        ("?paper=a3&size=large", ["print-a3", "print-large"], "sheet--a3 sheet--large"),
        ("?paper=a4&size=normal", [], "sheet--a4"),
    ],
)
def test_paper_and_size_are_style_sheets(
    client: Client, furnished: Edition, style: str, query: str, sheets: list[str], classes: str
) -> None:
    html = read(client, address(style, query))
    assert re.findall(r"css/(print-(?:a3|large))\.css", html) == sheets
    assert f'class="sheet sheet--{style} {classes}"' in html
    assert 'class="notice"' not in html


@pytest.mark.parametrize(
    ("style", "sheets"),
    [
        ("booths", ["print"]),
        ("directory", ["print", "print-styles", "print-directory"]),
        ("pages", ["print", "print-styles", "print-pages"]),
        ("signs", ["print", "print-styles", "print-signs"]),
    ],
)
def test_a_style_comes_with_no_style_sheet_of_another(
    client: Client, edition: Edition, style: str, sheets: list[str]
) -> None:
    assert re.findall(r"css/(print[a-z-]*)\.css", read(client, address(style))) == sheets


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("query", "notice"),
    [
        ("paper=a5", "This paper is not known. The list is laid out for A4."),
        ("paper=A3", "This paper is not known. The list is laid out for A4."),
        ("size=%00", "This size of print is not known. The list is in normal print."),
        ("by=size", "This order is not known."),
    ],
)
def test_unknown_values_are_told_and_ignored(
    client: Client, furnished: Edition, style: str, query: str, notice: str
) -> None:
    html = read(client, address(style, f"?{query}", language="en"))
    assert notice in html
    assert names(html) == names(read(client, address(style, language="en")))
    assert "css/print-a3.css" not in html


@pytest.mark.parametrize("style", NEW_STYLES)
@pytest.mark.parametrize("query", ["by=", "paper=", "size=", "by=%00", "hall=%00", "q=%00", "page=99", "sort=x"])
def test_bogus_parameters_do_no_harm(client: Client, furnished: Edition, style: str, query: str) -> None:
    assert client.get(address(style, f"?{query}")).status_code == 200


def test_the_order_of_another_style_is_unknown_where_it_makes_no_sense(client: Client, furnished: Edition) -> None:
    assert "This order is not known." in read(client, address("signs", "?by=industry", language="en"))
    assert "This order is not known." in read(client, address("pages", "?by=booth", language="en"))


def test_links_to_other_styles_papers_and_sizes_keep_the_selection(client: Client, furnished: Edition) -> None:
    html = unescape(read(client, address("signs", "?hall=first&by=booth&paper=a3&size=large&nonsense=1")))
    bar = re.search(r'<div class="toolbar">.*?</div>', html, re.S)
    assert bar is not None
    assert re.findall(r'href="([^"]+)"', bar[0]) == [
        f"{LIST}?hall=first",
        *(f"?hall=first&by={order}&paper=a3&size=large" for order in ORDERS["signs"]),
        "/ko/2024/print/booths/?hall=first&by=booth&paper=a3&size=large",
        "/ko/2024/print/directory/?hall=first&by=name&paper=a3&size=large",
        "/ko/2024/print/pages/?hall=first&by=name&paper=a3&size=large",
        "/ko/2024/print/signs/?hall=first&by=booth&paper=a3&size=large",
        "?hall=first&by=booth&size=large",
        "?hall=first&by=booth&paper=a3&size=large",
        "?hall=first&by=booth&paper=a3",
        "?hall=first&by=booth&paper=a3&size=large",
    ]
    assert bar[0].count("aria-current") == 4


@pytest.mark.parametrize("style", STYLES)
def test_nothing_of_style_or_script_is_inline(client: Client, furnished: Edition, style: str) -> None:
    response = client.get(address(style, "?paper=a3&size=large"))
    html = response.content.decode()
    assert "style-src 'self'" in response["Content-Security-Policy"]
    assert re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=", html) == []


@pytest.mark.parametrize("style", NEW_STYLES)
def test_an_empty_selection_says_so(client: Client, furnished: Edition, style: str) -> None:
    html = read(client, address(style, "?q=nobody", language="en"))
    assert names(html) == []
    assert "No exhibitor matches this selection." in html


@pytest.mark.parametrize("style", NEW_STYLES)
def test_only_reading_is_allowed(client: Client, edition: Edition, style: str) -> None:
    assert client.post(address(style)).status_code == 405


@pytest.mark.parametrize(
    ("whole", "beginning"),
    [
        ("짧다.", "짧다."),
        ("한 줄\n\n두 줄", "한 줄 두 줄"),
        ("가나다라마바사아자차", "가나다라마바사아자차"),
        ("가나다라마바사 아자차카", "가나다라마바사…"),
        ("a" * 40, "a" * 10 + "…"),
        ("가나다, 라마바사아자차", "가나다…"),
    ],
)
def test_the_beginning_of_a_text_ends_between_words(whole: str, beginning: str) -> None:
    assert opening(whole, 10) == beginning


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("A-12", "short"),
        ("가나다", "medium"),
        ("A-12 B-13", "medium"),
        ("가" * 9, "long"),
        ("W" * 40, "longer"),
        ("가" * 45, "very-long"),
        ("가" * 46, "longest"),
    ],
)
def test_the_step_of_a_line_counts_wide_letters_twice(line: str, step: str) -> None:
    assert length_step(line) == step
