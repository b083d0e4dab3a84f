"""The file of a backup: whole, or refused before anything comes of it."""

import hashlib
import tarfile
from pathlib import Path

import pytest
from django.utils import translation

from exhibitors.domain.backup import archive, manifest
from exhibitors.domain.backup.archive import is_safe
from exhibitors.domain.errors import DomainError
from tests.domain.backup.archives import FACTS, MADE_AT, MEMBERS, append, write

DAMAGED = "This backup is damaged: what it holds is not what was put in."
CUT_OFF = "This backup is not whole: it is damaged, or was cut off on its way."


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "expo-2026-11-26T0930.tar"


def refusal(path: Path) -> str:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        archive.read(path)
    return str(caught.value)


def test_what_was_written_is_read(path: Path) -> None:
    written = write(path)

    found = archive.read(path)

    assert found == written
    assert (found.made_at, found.database, list(found.members)) == (MADE_AT, FACTS, list(MEMBERS))
    assert path.stat().st_mode & 0o777 == 0o600


def test_hashes_are_those_of_sha256sum(path: Path) -> None:
    written = write(path)

    assert {name: member.sha256 for name, member in written.members.items()} == {
        name: hashlib.sha256(data).hexdigest() for name, data in MEMBERS.items()
    }
    with tarfile.open(path) as tar:
        sealed, seal = (tar.extractfile(name).read() for name in ("manifest.json", "manifest.json.sha256"))  # type: ignore[union-attr]
    assert seal.decode() == f"{hashlib.sha256(sealed).hexdigest()}  manifest.json\n"


def test_members_are_unpacked_with_their_bytes_and_times(path: Path, tmp_path: Path) -> None:
    written = write(path)

    with archive.opened(path) as tar:
        archive.extract_media(tar, written, tmp_path / "media")

    unpacked = {file: file.read_bytes() for file in (tmp_path / "media").rglob("*") if file.is_file()}
    assert unpacked == {
        tmp_path / "media/pictures/ab/가나.webp": b"picture",
        tmp_path / "media/empty": b"",
    }
    assert {file.stat().st_mtime for file in unpacked} == {MADE_AT.timestamp()}


def test_a_flipped_byte_is_found_or_means_nothing(path: Path) -> None:
    written = write(path)
    sound = path.read_bytes()
    refused = 0

    for position in range(0, len(sound), 31):
        flipped = bytearray(sound)
        flipped[position] ^= 0xFF
        path.write_bytes(flipped)
        try:
            assert archive.read(path) == written  # what fills a block up is nobody's
        except DomainError:
            refused += 1

    assert refused > 200


def test_a_byte_of_any_member_is_hashed(path: Path) -> None:
    write(path)
    sound = path.read_bytes()

    for piece in (b"rows ", b"picture", b'"made_at"'):
        path.write_bytes(sound.replace(piece, piece.swapcase(), 1))
        assert refusal(path) == DAMAGED


@pytest.mark.parametrize("missing", [1, 512, 5_000, 10_239])
def test_what_was_cut_off_is_refused(path: Path, missing: int) -> None:
    write(path)
    path.write_bytes(path.read_bytes()[:-missing])

    assert refusal(path) in {CUT_OFF, DAMAGED}


def test_what_goes_on_after_its_end_is_refused(path: Path) -> None:
    write(path)
    with path.open("ab") as file:
        file.write(b"more")

    assert refusal(path) == CUT_OFF


@pytest.mark.parametrize("content", [b"", b"no tar at all", b"\0" * 10_240])
def test_another_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    assert refusal(path) in {CUT_OFF, DAMAGED}


def test_a_file_that_is_missing_is_named(path: Path) -> None:
    assert refusal(path) == f"{path} cannot be read: No such file or directory"


@pytest.mark.parametrize(
    "name",
    ["../x", "/etc/passwd", "media/../../x", "media//x", "media/./x", "media/a\\b", "media/C:x", "notes.txt", "media/"],
)
def test_a_foreign_or_dangerous_name_is_refused_though_it_is_in_the_manifest(path: Path, name: str) -> None:
    write(path, {**MEMBERS, name: b"x"})

    assert refusal(path) == f"This is no backup of this site: it holds “{name}”."


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE])
def test_whatever_is_no_plain_file_is_refused(path: Path, kind: bytes) -> None:
    write(path)
    entry = tarfile.TarInfo("media/link")
    entry.type, entry.linkname = kind, "/etc/passwd"
    append(path, entry)

    assert refusal(path) == "This is no backup of this site: it holds “media/link”."


def test_a_member_that_is_not_in_the_manifest_is_refused(path: Path) -> None:
    write(path)
    append(path, tarfile.TarInfo("media/more.webp"), b"x")

    assert refusal(path) == CUT_OFF


def test_a_member_that_comes_twice_is_refused(path: Path) -> None:
    write(path)
    append(path, tarfile.TarInfo("media/empty"))

    assert refusal(path) == "This is no backup of this site: it holds “media/empty”."


def test_a_backup_without_its_database_is_refused(path: Path) -> None:
    write(path, {"media/a.webp": b"x"})

    assert refusal(path) == DAMAGED


def test_a_format_of_the_future_is_told(path: Path) -> None:
    data = manifest.write(write(path))

    with translation.override("en"), pytest.raises(DomainError) as caught:
        manifest.parse(data.replace(b'"format": 1,', b'"format": 2,'))

    told = "A newer version of this program made this backup: restore it with that version."
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"{", b""),
        (b'"format"', b'"forma"'),
        (b'"sqlite"', b'"oracle"'),
        (b'"members": {', b'"members": ["x"], "m": {'),
        (b"2026-", b"then-"),
    ],
)
def test_a_manifest_that_is_none_is_refused(path: Path, old: bytes, new: bytes) -> None:
    data = manifest.write(write(path))

    with translation.override("en"), pytest.raises(DomainError) as caught:
        manifest.parse(data.replace(old, new, 1))

    assert str(caught.value) == "This backup is damaged: its manifest cannot be read."


@pytest.mark.parametrize("name", ["a.webp", "pictures/ab/0f-800x600-112.webp", "가나/다.webp", ".hidden", "a..b"])
def test_names_below_the_folder_are_safe(name: str) -> None:
    assert is_safe(name)
