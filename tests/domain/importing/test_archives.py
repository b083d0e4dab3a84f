"""The gate before a zip: damaged, swelling or armed archives go no further."""

import io
import zipfile
import zlib

import pytest

from exhibitors.domain.importing import FileRefusedError, archives
from exhibitors.domain.importing.archives import repack, unpack
from tests.domain.importing.spreadsheets import as_xlsx


def as_zip(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def test_xml_members_are_unpacked_and_all_else_is_left() -> None:
    members = {"a.xml": b"<a/>", "_rels/b.rels": b"<b/>", "media/c.png": b"\x89PNG", "vbaProject.bin": b"macro"}

    assert unpack(as_zip(members)) == {"a.xml": b"<a/>", "_rels/b.rels": b"<b/>"}


def test_what_was_looked_at_is_all_that_is_handed_on() -> None:
    members = {"a.xml": b"<a/>", "b.xml": b"<b/>"}

    with zipfile.ZipFile(io.BytesIO(repack(members))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == members


@pytest.mark.parametrize("cut", [4, 100, 0.5, 0.99])
def test_a_truncated_zip_is_called_damaged(cut: float) -> None:
    whole = as_xlsx([["회사명"], ["시험업체"]])

    with pytest.raises(FileRefusedError, match="damaged"):
        unpack(whole[: int(cut * len(whole)) if cut < 1 else int(cut)])


def test_a_flipped_byte_is_called_damaged() -> None:
    data = bytearray(as_zip({"a.xml": bytes(range(256)) * 20}, zipfile.ZIP_STORED))
    data[500] ^= 0xFF

    with pytest.raises(FileRefusedError, match="damaged"):
        unpack(bytes(data))


def test_a_zip_bomb_is_refused() -> None:
    bomb = as_zip({"xl/sharedStrings.xml": b"<t>" + b"A" * 30_000_000})
    assert len(bomb) < 61_000

    with pytest.raises(FileRefusedError, match="unpacks to far more"):
        unpack(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    content = b"A" * 30_000_000
    bomb = bytearray(as_zip({"a.xml": content}))
    for signature, offset in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):  # checksum, then both sizes
        start = bomb.rindex(signature) + offset
        bomb[start : start + 4] = zlib.crc32(content[:100]).to_bytes(4, "little")
        bomb[start + 8 : start + 12] = (100).to_bytes(4, "little")

    members = unpack(bytes(bomb))

    assert {name: len(content) for name, content in members.items()} == {"a.xml": 100}
    assert len(repack(members)) < 1000


def test_many_large_members_are_refused_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MAX_UNPACKED", 3000)
    members = {f"{number}.xml": bytes([65 + number]) * 1000 for number in range(3)}

    assert len(unpack(as_zip(members))) == 3
    with pytest.raises(FileRefusedError, match="unpacks to far more"):
        unpack(as_zip({**members, "4.xml": b"x"}))


def test_too_many_members_are_refused() -> None:
    with pytest.raises(FileRefusedError, match="unpacks to far more"):
        unpack(as_zip({f"{number}.xml": b"" for number in range(archives.MAX_MEMBERS + 1)}))


@pytest.mark.parametrize("entity", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<!ENTITY b SYSTEM "file:///etc/passwd">'])
def test_xml_entities_are_refused(entity: bytes) -> None:
    with pytest.raises(FileRefusedError, match="XML entities"):
        unpack(as_zip({"a.xml": b"<?xml version='1.0'?>" + entity + b"<a>&b;</a>"}))


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_xml_entities_do_not_hide_in_another_encoding(encoding: str) -> None:
    document = "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode(encoding)

    with pytest.raises(FileRefusedError, match="XML entities"):
        unpack(as_zip({"a.xml": document}))


def test_a_zip_with_a_password_says_so() -> None:
    data = bytearray(as_zip({"a.xml": b"<a/>"}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(signature) + offset] |= 1

    with pytest.raises(FileRefusedError, match="password"):
        unpack(bytes(data))
