"""Small backups, sound and unsound ones, made without a database."""

import dataclasses
import io
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from exhibitors.domain.backup import archive, manifest
from exhibitors.domain.backup.manifest import Facts, Manifest

MADE_AT = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
FACTS = Facts("sqlite", "3.40.1", (("exhibitors", "0001_initial"),), {"exhibitors_edition": 1})
MEMBERS = {"database.sqlite3": b"rows " * 300, "media/pictures/ab/가나.webp": b"picture", "media/empty": b""}


def write(path: Path, members: Mapping[str, bytes] = MEMBERS, facts: Facts = FACTS) -> Manifest:
    """A sound backup of these members, whatever their names."""
    with archive.new(path) as writer:
        for name, data in members.items():
            writer.add(name, io.BytesIO(data), changed_at=MADE_AT.timestamp())
        written = Manifest(MADE_AT, facts, dict(writer.members))
        data = manifest.write(written)
        writer.add(archive.MANIFEST, io.BytesIO(data), changed_at=0)
        writer.add(archive.SEAL, io.BytesIO(archive.sealed(data)), changed_at=0)
    return written


def rewrite(source: Path, target: Path, **facts: object) -> None:
    """The same backup with other facts about its database."""
    found = archive.read(source)
    told = dataclasses.replace(found.database, **facts)  # type: ignore[arg-type]
    with tarfile.open(source) as tar:
        members = {name: tar.extractfile(name).read() for name in found.members}  # type: ignore[union-attr]
    dump = members.pop(found.dump)
    write(target, {manifest.DUMPS[told.vendor]: dump, **members}, told)


def append(path: Path, entry: tarfile.TarInfo, data: bytes = b"") -> None:
    """Add an entry of any kind behind all others."""
    entry.size = len(data)
    with tarfile.open(path, "a") as tar:
        tar.addfile(entry, io.BytesIO(data))
