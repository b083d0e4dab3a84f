"""Bytes to text: a byte order mark, else strict UTF-8, else strict CP949, else Windows-1252."""

import codecs
from dataclasses import dataclass

from django.utils.translation import gettext as _

from exhibitors.domain.importing.errors import FileRefusedError

ENCODINGS = ("utf-8", "cp949", "windows-1252", "utf-16")


@dataclass(frozen=True)
class Decoded:
    """A text and the name of the encoding that it was in."""

    text: str
    encoding: str


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Return the text of `data`, in the encoding asked for or in the first that fits without an error.

    Raises FileRefusedError where it does not fit, or where the text is that of a program, a picture, an archive.
    """
    for candidate in [encoding] if encoding else _candidates(data):
        try:
            text = data.decode(_CODECS[candidate])
        except UnicodeDecodeError:
            continue
        _refuse_binary(text)
        return Decoded(text, candidate)
    if encoding:
        raise FileRefusedError(_("The file is not in the encoding %(encoding)s.") % {"encoding": encoding})
    raise FileRefusedError(no_spreadsheet())


_CODECS = {"utf-8": "utf-8-sig", "cp949": "cp949", "windows-1252": "cp1252", "utf-16": "utf-16"}


def _candidates(data: bytes) -> list[str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return ["utf-16"]
    if data.startswith(codecs.BOM_UTF8):
        return ["utf-8"]
    return ["utf-8", "cp949", "windows-1252"]


def _refuse_binary(text: str) -> None:
    strange = sum(1 for character in text[:100_000] if character < " " and character not in "\t\n\r\v\f")
    if strange > 3 + min(len(text), 100_000) // 200:
        raise FileRefusedError(no_spreadsheet())


def no_spreadsheet() -> str:
    return _("This is no spreadsheet that can be read. Save it as an Excel workbook (.xlsx) or as CSV.")
