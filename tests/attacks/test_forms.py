"""Fields that a form does not offer, sent all the same."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from exhibitors.models import Edition, Exhibitor
from tests.admin.pages import address, fields_of, form_of, list_of, submit
from tests.factories import make_account, make_edition, make_exhibitor

pytestmark = pytest.mark.django_db

NEVER_SENT = {
    "id": "999",
    "pk": "999",
    "slug": "taken-over",
    "sort_key": "0",
    "name_key": "taken-over",
    "search_text": "taken-over",
    "is_sample": "on",
    "created_at": "2000-01-01",
    "state": "withdrawn",
    "hidden_because": "x",
    "edition_id": "999",
}


def client_of(role: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_account(f"a-{role}", role))
    return client


def whole(row: Any) -> dict[str, Any]:
    """All columns but those that every saving changes."""
    fresh = type(row).objects.get(pk=row.pk)
    return {
        field.attname: getattr(fresh, field.attname)
        for field in fresh._meta.concrete_fields
        if field.name not in {"updated_at", "region"}
    }


def test_an_editor_changes_no_column_that_the_form_does_not_offer() -> None:
    exhibitor, other = make_exhibitor(make_edition(), "에바"), make_edition("2023")
    before = whole(exhibitor)

    answer = submit(client_of("editor"), form_of(exhibitor), region="서울", edition=other.pk, **NEVER_SENT)

    after = whole(exhibitor)
    searched = {name for name in before if name.startswith("search")}  # the region is searched, too
    assert answer.redirect_chain != []
    assert Exhibitor.objects.get().region == "서울"
    assert {name for name in before if after[name] != before[name]} <= searched
    assert "taken-over" not in str(after)


def test_an_editor_changes_no_edition_and_a_reader_nothing_by_the_list() -> None:
    edition = make_edition(name_ko="회차")
    exhibitor = make_exhibitor(edition, "에바")
    rows = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": edition.pk, "form-0-name_ko": "남의 것"}
    editor, reader = client_of("editor"), client_of("reader")

    answers = [
        editor.post(form_of(edition), {"name_ko": "남의 것", "is_public": "", "_save": "1"}),
        editor.post(address(Edition, "delete", edition.pk), {"post": "yes"}),
    ]
    for page in (list_of(Edition), list_of(Exhibitor)):
        reader.post(page, {"_save": "1", **rows})
        reader.post(page, {"action": "delete_selected", "_selected_action": exhibitor.pk, "post": "yes"})

    assert [answer.status_code for answer in answers] == [403, 403]
    assert (Edition.objects.get().name_ko, Exhibitor.objects.get().name_ko) == ("회차", "에바")


@pytest.mark.parametrize("role", ["reader", "editor"])
def test_nobody_makes_accounts_or_roles_but_administrators(role: str) -> None:
    client = client_of(role)
    before = list(User.objects.values_list("pk", "is_superuser")), Group.objects.count()
    account = {"username": "new", "password1": "three quiet lanterns", "password2": "three quiet lanterns"}

    answers = [
        client.post(reverse("admin:auth_user_add"), {**account, "groups": "1", "is_superuser": "on"}),
        client.post(reverse("admin:auth_user_change", args=[before[0][0][0]]), {"is_superuser": "on", "groups": "1"}),
        client.post(reverse("admin:auth_group_add"), {"name": "mine", "permissions": "1"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 3
    assert (list(User.objects.values_list("pk", "is_superuser")), Group.objects.count()) == before


def test_an_administrator_makes_nobody_a_superuser() -> None:
    client, account = client_of("administrator"), make_account("kim", "reader")
    page = reverse("admin:auth_user_change", args=[account.pk])
    more = {"is_superuser": "on", "is_staff": "", "user_permissions": Permission.objects.all()[0].pk, "id": "999"}

    fields = fields_of(client.get(page))
    answer = client.post(page, fields | {"email": "kim@expo.example"} | more, follow=True)

    account = User.objects.get(username="kim")
    assert answer.redirect_chain != []
    assert (account.email, account.is_superuser, account.is_staff) == ("kim@expo.example", False, True)
    assert account.user_permissions.count() == 0
