"""Renumbering the booths ticked in the list: rule, preview, and then all of it or nothing."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import indexing
from exhibitors.models import Booth, Exhibitor, Hall
from tests.admin.pages import address, list_of, told
from tests.admin.test_policy import blocked
from tests.domain.history.truth import begin
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db

PREFIX = {"rule_name": "prefix", "old_prefix": "A-", "new_prefix": "B-"}


@pytest.fixture
def hall() -> Hall:
    hall = make_hall(make_edition(), name_en="Innovation")
    for number in ("A-1", "A-2", "A-10"):
        make_booth(hall, number)
    return hall


def numbers() -> list[str]:
    return list(Booth.objects.order_by("number_key", "pk").values_list("number", flat=True))


def press(desk: Client, *of: str, query: str = "", **more: Any) -> Any:
    rows = Booth.objects.filter(number__in=of) if of else Booth.objects.all()
    ticked = list(rows.values_list("pk", flat=True))
    return desk.post(list_of(Booth, query), {"action": "renumber", "_selected_action": ticked, **more}, follow=True)


def shown(answer: Any) -> list[tuple[str, str, str]]:
    return [(row["line"].old, row["line"].new, str(row["fault"])) for row in answer.context["lines"]]


def test_the_action_asks_for_a_rule_first(desk: Client, hall: Hall) -> None:
    asked = press(desk, index="0")

    page = asked.content.decode()
    assert asked.context["title"] == "Renumber booths of Innovation"
    assert ["3 booths are selected:" in page, "A-1, A-2, A-10" in page, 'name="apply"' in page] == [True, True, False]
    assert numbers() == ["A-1", "A-2", "A-10"]


def test_a_preview_shows_old_and_new_and_who_stands_there_and_changes_nothing(desk: Client, hall: Hall) -> None:
    make_exhibitor(hall.edition, "가온", booths=[Booth.objects.get(number="A-2")])

    seen = press(desk, **PREFIX, look="1")

    assert shown(seen) == [("A-1", "B-1", ""), ("A-2", "B-2", ""), ("A-10", "B-10", "")]
    page = seen.content.decode()
    assert ["가온" in page, "3 booths get another number. Nothing has been changed yet." in page] == [True, True]
    assert numbers() == ["A-1", "A-2", "A-10"]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (PREFIX, ["B-1", "B-2", "B-10"]),
        ({"rule_name": "shift", "by": "10"}, ["A-11", "A-12", "A-20"]),
        ({"rule_name": "shift", "by": "-1"}, ["A-0", "A-1", "A-09"]),
        ({"rule_name": "digits", "digits": "2"}, ["A-01", "A-02", "A-10"]),
        ({"rule_name": "table", "table": "A-1 = A-2\r\nA-2 = A-1"}, ["A-1", "A-2", "A-10"]),
        ({"rule_name": "table", "table": "A-1\tC-1"}, ["A-2", "A-10", "C-1"]),
    ],
)
def test_what_was_previewed_is_applied_told_and_logged(
    desk: Client, organiser: User, hall: Hall, rule: dict[str, str], expected: list[str]
) -> None:
    make_exhibitor(hall.edition, "가온", booths=[Booth.objects.get(number="A-1")])
    seen = press(desk, **rule, look="1")

    answer = press(desk, **rule, apply="1", fingerprint=seen.context["preview"].fingerprint)

    changed = len(seen.context["preview"].changed)
    assert numbers() == expected
    assert told(answer) == [f"{changed} booth{'s were' if changed > 1 else ' was'} renumbered."]
    assert LogEntry.objects.filter(user=organiser, change_message__startswith="Renumbered: A-").count() == changed
    assert list(indexing.stale(Exhibitor.objects.all())) == []


def test_the_history_of_a_booth_tells_old_and_new(desk: Client, hall: Hall) -> None:
    booth = Booth.objects.get(number="A-1")
    begin([booth])
    seen = press(desk, "A-1", **PREFIX, look="1")
    press(desk, "A-1", **PREFIX, apply="1", fingerprint=seen.context["preview"].fingerprint)

    page = desk.get(address(Booth, "history", booth.pk)).content.decode()
    assert "Renumbered" in page
    assert "<del>A-1</del>" in page
    assert "<ins>B-1</ins>" in page


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ({"rule_name": "table", "table": "A-1 = X\nA-2 = x"}, "Two of these booths would get this number."),
        ({"rule_name": "table", "table": "A-1 = A-10"}, "Another booth of the hall has this number."),
        ({"rule_name": "shift", "by": "-2"}, "The number would fall below zero."),
        ({"rule_name": "prefix", "old_prefix": "A-1", "new_prefix": ""}, "Nothing would be left of the number."),
        (
            {"rule_name": "table", "table": f"A-1 = {'X' * 61}"},
            "A number has at most 60 characters, without control characters.",
        ),
    ],
)
def test_what_stands_in_the_way_is_said_first_and_cannot_be_applied(
    desk: Client, hall: Hall, rule: dict[str, str], fault: str
) -> None:
    seen = press(desk, **rule, look="1")
    forced = press(desk, **rule, apply="1", fingerprint=seen.context["preview"].fingerprint)

    assert shown(seen)[0][2] == fault
    assert 'name="apply"' not in seen.content.decode()
    assert told(forced) == ["The numbers clash, or nothing would change. Nothing was renumbered."]
    assert numbers() == ["A-1", "A-2", "A-10"]


def test_an_old_number_that_is_not_selected_is_named(desk: Client, hall: Hall) -> None:
    seen = press(desk, "A-1", rule_name="table", table="A-1 = X-1\nA-2 = X-2", look="1")

    page = seen.content.decode()
    assert "None of the selected booths has the number A-2." in page
    assert 'name="apply"' not in page


def test_a_rule_that_changes_nothing_says_so(desk: Client, hall: Hall) -> None:
    seen = press(desk, rule_name="prefix", old_prefix="X-", new_prefix="Y-", look="1")

    assert "The rule changes none of these numbers." in seen.content.decode()


def test_booths_that_changed_since_the_preview_are_shown_again(desk: Client, hall: Hall) -> None:
    seen = press(desk, **PREFIX, look="1")
    make_booth(hall, "A-3")

    answer = press(desk, "A-1", "A-2", "A-10", **PREFIX, apply="1", fingerprint=seen.context["preview"].fingerprint)

    assert told(answer) == ["The booths or the rule changed since the preview. Nothing was renumbered; look again."]
    assert shown(answer) == [("A-1", "B-1", ""), ("A-2", "B-2", ""), ("A-10", "B-10", "")]
    assert "A-1" in numbers()


@pytest.mark.parametrize("fingerprint", ["", "x", "\x00"])
def test_nothing_is_applied_without_a_preview(desk: Client, hall: Hall, fingerprint: str) -> None:
    press(desk, **PREFIX, apply="1", fingerprint=fingerprint)

    assert numbers() == ["A-1", "A-2", "A-10"]


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({}, "rule_name"),
        ({"rule_name": "nonsense"}, "rule_name"),
        ({"rule_name": "prefix"}, "old_prefix"),
        ({"rule_name": "prefix", "old_prefix": "A", "new_prefix": "A"}, "old_prefix"),
        ({"rule_name": "prefix", "old_prefix": "A" * 61}, "old_prefix"),
        ({"rule_name": "prefix", "old_prefix": "\x00"}, "old_prefix"),
        ({"rule_name": "shift"}, "by"),
        ({"rule_name": "shift", "by": "0"}, "by"),
        ({"rule_name": "shift", "by": "x"}, "by"),
        ({"rule_name": "shift", "by": "9" * 30}, "by"),
        ({"rule_name": "digits", "digits": "0"}, "digits"),
        ({"rule_name": "digits", "digits": "7"}, "digits"),
        ({"rule_name": "table", "table": ""}, "table"),
        ({"rule_name": "table", "table": "A-1 B-1"}, "table"),
        ({"rule_name": "table", "table": "A-1 = B-1\nA-1 = C-1"}, "table"),
    ],
)
def test_a_rule_that_is_none_is_asked_for_again(desk: Client, hall: Hall, rule: dict[str, str], field: str) -> None:
    answer = press(desk, **rule, look="1")

    assert answer.context["form"].errors.keys() == {field}
    assert answer.context["preview"] is None
    assert numbers() == ["A-1", "A-2", "A-10"]


def test_booths_of_several_halls_are_sent_back_with_a_sentence(desk: Client, hall: Hall) -> None:
    make_booth(make_hall(hall.edition, "export"), "C-1")

    assert told(press(desk, index="0")) == [
        "These booths stand in several halls. Choose one hall in the list's filter, then mark its booths."
    ]


def test_all_pages_of_a_hall_are_meant_and_no_more(desk: Client, hall: Hall) -> None:
    other = make_booth(make_hall(hall.edition, "export"), "A-1")
    query = f"?edition={hall.edition_id}&hall={hall.pk}"
    more = {**PREFIX, "query": query, "select_across": "1"}
    seen = press(desk, "A-2", **more, look="1")

    press(desk, "A-2", **more, apply="1", fingerprint=seen.context["preview"].fingerprint)

    assert numbers() == ["A-1", "B-1", "B-2", "B-10"]
    assert Booth.objects.get(pk=other.pk).number == "A-1"


@pytest.mark.parametrize("bogus", ["abc", "9" * 30, "\x00", "0"])
def test_a_row_that_is_named_by_no_key_is_a_bad_request(desk: Client, bogus: str) -> None:
    assert desk.post(list_of(Booth), {"action": "renumber", "_selected_action": [bogus]}).status_code == 400


def test_strangers_and_readers_change_nothing(
    desk: Client, client: Client, stranger: Client, reader: Client, hall: Hall
) -> None:
    fingerprint = press(desk, **PREFIX, look="1").context["preview"].fingerprint

    for browser in (client, stranger, reader):
        press(browser, **PREFIX, apply="1", fingerprint=fingerprint)

    assert numbers() == ["A-1", "A-2", "A-10"]


def test_nothing_is_inline_and_names_are_text(desk: Client) -> None:
    hall = make_hall(make_edition(), name_ko="<b onclick=x>", name_en="<b onclick=x>")
    make_exhibitor(hall.edition, "<script>alert(2)</script>", booths=[make_booth(hall, "<i style=x>")])
    rule = {"rule_name": "prefix", "old_prefix": "", "new_prefix": "<script>"}

    answers = [press(desk, index="0"), press(desk, **rule, look="1")]

    assert [blocked(answer.content.decode()) for answer in answers] == [[], []]


@pytest.mark.parametrize("rows", [1, 20])
def test_a_preview_of_twenty_costs_as_many_queries_as_of_one(desk: Client, rows: int) -> None:
    hall = make_hall(make_edition())
    for number in range(rows):
        make_exhibitor(hall.edition, booths=[make_booth(hall, f"A-{number}")])
    ticked = list(Booth.objects.values_list("pk", flat=True))
    data = {"action": "renumber", "_selected_action": ticked, **PREFIX, "look": "1"}

    with CaptureQueriesContext(connection) as captured:
        assert desk.post(list_of(Booth), data).status_code == 200

    assert len(captured) == 16
