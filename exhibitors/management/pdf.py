"""Writes pages as PDF, or says in a sentence what this machine lacks for it."""

import contextlib
import io
import unicodedata
import warnings
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What an import of WeasyPrint prints and warns of where something is missing, a sentence of our own tells.
with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings(action="ignore"):
    missing: Promise | None = None
    try:
        from exhibitors.management.weasy import has_fonts, lay_out
    except ImportError:
        missing = _(
            "WeasyPrint, which writes PDF, is not installed. Install it with: "
            "pip install --require-hashes -r requirements-pdf.txt"
        )
    except OSError:
        missing = _(
            "The system's libraries that set type (Pango, HarfBuzz) are missing. Install them, on Debian and Ubuntu "
            "with: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
        )

NO_KOREAN_FONT = _(
    "No installed font has these Korean letters: %(letters)s. Install one that has, on Debian and Ubuntu with: "
    "sudo apt install fonts-noto-cjk"
)


class CannotWriteError(Exception):
    """This machine lacks something; the message says what, and how to get it."""


@dataclass(frozen=True)
class Written:
    content: bytes
    pages: int
    undrawn: str
    """Characters, none of them Korean, that no installed font can draw; boxes stand in their place."""


def write(html: str) -> Written:
    """Lay a page out for print, with its fonts embedded; a hundred pages take some 20 seconds and 600 MB.

    Raises CannotWriteError. Style sheets are named relative to our static files, and nothing else is fetched.
    """
    if missing:
        raise CannotWriteError(missing)
    if not has_fonts():
        raise CannotWriteError(NO_KOREAN_FONT % {"letters": "가–힣"})
    content, pages, undrawn = lay_out(html)
    letters = "".join(sorted(filter(_is_hangul, undrawn)))
    if letters:
        raise CannotWriteError(NO_KOREAN_FONT % {"letters": letters[:MANY]})
    return Written(content, pages, "".join(sorted(undrawn)))


MANY = 20  # letters that a sentence names


def _is_hangul(character: str) -> bool:
    return unicodedata.name(character, "").startswith("HANGUL")
