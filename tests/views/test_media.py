"""Uploaded pictures are served, and nothing else is."""

from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_edition, make_exhibitor, make_picture


@pytest.mark.django_db
def test_a_stored_picture_is_served_for_ever(client: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitor.logo = SimpleUploadedFile("logo.png", make_picture())
    exhibitor.save()
    response = client.get(exhibitor.logo.url)
    assert response.status_code == 200
    assert response["Content-Type"] == "image/webp"
    assert "immutable" in response["Cache-Control"]
    assert b"".join(response.streaming_content)[8:12] == b"WEBP"  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["secret.txt", "../secret_key", "pictures/../secret.txt", "pictures/ab/x.webp"])
def test_nothing_but_pictures_is_served(client: Client, settings: LazySettings, name: str) -> None:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "secret.txt").write_text("secret")
    assert client.get(f"/media/{name}").status_code == 404
