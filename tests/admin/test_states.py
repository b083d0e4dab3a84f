"""Publish, make draft, withdraw: from the list and from the form, with a reason where one is needed."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from exhibitors.models import Edition, Exhibitor
from tests.admin.pages import address, form_of, list_of, told
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def state_of(exhibitor: Exhibitor) -> tuple[str, str]:
    stored = Exhibitor.objects.get(pk=exhibitor.pk)
    return stored.state, stored.state_reason


def press(desk: Client, action: str, *exhibitors: Exhibitor, query: str = "", **more: Any) -> Any:
    ticked = [exhibitor.pk for exhibitor in exhibitors]
    return desk.post(list_of(Exhibitor, query), {"action": action, "_selected_action": ticked, **more}, follow=True)


def make_three(edition: Edition) -> tuple[Exhibitor, Exhibitor, Exhibitor]:
    return (
        make_exhibitor(edition, "초안", state="draft"),
        make_exhibitor(edition, "공개"),
        make_exhibitor(edition, "취소", state="withdrawn", state_reason="부도"),
    )


def test_publish_needs_no_reason_and_counts_what_changed(desk: Client) -> None:
    draft, public, withdrawn = make_three(make_edition())

    answer = press(desk, "publish", draft, public, index="0")

    assert told(answer) == ["Publish: 1 exhibitor changed.", "1 were in this state already."]
    assert [state_of(row) for row in (draft, public, withdrawn)] == [
        ("public", ""),
        ("public", ""),
        ("withdrawn", "부도"),
    ]


@pytest.mark.parametrize(
    ("action", "state", "question"),
    [
        ("make_draft", "draft", "Make drafts of these exhibitors?"),
        ("withdraw", "withdrawn", "Withdraw these exhibitors?"),
    ],
)
def test_the_others_ask_first_and_change_nothing_yet(desk: Client, action: str, state: str, question: str) -> None:
    _draft, public, _withdrawn = make_three(make_edition())

    asked = press(desk, action, public, index="0")
    before = state_of(public)
    hidden = dict(asked.context["hidden"])
    answer = desk.post(list_of(Exhibitor), {**hidden, "reason": " 확인 중 ", "apply": "1"}, follow=True)

    assert (asked.context["title"], before) == (question, ("public", ""))
    assert "공개" in asked.content.decode()
    assert told(answer)[0].endswith(": 1 exhibitor changed.")
    assert state_of(public) == (state, "확인 중")


@pytest.mark.parametrize("reason", ["", "   ", "two\nlines", "x" * 201])
def test_withdraw_asks_again_until_the_reason_is_one(desk: Client, reason: str) -> None:
    _draft, public, _withdrawn = make_three(make_edition())

    answer = press(desk, "withdraw", public, apply="1", reason=reason)

    assert answer.context["form"].errors.keys() == {"reason"}
    assert state_of(public) == ("public", "")


def test_a_draft_needs_no_reason(desk: Client) -> None:
    _draft, public, _withdrawn = make_three(make_edition())

    press(desk, "make_draft", public, apply="1", reason="")

    assert state_of(public) == ("draft", "")


def test_all_pages_of_a_filtered_and_searched_list_are_meant_and_no_more(desk: Client) -> None:
    edition, other = make_edition("2024"), make_edition("2023")
    for number in range(60):
        make_exhibitor(edition, f"에바{number:02d}")
    stays = [make_exhibitor(edition, "가나"), make_exhibitor(other, "에바99")]
    ticked = Exhibitor.objects.filter(edition=edition).order_by("sort_key").first()
    assert ticked is not None
    query = f"?edition={edition.pk}&q=에바"

    asked = press(desk, "withdraw", ticked, query=query, index="0", select_across="1")
    desk.post(list_of(Exhibitor, query), {**dict(asked.context["hidden"]), "reason": "부도", "apply": "1"})

    assert (len(asked.context["shown"]), asked.context["not_shown"]) == (30, 30)
    assert "and 30 more" in asked.content.decode()
    assert Exhibitor.objects.filter(state="withdrawn").count() == 60
    assert [state_of(row) for row in stays] == [("public", ""), ("public", "")]


def test_each_change_is_in_the_history_with_its_reason(desk: Client, organiser: User) -> None:
    _draft, public, withdrawn = make_three(make_edition())

    press(desk, "withdraw", public, withdrawn, apply="1", reason="부도")

    entries = LogEntry.objects.filter(user=organiser).values_list("object_id", "change_message")
    assert list(entries) == [(str(public.pk), "Withdraw: 부도")]
    assert "<ins>부도</ins>" in desk.get(address(Exhibitor, "history", public.pk)).content.decode()


def test_the_form_offers_the_steps_that_lead_elsewhere(desk: Client) -> None:
    offered = {
        row.name_ko: [step.name for step in desk.get(form_of(row)).context["steps"]]
        for row in make_three(make_edition())
    }

    assert offered == {
        "초안": ["publish", "withdraw"],
        "공개": ["make_draft", "withdraw"],
        "취소": ["publish", "make_draft"],
    }


def test_a_step_from_the_form_asks_and_leads_back(desk: Client) -> None:
    _draft, public, _withdrawn = make_three(make_edition())
    page = address(Exhibitor, "state", public.pk, "withdraw")

    asked = desk.get(page)
    untouched = state_of(public)
    refused = desk.post(page, {"apply": "1", "reason": ""})
    answer = desk.post(page, {"apply": "1", "reason": "부도"}, follow=True)

    assert (asked.status_code, untouched, refused.status_code) == (200, ("public", ""), 200)
    assert answer.redirect_chain == [(form_of(public), 302)]
    assert state_of(public) == ("withdrawn", "부도")
    assert "withdrawn: 부도" in answer.content.decode()


def test_publish_from_the_form_is_asked_for_too_and_not_done_by_opening_the_page(desk: Client) -> None:
    draft, _public, _withdrawn = make_three(make_edition())
    page = address(Exhibitor, "state", draft.pk, "publish")

    desk.get(page)
    untouched = state_of(draft)
    desk.post(page, {"apply": "1"})

    assert (untouched[0], state_of(draft)) == ("draft", ("public", ""))


@pytest.mark.parametrize("step", ["nonsense", "delete", "public"])
def test_an_unknown_step_is_not_found(desk: Client, step: str) -> None:
    exhibitor = make_exhibitor(make_edition())

    assert desk.get(address(Exhibitor, "state", exhibitor.pk, step)).status_code == 404


def test_the_step_of_an_exhibitor_that_is_gone_is_not_found(desk: Client) -> None:
    assert desk.get(address(Exhibitor, "state", 99, "withdraw")).status_code == 404


@pytest.mark.parametrize("bogus", ["abc", "9" * 30, "²", "\x00", "0"])
@pytest.mark.parametrize("action", ["publish", "withdraw", "delete_selected"])
def test_a_row_that_is_named_by_no_key_is_a_bad_request(desk: Client, action: str, bogus: str) -> None:
    answer = desk.post(list_of(Exhibitor), {"action": action, "_selected_action": [bogus], "apply": "1", "reason": "x"})

    assert answer.status_code == 400


def test_the_reason_of_a_withdrawn_exhibitor_cannot_be_emptied(desk: Client) -> None:
    _draft, _public, withdrawn = make_three(make_edition())
    fields = {"name_ko": "취소", "state_reason": "", "products-TOTAL_FORMS": 0, "products-INITIAL_FORMS": 0}

    answer = desk.post(form_of(withdrawn), fields)

    assert "Say why the exhibitor is withdrawn." in answer.content.decode()
    assert state_of(withdrawn) == ("withdrawn", "부도")
