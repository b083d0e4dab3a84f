"""The command that takes a second factor away, for a lost phone."""

import io

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import translation
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from exhibitors.domain import second_factor
from tests.factories import make_account

pytestmark = pytest.mark.django_db


def reset(username: str) -> str:
    output = io.StringIO()
    with translation.override("en"):
        call_command("reset_second_factor", username, stdout=output)
    return output.getvalue().strip()


def with_second_factor(username: str) -> User:
    user = make_account(username)
    TOTPDevice.objects.create(user=user, name="app")
    second_factor.renew_recovery_codes(user)
    return user


def test_the_account_loses_its_app_and_recovery_codes_and_nobody_else_does() -> None:
    kim, lee = with_second_factor("kim"), with_second_factor("lee")

    told = reset("kim")

    assert told == "“kim” signs in with the password alone until it is set up again."
    assert (second_factor.is_set_up(kim), second_factor.is_set_up(lee)) == (False, True)
    assert StaticDevice.objects.get().user == lee
    assert second_factor.recovery_codes_left(lee) == 10


def test_an_account_without_is_told() -> None:
    make_account("kim")

    with pytest.raises(CommandError, match="The account “kim” has no two-step sign-in"):
        reset("kim")


def test_a_name_that_nobody_has_is_told() -> None:
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        reset("nobody")
