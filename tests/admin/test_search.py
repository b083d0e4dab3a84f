"""Search at the desk: it forgives as the public one does, shows what visitors missed, and mends it by a synonym."""

import html
import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exhibitors.models import CollaborationMember, Edition, Exhibitor, Product, Synonym, VainSearch
from tests.admin.pages import address, errors_of, form_of, list_of, names_in, submit, told
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_product
from tests.views.pages import names, search

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def make_vain(edition: Edition, query: str = "면발", count: int = 3, day: int = 22) -> VainSearch:
    return VainSearch.objects.create(edition=edition, searched_on=date(2024, 10, day), query=query, count=count)


# Searching the lists


def make_some(edition: Edition) -> None:
    hall = make_hall(edition, "export", "수출관", name_en="Export")
    make_exhibitor(
        edition,
        "(주)에바",
        name_en="EVAR Inc.",
        company_code="SBX-007",
        booths=[make_booth(hall, "C-05")],
        main_products_ko="전기차충전기",
    )
    make_product(
        make_exhibitor(edition, "주식회사 나래", state=Exhibitor.State.DRAFT), "협동로봇", text_ko="손을 돕는다"
    )
    make_exhibitor(edition, "산청토기와", state=Exhibitor.State.WITHDRAWN, state_reason="사정")


FOUND: dict[str, list[str]] = {
    "ㅇㅂ": ["EVAR Inc."],
    "ㅅㅊㅌ": ["산청토기와"],
    "에ㅂ": ["EVAR Inc."],
    "산처": ["산청토기와"],
    "산청ㅌ": ["산청토기와"],
    "주식회사 에바": ["EVAR Inc."],
    "㈜에 바": ["EVAR Inc."],
    "evar co., ltd.": ["EVAR Inc."],
    "나래(주)": ["주식회사 나래"],
    "c5": ["EVAR Inc."],
    "수출관": ["EVAR Inc."],
    "ㅈㄱㅊ": ["EVAR Inc."],
    "협동 로봇": ["주식회사 나래"],
    "손을": ["주식회사 나래"],
    "SBX-007": ["EVAR Inc."],
    "sbx": ["EVAR Inc."],
    "에바 전기차": ["EVAR Inc."],
    "에바 로봇": [],
    "없는말": [],
}


def test_the_list_of_exhibitors_finds_as_visitors_do_whatever_the_state(desk: Client, edition: Edition) -> None:
    make_some(edition)
    assert {typed: names_in(desk.get(list_of(Exhibitor), {"q": typed})) for typed in FOUND} == FOUND


@pytest.mark.parametrize("model", [Product, CollaborationMember], ids=lambda model: model.__name__)
def test_autocompletion_finds_as_visitors_do_within_its_edition(
    desk: Client, edition: Edition, model: type[Any]
) -> None:
    make_some(edition)
    make_some(make_edition("2023"))
    asked: dict[str, Any] = {"app_label": "exhibitors", "model_name": model._meta.model_name, "field_name": "exhibitor"}

    def ask(term: str) -> list[str]:
        answer = desk.get(reverse("admin:autocomplete"), {**asked, "term": term, "edition": edition.pk})
        return [result["text"] for result in answer.json()["results"]]

    assert {term: ask(term) for term in ("ㅇㅂ", "산처", "㈜에 바", "주식회사 나래", "없는말")} == {
        "ㅇㅂ": ["EVAR Inc."],
        "산처": ["산청토기와"],
        "㈜에 바": ["EVAR Inc."],
        "주식회사 나래": ["주식회사 나래"],
        "없는말": [],
    }


def test_a_search_keeps_to_the_filters_of_the_list(desk: Client, edition: Edition) -> None:
    make_some(edition)
    make_some(make_edition("2023"))
    answer = desk.get(list_of(Exhibitor, f"?edition={edition.pk}&q=ㅇㅂ"))
    assert [row.edition for row in answer.context["cl"].result_list] == [edition]
    assert names_in(desk.get(list_of(Exhibitor), {"q": "ㅇㅂ", "state__exact": "draft"})) == []


def test_a_row_that_is_found_twice_is_listed_once(desk: Client, edition: Edition) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(edition, "에바", booths=[make_booth(hall, "에바-1"), make_booth(hall, "에바-2")])
    make_product(exhibitor, "에바 1")
    make_product(exhibitor, "에바 2")
    assert names_in(desk.get(list_of(Exhibitor), {"q": "에바"})) == ["에바"]


@pytest.mark.parametrize("typed", ["!!", "%", "_", "'", '"', "\\", "ㅋ" * 3000, "a " * 1500, "\u202e", "\ud7ff"])
def test_odd_input_gives_a_list(desk: Client, edition: Edition, typed: str) -> None:
    make_some(edition)
    assert desk.get(list_of(Exhibitor), {"q": typed}).status_code == 200


def test_a_search_costs_the_same_for_one_row_and_for_thirty(desk: Client, edition: Edition) -> None:
    hall, industry = make_hall(edition), make_industry(edition)
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            booth = make_booth(hall, f"A-{number}")
            make_product(make_exhibitor(edition, f"에바{number}", booths=[booth], industries=[industry]))
        with CaptureQueriesContext(connection) as captured:
            desk.get(list_of(Exhibitor), {"q": "ㅇㅂ"})
        counts.append(len(captured))
    assert counts == [12, 12]


# What was searched and not found


def test_what_was_missed_is_listed_the_latest_and_most_searched_first(desk: Client, edition: Edition) -> None:
    for query, count, day in (("국수", 1, 22), ("면발", 9, 22), ("가락", 9, 22), ("어제", 50, 21)):
        make_vain(edition, query, count, day)

    answer = desk.get(list_of(VainSearch))

    assert names_in(answer) == ["가락", "면발", "국수", "어제"]
    assert re.findall(r'class="field-count">(\d+)<', answer.content.decode()) == ["9", "9", "1", "50"]


def test_what_was_missed_is_searched_and_filtered_by_edition(desk: Client, edition: Edition) -> None:
    other = make_edition("2023")
    make_vain(edition, "건면 선물")
    make_vain(other, "건면")
    assert names_in(desk.get(list_of(VainSearch, f"?q=건면&edition={other.pk}"))) == ["건면"]
    assert len(names_in(desk.get(list_of(VainSearch), {"q": "건면"}))) == 2


def test_what_was_missed_is_only_read_and_cleared(desk: Client, edition: Edition) -> None:
    vain = make_vain(edition)
    page = form_of(vain)

    opened = desk.get(page).content.decode()
    changed = desk.post(page, {"query": "anders", "count": 99})
    added = desk.get(address(VainSearch, "add"))
    kept = VainSearch.objects.values_list("query", "count").get()
    desk.post(list_of(VainSearch), {"action": "delete_selected", "_selected_action": [vain.pk], "post": "yes"})

    assert 'name="query"' not in opened
    assert (changed.status_code, added.status_code, kept) == (403, 403, ("면발", 3))
    assert VainSearch.objects.count() == 0


@pytest.mark.parametrize("model", [VainSearch, Synonym])
def test_strangers_see_neither(client: Client, stranger: Client, edition: Edition, model: type[Any]) -> None:
    make_vain(edition)
    assert [browser.get(list_of(model)).status_code for browser in (client, stranger)] == [302, 302]


@pytest.mark.parametrize(("model", "queries"), [(VainSearch, 8), (Synonym, 6)])
def test_the_lists_cost_the_same_for_one_row_and_for_thirty(desk: Client, model: type[Any], queries: int) -> None:
    make_edition("2023")
    counts = []
    for numbers in (range(1), range(1, 31)):
        for number in numbers:
            edition = make_edition(f"e{number}")
            make_vain(edition)
            Synonym.objects.create(edition=edition, one="건면", other="국수")
        with CaptureQueriesContext(connection) as captured:
            desk.get(list_of(model))
        counts.append(len(captured))
    assert counts == [queries, queries]


# Synonyms


def make_by_a_click(desk: Client, query: str) -> Any:
    """Follow the link beside what was missed; the form that it opens."""
    page = desk.get(list_of(VainSearch)).content.decode()
    (link,) = re.findall(r'href="([^"]+)">Make a synonym', page)
    return html.unescape(link), desk.get(html.unescape(link))


@pytest.mark.parametrize("query", ["면발", "a & b = c", '"><script>', "100% 면", "ㅁㅂ"])
def test_one_click_on_what_was_missed_opens_a_synonym_with_the_word(desk: Client, edition: Edition, query: str) -> None:
    make_edition("2023")
    make_vain(edition, query)

    _link, form = make_by_a_click(desk, query)

    assert form.status_code == 200
    assert form.context["adminform"].form["one"].value() == query
    assert form.context["adminform"].form.edition == edition


def test_a_long_query_is_cut_to_what_a_synonym_takes(desk: Client, edition: Edition) -> None:
    make_vain(edition, "가" * 100)
    _link, form = make_by_a_click(desk, "가")
    assert form.context["adminform"].form["one"].value() == "가" * 60


def test_the_next_visitor_finds_what_the_last_one_missed(desk: Client, client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가람상회", main_products_ko="건면")
    make_vain(edition)
    before = names(search(client, "면발"))

    link, _form = make_by_a_click(desk, "면발")
    answer = submit(desk, link, other="건면")

    assert before == []
    assert "was added successfully" in told(answer)[0]
    assert names(search(client, "면발")) == ["가람상회"]


def test_synonyms_are_listed_found_and_removed(desk: Client, client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가람상회", main_products_ko="건면")
    for one, other in (("면발", "건면"), ("떡", "rice cake")):
        Synonym.objects.create(edition=edition, one=one, other=other)
    Synonym.objects.create(edition=make_edition("2023"), one="가", other="나")

    everything = names_in(desk.get(list_of(Synonym)))
    by_either = [names_in(desk.get(list_of(Synonym), {"q": typed})) for typed in ("면발", "건면", "rice")]
    of_edition = names_in(desk.get(list_of(Synonym), {"edition": edition.pk}))
    desk.post(address(Synonym, "delete", Synonym.objects.get(one="면발").pk), {"post": "yes"})

    assert everything == ["떡 = rice cake", "면발 = 건면", "가 = 나"]
    assert by_either == [["면발 = 건면"], ["면발 = 건면"], ["떡 = rice cake"]]
    assert of_edition == ["떡 = rice cake", "면발 = 건면"]
    assert names(search(client, "면발")) == []


def test_a_synonym_is_changed(desk: Client, client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "가람상회", main_products_ko="건면")
    synonym = Synonym.objects.create(edition=edition, one="면발", other="국수")
    submit(desk, form_of(synonym), other="건면")
    assert names(search(client, "면발")) == ["가람상회"]


@pytest.mark.parametrize(
    ("one", "other", "error"),
    [
        ("국수", "건면", "This edition already has this synonym."),
        ("건면", "국수", "This edition already has this synonym."),
        ("!!", "국수", "Write letters or digits."),
        ("에 바", "에바", "For search both words are the same already."),
        ("국수", "", "This field is required."),
        ("가" * 61, "나", "Ensure this value has at most 60 characters (it has 61)."),
    ],
)
def test_what_could_not_help_is_refused_with_a_reason(
    desk: Client, edition: Edition, one: str, other: str, error: str
) -> None:
    Synonym.objects.create(edition=edition, one="건면", other="국수")
    answer = submit(desk, f"{address(Synonym, 'add')}?edition={edition.pk}", one=one, other=other)
    assert errors_of(answer) == [error]
    assert Synonym.objects.count() == 1


def test_who_may_make_no_synonym_is_offered_none(edition: Edition) -> None:
    user = User.objects.create_user("reader", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="view_vainsearch"))
    make_vain(edition)
    reader = Client(headers={"accept-language": "en"})
    reader.force_login(user)

    page = reader.get(list_of(VainSearch))

    assert names_in(page) == ["면발"]
    assert "Make a synonym" not in page.content.decode()
