"""A site with a bit of everything, in a database and a folder of its own."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.utils import translation
from django_otp.plugins.otp_totp.models import TOTPDevice

from exhibitors.domain import backup, exhibitors, history, sample
from exhibitors.domain.errors import DomainError
from exhibitors.models import Exhibitor
from tests.databases import using
from tests.factories import make_account, make_import_run, make_organiser, make_picture, make_print_run

NOW = datetime(2026, 11, 26, 0, 30, 15, tzinfo=UTC)


@dataclass(frozen=True)
class Original:
    """A site, its backup, and what it holds."""

    database: str
    folder: Path
    path: Path
    manifest: backup.Manifest
    rows: dict[str, list[tuple[object, ...]]]
    files: dict[str, bytes]


@contextlib.contextmanager
def site(database: str, folder: Path) -> Iterator[None]:
    with using(database), override_settings(MEDIA_ROOT=folder / "media"):
        yield


def fill() -> None:
    """The sample edition, accounts, changes of it, a print run, an import that was begun, a picture, a session."""
    edition = sample.load().edition
    organiser = make_organiser()
    TOTPDevice.objects.create(user=organiser, name="phone")
    make_account("editor", "editor")
    with history.acting(organiser):
        exhibitor = Exhibitor.objects.order_by("pk")[0]
        exhibitor.logo = SimpleUploadedFile("logo.png", make_picture())
        exhibitor.introduction_ko = "고쳤습니다. 🏭"
        exhibitors.save(exhibitor)
    make_print_run(edition)
    make_import_run(edition, by=organiser)
    session = SessionStore()
    session["seen"] = True
    session.save()


def files(media: Path) -> dict[str, bytes]:
    return {path.relative_to(media).as_posix(): path.read_bytes() for path in media.rglob("*") if path.is_file()}


def refusal(path: Path, *, replace: bool = False) -> str:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        backup.restore(path, replace=replace)
    return str(caught.value)


def refusal_to_make(folder: Path) -> str:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        backup.make(folder, now=NOW)
    return str(caught.value)
