"""Guessing passwords at the sign-in page: locked by account and address, told clearly, over after fifteen minutes."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.admin.signing_in import PASSWORD, browser, is_in, sign_in
from tests.factories import make_account

pytestmark = pytest.mark.django_db

HOME, AFAR = "203.0.113.7", "198.51.100.9"


def guess(times: int, username: str = "organiser", address: str = HOME) -> list[int]:
    return [sign_in(browser(address), username, "wrong").status_code for _ in range(times)]


def let_pass(minutes: int) -> None:
    for attempt in AccessAttempt.objects.all():
        earlier = attempt.attempt_time - timedelta(minutes=minutes)
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=earlier)


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_fifth_wrong_password_locks_and_the_right_one_comes_too_late(organiser: User) -> None:
    assert guess(6) == [200, 200, 200, 200, 429, 429]

    client = browser()
    assert sign_in(client).status_code == 429
    assert not is_in(client)


def test_a_lock_says_in_both_languages_until_when_and_what_to_do(organiser: User) -> None:
    guess(5)
    (last,) = AccessAttempt.objects.values_list("attempt_time", flat=True)
    until = timezone.localtime(last + timedelta(minutes=15)).strftime("%H:%M:%S")

    answer = sign_in(browser())

    page = text_of(answer)
    assert f"The password was wrong too often. Try again after {until}." in page
    assert page.count(until) == 2
    assert ['<section lang="ko">' in page, '<section lang="en">' in page] == [True, True]
    assert "manage.py axes_reset_username" in page
    assert 880 < int(answer["Retry-After"]) <= 900
    assert "no-store" in answer["Cache-Control"]


def test_guessing_on_does_not_put_the_end_off(organiser: User) -> None:
    guess(5)
    let_pass(minutes=14)
    guess(3)
    let_pass(minutes=1)

    assert sign_in(browser()).status_code == 302


def test_an_attacker_elsewhere_does_not_lock_the_organiser_out(organiser: User) -> None:
    guess(10, address=AFAR)

    assert sign_in(browser(HOME)).status_code == 302


def test_another_account_at_the_same_address_is_not_locked(organiser: User) -> None:
    make_account("kim", "reader")
    guess(5)

    assert sign_in(browser(), "kim").status_code == 302


def test_names_that_nobody_has_are_locked_alike() -> None:
    assert guess(5, username="nobody") == [200, 200, 200, 200, 429]


def test_another_program_at_the_same_address_is_locked_too(organiser: User) -> None:
    answers = [
        sign_in(Client(headers={"user-agent": f"guesser {number}"}, REMOTE_ADDR=HOME), password="wrong")
        for number in range(5)
    ]

    assert answers[-1].status_code == 429


def test_a_forged_header_is_no_way_around_in_development(organiser: User) -> None:
    headers = [{"x-forwarded-for": f"198.51.100.{number}"} for number in range(5)]

    answers = [sign_in(Client(headers=header, REMOTE_ADDR=HOME), password="wrong") for header in headers]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]


def test_a_forged_header_is_no_way_around_behind_nginx(organiser: User, settings: Settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"
    headers = [{"x-forwarded-for": f"198.51.100.{number}, {HOME}"} for number in range(5)]

    answers = [sign_in(Client(headers=header, REMOTE_ADDR="127.0.0.1"), password="wrong") for header in headers]

    assert answers[-1].status_code == 429
    assert AccessAttempt.objects.get().ip_address == HOME


def test_signing_in_forgets_the_own_failures(organiser: User) -> None:
    guess(4)
    assert sign_in(browser()).status_code == 302

    assert guess(4) == [200] * 4


def test_signing_in_does_not_forget_the_failures_of_somebody_else(organiser: User) -> None:
    make_account("insider", "reader")
    guess(4)
    sign_in(browser(), "insider")

    assert guess(1) == [429]


def test_an_address_that_tried_many_accounts_is_told_so(organiser: User) -> None:
    for number in range(49):
        AccessAttempt.objects.create(username=f"guess{number}", ip_address=HOME, failures_since_start=1)

    page = text_of(sign_in(browser(), password="wrong"))

    assert "Too many wrong passwords came from your network." in page
    assert f"manage.py axes_reset_ip {HOME}" in page


def test_the_command_lets_an_account_try_again(organiser: User) -> None:
    guess(5)

    call_command("axes_reset_username", "organiser", verbosity=0)

    assert sign_in(browser()).status_code == 302


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    count = 0

    def encode(self, password: str, salt: str) -> str:
        type(self).count += 1
        return super().encode(password, salt)


def test_a_password_is_not_even_hashed_while_it_is_locked(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_account("kim", "reader")
    counts = []
    for _ in range(7):
        CountingHasher.count = 0
        sign_in(browser(), "kim", "wrong")
        counts.append(CountingHasher.count)

    assert counts == [1, 1, 1, 1, 1, 0, 0]


def test_no_more_is_kept_of_a_failure_than_account_address_and_time(
    organiser: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    client = Client(headers={"user-agent": "Agent 7", "accept": "text/special"}, REMOTE_ADDR=HOME)
    sign_in(client, password="my-real-secret", query="?next=/admin/exhibitors/")

    attempt = AccessAttempt.objects.get()
    assert (attempt.username, attempt.ip_address, attempt.path_info) == ("organiser", HOME, "/admin/login/")
    assert isinstance(attempt.attempt_time, datetime)
    rest = f"{attempt.user_agent}{attempt.http_accept}{attempt.get_data}{attempt.post_data}"
    found = [word for word in ("Agent", "special", "secret", "exhibitors", "organiser") if word in rest + caplog.text]
    assert found == []
    assert HOME not in caplog.text


def test_who_signs_in_when_is_not_written_down(organiser: User) -> None:
    client = browser()
    sign_in(client)
    client.post(reverse("admin:logout"))

    assert [model.objects.count() for model in (AccessLog, AccessFailureLog, AccessAttempt)] == [0, 0, 0]


@pytest.mark.parametrize("username", ["", "a" * 300, "kim\x00", "'; --", "가" * 100])
def test_nonsense_for_a_name_is_answered_and_no_error(username: str, client: Client) -> None:
    assert [sign_in(client, username, PASSWORD).status_code for _ in range(3)] == [200] * 3


def test_names_too_long_to_be_stored_whole_are_locked_alike() -> None:
    assert guess(5, username="a" * 3000) == [200, 200, 200, 200, 429]


def test_nobody_meets_the_tables_of_failures_at_the_desk(desk: Client) -> None:
    apps = [app["app_label"] for app in desk.get(reverse("admin:index")).context["app_list"]]

    assert apps == ["exhibitors", "auth"]
