"""How long somebody stays signed in, and what ends it."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from exhibitors.domain.sessions import BEGAN_AT, SEEN_AT
from tests.admin.signing_in import PASSWORD, browser, is_in, sign_in
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(organiser: User) -> Client:
    """A browser in which the organiser has just signed in."""
    client = browser()
    sign_in(client)
    return client


def let_pass(client: Client, time: timedelta, *, is_used: bool = False) -> None:
    """Let time pass for a session, which meanwhile is used or lies idle."""
    session = client.session
    session[BEGAN_AT] -= time.total_seconds()
    if not is_used:
        session[SEEN_AT] -= time.total_seconds()
    session.save()


def test_a_session_that_is_used_lasts_just_under_twelve_hours(client: Client) -> None:
    let_pass(client, timedelta(hours=11, minutes=59), is_used=True)
    before = is_in(client)
    let_pass(client, timedelta(minutes=1), is_used=True)

    assert (before, is_in(client)) == (True, False)


def test_an_idle_session_ends_on_the_server(client: Client) -> None:
    let_pass(client, timedelta(minutes=119))
    before = is_in(client)
    let_pass(client, timedelta(minutes=120))
    answer = client.get(reverse("admin:index"))

    assert before is True
    assert (answer.status_code, answer["Location"]) == (302, "/admin/login/?next=/admin/")
    assert not Session.objects.exists()


def test_using_it_puts_the_end_of_an_idle_session_off(client: Client) -> None:
    for _ in range(3):
        let_pass(client, timedelta(minutes=100))
        assert is_in(client)


def test_the_idle_time_is_a_setting(client: Client, settings: Settings) -> None:
    settings.SESSION_IDLE = timedelta(minutes=5)
    let_pass(client, timedelta(minutes=5))

    assert not is_in(client)


def test_signing_in_again_starts_anew(client: Client) -> None:
    let_pass(client, timedelta(hours=13))
    ended = is_in(client)
    sign_in(client)

    assert (ended, is_in(client)) == (False, True)


def test_a_session_from_before_there_were_limits_ends(client: Client) -> None:
    session = client.session
    del session[BEGAN_AT]
    session.save()

    assert not is_in(client)


def test_an_ended_session_sees_nothing_hidden_of_the_public_pages(client: Client) -> None:
    edition = make_edition(is_public=False)
    before = client.get(edition.get_absolute_url()).status_code
    let_pass(client, timedelta(hours=3))

    assert (before, client.get(edition.get_absolute_url()).status_code) == (200, 404)


def test_a_public_page_does_not_look_at_the_session(client: Client) -> None:
    edition = make_edition()
    let_pass(client, timedelta(hours=13))

    answer = client.get(edition.get_absolute_url())

    assert answer.status_code == 200
    assert "Cookie" not in answer.get("Vary", "")
    assert Session.objects.count() == 1


def test_the_session_is_written_once_a_minute_at_most(client: Client) -> None:
    is_in(client)
    seen_at = client.session[SEEN_AT]
    is_in(client)
    assert client.session[SEEN_AT] == seen_at

    let_pass(client, timedelta(minutes=1))
    is_in(client)
    assert client.session[SEEN_AT] >= seen_at


def test_signing_out_ends_the_session_on_the_server(client: Client) -> None:
    copied = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    client.post(reverse("admin:logout"))

    thief = browser()
    thief.cookies[django_settings.SESSION_COOKIE_NAME] = copied

    assert not Session.objects.exists()
    assert not is_in(thief)


def test_changing_the_password_ends_the_other_sessions_and_keeps_this_one(client: Client) -> None:
    other = browser()
    sign_in(other)
    new = "three quiet lanterns"

    answer = client.post(
        reverse("admin:password_change"), {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    )

    assert answer.status_code == 302
    assert (is_in(client), is_in(other)) == (True, False)


def test_a_password_set_by_somebody_else_ends_all_sessions(client: Client, organiser: User) -> None:
    organiser.set_password("three quiet lanterns")
    organiser.save()

    assert not is_in(client)


def test_closing_an_account_ends_its_sessions(client: Client, organiser: User) -> None:
    organiser.is_active = False
    organiser.save()

    assert not is_in(client)
