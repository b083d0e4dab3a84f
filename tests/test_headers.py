"""The permissions policy stands on every answer, whichever layer gives it."""

import contextlib
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.factories import make_edition, make_exhibitor, make_organiser, make_picture
from tests.wsgi import ask, site

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "/": 302,
    "/ko/2024/": 200,
    "/en/2024/exhibitors/": 200,
    "/ko/2024/exhibitors.xlsx": 200,
    "/ko/2024/exhibitors.json": 200,
    "/ko/2024/changes.xml": 200,
    "/ko/nothing/": 404,
    "/api/v1/": 200,
    "/api/v1/editions/": 200,
    "/api/v1/nothing/": 404,
    "/api/v1/editions": 301,
    "/media/nothing.webp": 404,
    "/static/own.css": 200,
    "/static/nothing.css": 404,
    "/robots.txt": 200,
    "/admin/": 302,
    "/admin/login/": 200,
    "/healthz": 200,
    "/readyz": 200,
}


def features(policy: str) -> dict[str, str]:
    return dict(part.strip().split("=") for part in policy.split(","))


def test_every_kind_of_answer_has_it(settings: Settings, tmp_path: Path) -> None:
    make_exhibitor(make_edition(is_current=True))
    (tmp_path / "own.css").write_text("body { color: black }")
    settings.STATIC_ROOT = tmp_path

    application = site()
    answers = {address: ask(application, address) for address in ADDRESSES}

    assert {address: answer.status for address, answer in answers.items()} == ADDRESSES
    assert {answer.headers.get("Permissions-Policy") for answer in answers.values()} == {
        django_settings.PERMISSIONS_POLICY
    }


def test_refusals_have_it() -> None:
    refused = ask(site(), "/ko/", HTTP_HOST="evil.example")
    forged = Client(enforce_csrf_checks=True).post("/admin/login/")

    assert (refused.status, forged.status_code) == (400, 403)
    assert {refused.headers["Permissions-Policy"], forged["Permissions-Policy"]} == {django_settings.PERMISSIONS_POLICY}


def test_pictures_and_the_desk_have_it(client: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("logo.png", make_picture())
    exhibitor.save()
    client.force_login(make_organiser())
    with contextlib.closing(client.get(exhibitor.logo.url)) as picture:
        desk = client.get("/admin/")

    assert (picture.status_code, desk.status_code) == (200, 200)
    assert {picture["Permissions-Policy"], desk["Permissions-Policy"]} == {django_settings.PERMISSIONS_POLICY}


def test_only_what_pages_use_is_allowed_and_to_them_alone() -> None:
    told = features(django_settings.PERMISSIONS_POLICY)

    assert {name for name, allowed in told.items() if allowed != "()"} == {"clipboard-write", "fullscreen"}
    assert set(told.values()) == {"()", "(self)"}
    assert "web-share" not in told, "Chromium complains of it on systems without a share sheet"
    assert {"camera", "microphone", "geolocation", "payment", "usb"} <= told.keys()
