"""Browsers at the sign-in page, and the codes of an authenticator app."""

from binascii import unhexlify
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "not-a-real-secret-9"


def browser(address: str = "203.0.113.7", **options: Any) -> Client:
    return Client(headers={"accept-language": "en"}, REMOTE_ADDR=address, **options)


def sign_in(client: Client, username: str = "organiser", password: str = PASSWORD, query: str = "") -> Any:
    return client.post(reverse("admin:login") + query, {"username": username, "password": password})


def is_in(client: Client) -> bool:
    return client.get(reverse("admin:index")).status_code == 200


def make_device(user: User) -> TOTPDevice:
    return TOTPDevice.objects.create(user=user, name="app")


def code_of(key: str) -> str:
    """What the app shows now for a key in hexadecimal digits."""
    return f"{TOTP(unhexlify(key)).token():06d}"


def wrong_code_of(key: str) -> str:
    """Six digits that the app shows neither now nor just before or after."""
    totp = TOTP(unhexlify(key))
    shown = set()
    for drift in range(-3, 4):
        totp.drift = drift
        shown.add(totp.token())
    return f"{next(number for number in range(10) if number not in shown):06d}"
