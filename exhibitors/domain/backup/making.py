"""Makes a backup: first the database as it is at one moment, then the pictures, at last the list of both."""

import contextlib
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from exhibitors.domain.backup import archive, manifest, media, names, postgresql, sqlite
from exhibitors.domain.backup.disk import bring_to_disk
from exhibitors.domain.backup.manifest import DUMPS, Manifest
from exhibitors.domain.errors import DomainError


@dataclass(frozen=True)
class Made:
    """A new backup, and older ones that were removed after it was whole."""

    path: Path
    manifest: Manifest
    removed: list[Path]


def make(folder: Path, *, now: datetime, keep: int | None = None) -> Made:
    """Write a backup into a folder and, with `keep`, leave that many there; raises DomainError where it must not.

    The file has its name only when it is whole and on the disk; nothing is ever overwritten.
    """
    _refuse_unfit(folder)
    names.remove_abandoned(folder, now)
    path = folder / names.name_at(now)
    with _workplace(path) as work:
        written = _write(work, now)
        (work / path.name).rename(path)
    bring_to_disk(folder)
    return Made(path, written, names.remove_older(path, keep) if keep else [])


def _refuse_unfit(folder: Path) -> None:
    if not folder.is_dir():
        # Making it would fill the wrong disk where the right one is not mounted.
        raise DomainError(_("There is no folder %(folder)s.") % {"folder": folder})
    if folder.resolve().is_relative_to(media.root()):
        raise DomainError(_("Everybody can read the folder of pictures: choose another one for backups."))


@contextlib.contextmanager
def _workplace(path: Path) -> Iterator[Path]:
    """A folder that only one backup of this minute gets, beside its file, so that this is put in place by renaming."""
    work = path.with_name(f"{path.name}{names.UNFINISHED}")
    try:
        work.mkdir(mode=0o700)
    except FileExistsError as error:
        raise DomainError(_("Another backup is being made: %(path)s") % {"path": work}) from error
    try:
        if path.exists():
            raise DomainError(
                _("%(path)s is there already. Wait a minute: a backup never overwrites one.") % {"path": path}
            )
        yield work
    finally:
        shutil.rmtree(work)


def _write(work: Path, now: datetime) -> Manifest:
    dump = work / DUMPS[connection.vendor]
    facts = (postgresql if connection.vendor == "postgresql" else sqlite).dump(dump)
    with archive.new(work / names.name_at(now)) as writer:
        with dump.open("rb") as source:
            writer.add(dump.name, source, changed_at=now.timestamp())
        media.add_all(writer)
        written = Manifest(now, facts, dict(writer.members))
        data = manifest.write(written)
        writer.add(archive.MANIFEST, io.BytesIO(data), changed_at=now.timestamp())
        writer.add(archive.SEAL, io.BytesIO(archive.sealed(data)), changed_at=now.timestamp())
    return written
