"""Halls and industries for the exhibitors ticked in the list."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import indexing
from exhibitors.models import Booth, BoothMove, Edition, Exhibitor, Hall, Industry
from tests.admin.conftest import ENGLISH
from tests.admin.pages import list_of, told
from tests.admin.test_policy import blocked
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db

ACTIONS = ["assign_hall", "assign_industry", "remove_industry"]


def press(desk: Client, action: str, *exhibitors: Exhibitor, query: str = "", **more: Any) -> Any:
    ticked = [exhibitor.pk for exhibitor in exhibitors]
    return desk.post(list_of(Exhibitor, query), {"action": action, "_selected_action": ticked, **more}, follow=True)


def make_whole() -> tuple[Edition, Hall, Industry]:
    edition = make_edition()
    return edition, make_hall(edition, name_en="Innovation"), make_industry(edition, name_en="Machinery")


def industries_of(exhibitor: Exhibitor) -> list[str]:
    return [industry.slug for industry in exhibitor.industries.order_by("slug")]


@pytest.mark.parametrize(
    ("action", "title"),
    [
        ("assign_hall", "Assign a hall to these exhibitors?"),
        ("assign_industry", "Assign an industry to these exhibitors?"),
        ("remove_industry", "Remove an industry from these exhibitors?"),
    ],
)
def test_each_action_asks_first_and_changes_nothing_yet(desk: Client, action: str, title: str) -> None:
    edition, hall, industry = make_whole()
    other = make_industry(edition, "food")
    exhibitor = make_exhibitor(edition, "에바", industries=[other])

    asked = press(desk, action, exhibitor, index="0", part=str(hall.pk if action == "assign_hall" else industry.pk))

    assert asked.context["title"] == title
    assert "<strong>1 exhibitor is selected:</strong>" in asked.content.decode().replace("\n", "")
    assert (industries_of(exhibitor), exhibitor.booths.count()) == (["food"], 0)


def test_a_hall_is_assigned_and_told_and_logged(desk: Client, organiser: User) -> None:
    edition, hall, _industry = make_whole()
    old = make_booth(make_hall(edition, "old"), "A-1")
    mover, there = make_exhibitor(edition, booths=[old]), make_exhibitor(edition, booths=[make_booth(hall, "N-1")])

    asked = press(desk, "assign_hall", mover, there, index="0")
    fields = {**dict(asked.context["hidden"]), "_selected_action": [mover.pk, there.pk]}
    answer = desk.post(list_of(Exhibitor), {**fields, "part": hall.pk, "others": "replace", "apply": "1"}, follow=True)

    assert told(answer) == ["Assign the hall: Innovation: 1 exhibitor changed.", "1 needed no change."]
    assert [str(booth.hall_id) + booth.number for booth in mover.booths.all()] == [str(hall.pk)]
    assert BoothMove.objects.filter(exhibitor=mover, moved_by=organiser).count() == 2
    entries = LogEntry.objects.filter(user=organiser).values_list("object_id", "change_message")
    assert list(entries) == [(str(mover.pk), "Assign the hall: Innovation")]


def test_booths_in_other_halls_are_kept_where_that_is_chosen(desk: Client) -> None:
    edition, hall, _industry = make_whole()
    exhibitor = make_exhibitor(edition, booths=[make_booth(make_hall(edition, "old"), "A-1")])

    press(desk, "assign_hall", exhibitor, part=hall.pk, others="keep", apply="1")

    assert sorted(booth.number for booth in exhibitor.booths.all()) == ["", "A-1"]


@pytest.mark.parametrize(("others", "expected"), [("keep", ["food", "machinery"]), ("replace", ["machinery"])])
def test_an_industry_is_assigned_beside_or_instead_of_others(desk: Client, others: str, expected: list[str]) -> None:
    edition, _hall, industry = make_whole()
    exhibitor = make_exhibitor(edition, industries=[make_industry(edition, "food")])

    press(desk, "assign_industry", exhibitor, part=industry.pk, others=others, apply="1")

    assert industries_of(exhibitor) == expected


def test_an_industry_is_removed(desk: Client) -> None:
    edition, _hall, industry = make_whole()
    exhibitor = make_exhibitor(edition, industries=[industry, make_industry(edition, "food")])

    answer = press(desk, "remove_industry", exhibitor, part=industry.pk, apply="1")

    assert told(answer) == ["Remove the industry: Machinery: 1 exhibitor changed."]
    assert industries_of(exhibitor) == ["food"]


def test_all_pages_of_a_filtered_list_are_meant_and_no_more(desk: Client) -> None:
    edition, hall, _industry = make_whole()
    for number in range(60):
        make_exhibitor(edition, f"에바{number:02d}")
    stays = make_exhibitor(edition, "가나")
    ticked = Exhibitor.objects.filter(name_ko="에바00").get()
    query = f"?edition={edition.pk}&q=에바"

    asked = press(desk, "assign_hall", ticked, query=query, index="0", select_across="1")
    hidden = dict(asked.context["hidden"])
    desk.post(list_of(Exhibitor, query), {**hidden, "part": hall.pk, "others": "keep", "apply": "1"})

    assert (asked.context["total"], len(asked.context["shown"]), asked.context["not_shown"]) == (60, 30, 30)
    assert len(asked.context["hidden"]) == 3
    assert Exhibitor.objects.filter(booths__hall=hall).count() == 60
    assert not stays.booths.exists()
    assert list(indexing.stale(Exhibitor.objects.all())) == []


@pytest.mark.parametrize("action", ACTIONS)
def test_exhibitors_of_several_editions_are_sent_back_with_a_sentence(desk: Client, action: str) -> None:
    edition, hall, _industry = make_whole()
    one, other = make_exhibitor(edition), make_exhibitor(make_edition("2023"))

    answer = press(desk, action, one, other, part=hall.pk, others="replace", apply="1")

    assert told(answer) == [
        "These exhibitors belong to several editions. Choose one edition in the list's filter first."
    ]
    assert Booth.objects.count() == 0


@pytest.mark.parametrize(
    ("action", "sentence"),
    [
        ("assign_hall", "This edition has no hall yet. Add one first."),
        ("assign_industry", "This edition has no industry yet. Add one first."),
        ("remove_industry", "This edition has no industry yet. Add one first."),
    ],
)
def test_an_edition_without_any_is_told(desk: Client, action: str, sentence: str) -> None:
    assert told(press(desk, action, make_exhibitor(make_edition()), index="0")) == [sentence]


@pytest.mark.parametrize("bogus", ["", "abc", "0", "9" * 30, "²", "-1"])
@pytest.mark.parametrize("action", ACTIONS)
def test_what_is_no_hall_or_industry_is_asked_for_again(desk: Client, action: str, bogus: str) -> None:
    edition, _hall, industry = make_whole()
    exhibitor = make_exhibitor(edition, industries=[industry])

    answer = press(desk, action, exhibitor, part=bogus, others="keep", apply="1")

    assert answer.context["form"].errors.keys() == {"part"}
    assert (industries_of(exhibitor), exhibitor.booths.count()) == (["machinery"], 0)


@pytest.mark.parametrize("action", ACTIONS)
def test_what_belongs_to_another_edition_is_not_offered(desk: Client, action: str) -> None:
    edition, _hall, _industry = make_whole()
    other = make_edition("2023")
    foreign = make_hall(other).pk + 1000 if action != "assign_hall" else make_hall(other).pk
    exhibitor = make_exhibitor(edition)

    answer = press(desk, action, exhibitor, part=foreign, others="keep", apply="1")

    assert answer.context["form"].errors.keys() == {"part"}


@pytest.mark.parametrize("bogus", ["", "both"])
def test_what_becomes_of_the_others_must_be_said(desk: Client, bogus: str) -> None:
    edition, hall, _industry = make_whole()

    answer = press(desk, "assign_hall", make_exhibitor(edition), part=hall.pk, others=bogus, apply="1")

    assert answer.context["form"].errors.keys() == {"others"}
    assert Booth.objects.count() == 0


@pytest.mark.parametrize("bogus", ["abc", "9" * 30, "\x00", "0"])
@pytest.mark.parametrize("action", ACTIONS)
def test_a_row_that_is_named_by_no_key_is_a_bad_request(desk: Client, action: str, bogus: str) -> None:
    answer = desk.post(list_of(Exhibitor), {"action": action, "_selected_action": [bogus], "apply": "1"})

    assert answer.status_code == 400


def test_exhibitors_that_are_gone_are_told(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor_pk = exhibitor.pk
    exhibitor.delete()

    answer = desk.post(
        list_of(Exhibitor), {"action": "assign_hall", "_selected_action": [exhibitor_pk], "index": "0"}, follow=True
    )

    assert told(answer) == ["None of these exhibitors is there any more."]


def test_strangers_and_readers_change_nothing(client: Client, stranger: Client, reader: Client) -> None:
    edition, hall, industry = make_whole()
    exhibitor = make_exhibitor(edition, industries=[industry])

    for browser in (client, stranger, reader):
        for action in ACTIONS:
            part = hall.pk if action == "assign_hall" else industry.pk
            press(browser, action, exhibitor, part=part, others="replace", apply="1")

    assert (industries_of(exhibitor), exhibitor.booths.count()) == (["machinery"], 0)


def test_who_may_change_exhibitors_needs_no_other_right(client: Client) -> None:
    edition, hall, _industry = make_whole()
    exhibitor = make_exhibitor(edition)
    user = User.objects.create_user("editor", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename="change_exhibitor"))
    client.force_login(user)

    press(client, "assign_hall", exhibitor, part=hall.pk, others="keep", apply="1")

    assert exhibitor.booths.count() == 1


@pytest.mark.parametrize("action", ACTIONS)
def test_nothing_is_inline_and_names_are_text(desk: Client, action: str) -> None:
    edition = make_edition(name_ko="<script>alert(1)</script>", name_en="<script>alert(1)</script>")
    make_hall(edition, name_ko="<b onclick=x>", name_en="<b onclick=x>")
    make_industry(edition, name_ko="<b onclick=x>", name_en="<b onclick=x>")
    exhibitor = make_exhibitor(edition, "<script>alert(2)</script>")

    asked = press(desk, action, exhibitor, index="0")

    assert (asked.status_code, blocked(asked.content.decode())) == (200, [])


@pytest.mark.parametrize("rows", [1, 20])
@pytest.mark.parametrize(("action", "expected"), [("assign_hall", 47), ("withdraw", 28), ("publish", 28)])
def test_twenty_cost_as_many_queries_as_one(desk: Client, action: str, expected: int, rows: int) -> None:
    edition, hall, _industry = make_whole()
    made = [make_exhibitor(edition, state="draft") for _ in range(rows)]
    data = {
        "action": action,
        "_selected_action": [exhibitor.pk for exhibitor in made],
        "part": hall.pk,
        "others": "keep",
        "reason": "x",
        "apply": "1",
    }

    with CaptureQueriesContext(connection) as captured:
        answer = desk.post(list_of(Exhibitor), data, headers=ENGLISH)

    assert (answer.status_code, len(captured)) == (302, expected)
