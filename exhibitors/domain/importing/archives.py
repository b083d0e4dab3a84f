"""The gate before a zip: what a workbook holds is unpacked under limits, and only that is handed on."""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from django.utils.translation import gettext as _

from exhibitors.domain.importing.errors import FileRefusedError

MAX_MEMBERS = 2_000
MAX_UNPACKED = 64 * 1024 * 1024  # bytes, all members together
MAX_RATIO = 150  # of a member over 1 MB; sheets of real workbooks stay under 40
_SMALL = 1024 * 1024
_CHUNK = 256 * 1024


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the XML members of a zip by name.

    Sizes are counted while unpacking, never believed. Raises FileRefusedError for an archive that is broken,
    encrypted or swells beyond the limits, and for XML with entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise FileRefusedError(
            _("The workbook is damaged or was not transferred whole. Save it again in Excel.")
        ) from error


def repack(members: Mapping[str, bytes]) -> bytes:
    """Return a zip of exactly these members, so that a reader opens nothing that was not looked at."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _members(archive: zipfile.ZipFile) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise FileRefusedError(_too_large())
    members: dict[str, bytes] = {}
    total = 0
    for info in infos:
        if not info.filename.endswith((".xml", ".rels")):
            continue  # pictures, macros, printer settings
        if info.flag_bits & 1:
            raise FileRefusedError(_("The workbook is protected by a password. Save it without one."))
        content = _unpacked(archive, info, limit=MAX_UNPACKED - total)
        _refuse_entities(content)
        total += len(content)
        members[info.filename] = content
    return members


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, *, limit: int) -> bytes:
    content = bytearray()
    with archive.open(info) as member:
        while chunk := member.read(_CHUNK):
            content += chunk
            if len(content) > limit or len(content) > max(_SMALL, MAX_RATIO * info.compress_size):
                raise FileRefusedError(_too_large())
    return bytes(content)


def _refuse_entities(content: bytes) -> None:
    if _ENTITIES.search(content):
        raise FileRefusedError(_("The workbook holds XML entities, which no Excel writes. Save it again in Excel."))


_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0[DE]\0|\0<\0!\0[DE]")  # in UTF-8 or either UTF-16


def _too_large() -> str:
    return _("The workbook unpacks to far more than a list of exhibitors. Save only the list as a new workbook.")
