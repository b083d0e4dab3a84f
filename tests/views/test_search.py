"""Searching on the list: what the page says that it did, why it found what it found, and what it must never show."""

import itertools
import random
import re
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain.search import vocabulary
from exhibitors.models import Edition, Exhibitor, Synonym
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)
from tests.views.pages import LIST, follow, links, marks, names, note, nothing, opened, search, text_of, total, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


# What the page did


@pytest.mark.parametrize(
    ("typed", "found", "korean", "english"),
    [
        ("ehekazjvl", "도담커피", "“도담커피”로", "the same keys in the other layout"),
        ("gkssnfltlrvna", "한누리식품", "“한누리식품”으로", "the same keys in the other layout"),
        ("치ㅐㅕㅇ", "도담커피", "“cloud”로", "the same keys in the other layout"),
        ("도담커피에서", "도담커피", "“도담커피”로", "without the particle"),
        ("솔빛정밀까지", "솔빛정밀", "“솔빛정밀”로", "without the particle"),
        ("한누리식퓸", "한누리식품", "“한누리식품”으로", "the similar"),
        ("솔빗정밀", "솔빛정밀", "“솔빛정밀”로", "the similar"),
    ],
)
def test_a_corrected_search_says_so_and_offers_what_was_typed(
    client: Client, edition: Edition, typed: str, found: str, korean: str, english: str
) -> None:
    make_exhibitor(edition, "도담커피", name_en="Cloud Nine")
    make_exhibitor(edition, "한누리식품")
    make_exhibitor(edition, "솔빛정밀")

    ko, en = search(client, typed), search(client, typed, "en")

    assert (names(ko), total(ko)) == ([found], 1)
    assert f"“{typed}”" in note(ko)
    assert korean in note(ko)
    assert f"“{typed}” finds nothing, so " in note(en)
    assert english in note(en)
    assert korean.partition("”")[0] + "”" in note(en)
    for page, language in ((ko, "ko"), (en, "en")):
        (exact,) = links(note(page)).values()
        assert exact == f"?q={quote(typed)}&amp;exact=1"
        assert names(follow(client, exact, language)) == []


def test_the_link_to_what_was_typed_searches_exactly_that(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "ㅠㅠ카페")
    make_exhibitor(edition, "bb모터스")

    corrected = search(client, "ㅠㅠ")  # a lone vowel speaks for the other layout
    exactly = follow(client, links(note(corrected)).popitem()[1])

    assert names(corrected) == ["bb모터스"]
    assert (names(exactly), note(exactly).strip()) == (["ㅠㅠ카페"], "")


def test_the_link_to_what_was_typed_keeps_filters_and_order(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "도담커피", booths=[make_booth(make_hall(edition))])

    page = search(client, "ehekazjvl", hall="innovation", sort="booth")

    assert list(links(note(page)).values()) == ["?q=ehekazjvl&amp;exact=1&amp;hall=innovation&amp;sort=booth"]


def test_the_way_to_print_and_to_other_pages_stays_exact(client: Client, edition: Edition) -> None:
    for _ in range(25):
        make_exhibitor(edition, "ㅠㅠ카페")
    make_exhibitor(edition, "bb모터스")

    page = search(client, "ㅠㅠ", exact="1")
    second = opened(client, "/ko/2024/exhibitors/?q=ㅠㅠ&exact=1&page=2")

    assert "/ko/2024/print/booths/?q=%E3%85%A0%E3%85%A0&amp;exact=1" in page
    assert "?q=%E3%85%A0%E3%85%A0&amp;exact=1&amp;page=2" in page
    assert [total(page), names(second)] == [25, ["ㅠㅠ카페"]]


def test_what_is_found_as_typed_needs_no_words(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "도담커피")
    assert note(search(client, "도담")).strip() == ""


@pytest.mark.parametrize("typed", ["!!!", "…", "★", "&", "( )", "\u3164"])
def test_punctuation_alone_is_no_search(client: Client, edition: Edition, typed: str) -> None:
    make_exhibitor(edition, "나래")
    make_exhibitor(edition, "가온")

    page = search(client, typed, "en", sort="name")

    assert (names(page), total(page)) == (["가온", "나래"], 2)
    assert "Type letters or digits to search." in note(page)
    assert links(note(page)) == {}


def test_consonants_that_also_read_in_the_other_layout_offer_it(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "다품상회")
    make_exhibitor(edition, "EV충전소")

    page = search(client, "ㄷㅍ", hall="none")

    assert names(page) == ["다품상회"]
    assert links(note(page)) == {"혹시 “ev”인가요?": "?q=ev&amp;hall=none"}
    assert names(follow(client, "?q=ev&amp;hall=none")) == ["EV충전소"]


def test_consonants_without_another_reading_offer_none(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "다품상회")
    assert note(search(client, "ㄷㅍ")).strip() == ""


# Several words


def make_drinks(edition: Edition) -> None:
    for name in ("도담커피", "가람커피", "해솔커피"):
        make_exhibitor(edition, name, main_products_ko="원두")
    make_exhibitor(edition, "나래로봇")
    make_exhibitor(edition, "산청토기와")
    make_exhibitor(edition, "초안커피로봇", state=Exhibitor.State.DRAFT)
    make_facility(edition, name_ko="커피 쉼터")


@pytest.mark.parametrize("exact", [{}, {"exact": "1"}])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_words_that_find_nothing_together_are_counted_alone(
    client: Client, edition: Edition, language: str, exact: dict[str, str]
) -> None:
    make_drinks(edition)

    page = search(client, "커피 로봇 듣도보도못한낱말", language, **exact)
    counted = links(note(page))

    assert names(page) == []
    assert list(counted) == ["커피 3", "로봇 1", "듣도보도못한낱말 0"]
    assert {text: total(follow(client, link, language)) for text, link in counted.items()} == {
        "커피 3": 3,
        "로봇 1": 1,
        "듣도보도못한낱말 0": 0,
    }


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        # The first word's correction would find one exhibitor, the word itself none.
        ("산청토기왕 커피 로봇", {"산청토기왕 0": 0, "커피 3": 3, "로봇 1": 1}),
        ("ㅓㅐㅠ 커피 로봇", {"ㅓㅐㅠ 0": 0, "커피 3": 3, "로봇 1": 1}),
        ("로봇(주)x 커피 원두주식회사", {"x 0": 0, "커피 3": 3, "원두 3": 3, "로봇 1": 1}),
    ],
)
def test_each_count_is_the_length_of_the_list_that_its_link_opens(
    client: Client, edition: Edition, typed: str, counts: dict[str, int]
) -> None:
    make_drinks(edition)
    counted = links(note(search(client, typed)))
    assert {text: total(follow(client, link)) for text, link in counted.items()} == counts


def test_a_word_counts_what_its_synonym_finds_too(client: Client, edition: Edition) -> None:
    make_drinks(edition)
    Synonym.objects.create(edition=edition, one="자동기계", other="로봇")

    counted = links(note(search(client, "자동기계 커피")))

    assert {text: total(follow(client, link)) for text, link in counted.items()} == {"자동기계 1": 1, "커피 3": 3}


def test_nothing_found_shows_ways_on(client: Client, edition: Edition) -> None:
    food = make_industry(edition, "food", "식품·음료", name_en="Food")
    make_exhibitor(edition, industries=[food])
    make_exhibitor(edition)

    page = nothing(search(client, "듣도보도못한낱말", "en"))

    assert links(page) == {
        "Food 1": "/en/2024/industries/food/",
        "Industry to follow 1": "/en/2024/exhibitors/?industry=none",
        "Show all exhibitors": "/en/2024/exhibitors/",
    }


def test_the_industries_of_what_single_words_find_come_alone(client: Client, edition: Edition) -> None:
    food, machines = make_industry(edition, "food", "식품·음료"), make_industry(edition, "machines", "기계설비")
    make_exhibitor(edition, "도담커피", industries=[food])
    make_exhibitor(edition, "가람커피", industries=[food], state=Exhibitor.State.DRAFT)
    make_exhibitor(edition, "도담로봇", industries=[machines])
    make_exhibitor(
        edition, "초안상회", industries=[make_industry(edition, "goods", "생활용품")], state=Exhibitor.State.DRAFT
    )
    make_exhibitor(edition, "나래상사", industries=[make_industry(edition, "parts", "부품소재")])

    some, none = (links(nothing(search(client, typed))) for typed in ("커피 로봇 초안상회", "없는낱말 다른낱말"))

    assert list(some) == ["식품·음료 1", "기계설비 1", "전체 참가업체 보기"]
    assert list(none) == ["식품·음료 1", "기계설비 1", "부품소재 1", "전체 참가업체 보기"]


# Filters


def test_filters_that_leave_none_of_the_hits_say_so_and_can_be_taken_off(client: Client, edition: Edition) -> None:
    make_hall(edition, "export", "수출관")
    make_exhibitor(edition, "도담커피", booths=[make_booth(make_hall(edition))])

    page = search(client, "도담", "en", hall="export")

    assert names(page) == []
    assert "The search finds exhibitors, but the filters leave none of them." in page
    assert links(nothing(page))["Search without filters"] == "?q=%EB%8F%84%EB%8B%B4"
    assert names(follow(client, "?q=%EB%8F%84%EB%8B%B4")) == ["도담커피"]


def test_filters_never_make_a_right_word_look_wrong(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "산청토기와", booths=[make_booth(make_hall(edition))])
    make_exhibitor(edition, "산청토기왕", booths=[make_booth(make_hall(edition, "export", "수출관"))])

    page = search(client, "산청토기왕", hall="innovation")

    assert (names(page), note(page).strip()) == ([], "")


def test_what_was_searched_exactly_stays_so_without_filters(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "ㅠㅠ카페")
    page = search(client, "ㅠㅠ", "en", exact="1", industry="nothing")
    assert links(nothing(page))["Search without filters"] == "?q=%E3%85%A0%E3%85%A0&amp;exact=1"


def test_filters_are_not_blamed_where_the_search_finds_no_exhibitor(client: Client, edition: Edition) -> None:
    make_hall(edition)
    make_facility(edition, name_ko="구매상담존")

    for typed in ("구매상담존", "듣도보도못한낱말"):
        page = search(client, typed, "en", hall="innovation")
        assert "Search without filters" not in page
        assert "No exhibitor matches this selection." in page


def test_counts_beside_filters_are_lengths_within_a_corrected_search(client: Client, edition: Edition) -> None:
    innovation, export = make_hall(edition), make_hall(edition, "export", "수출관")
    for number, hall in enumerate((innovation, innovation, export)):
        make_exhibitor(edition, f"도담커피{number}호점", booths=[make_booth(hall, f"A-{number}")])
    make_exhibitor(edition, "나래로봇", booths=[make_booth(innovation, "A-9")])

    page = search(client, "ehekazjvl")
    shown = re.findall(r'name="hall" value="(\w+)".*?<span class="check__count">(\d+)</span>', page)

    assert shown == [("export", "1"), ("innovation", "2"), ("none", "0")]
    assert [total(search(client, "ehekazjvl", hall=code)) for code, _ in shown] == [1, 2, 0]


# Why, and where


def make_one(edition: Edition) -> None:
    hall = make_hall(edition, name_ko="혁신관", theme=make_theme(edition, name_ko="미래마당"))
    exhibitor = make_exhibitor(
        edition,
        "(주)도담커피",
        name_en="Dodam Café Co., Ltd.",
        booths=[make_booth(hall, "D-05A")],
        industries=[make_industry(edition, "food", "식품·음료")],
        main_products_ko="드립백; 콜드브루",
        main_products_en="drip bags",
        introduction_ko="남쪽 바다가 보이는 언덕에서 콩을 볶아 한 잔씩 내립니다.",
    )
    make_product(exhibitor, "전기 로스터", name_en="Roaster", text_ko="손으로 돌리는 맷돌도 함께 보여 드립니다.")


MATCHED: dict[str, tuple[list[str], list[str]]] = {
    # What is typed: the marks, and the lines that say why.
    "도담": (["도담"], []),
    "ㄷㄷㅋㅍ": (["도담커피"], []),
    "도담커": (["도담커"], []),
    "도다": (["도담"], []),
    "도담ㅋㅍ": (["도담커피"], []),
    "ehekazjvl": (["도담커피"], []),
    "도 담": (["도담"], []),
    "cafe": (["Café"], []),
    "dodam cafe": (["Dodam", "Café"], []),
    "d5a": (["D-05A"], ["Booth: <mark>D-05A</mark>"]),
    "전기로스터": (["전기", "로스터"], ["Product: <mark>전기</mark> <mark>로스터</mark>"]),
    "ㅈㄱㄹㅅㅌ": (["전기", "로스터"], ["Product: <mark>전기</mark> <mark>로스터</mark>"]),
    "roast": (["Roast"], ["Product: <mark>Roast</mark>er"]),
    "음료": (["음료"], ["Industry: 식품·<mark>음료</mark>"]),
    "혁신": (["혁신"], ["Hall: <mark>혁신</mark>관"]),
    "미래마당": (["미래마당"], ["Hall: <mark>미래마당</mark>"]),
    "맷돌": (["맷돌"], ["Text: 손으로 돌리는 <mark>맷돌</mark>도 함께 보여 드립니다."]),
    "도담 언덕": (["도담", "언덕"], ["Text: 남쪽 바다가 보이는 <mark>언덕</mark>에서 콩을 볶아 한 잔씩 내립니다."]),
}


def test_each_result_marks_what_matched_and_says_where_its_name_does_not_show_it(
    client: Client, edition: Edition
) -> None:
    make_one(edition)
    make_exhibitor(edition, "나래로봇")

    pages = {typed: search(client, typed, "en") for typed in MATCHED}
    korean = {typed: search(client, typed) for typed in MATCHED}

    assert {typed: (list(dict.fromkeys(marks(page))), why(page)) for typed, page in pages.items()} == MATCHED
    assert {tuple(names(page)) for page in pages.values()} == {("Dodam Café Co., Ltd.",)}
    assert [marks(page) for page in korean.values()] == [marks(page) for page in pages.values()]
    assert [len(why(page)) for page in korean.values()] == [len(why(page)) for page in pages.values()]


def test_a_reason_in_the_other_language_is_marked(client: Client, edition: Edition) -> None:
    make_one(edition)
    line = '<span lang="ko">식품·<mark>음료</mark></span></p>'
    assert line in search(client, "음료", "en")
    assert line not in search(client, "음료")


def test_products_in_the_line_of_products_are_marked_there(client: Client, edition: Edition) -> None:
    make_one(edition)
    for typed in ("콜드브루", "ㅋㄷㅂㄹ"):
        page = search(client, typed)
        assert '<p class="card__products">드립백; <mark>콜드브루</mark></p>' in page
        assert why(page) == []


def test_products_named_in_the_other_language_alone_are_said_too(client: Client, edition: Edition) -> None:
    make_one(edition)

    ko, en = search(client, "drip bag"), search(client, "drip bag", "en")

    assert [line.partition(": ")[2] for line in why(ko)] == ["<mark>drip</mark> <mark>bag</mark>s"]
    assert why(en) == []
    assert '<p class="card__products"><mark>drip</mark> <mark>bag</mark>s</p>' in en


def test_the_other_name_is_marked_in_either_language(client: Client, edition: Edition) -> None:
    make_one(edition)
    assert '<p class="card__second" lang="en"><mark>Dodam</mark> Café Co., Ltd.</p>' in search(client, "dodam")
    assert '<p class="card__second" lang="ko">(주)<mark>도담</mark>커피</p>' in search(client, "도담", "en")


def test_a_long_text_is_cut_around_what_matched(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "나래", introduction_ko="가나다라 " * 60 + "수제초콜릿 " + "마바사아 " * 60)

    (line,) = why(search(client, "수제초콜릿"))

    assert "<mark>수제초콜릿</mark>" in line
    assert 100 < len(text_of(line)) < 160
    assert line.count("…") == 2


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("rd", "<mark>R</mark>&amp;<mark>D</mark> &lt;b&gt;연구소&lt;/b&gt;"),
        ("연구소", "R&amp;D &lt;b&gt;<mark>연구소</mark>&lt;/b&gt;"),
        ("script", "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt;"),
        ("img", "&lt;<mark>img</mark> src=x onerror=&quot;a&quot;&gt;"),
        ("굵게", "&lt;b&gt;<mark>굵게</mark>&lt;/b&gt; &amp; 가늘게"),
    ],
)
def test_markup_in_what_organisers_typed_stays_text_around_the_marks(
    client: Client, edition: Edition, typed: str, shown: str
) -> None:
    exhibitor = make_exhibitor(
        edition,
        "R&D <b>연구소</b>",
        main_products_ko="<script>alert(1)</script>",
        introduction_ko="<b>굵게</b> & 가늘게",
    )
    make_product(exhibitor, '<img src=x onerror="a">')

    page = search(client, typed, "en")

    assert shown in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<b>" not in page


@pytest.mark.parametrize("typed", ['"><script>alert(1)</script>', "<b>연구소", "&lt;b&gt;"])
def test_markup_in_the_query_stays_text(client: Client, edition: Edition, typed: str) -> None:
    make_exhibitor(edition, "연구소")
    page = search(client, typed)
    assert "<script>alert" not in page
    assert "<b>" not in page


def test_a_synonym_says_which_word_it_stands_for(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "나래상회", main_products_ko="건면")
    make_exhibitor(edition, "국수나라")
    Synonym.objects.create(edition=edition, one="건면", other="국수")

    by_one, by_other = search(client, "국수", "en"), search(client, "건면", "en")

    assert names(by_one) == ["국수나라", "나래상회"]
    assert why(by_one) == ["Synonym: 국수 = 건면 · Product: <mark>건면</mark>"]
    assert names(by_other) == ["나래상회", "국수나라"]
    assert why(by_other) == ["Synonym: 건면 = 국수 · Name: <mark>국수</mark>나라"]


def test_facilities_are_found_beside_the_exhibitors(client: Client, edition: Edition) -> None:
    make_facility(edition, name_ko="커피 쉼터", name_en="Rest area", booth=make_booth(make_hall(edition), "E-01"))
    make_facility(edition, "studio", "라이브커머스 스튜디오", description_ko="커피를 마시며 보는 방송")
    make_exhibitor(edition, "도담커피")

    pages = {typed: search(client, typed) for typed in ("커피", "ㅋㅍㅅㅌ", "zjvltnlaxj", "e-1", "방송")}
    found = {typed: re.findall(r'facility__name">(.*?)</h3>', page) for typed, page in pages.items()}

    assert found == {
        "커피": ["커피 쉼터", "라이브커머스 스튜디오"],
        "ㅋㅍㅅㅌ": ["커피 쉼터"],
        "zjvltnlaxj": ["커피 쉼터"],
        "e-1": ["커피 쉼터"],
        "방송": ["라이브커머스 스튜디오"],
    }
    assert {typed: total(page) for typed, page in pages.items() if total(page)} == {"커피": 1}


# What must stay hidden


@pytest.mark.parametrize("typed", ["산청토기와", "tkscjdxhrldhk", "산청토기왕", "산청토기와에서", "ㅅㅊㅌㄱㅇ", "Z-77"])
def test_what_is_not_public_is_never_found_counted_or_meant(client: Client, edition: Edition, typed: str) -> None:
    hall, food = make_hall(edition), make_industry(edition)
    draft, withdrawn = Exhibitor.State.DRAFT, Exhibitor.State.WITHDRAWN
    place: dict[str, Any] = {
        "booths": [make_booth(hall, "Z-77")],
        "industries": [food],
        "main_products_ko": "산청토기와",
    }
    make_exhibitor(edition, "산청토기와", state=draft, **place)
    make_product(make_exhibitor(edition, "나래", state=withdrawn, state_reason="사정", **place), "산청토기와")
    other = make_edition("2023")
    make_exhibitor(other, "산청토기와", booths=[make_booth(make_hall(other), "Z-77")])
    make_facility(other, name_ko="산청토기와")
    Synonym.objects.create(edition=other, one="산청토기와", other="도담")
    make_exhibitor(edition, "도담")

    page = search(client, typed)

    assert (names(page), total(page)) == ([], 0)
    assert note(page).strip() == ""
    assert "facility__name" not in page
    assert set(re.findall(r'<span class="check__count">(\d+)</span>', page)) == {"0"}


def test_a_hidden_edition_is_searched_by_its_organisers_alone(client: Client, admin_client: Client) -> None:
    make_exhibitor(make_edition(is_public=False), "도담커피")

    assert client.get(LIST.format(language="ko"), {"q": "도담"}).status_code == 404
    assert names(search(admin_client, "도담")) == ["도담커피"]


# Order


def test_the_best_match_comes_first_and_the_name_decides_among_equals(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "하늘상회", introduction_ko="갓 볶은 커피 이야기")
    make_exhibitor(edition, "나무상회", main_products_ko="커피 원두")
    make_exhibitor(edition, "가람상회", main_products_ko="생두, 커피")
    make_exhibitor(edition, "도담커피")
    make_exhibitor(edition, "커피나무")
    make_exhibitor(edition, "㈜커피")
    twins = [make_exhibitor(edition, "아름커피").slug for _ in range(2)]

    pages = [search(client, "커피") for _ in range(2)]

    assert names(pages[0]) == [
        "㈜커피",
        "커피나무",
        "도담커피",
        "아름커피",
        "아름커피",
        "가람상회",
        "나무상회",
        "하늘상회",
    ]
    assert re.findall(r'card__name"><a href="/ko/2024/exhibitors/([^"]+)/"', pages[0])[3:5] == twins
    assert names(pages[1]) == names(pages[0])


def test_a_search_can_be_read_in_every_order(client: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    make_exhibitor(edition, "가람상회", name_en="Zeta", main_products_ko="커피", booths=[make_booth(hall, "A-10")])
    make_exhibitor(edition, "커피나무", name_en="Mu", booths=[make_booth(hall, "A-2")])
    make_exhibitor(edition, "나래상회", name_en="Alpha", introduction_ko="커피를 볶는다")

    orders = {sort: names(search(client, "커피", **sort_by(sort))) for sort in ("", "name", "booth", "name_en")}
    page = search(client, "커피")

    assert orders == {
        "": ["커피나무", "가람상회", "나래상회"],
        "name": ["가람상회", "나래상회", "커피나무"],
        "booth": ["커피나무", "가람상회", "나래상회"],
        "name_en": ["나래상회", "커피나무", "가람상회"],
    }
    assert sort_links(page) == ["", "name", "booth", "name_en"]
    assert sort_links(opened(client, LIST.format(language="ko"))) == ["", "booth", "name_en"]
    assert names(search(client, "커피", "en")) == ["Mu", "Zeta", "Alpha"]


def sort_by(sort: str) -> dict[str, str]:
    return {"sort": sort} if sort else {}


def sort_links(page: str) -> list[str]:
    """The orders offered, the usual one as ''."""
    (part,) = re.findall(r'<nav class="sorts".*?</nav>', page, re.DOTALL)
    return [address.partition("sort=")[2] for address in links(part).values()]


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": "커피"},
        {"q": "zjvl"},
        {"q": "ㅋㅍ"},
        {"q": "도담커피에서"},
        {"q": "커피", "hall": "innovation"},
        {"q": "zjvl", "exact": "1"},
        {"q": "커피", "sort": "name_en"},
    ],
)
def test_the_print_holds_the_same_exhibitors_as_the_list(
    client: Client, edition: Edition, parameters: dict[str, str]
) -> None:
    hall = make_hall(edition)
    make_exhibitor(edition, "도담커피", booths=[make_booth(hall)])
    make_exhibitor(edition, "가람상회", main_products_ko="커피")
    make_exhibitor(edition, "나래로봇", booths=[make_booth(hall, "A-02")])
    make_exhibitor(edition, "초안커피", state=Exhibitor.State.DRAFT)

    on_screen = names(opened(client, LIST.format(language="ko"), parameters))
    paper = opened(client, "/ko/2024/print/booths/", parameters)

    assert sorted(re.findall(r"<strong>([가-힣]{4})</strong>", paper)) == sorted(on_screen)


def test_a_print_of_a_corrected_search_says_so(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "도담커피")
    paper = opened(client, "/en/2024/print/booths/", {"q": "ehekazjvl"})
    assert "“ehekazjvl” finds nothing, so “도담커피” was searched" in paper


# Cost, and odd input


def fill(edition: Edition, rows: int) -> None:
    """Exhibitors in a hall and an industry of their own, with all that a page reads of them."""
    hall = make_hall(edition, f"hall-{rows}", theme=make_theme(edition, f"theme-{rows}"))
    industry = make_industry(edition, f"industry-{rows}")
    make_facility(edition, f"desk-{rows}", booth=make_booth(hall, "Z-01"))
    Synonym.objects.create(edition=edition, one="커피", other=f"coffee{rows}")
    for number in range(rows):
        booth = make_booth(hall, f"A-{number}")
        make_product(make_exhibitor(edition, f"도담커피{number}", booths=[booth], industries=[industry]))


QUERIES = {
    "도담": 12,
    "ㄷㄷ": 13,
    "a-0": 12,
    "ehekazjvl": 15,
    "도담커피에서": 16,
    "시험퓸": 16,
    "듣도보도못한낱말": 13,
    "도담 듣도보도못한낱말": 16,
}
"""A correction asks once more for each kind of reading; where nothing is found, there are no parts of cards to read."""


def test_a_search_costs_the_same_for_one_row_and_for_thirty(client: Client, edition: Edition) -> None:
    fill(edition, 1)
    few = {typed: queries_of(client, typed) for typed in QUERIES}
    fill(edition, 29)
    many = {typed: queries_of(client, typed) for typed in QUERIES}
    assert (few, many) == (QUERIES, QUERIES)


def queries_of(client: Client, typed: str) -> int:
    vocabulary.forget()
    with CaptureQueriesContext(connection) as captured:
        search(client, typed)
    return len(captured)


ODD = {
    "NUL": "%00",
    "NUL in a word": "에%00바",
    "lone surrogate": "%ED%A0%80",
    "broken UTF-8": "%FF%FE%C3%28",
    "no character": "%EF%BF%BF",
    "percent": "%25",
    "underscores": "___",
    "backslash": "%5C",
    "backslash and percent": "%5C%25%5C_",
    "quotes": "%27%22%60%3B--",
    "right to left": "%E2%80%AE%D7%A9%D7%9C%D7%95%D7%9D%E2%80%AC",
    "zero width": "%E2%80%8B%E2%80%8D%EF%BB%BF",
    "combining alone": "%CC%81" * 50,
    "archaic jamo": "%E1%85%9A%E1%84%A1",
    "emoji": "%F0%9F%91%A8%E2%80%8D%F0%9F%91%A9",
    "one sign of many letters": "%EF%B7%BA" * 100,
    "sharp s": "%C3%9F" * 100,
    "bars and the marker": "%7C%23%7C",
    "100 kB": "a" * 100_000,
    "100 kB of words": "%EA%B0%80+" * 25_000,
    "100 kB of punctuation": "%2C%21" * 20_000,
    "100 kB of consonants": "%E3%84%B1" * 11_000,
    "100 kB of digits": "1" * 100_000,
    "eight long words": "+".join(["dkdldjfemfmfdkdldj"] * 8),
    "eight lone vowels": "+".join(["%E3%85%8F%E3%84%B1"] * 8),
    "half-typed clusters": "%EA%B0%AC%EA%B0%AC%EA%B0%AC+%EA%B0%AC%E3%84%B3",
}


@pytest.mark.parametrize("name", ODD)
def test_any_bytes_give_a_page(client: Client, edition: Edition, name: str) -> None:
    make_exhibitor(edition, "도담커피", introduction_ko="가나다 %_\\ 라마바", main_products_ko="ﷺ, ß")
    for address in ("/ko/2024/exhibitors/?exact=1&q=", "/ko/2024/exhibitors/?q=", "/en/2024/print/booths/?q="):
        assert client.get(address + ODD[name]).status_code == 200, address


def test_anything_typed_gives_a_page(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "도담커피", name_en="Dodam <b>", booths=[make_booth(make_hall(edition))])
    choose = random.Random(3)
    alphabets = ("ㄱㅏㅎㅄㅘ닭가 ", "aZ0-_%.' ", "㈜()주식회사,;|", "\u200b\u202e\u3164\ufeffé\u0301", "ﷺ①²㎏Ⅷ😀")
    for length, signs in itertools.product((1, 2, 5, 12, 60), (*alphabets, "".join(alphabets))):
        typed = "".join(choose.choices(signs, k=length))
        assert client.get(LIST.format(language="ko"), {"q": typed}).status_code == 200, typed


@pytest.mark.parametrize("typed", ["%", "_", "\\", "_담", "도_", "%담", "도\\담"])
def test_signs_of_sql_mean_nothing(client: Client, edition: Edition, typed: str) -> None:
    make_exhibitor(edition, "나래로봇")
    assert [name for name in names(search(client, typed)) if typed.strip("%_\\")] == []
