"""The folder of pictures: what of it goes into a backup, and how another one takes its place.

Its files are named by their content and never written twice, so copying them needs no lock.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from exhibitors.domain.backup.archive import MEDIA, Writer
from exhibitors.domain.backup.disk import bring_to_disk
from exhibitors.domain.errors import DomainError

_IN_MEMORY = 8 * 1024 * 1024  # bytes; pictures are far smaller


def root() -> Path:
    return Path(settings.MEDIA_ROOT).resolve()


def add_all(archive: Writer) -> None:
    """Add every file. To be called after the database is read: what comes later is in no row of it."""
    for path in _files():
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
            changed_at = _copy_whole(path, copy)
            if changed_at is not None:
                name = path.relative_to(root()).as_posix()
                archive.add(f"{MEDIA}{name}", copy, changed_at=changed_at)


def _files() -> Iterator[Path]:
    for folder, folders, names in os.walk(root()):
        folders.sort()
        yield from (path for name in sorted(names) if (path := Path(folder, name)).is_file())


def _copy_whole(path: Path, target: IO[bytes]) -> float | None:
    """Copy a file and return when it was changed; None where it has vanished, or is only now being uploaded."""
    try:
        source = path.open("rb")
    except FileNotFoundError:
        return None
    with source:
        before = os.fstat(source.fileno())
        shutil.copyfileobj(source, target)
        after = os.fstat(source.fileno())
    is_whole = (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns)
    return before.st_mtime if is_whole else None


def has_files() -> bool:
    return next(_files(), None) is not None


def refuse_unless_replaceable() -> None:
    """Raises DomainError where the folder cannot be renamed."""
    if os.path.ismount(root()):
        message = _("%(folder)s is a mounted disk, which no other folder can replace. Mount the folder above it.")
        raise DomainError(message % {"folder": root()})


def replace(new: Path, old: Path) -> None:
    """Put a folder in the place of the pictures, and those, if there are any, in the place of `old`."""
    if root().exists():
        root().rename(old)
    new.rename(root())
    bring_to_disk(root().parent)
