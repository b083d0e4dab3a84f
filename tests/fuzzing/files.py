"""Broken spreadsheets and pictures: small whole ones, cut, flipped, swapped, swollen, nested or under a wrong name."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any, NamedTuple

from tests.domain.importing.spreadsheets import DATA, Cells, as_csv, as_xlsx
from tests.factories import make_picture

ROWS: Cells = [
    ["회사명", "영문명", "전시관", "부스", "업종", "홈페이지", "소개"],
    ["에바", "Evar", "혁신관", "A-1", "기계설비", "evar.example", "전기차 충전기"],
    ["백제", "", "", "", "식품·음료", "", "=1+1"],
    ["구름공방", "Cloud Works", "수출관", 5604, "", "", "x" * 300],
]


class Made(NamedTuple):
    """A file, how it was made, and whether it began as a picture."""

    name: str
    content: bytes
    is_picture: bool


def spreadsheets() -> dict[str, bytes]:
    html = "<html><table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in ROWS) + "</table>"
    return {
        "list.xlsx": as_xlsx(ROWS, ROWS, hidden=[1], finish=_undated),
        "list.csv": as_csv(ROWS),
        "list-cp949.csv": as_csv(ROWS, encoding="cp949"),
        "list-utf16.csv": as_csv(ROWS, separator="\t", encoding="utf-16"),
        "table.xls": html.encode(),
        "exhibitors.xls": (DATA / "exhibitors.xls").read_bytes(),
        "office.xls": (DATA / "office.xls").read_bytes(),
    }


def _undated(workbook: Any, _sheet: Any) -> None:
    workbook.set_properties({"created": datetime(2024, 10, 22, tzinfo=UTC)})  # the same file at any time


def pictures() -> dict[str, bytes]:
    return {f"logo.{kind.lower()}": make_picture(60, 40, kind) for kind in ("PNG", "JPEG", "WEBP")}


class Files:
    """Makes broken files."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.spreadsheets, self.pictures = spreadsheets(), pictures()

    def make(self) -> Made:
        is_picture = self.random.random() < 0.4
        name, content = self.random.choice(list((self.pictures if is_picture else self.spreadsheets).items()))
        whole = content
        for _ in range(self.random.choice((1, 1, 1, 2, 3))):
            change = self.random.choice(CHANGES)
            content = change(self, content)
            name = f"{change.__name__}-{name}"
        return Made(name, content or whole[:1], is_picture)

    def cut(self, content: bytes) -> bytes:
        return content[: self.random.randrange(1, max(2, len(content)))]

    def behead(self, content: bytes) -> bytes:
        return content[self.random.randrange(1, max(2, min(len(content), 600))) :]

    def flip(self, content: bytes) -> bytes:
        flipped = bytearray(content)
        for _ in range(self.random.choice((1, 3, 30))):
            if flipped:
                flipped[self.random.randrange(len(flipped))] ^= 1 << self.random.randrange(8)
        return bytes(flipped)

    def overwrite(self, content: bytes) -> bytes:
        at, length = self.random.randrange(len(content) + 1), self.random.choice((1, 2, 4, 16, 200))
        filled = self.random.choice((b"\x00", b"\xff", b"<", b'"', b"\n", b",")) * length
        return content[:at] + self.random.choice((filled, self.random.randbytes(length))) + content[at + length :]

    def repeat(self, content: bytes) -> bytes:
        start = self.random.randrange(len(content) + 1)
        piece = content[start : start + self.random.randrange(1, 400)]
        return content[:start] + piece * self.random.choice((2, 50, 2000)) + content[start:]

    def join(self, content: bytes) -> bytes:
        return content + self.random.choice([*self.spreadsheets.values(), *self.pictures.values()])

    def change_type(self, content: bytes) -> bytes:
        heads = (
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"<table>",
            b"GIF89a",
        )
        return (
            self.random.choice((*heads, b"\xff\xfe", b"\xef\xbb\xbf", b"%PDF-1.7", b"RIFF", b"sep=;\n")) + content[8:]
        )

    def claim_size(self, content: bytes) -> bytes:
        """A PNG that says it is huge, flat or of no size; of what is no PNG four bytes near its head."""
        number = self.random.choice((0, 1, 6325, 100_000, 2**31 - 1, 2**32 - 1))
        if not content.startswith(b"\x89PNG") or len(content) < 33:
            at = self.random.randrange(max(1, min(len(content), 60)))
            return content[:at] + struct.pack("<I", number) + content[at + 4 :]
        head = bytearray(content[12:29])
        struct.pack_into(">I", head, 4 + 4 * self.random.randrange(2), number)
        return content[:12] + bytes(head) + struct.pack(">I", zlib.crc32(bytes(head))) + content[33:]

    def change_member(self, content: bytes) -> bytes:
        """A workbook one of whose parts is broken and packed whole again; anything else is packed as one."""
        members = _members(content) or {"xl/workbook.xml": content, "[Content_Types].xml": b"<Types/>"}
        name = self.random.choice(list(members))
        members[name] = self.random.choice(PARTS)(members[name], self.random)
        return _packed(members)

    def nest(self, content: bytes) -> bytes:
        for depth in range(self.random.choice((1, 5, 20))):
            content = _packed({f"xl/{depth}.xml": content, "xl/workbook.xml": content[:2000]})
        return content

    def swell(self, content: bytes) -> bytes:
        members = _members(content) or {"xl/sharedStrings.xml": content}
        members[self.random.choice(list(members))] = self.random.choice((b" ", b"<a>", b"<row/>", b"0")) * 3_000_000
        return _packed(members)


CHANGES: tuple[Callable[[Files, bytes], bytes], ...] = (
    *(Files.cut, Files.behead, Files.flip, Files.flip, Files.overwrite, Files.repeat, Files.join, Files.change_type),
    *(Files.claim_size, Files.change_member, Files.change_member, Files.nest, Files.swell),
)


def _replace(old: bytes, new: bytes) -> Callable[[bytes, Random], bytes]:
    return lambda content, _random: content.replace(old, new)


PARTS: tuple[Callable[[bytes, Random], bytes], ...] = (
    lambda content, random: content[: random.randrange(len(content) + 1)],
    lambda content, random: content.replace(b">", b">" + random.randbytes(3), 1),
    lambda content, random: b"<a>" * random.choice((10, 10_000)) + content,
    _replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b "bbbbbbbb">]>'),
    _replace(b'r="A1"', b'r="XFD1048576"'),
    _replace(b'r="1"', b'r="99999999999"'),
    _replace(b"<v>", b"<v>99999999999"),
    _replace(b't="s"', b't="e"'),
    _replace(b't="s"', b't="d"'),
    _replace(b"UTF-8", b"UTF-16"),
    _replace(b"sheetId", b"sheetIf"),
    _replace(b"worksheets/", b"../../"),
    _replace(b"<si>", b"<si><si>"),
    _replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
)


def _members(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return {}


def _packed(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            member = zipfile.ZipInfo(name)  # of 1980, not of now: the same file at any time
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, content)
    return buffer.getvalue()
