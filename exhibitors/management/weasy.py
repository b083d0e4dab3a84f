"""Lays pages out with WeasyPrint; only pdf.py imports this, and no request ever does."""

import mimetypes
from pathlib import Path
from typing import Any

import weasyprint
from django.contrib.staticfiles import finders
from PIL import ImageFile
from weasyprint.text.ffi import ffi, fontconfig
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

# WeasyPrint lets Pillow take pictures that are cut off. Uploads must not be taken so, wherever both are loaded.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Where the project's static files seem to lie. The name can't exist (RFC 6761), so nothing is ever fetched from it.
BASE = "https://static.invalid/"


class RefusedAddressError(Exception):
    """A page asks for something that is neither a static file of our own nor part of the page."""


def lay_out(html: str) -> tuple[bytes, int, set[str]]:
    """Return the PDF, the number of its pages, and the characters that no installed font can draw.

    Style sheets are named relative to our static files. Raises RefusedAddressError.
    """
    undrawn: set[str] = set()

    def look(document: Any, _pdf: object) -> None:
        undrawn.update(chr(code) for font in document.fonts.values() for code in font.missing)

    try:
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=OwnFiles(), media_type="print").render()
    except FatalURLFetchingError as error:
        raise RefusedAddressError(f"{error}: {error.__cause__}") from error
    content = document.write_pdf(finisher=look, pdf_tags=True)  # tags let screen readers walk the tables
    return content, len(document.pages), undrawn


class OwnFiles(URLFetcher):
    """Hands out static files of our own and what is part of the page (data:); never asks the network or the disk."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith(BASE):
            return super().fetch(url, headers)
        found = finders.find(url.removeprefix(BASE))
        if not found:
            raise FileNotFoundError("no static file of ours")
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(found).read_bytes(), {"Content-Type": kind})


def has_fonts() -> bool:
    """Whether the system has any font; without one, Pango would end the whole process."""
    config = fontconfig.FcInitLoadConfigAndFonts()
    try:
        fonts = fontconfig.FcConfigGetFonts(config, fontconfig.FcSetSystem)
        return bool(fonts != ffi.NULL and fonts.nfont)
    finally:
        fontconfig.FcConfigDestroy(config)
