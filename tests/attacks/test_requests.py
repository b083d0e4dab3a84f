"""Hostile requests: other hosts, headers within headers, other sites' pages around ours or in front of them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from exhibitors.models import ImportRun
from tests.addresses import all_addresses
from tests.admin.import_steps import LIST
from tests.admin.pages import address
from tests.admin.rows import make_rows
from tests.admin.signing_in import PASSWORD, browser, is_in, sign_in
from tests.domain.importing.spreadsheets import as_csv
from tests.factories import make_edition, make_organiser

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)"]


@pytest.fixture
def organiser() -> User:
    return make_organiser()


# Other hosts


@pytest.mark.parametrize(
    "host",
    [
        "elsewhere.example",
        "testserver.elsewhere.example",
        "elsewhere.example:80",
        "testserver@elsewhere.example",
        "testserver\r\nX-Evil: 1",
        "testserver/path",
        "[::1",
        "",
    ],
)
def test_a_host_that_is_not_ours_is_refused(host: str, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]

    answer = Client().get("/ko/", headers={"host": host})

    assert (answer.status_code, b"elsewhere" in answer.content) == (400, False)


@pytest.mark.parametrize("header", ["x-forwarded-host", "x-host", "forwarded", "x-original-url", "x-rewrite-url"])
def test_a_header_beside_the_host_changes_no_address_of_a_page(header: str) -> None:
    make_edition()
    plain = Client().get("/ko/2024/").content

    assert Client().get("/ko/2024/", headers={header: "elsewhere.example"}).content == plain
    assert b'href="http://testserver/ko/2024/"' in plain


# Other sites


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_leads_nowhere_else(elsewhere: str, organiser: User) -> None:
    client = browser()
    by_address = sign_in(client, query=f"?next={elsewhere}")
    again = client.get(reverse("admin:login"), {"next": elsewhere})
    by_field = browser().post(
        reverse("admin:login"), {"username": "organiser", "password": PASSWORD, "next": elsewhere}
    )

    assert [answer["Location"] for answer in (by_address, again, by_field)] == ["/admin/"] * 3


@pytest.mark.parametrize("path", ["//elsewhere.example/ko", "//elsewhere.example//admin", "/\\elsewhere.example"])
def test_a_forgotten_slash_or_language_leads_nowhere_else(path: str) -> None:
    answer: Any = Client().get("/", PATH_INFO=path)

    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


def test_no_page_can_be_framed_or_taken_for_another_type(settings: Settings) -> None:
    addresses = all_addresses(make_rows())

    answers = {name: Client().get(page) for name, page in addresses.items()}

    found = {
        name: (
            answer.get("X-Frame-Options"),
            "frame-ancestors 'none'" in answer.get("Content-Security-Policy", ""),
            answer.get("X-Content-Type-Options"),
            answer.get("Referrer-Policy"),
        )
        for name, answer in answers.items()
    }
    [answer.getvalue() for answer in answers.values() if answer.streaming]
    assert found == dict.fromkeys(addresses, ("DENY", True, "nosniff", "same-origin"))


def test_every_form_needs_its_token_against_forgery(organiser: User) -> None:
    addresses = all_addresses(make_rows())
    client = Client(enforce_csrf_checks=True)
    client.force_login(organiser)

    found = {name: client.post(page).status_code for name, page in addresses.items()}

    open_data = {name for name in addresses if name.startswith(("api", "^api", "open_data", "exhibitors_json"))}
    assert found == {name: 405 if name in open_data else 403 for name in addresses}


# Headers within headers


@pytest.mark.parametrize("split", ["\r\nSet-Cookie: a=b", "\nX-Evil: 1", "%0d%0aX-Evil:1", "\u560a\u560dX-Evil: 1"])
def test_no_text_ends_a_header(split: str, organiser: User) -> None:
    make_edition()
    client = browser()
    client.force_login(organiser)
    file = SimpleUploadedFile(f"list{split}.csv", as_csv(LIST))
    client.post(address(ImportRun, "add"), {"edition": make_edition("2025").pk, "file": file})
    run = ImportRun.objects.get()

    answers = [
        client.get(address(ImportRun, "file", run.pk)),
        client.post(reverse("admin:set_language"), {"language": f"en{split}", "next": f"/admin/{split}"}),
        client.get(reverse("admin:login"), {"next": f"/admin/{split}"}),
        client.get("/ko/2024/exhibitors/", {"q": split, "hall": split}),
        client.get("/ko/2024", {"q": split}),
    ]

    headers = [header for answer in answers for header in answer.items()]
    assert {name for name, _value in headers} & {"X-Evil", "Set-Cookie"} == set()
    assert [value for _name, value in headers if "\r" in value or "\n" in value] == []


# Sessions


def test_signing_in_changes_the_key_of_the_session(organiser: User) -> None:
    planted = Client()
    planted.get("/ko/")
    planted.session.save()
    key = planted.session.session_key
    victim = browser()
    victim.cookies[django_settings.SESSION_COOKIE_NAME] = key or ""

    sign_in(victim)

    assert key
    assert is_in(victim)
    assert victim.session.session_key != key
    assert not Session.objects.filter(pk=key).exists()


def test_a_key_that_nobody_gave_out_is_not_taken_over(organiser: User) -> None:
    victim = browser()
    victim.cookies[django_settings.SESSION_COOKIE_NAME] = "a" * 32

    sign_in(victim)

    assert victim.session.session_key != "a" * 32


def test_cookies_are_kept_from_scripts_and_other_sites(organiser: User, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    client = browser()
    client.get(reverse("admin:login"))
    sign_in(client)

    flags = {
        name: (cookie["httponly"], cookie["samesite"], cookie["secure"]) for name, cookie in client.cookies.items()
    }

    assert flags == {"sessionid": (True, "Lax", True), "csrftoken": ("", "Lax", True)}


SAFE = {
    "SESSION_COOKIE_SECURE": True,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "CSRF_COOKIE_SECURE": True,
    "CSRF_COOKIE_SAMESITE": "Lax",
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 31536000,
    "SECURE_CONTENT_TYPE_NOSNIFF": True,
    "USE_X_FORWARDED_HOST": False,
    "X_FRAME_OPTIONS": "DENY",
    "DEBUG": False,
    "ALLOWED_HOSTS": ["expo.example"],
}


def test_production_settings_are_the_safe_ones(tmp_path: Path) -> None:
    code = "import json; from django.conf import settings; print(json.dumps({n: getattr(settings, n) for n in %r}))"
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "expo.settings",
        "EXPO_VAR": str(tmp_path),
        "EXPO_PRODUCTION": "1",
        "EXPO_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 2,
        "EXPO_ALLOWED_HOSTS": "expo.example",
        "EXPO_BASE_URL": "https://expo.example",
    }

    ended = subprocess.run(
        [sys.executable, "-c", code % list(SAFE)], cwd=ROOT, env=environment, capture_output=True, check=True
    )

    assert json.loads(ended.stdout) == SAFE
