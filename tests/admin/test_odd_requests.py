"""Addresses and forms that no page of the desk would make: answered, never an error of the server's."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from exhibitors.domain import indexing
from exhibitors.models import Collaboration, Edition, Exhibitor, Hall, Industry, Theme
from tests.admin.pages import address, errors_of, fields_of, form_of, list_of
from tests.factories import (
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_theme,
)

pytestmark = pytest.mark.django_db

HUGE = "9" * 24


def make_row(model: type[Model]) -> Any:
    edition = make_edition()
    rows: dict[type[Model], Any] = {
        Edition: lambda: edition,
        Theme: lambda: make_theme(edition),
        Hall: lambda: make_hall(edition),
        Industry: lambda: make_industry(edition),
        Collaboration: lambda: make_collaboration(edition, [make_exhibitor(edition), make_exhibitor(edition)]),
    }
    return rows[model]()


@pytest.mark.parametrize("typed", ["혁신관", "Hall A", "a/b", ""])
@pytest.mark.parametrize("model", [Edition, Theme, Hall, Industry, Collaboration])
def test_a_wrong_code_is_told_beside_what_was_typed(desk: Client, model: type[Model], typed: str) -> None:
    row = make_row(model)
    code = "code" if model in {Theme, Hall} else "slug"
    sent = fields_of(desk.get(form_of(row)))

    answer = desk.post(form_of(row), sent | {code: typed, "name_en": "Typed"})

    assert answer.status_code == 200
    assert len(errors_of(answer)) >= 1
    row.refresh_from_db()
    assert getattr(row, code) not in {typed, "Typed"}


@pytest.mark.parametrize(
    "address_of_list",
    [
        list_of(Exhibitor, f"?id__in={HUGE}"),
        list_of(Exhibitor, "?name_ko=a%00b"),
        f"/admin/exhibitors/product/?exhibitor={HUGE}",
        f"/admin/exhibitors/boothmove/?exhibitor={HUGE}",
        "/admin/exhibitors/importrun/?id=%00",
        "/admin/auth/user/?username=%00",
        f"/admin/exhibitors/exhibitor/export/?id__in={HUGE}",
    ],
)
def test_a_list_refuses_what_no_database_holds_as_it_refuses_other_wrong_filters(
    desk: Client, address_of_list: str
) -> None:
    make_exhibitor(make_edition())
    assert desk.get(address_of_list).status_code == 302


@pytest.mark.parametrize("action", ["change", "delete"])
def test_a_form_that_names_no_field_to_find_its_row_by_is_found_by_the_key(desk: Client, action: str) -> None:
    page = address(Exhibitor, action, make_exhibitor(make_edition()).pk)
    account = reverse(f"admin:auth_user_{action}", args=[User.objects.get().pk])

    answers = [desk.get(page, {"_to_field": field}).status_code for field in ("", "id", "nothing")]

    assert (answers, desk.get(account, {"_to_field": ""}).status_code) == ([200, 200, 400], 200)


@pytest.mark.parametrize("key", ["abc", HUGE, "\x00"])
def test_an_action_on_what_is_no_row_is_refused(desk: Client, key: str) -> None:
    for page in (list_of(Exhibitor), reverse("admin:auth_user_changelist")):
        answer = desk.post(page, {"action": "delete_selected", "_selected_action": key})
        assert answer.status_code == 400


def test_a_role_that_is_no_key_is_refused(desk: Client) -> None:
    data = {
        "username": "new",
        "password1": "not-a-real-secret-9",
        "password2": "not-a-real-secret-9",
        "usable_password": "true",
        "groups": HUGE,
    }
    answer = desk.post(reverse("admin:auth_user_add"), data)
    assert (answer.status_code, User.objects.filter(username="new").exists()) == (200, False)


def test_positions_saved_in_a_list_leave_what_others_saved_meanwhile(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = make_hall(make_edition())
    lock = indexing.lock

    def waits(editions: Any) -> None:
        Hall.objects.filter(pk=hall.pk).update(description_ko="새 글")  # the other commits while this one waits
        lock(editions)

    monkeypatch.setattr(indexing, "lock", waits)
    desk.post(
        list_of(Hall),
        {
            "_save": "1",
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": hall.pk,
            "form-0-position": "7",
        },
    )

    hall.refresh_from_db()
    assert (hall.position, hall.description_ko) == (7, "새 글")


def test_the_form_of_an_edition_never_turns_back_the_counter_of_its_words(desk: Client) -> None:
    edition = make_edition()
    page = form_of(edition)
    sent = fields_of(desk.get(page))
    stale = Edition.objects.get()
    make_exhibitor(edition)
    counter = Edition.objects.get().search_version

    desk.post(page, sent | {"venue_ko": "코엑스"})
    saved = Edition.objects.get()

    assert (stale.search_version < counter, saved.venue_ko, saved.search_version) == (True, "코엑스", counter)
    assert address(Edition, "change", edition.pk) == page
