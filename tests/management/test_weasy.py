"""What a page may fetch while it becomes a PDF: our own static files and what it holds itself, nothing else."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from PIL import ImageFile

from tests.management.printed import skip_without_pdf

PICTURE = (
    "data:image/svg+xml;charset=utf-8,"
    "%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E"
)


@pytest.fixture
def weasy() -> ModuleType:
    skip_without_pdf()
    return importlib.import_module("exhibitors.management.weasy")


@pytest.mark.parametrize(
    "asks",
    [
        '<img src="http://127.0.0.1:9/picture.png">',
        '<img src="//cdn.example/picture.png">',
        '<img src="ftp://cdn.example/picture.png">',
        f'<img src="{Path(__file__).as_uri()}">',
        '<link rel="stylesheet" href="https://cdn.example/style.css">',
        "<style>@import url(https://cdn.example/style.css);</style>",
        "<style>p { background: url(https://cdn.example/ground.png) }</style><p>",
        "<style>@font-face { font-family: F; src: url(https://cdn.example/font.ttf) } p { font-family: F }</style><p>x",
    ],
)
def test_nothing_is_fetched_from_elsewhere(weasy: ModuleType, asks: str) -> None:
    with pytest.raises(weasy.RefusedAddressError, match="URI uses disallowed protocol"):
        weasy.lay_out(f'<html lang="ko">{asks}</html>')


@pytest.mark.parametrize("address", ["css/none.css", "../manage.py", "%2e%2e/manage.py", "css/../../manage.py"])
def test_of_our_files_only_the_static_ones_are_handed_out(weasy: ModuleType, address: str) -> None:
    with pytest.raises(weasy.RefusedAddressError, match="no static file of ours"):
        weasy.lay_out(f'<html lang="ko"><link rel="stylesheet" href="{address}"></html>')


def test_our_static_files_and_pictures_in_the_page_are_taken(weasy: ModuleType) -> None:
    page = f'<html lang="ko"><img src="img/og.png"><img src="{PICTURE}"></html>'

    content, pages, undrawn = weasy.lay_out(page)

    assert (content[:5], pages, undrawn) == (b"%PDF-", 1, set())
    assert content.count(b"/Subtype /Image") >= 1


def test_pictures_that_are_cut_off_are_refused_as_before(weasy: ModuleType) -> None:
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False
