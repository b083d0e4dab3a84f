"""The file of a backup: a tar whose members all stand, with their sizes and hashes, in the manifest at its end.

It is never unpacked by tarfile, which would follow names, links and rights that the file gives: a member is a plain
file under a name that is safe, or the whole is refused.
"""

import contextlib
import hashlib
import os
import re
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from exhibitors.domain.backup import manifest as manifests
from exhibitors.domain.backup.disk import bring_to_disk
from exhibitors.domain.backup.manifest import DUMPS, Manifest, Member
from exhibitors.domain.errors import DomainError

MANIFEST = "manifest.json"
SEAL = "manifest.json.sha256"  # as sha256sum writes it, and checks it
MEDIA = "media/"
_LONGEST_MANIFEST = 256 * 1024 * 1024  # bytes, room for a million pictures
_CHUNK = 1024 * 1024


class Writer:
    """Adds members to a new tar and remembers what it has added."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.members: dict[str, Member] = {}

    def add(self, name: str, source: IO[bytes], *, changed_at: float) -> None:
        """Add all of a file that can be wound back; `changed_at` in seconds since 1970."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mtime, entry.mode = source.seek(0, os.SEEK_END), int(changed_at), 0o600
        source.seek(0)
        hashed = _Hashed(source)
        self._tar.addfile(entry, hashed)
        self.members[name] = Member(entry.size, hashed.digest.hexdigest())


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class _Hashed:
    """Hashes what is read through it."""

    def __init__(self, file: _Readable) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


@contextlib.contextmanager
def new(path: Path) -> Iterator[Writer]:
    """Yield a writer of a file that only its owner reads, and bring it to the disk."""
    path.touch(mode=0o600, exist_ok=False)
    with path.open("wb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            yield Writer(tar)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> Manifest:
    """Return the manifest of a whole backup, every byte of it checked; raises DomainError where anything is wrong."""
    try:
        with opened(path) as tar:
            return _checked(tar, path)
    except OSError as error:
        message = _("%(path)s cannot be read: %(reason)s")
        raise DomainError(message % {"path": path, "reason": error.strerror or error}) from error
    except (tarfile.TarError, EOFError, ValueError) as error:  # tarfile takes some damage for bad numbers
        raise _damaged() from error


def opened(path: Path) -> tarfile.TarFile:
    return tarfile.open(path, "r:")


def extract(tar: tarfile.TarFile, name: str, target: Path, expected: Member) -> None:
    """Write a member to a new file, on the disk for good, with the time that it had."""
    with target.open("xb") as file:
        if _copied(_content(tar, tar.getmember(name)), file) != expected:
            raise _damaged()
        file.flush()
        os.fsync(file.fileno())
    changed_at = tar.getmember(name).mtime
    os.utime(target, (changed_at, changed_at))


def extract_media(tar: tarfile.TarFile, manifest: Manifest, target: Path) -> None:
    """Write all pictures below a new folder."""
    target.mkdir()
    for name, member in manifest.members.items():
        if name.startswith(MEDIA):
            path = target / name.removeprefix(MEDIA)
            path.parent.mkdir(parents=True, exist_ok=True)
            extract(tar, name, path, member)
            path.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    for folder in (target, *(path for path in target.rglob("*") if path.is_dir())):
        bring_to_disk(folder)


def _checked(tar: tarfile.TarFile, path: Path) -> Manifest:
    found: dict[str, Member] = {}
    last = None
    for last in tar:
        if last.name in found or not _is_expected(last):
            raise DomainError(_("This is no backup of this site: it holds “%(name)s”.") % {"name": last.name})
        found[last.name] = _measured(_content(tar, last))
        if found[last.name].size != last.size:
            raise _damaged()
    if last is None or last.name != SEAL or not _ends_after(last, path):
        raise DomainError(_("This backup is not whole: it is damaged, or was cut off on its way."))
    manifest = _manifest(tar)
    if {**manifest.members, MANIFEST: found[MANIFEST], SEAL: found[SEAL]} != found or manifest.dump not in found:
        raise _damaged()
    return manifest


def _is_expected(entry: tarfile.TarInfo) -> bool:
    if entry.type != tarfile.REGTYPE or entry.sparse is not None:
        return False
    if entry.name in {MANIFEST, SEAL, *DUMPS.values()}:
        return True
    return entry.name.startswith(MEDIA) and is_safe(entry.name.removeprefix(MEDIA))


def is_safe(name: str) -> bool:
    """Whether a name stays below the folder that it is put into, on every system."""
    parts = name.split("/")
    forbidden = re.search(r"[\x00\\:]", name)
    return not forbidden and not PurePosixPath(name).is_absolute() and not {"", ".", ".."}.intersection(parts)


def _content(tar: tarfile.TarFile, entry: tarfile.TarInfo) -> _Readable:
    content = tar.extractfile(entry)
    if content is None:
        raise _damaged()
    return content


def _measured(source: _Readable) -> Member:
    digest, size = hashlib.sha256(), 0
    while data := source.read(_CHUNK):
        digest.update(data)
        size += len(data)
    return Member(size, digest.hexdigest())


def _copied(source: _Readable, target: IO[bytes]) -> Member:
    hashed = _Hashed(source)
    shutil.copyfileobj(hashed, target, _CHUNK)
    return Member(target.tell(), hashed.digest.hexdigest())


def _ends_after(last: tarfile.TarInfo, path: Path) -> bool:
    """Whether nothing but the zeros that end a tar follows its last member."""
    end = last.offset_data + -(-last.size // tarfile.BLOCKSIZE) * tarfile.BLOCKSIZE
    with path.open("rb") as file:
        file.seek(end)
        rest = file.read(2 * tarfile.RECORDSIZE)
        return len(rest) >= 2 * tarfile.BLOCKSIZE and not rest.strip(b"\0") and file.tell() % tarfile.RECORDSIZE == 0


def _manifest(tar: tarfile.TarFile) -> Manifest:
    """The manifest, if it is the one that was sealed."""
    try:
        entry, seal = tar.getmember(MANIFEST), tar.getmember(SEAL)
    except KeyError as error:
        raise _damaged() from error
    if max(entry.size, seal.size) > _LONGEST_MANIFEST:
        raise _damaged()
    data = _content(tar, entry).read()
    if _content(tar, seal).read() != sealed(data):
        raise _damaged()
    return manifests.parse(data)


def sealed(data: bytes) -> bytes:
    return f"{hashlib.sha256(data).hexdigest()}  {MANIFEST}\n".encode()


def _damaged() -> DomainError:
    return DomainError(_("This backup is damaged: what it holds is not what was put in."))
