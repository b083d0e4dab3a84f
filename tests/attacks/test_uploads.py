"""Hostile files at the forms that take files: refused with a sentence, or harmless when they are stored."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from exhibitors.models import Exhibitor
from tests.admin.import_steps import LIST, apply, choose, names, upload
from tests.admin.pages import errors_of, form_of, submit
from tests.domain.importing.spreadsheets import as_xlsx, with_member
from tests.factories import make_edition, make_exhibitor, make_organiser, make_picture

pytestmark = pytest.mark.django_db

SCRIPT = b"<script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + SCRIPT + b"</svg>"
GIF_AND_SCRIPT = b"GIF89a=1/*" + b"\x00" * 40 + b"*/;alert(document.cookie);" + SCRIPT
UNREADABLE = "This is no picture that can be read. Use a PNG, JPEG or WebP file."


@pytest.fixture
def desk() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_organiser())
    return client


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as members:
        members.writestr("index.html", SCRIPT)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "kind", "content"),
    [
        ("logo.svg", "image/svg+xml", SVG),
        ("logo.png", "image/png", b"<?xml version='1.0'?>" + SVG),
        ("logo.png\x00.svg", "image/png", GIF_AND_SCRIPT),
    ],
)
def test_a_drawing_or_a_picture_that_is_a_script_is_refused(
    desk: Client, name: str, kind: str, content: bytes, tmp_path: Path
) -> None:
    exhibitor = make_exhibitor(make_edition())

    answer = submit(desk, form_of(exhibitor), logo=SimpleUploadedFile(name, content, kind))

    assert errors_of(answer) == [UNREADABLE]
    assert all_files(tmp_path) == []


@pytest.mark.parametrize(("picture_format", "tail"), [("PNG", SCRIPT), ("JPEG", archive()), ("WEBP", archive())])
def test_a_picture_that_is_a_page_or_an_archive_too_is_stored_as_a_picture_alone(
    desk: Client, picture_format: str, tail: bytes
) -> None:
    exhibitor = make_exhibitor(make_edition())
    polyglot = make_picture(40, 40, picture_format) + tail

    submit(desk, form_of(exhibitor), logo=SimpleUploadedFile("logo.html", polyglot, "text/html"))

    logo = Exhibitor.objects.get().logo
    answer = Client().get(logo.url)
    content = answer.getvalue()
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert (content[:4], content[8:12]) == (b"RIFF", b"WEBP")
    assert [mark in content for mark in (b"script", b"PK\x03\x04")] == [False, False]


def all_files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", ["../../../evil.html", "/etc/evil.html", "..\\..\\evil.html", "a\x00b.html"])
def test_no_name_of_a_picture_reaches_the_disk(desk: Client, name: str, settings: Settings, tmp_path: Path) -> None:
    exhibitor = make_exhibitor(make_edition())

    submit(desk, form_of(exhibitor), logo=SimpleUploadedFile(name, make_picture(40, 40)))

    assert [Path(file).parts[:2] for file in all_files(tmp_path)] == [("media", "pictures")]


@pytest.mark.parametrize("member", ["../../evil.xml", "/tmp/evil.xml", "xl/../../evil.xml", "..\\evil.xml"])
def test_no_name_inside_a_workbook_reaches_the_disk(desk: Client, member: str, tmp_path: Path) -> None:
    hostile = with_member(as_xlsx(LIST), {member: lambda _old: b"<a/>"})

    apply(desk, choose(desk, upload(desk, make_edition(), hostile), creates_missing="on"))

    assert (len(names()), all_files(tmp_path), Path("/tmp/evil.xml").exists()) == (3, [], False)


@pytest.mark.parametrize(
    "path",
    [
        "/media/../secret_key",
        "/media/..%2fsecret_key",
        "/media/%2e%2e/%2e%2e/secret_key",
        "/media/pictures/00/../../../secret_key",
        "/media//etc/passwd",
        "/media/pictures\\..\\..\\secret_key",
        "/media/secret_key%00.webp",
        "/media/pictures/",
        "/static/../secret_key",
        "/static/%2e%2e/secret_key",
        "/static/..%2f..%2fetc/passwd",
        "/static//etc/passwd",
    ],
)
def test_no_address_leads_out_of_the_folders_of_files(path: str, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("secret")
    (tmp_path / "static").mkdir()
    settings.STATIC_ROOT = tmp_path / "static"

    answer: Any = Client().get(path)

    assert (answer.status_code in {302, 404}, answer.content == b"secret") == (True, False)
