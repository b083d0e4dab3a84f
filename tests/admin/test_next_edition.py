"""The page on which an organiser starts the next edition from an older one."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.admin import next_edition
from exhibitors.domain import indexing
from exhibitors.models import Edition, Exhibitor
from tests.admin.pages import address, form_of, list_of, told
from tests.admin.test_policy import blocked
from tests.factories import make_booth, make_edition, make_exhibitor, make_facility, make_hall, make_industry

pytestmark = pytest.mark.django_db


@pytest.fixture
def source() -> Edition:
    edition = make_edition("2024", name_ko="2024 시험 엑스포", name_en="Test Expo 2024")
    hall, industry = make_hall(edition), make_industry(edition)
    booth = make_booth(hall)
    make_exhibitor(edition, "가온", booths=[booth], industries=[industry], company_code="gaon")
    make_exhibitor(edition, "나래", company_code="narae")
    make_exhibitor(edition, "다솜", state="draft")
    make_facility(edition, booth=booth)
    return edition


def page(source: Edition) -> str:
    return address(Edition, "next", source.pk)


def post(desk: Client, source: Edition, **values: Any) -> Any:
    usual = {"slug": "2025", "name_ko": "2025 시험 엑스포", "parts": ["halls", "industries"], "bring": "none"}
    return desk.post(page(source), usual | values, follow=True)


def new_names() -> list[str]:
    return list(Exhibitor.objects.filter(edition__slug="2025").order_by("name_ko").values_list("name_ko", flat=True))


def pk_of(name: str) -> int:
    return Exhibitor.objects.get(edition__slug="2024", name_ko=name).pk


def test_the_list_and_the_form_lead_to_the_page(desk: Client, source: Edition) -> None:
    make_edition("2023", starts_on=None, ends_on=None)
    newest = address(Edition, "next_of_newest")

    assert f'href="{newest}"' in desk.get(list_of(Edition)).content.decode()
    assert f'href="{page(source)}"' in desk.get(form_of(source)).content.decode()
    assert desk.get(newest)["Location"] == page(source)


def test_without_any_edition_the_first_is_to_be_added(desk: Client) -> None:
    assert desk.get(address(Edition, "next_of_newest"))["Location"] == address(Edition, "add")


def test_the_page_proposes_the_next_year_and_the_usual_parts(desk: Client, source: Edition) -> None:
    form = desk.get(page(source)).context["form"]

    names = ("slug", "name_ko", "name_en", "starts_on", "parts", "bring")
    assert [form[name].value() for name in names] == [
        "2025",
        "2025 시험 엑스포",
        "Test Expo 2025",
        None,
        ["halls", "industries", "synonyms"],
        "none",
    ]


def test_an_address_without_a_year_is_left_open(desk: Client) -> None:
    assert desk.get(page(make_edition("spring"))).context["form"]["slug"].value() == ""


def test_an_edition_is_started_told_and_logged(desk: Client, organiser: User, source: Edition) -> None:
    answer = post(
        desk, source, name_en="Test Expo 2025", starts_on="2025-10-21", ends_on="2025-10-24", bring="public", apply="1"
    )

    new = Edition.objects.get(slug="2025")
    assert answer.redirect_chain == [(form_of(new), 302)]
    assert told(answer) == [
        "Test Expo 2025 was started. It is hidden until you make it public.",
        "2 exhibitors came along as drafts.",
    ]
    assert (new.is_public, new.is_current, str(new.starts_on), new.halls.count()) == (False, False, "2025-10-21", 1)
    assert (new_names(), new.facilities.count()) == (["가온", "나래"], 0)
    messages = LogEntry.objects.filter(user=organiser).order_by("pk").values_list("change_message", flat=True)
    assert list(messages) == ["Started from Test Expo 2024", *["Carried over from Test Expo 2024"] * 2]
    assert list(indexing.stale(Exhibitor.objects.all())) == []


def test_all_parts_can_be_copied(desk: Client, source: Edition) -> None:
    post(desk, source, parts=["halls", "booths", "facilities", "industries", "synonyms"], apply="1")

    new = Edition.objects.get(slug="2025")
    facility = new.facilities.get()
    assert facility.booth is not None
    assert (facility.booth.hall.edition, new_names()) == (new, [])


def test_who_is_ticked_comes_along_a_draft_too(desk: Client, source: Edition) -> None:
    answer = post(desk, source, bring="chosen", tick=[pk_of("다솜")], shown=[pk_of("가온"), pk_of("다솜")], apply="1")

    assert new_names() == ["다솜"]
    assert told(answer)[1:] == [
        "1 exhibitor came along as a draft.",
        "1 exhibitor had no company code and was given one.",
    ]


def test_a_search_keeps_what_is_ticked_and_typed_and_starts_nothing(desk: Client, source: Edition) -> None:
    first = post(desk, source, slug="", query="ㄴㄹ", tick=[pk_of("가온")], shown=[pk_of("가온")], find="1")
    second = post(
        desk,
        source,
        query="",
        chosen=",".join(map(str, first.context["choosing"].chosen)),
        tick=[pk_of("나래")],
        shown=[pk_of("나래")],
        find="1",
    )

    seen = first.context["choosing"]
    assert [str(row) for row in seen.found] == ["나래"]
    assert [str(row) for row in seen.elsewhere] == ["가온"]
    assert (first.context["form"]["slug"].value(), first.context["form"]["bring"].value()) == ("", "chosen")
    assert "This field is required." not in first.content.decode()
    assert set(second.context["choosing"].chosen) == {pk_of("가온"), pk_of("나래")}
    assert second.context["choosing"].elsewhere == ()
    assert not Edition.objects.filter(slug="2025").exists()


def test_who_is_unticked_stays_behind(desk: Client, source: Edition) -> None:
    both = [pk_of("가온"), pk_of("나래")]

    post(desk, source, bring="chosen", chosen=",".join(map(str, both)), tick=both[1:], shown=both, apply="1")

    assert new_names() == ["나래"]


def test_ticks_and_the_choice_must_say_the_same(desk: Client, source: Edition) -> None:
    nobody = post(desk, source, bring="chosen", apply="1")
    ignored = post(desk, source, bring="none", tick=[pk_of("가온")], apply="1")

    assert dict(nobody.context["form"].errors) == {"bring": ["Tick at least one exhibitor, or let none come along."]}
    assert dict(ignored.context["form"].errors) == {
        "bring": ["Exhibitors are ticked below. Choose those, or take the ticks away."]
    }
    assert not Edition.objects.filter(slug="2025").exists()


def test_a_search_shows_so_many_and_says_how_many_more(
    desk: Client, source: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(next_edition, "MOST_FOUND", 2)

    answer = desk.get(page(source))

    assert [str(row) for row in answer.context["choosing"].found] == ["가온", "나래"]
    assert "1 more was found. Search more narrowly." in answer.content.decode()


def test_an_exhibitor_of_another_edition_cannot_be_ticked(desk: Client, source: Edition) -> None:
    stranger = make_exhibitor(make_edition("2023"), "남남")

    post(desk, source, bring="chosen", tick=[stranger.pk, pk_of("가온")], apply="1")

    assert new_names() == ["가온"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"slug": ""}, "slug"),
        ({"slug": "2024"}, "slug"),
        ({"slug": "Not An Address"}, "slug"),
        ({"slug": "a" * 41}, "slug"),
        ({"name_ko": ""}, "name_ko"),
        ({"name_ko": "two\nlines"}, "name_ko"),
        ({"starts_on": "tomorrow"}, "starts_on"),
        ({"starts_on": "2025-10-24", "ends_on": "2025-10-21"}, "__all__"),
        ({"parts": ["nonsense"]}, "parts"),
        ({"parts": ["booths"]}, "parts"),
        ({"bring": ""}, "bring"),
        ({"bring": "everyone"}, "bring"),
    ],
)
def test_what_is_wrong_is_said_and_starts_nothing(
    desk: Client, source: Edition, values: dict[str, Any], field: str
) -> None:
    answer = post(desk, source, **values, apply="1")

    assert answer.context["form"].errors.keys() == {field}
    assert "Please correct what is marked below." in answer.content.decode()
    assert list(Edition.objects.values_list("slug", flat=True)) == ["2024"]


@pytest.mark.parametrize("bogus", ["abc", "0", "9" * 30, "²", "\x00", ",,"])
def test_bogus_ticks_are_nobody(desk: Client, source: Edition, bogus: str) -> None:
    answer = post(desk, source, tick=[bogus], shown=[bogus], chosen=bogus, query=bogus, find="1")

    assert (answer.status_code, answer.context["choosing"].chosen) == (200, ())


def test_an_edition_that_is_gone_is_not_found(desk: Client) -> None:
    assert desk.get(address(Edition, "next", 99)).status_code == 404
    assert desk.get(address(Edition, "next", int("9" * 30))).status_code == 404


def editor(client: Client, *rights: str) -> Client:
    user = User.objects.create_user("editor", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return client


def test_who_may_not_add_editions_is_refused(client: Client, stranger: Client, reader: Client, source: Edition) -> None:
    for browser in (client, stranger, reader):
        post(browser, source, apply="1")

    assert [client.get(page(source)).status_code, stranger.get(page(source)).status_code] == [302, 302]
    assert reader.get(page(source)).status_code == 403
    assert "next/" not in reader.get(list_of(Edition)).content.decode()
    assert "next/" not in reader.get(form_of(source)).content.decode()
    assert Edition.objects.count() == 1


def test_who_may_not_add_exhibitors_brings_none_along(client: Client, source: Edition) -> None:
    browser = editor(client, "add_edition")

    shown = browser.get(page(source))
    refused = post(browser, source, bring="public", apply="1")
    post(browser, source, slug="2026", apply="1")

    assert (shown.context["choosing"], refused.context["form"].errors.keys()) == (None, {"bring"})
    assert list(Edition.objects.order_by("slug").values_list("slug", flat=True)) == ["2024", "2026"]


def test_nothing_is_inline_and_names_are_text(desk: Client) -> None:
    source = make_edition("2024", name_ko="<script>alert(1)</script>", name_en="<script>alert(1)</script>")
    make_exhibitor(source, "<b onclick=x>")

    answers = [desk.get(page(source)), post(desk, source, query='"><i style=x>', find="1"), post(desk, source, slug="")]

    assert [blocked(answer.content.decode()) for answer in answers] == [[], [], []]


@pytest.mark.parametrize("rows", [1, 20])
def test_the_page_costs_the_same_for_one_exhibitor_and_for_twenty(desk: Client, rows: int) -> None:
    source = make_edition()
    for _ in range(rows):
        make_exhibitor(source)

    with CaptureQueriesContext(connection) as captured:
        assert desk.get(page(source)).status_code == 200

    assert len(captured) == 7
