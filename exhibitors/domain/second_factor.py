"""The second factor at signing in: codes of an app on the phone, and recovery codes on paper for when it is lost."""

from base64 import b32encode
from binascii import unhexlify
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django_otp import verify_token
from django_otp.models import Device
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from django_otp.util import random_hex

from exhibitors.domain.errors import DomainError

RECOVERY_CODES = 10
UNTOLD_WAIT = timedelta(seconds=5)  # the first waits pass while somebody looks at the phone again
TOLERANCE = 1  # steps of 30 seconds by which a phone's clock may differ


class AccountBackend(ModelBackend):
    """Loads an account together with whether it has a second factor, so that no page needs a query for that."""

    def get_user(self, user_id: int) -> User | None:
        own = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        user = User.objects.annotate(has_second_factor=Exists(own)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def is_set_up(user: Any) -> bool:
    """Whether the account has a second factor. No query where the session's own account is asked about."""
    known = getattr(user, "has_second_factor", None)
    return TOTPDevice.objects.filter(user=user, confirmed=True).exists() if known is None else bool(known)


def is_missing(user: Any) -> bool:
    """Whether somebody who gave the right password must still give, or first set up, a second factor."""
    if getattr(user, "otp_device", None) is not None:
        return False
    return is_required() or is_set_up(user)


def is_required() -> bool:
    return bool(settings.REQUIRE_SECOND_FACTOR)


def new_key() -> str:
    return random_hex(20)


def address_for_app(user: User, key: str) -> str:
    """What the QR code holds: an address that authenticator apps understand."""
    return str(TOTPDevice(user=user, key=key).config_url)


def readable(key: str) -> str:
    """The key as apps take it by hand, in groups of four."""
    text = b32encode(unhexlify(key)).decode()
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


@dataclass(frozen=True)
class SetUp:
    """A second factor that was just set up, with the recovery codes, which nobody is shown again."""

    device: TOTPDevice
    recovery_codes: list[str]


@transaction.atomic
def set_up(user: User, *, key: str, code: str, now: datetime, may_replace: bool) -> SetUp:
    """Make the key the account's second factor, once a code proves that the app has it.

    In place of another one only where that was given in this session (`may_replace`): of two who set up at once, the
    second may be somebody who knows the password alone. Raises DomainError.
    """
    totp = TOTP(unhexlify(key))
    totp.time = now.timestamp()
    if not totp.verify(int(code), tolerance=TOLERANCE):
        raise DomainError(_("This code is wrong. Type the one that the app shows now, and check the phone's clock."))
    _lock(user)
    if not may_replace and TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        raise DomainError(
            _("Two-step sign-in was set up for this account at this moment. Sign in again with its code.")
        )
    reset(user)
    device = TOTPDevice.objects.create(
        user=user, name="app", key=key, tolerance=TOLERANCE, drift=totp.drift, last_t=totp.t()
    )
    return SetUp(device, renew_recovery_codes(user))


@transaction.atomic
def renew_recovery_codes(user: User) -> list[str]:
    """Replace the account's recovery codes by new ones and return them."""
    _lock(user)
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery codes")
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(StaticToken.random_token())
    StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in sorted(codes))
    return sorted(codes)


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def check_code(user: User, code: str) -> Device:
    """Return the device that a code of the app belongs to; raise DomainError where it is wrong or comes too soon."""
    return _check(user, TOTPDevice, code)


def check_recovery_code(user: User, code: str) -> Device:
    """Use one recovery code up; raise DomainError where it is none, is used, or comes too soon."""
    return _check(user, StaticDevice, code)


def _check(user: User, model: type[Any], code: str) -> Device:
    device = model.objects.filter(user=user, confirmed=True).order_by("pk").first()
    if device is None:
        raise DomainError(_("This account has no code of this kind."))
    _refuse_within(device, timedelta(0))
    verified = verify_token(user, device.persistent_id, code)
    if verified is None:
        device.refresh_from_db()
        _refuse_within(device, UNTOLD_WAIT)
        raise DomainError(_("This code is wrong or was used already."))
    return verified


def _refuse_within(device: Any, wait: timedelta) -> None:
    """Raise DomainError where the next code will be looked at only after a longer wait than this."""
    _is_allowed, reason = device.verify_is_allowed()
    if reason and reason["locked_until"] > timezone.now() + wait:
        until = timezone.localtime(reason["locked_until"])
        text = _("Too many wrong codes. Try again after %(time)s.")
        raise DomainError(text % {"time": time_format(until, "H:i:s")})


@transaction.atomic
def reset(user: User) -> int:
    """Take the account's second factor and recovery codes away; return how many devices there were."""
    devices = [*TOTPDevice.objects.filter(user=user), *StaticDevice.objects.filter(user=user)]
    for device in devices:
        device.delete()
    return len(devices)


def _lock(user: User) -> None:
    """Two windows of one person wait for each other."""
    User.objects.select_for_update().get(pk=user.pk)
