"""Accounts and roles at the desk: who makes them, what passwords they take, and whom nobody may touch."""

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from exhibitors.domain import second_factor
from tests.admin.pages import errors_of, fields_of, submit, told
from tests.admin.signing_in import PASSWORD, browser, is_in, make_device, sign_in
from tests.factories import make_account, make_organiser

pytestmark = pytest.mark.django_db

ADD = reverse("admin:auth_user_add")
LIST = reverse("admin:auth_user_changelist")
GOOD = "three quiet lanterns"


@pytest.fixture
def administrator() -> User:
    return make_account("lee", "administrator")


@pytest.fixture
def office(administrator: User) -> Client:
    """The browser of an administrator who may not do everything."""
    client = browser()
    client.force_login(administrator)
    return client


def role(name: str) -> str:
    return str(Group.objects.get(name=name).pk)


def form_of(user: User) -> str:
    return reverse("admin:auth_user_change", args=[user.pk])


def password_page_of(user: User) -> str:
    return reverse("admin:auth_user_password_change", args=[user.pk])


def add(client: Client, **values: Any) -> Any:
    values = {"username": "kim", "groups": [role("editor")], "password1": GOOD, "password2": GOOD} | values
    return submit(client, ADD, **values)


def act(client: Client, action: str, *users: User) -> Any:
    return client.post(LIST, {"action": action, "_selected_action": [user.pk for user in users]}, follow=True)


# Making and changing


def test_an_administrator_makes_an_account_that_can_sign_in_with_its_role(office: Client) -> None:
    answer = add(office, email="kim@expo.example")

    user = User.objects.get(username="kim")
    assert answer.redirect_chain[-1][0] == LIST
    assert (user.email, user.is_staff, user.is_superuser, user.is_active) == ("kim@expo.example", True, False, True)
    assert [group.name for group in user.groups.all()] == ["editor"]
    client = browser()
    sign_in(client, "kim", GOOD)
    assert is_in(client)


def test_roles_are_chosen_by_their_label(office: Client, organiser: User) -> None:
    Group.objects.create(name="guides")
    page = office.get(ADD).content.decode()
    korean = Client(headers={"accept-language": "ko"})
    korean.force_login(organiser)

    assert [label in page for label in ("Administrator</label>", "Editor</label>", "guides</label>")] == [True] * 3
    assert "administrator</label>" not in korean.get(ADD).content.decode()


def test_an_account_needs_a_role(office: Client) -> None:
    assert errors_of(add(office, groups=[])) == ["This field is required."]
    assert not User.objects.filter(username="kim").exists()


def test_a_name_that_differs_only_in_case_is_taken(office: Client) -> None:
    assert errors_of(add(office, username="LEE")) == ["A user with that username already exists."]


def test_roles_and_activity_are_changed_in_the_form(office: Client) -> None:
    user = make_account("kim", "reader")

    submit(office, form_of(user), groups=[role("reader"), role("editor")], is_active="")

    user.refresh_from_db()
    assert sorted(group.name for group in user.groups.all()) == ["editor", "reader"]
    assert user.is_active is False


def test_the_list_tells_roles_and_second_factors_and_is_filtered_by_role(office: Client, organiser: User) -> None:
    make_device(make_account("kim", "reader", "editor"))

    page = office.get(LIST).content.decode()
    readers = office.get(LIST, {"role": "reader"}).context["cl"].result_list
    nonsense = office.get(LIST, {"role": "nonsense"}).context["cl"].result_list

    assert [text in page for text in ("Editor, Reader", "may do everything")] == [True, True]
    assert [(user.username, user.has_second_factor) for user in readers] == [("kim", True)]
    assert len(nonsense) == 3


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_one_account_and_for_thirty(
    count: int, desk: Client, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        make_account(f"kim{number}", "reader")

    with django_assert_num_queries(6):
        desk.get(LIST)


# Passwords


@pytest.mark.parametrize(
    ("password", "complaint"),
    [
        ("short word", None),
        ("nine char", "This password is too short. It must contain at least 10 characters."),
        ("1029384756", "This password is entirely numeric."),
        ("basketball", "This password is too common."),
        ("kim.minsu.1", "The password is too similar to the username."),
    ],
)
def test_a_new_accounts_password_is_checked(password: str, complaint: str | None, office: Client) -> None:
    answer = add(office, username="kim.minsu", password1=password, password2=password)

    if complaint is None:
        assert User.objects.get(username="kim.minsu").check_password(password)
    else:
        assert complaint in errors_of(answer)
        assert not User.objects.filter(username="kim.minsu").exists()


def test_two_different_passwords_make_no_account(office: Client) -> None:
    assert errors_of(add(office, password2=GOOD + "x")) == ["The two password fields didn’t match."]


@pytest.mark.parametrize("password", ["nine char", "1029384756", "basketball", "kim.minsu.1", ""])
def test_a_password_that_an_administrator_sets_is_checked(password: str, office: Client) -> None:
    user = make_account("kim.minsu", "reader")

    answer = office.post(
        password_page_of(user), {"usable_password": "true", "password1": password, "password2": password}
    )

    user.refresh_from_db()
    assert answer.context["form"].errors != {}
    assert user.check_password(PASSWORD)


def test_an_administrator_sets_a_password(office: Client) -> None:
    user = make_account("kim", "reader")

    office.post(password_page_of(user), {"usable_password": "true", "password1": GOOD, "password2": GOOD})

    user.refresh_from_db()
    assert user.check_password(GOOD)


@pytest.mark.parametrize(
    ("old", "new"),
    [("wrong", GOOD), (PASSWORD, "nine char"), (PASSWORD, "1029384756"), (PASSWORD, "basketball"), (PASSWORD, "lee")],
)
def test_ones_own_new_password_is_checked(old: str, new: str, office: Client, administrator: User) -> None:
    values = {"old_password": old, "new_password1": new, "new_password2": new}

    answer = office.post(reverse("admin:password_change"), values)

    administrator.refresh_from_db()
    assert answer.context["form"].errors != {}
    assert administrator.check_password(PASSWORD)


# Whom an administrator may not touch


def test_an_administrator_makes_nobody_one_who_may_do_everything(office: Client, administrator: User) -> None:
    add(office, is_superuser="on", is_staff="on", user_permissions=["1"])
    submit(office, form_of(administrator), is_superuser="on", user_permissions=["1"])

    assert not User.objects.filter(is_superuser=True).exists()
    assert not User.user_permissions.through.objects.exists()


def test_an_administrator_changes_nothing_of_who_may_do_everything(office: Client, organiser: User) -> None:
    password = organiser.password
    opened = office.get(form_of(organiser))

    answers = [
        office.post(form_of(organiser), {"username": "organiser", "email": "thief@elsewhere.example"}),
        office.get(password_page_of(organiser)),
        office.post(password_page_of(organiser), {"password1": GOOD, "password2": GOOD}),
        office.get(reverse("admin:auth_user_delete", args=[organiser.pk])),
        office.post(reverse("admin:auth_user_delete", args=[organiser.pk]), {"post": "yes"}),
    ]
    office.post(LIST, {"action": "delete_selected", "_selected_action": [organiser.pk], "post": "yes"})

    organiser.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * 5
    assert (organiser.email, organiser.password) == ("", password)
    page = opened.content.decode()
    assert [text in page for text in ("may do everything", 'name="_save"', password)] == [True, False, False]


def test_who_may_do_everything_changes_another_such_account(desk: Client) -> None:
    other = make_organiser("other")

    submit(desk, form_of(other), email="other@expo.example")

    other.refresh_from_db()
    assert (other.email, other.is_superuser) == ("other@expo.example", True)


# Helping out


def test_an_administrator_lets_a_locked_account_try_again(office: Client, organiser: User) -> None:
    user = make_account("kim", "reader")
    for name in ("kim", "organiser"):
        AccessAttempt.objects.create(username=name, ip_address="203.0.113.7", failures_since_start=5)

    answer = act(office, "unlock", user, organiser)

    assert told(answer) == ["1 account may try again."]
    assert [attempt.username for attempt in AccessAttempt.objects.all()] == ["organiser"]


def test_an_administrator_resets_the_second_factor_of_a_lost_phone(office: Client, organiser: User) -> None:
    user, other = make_account("kim", "reader"), make_account("park", "reader")
    make_device(user)
    make_device(organiser)

    answer = act(office, "reset_second_factor", user, other, organiser)

    assert told(answer) == ["1 account signs in with the password alone until two-step sign-in is set up again."]
    assert (second_factor.is_set_up(user), second_factor.is_set_up(organiser)) == (False, True)
    history = office.get(reverse("admin:auth_user_history", args=[user.pk])).context["action_list"]
    assert [entry.get_change_message() for entry in history] == ["Two-step sign-in was reset"]


def test_who_may_only_see_accounts_is_offered_no_such_help() -> None:
    guides = Group.objects.create(name="guides")
    guides.permissions.set(Group.objects.get(name="administrator").permissions.filter(codename="view_user"))
    client, user = browser(), make_account("kim", "guides")
    client.force_login(user)
    make_device(make_account("park", "reader"))

    act(client, "reset_second_factor", User.objects.get(username="park"))

    assert second_factor.is_set_up(User.objects.get(username="park"))
    assert "reset_second_factor" not in client.get(LIST).content.decode()


# Groups


def test_a_role_is_shown_and_cannot_be_changed_or_deleted_even_by_who_may_do_everything(desk: Client) -> None:
    editor = Group.objects.get(name="editor")
    change = reverse("admin:auth_group_change", args=[editor.pk])

    page = desk.get(change).content.decode()
    answers = [
        desk.post(change, {"name": "x"}),
        desk.post(reverse("admin:auth_group_delete", args=[editor.pk]), {"post": "yes"}),
    ]
    desk.post(
        reverse("admin:auth_group_changelist"),
        {"action": "delete_selected", "_selected_action": [editor.pk], "post": "yes"},
    )

    assert ["This role is the same on every site" in page, 'name="_save"' in page] == [True, False]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert Group.objects.filter(name="editor").exists()
    assert "Editor</a>" in desk.get(reverse("admin:auth_group_changelist")).content.decode()


def test_a_group_of_ones_own_is_made_beside_the_roles(office: Client) -> None:
    values = fields_of(office.get(reverse("admin:auth_group_add"))) | {"name": "guides"}

    office.post(reverse("admin:auth_group_add"), values)

    assert Group.objects.filter(name="guides").exists()
