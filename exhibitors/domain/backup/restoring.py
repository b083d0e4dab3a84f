"""Restores a backup: all of it is tested first, then the database changes in one step, and after it the pictures."""

import tempfile
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from exhibitors.domain.backup import archive, databases, media, postgresql, sqlite
from exhibitors.domain.backup.manifest import KINDS, Manifest
from exhibitors.domain.errors import DomainError

_PREFIX = ".expo-restoring-"


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Put the site into the state of a backup; raises DomainError, with nothing changed, where it must not or cannot.

    With `replace` what is there goes. Everything is unpacked beside its place before anything changes; should the
    machine stop between the database and the pictures, restoring once more ends it.
    """
    manifest = archive.read(path)
    _refuse_unfit(manifest)
    if not replace and (not databases.is_empty() or media.has_files()):
        raise DomainError(
            _("This site has data already. Restore into an empty one, or give --replace to replace all of it.")
        )
    vendor = postgresql if connection.vendor == "postgresql" else sqlite
    media.root().parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=vendor.folder()) as near_database,
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=media.root().parent) as near_media,
        archive.opened(path) as tar,
    ):
        dump, pictures = Path(near_database, manifest.dump), Path(near_media, "new")
        archive.extract(tar, manifest.dump, dump, manifest.members[manifest.dump])
        archive.extract_media(tar, manifest, pictures)
        vendor.restore(dump, manifest.database)
        media.replace(pictures, old=Path(near_media, "old"))
    return manifest


def _refuse_unfit(manifest: Manifest) -> None:
    kind = manifest.database.vendor
    if kind != connection.vendor:
        message = _("This is a backup of %(theirs)s, and this site's database is %(ours)s: set DATABASE_URL.")
        raise DomainError(message % {"theirs": KINDS[kind], "ours": KINDS[connection.vendor]})
    if newer := _unknown_migrations(manifest):
        message = _(
            "A newer version of this program made this backup: it knows %(migration)s, which this one does not."
        )
        raise DomainError(message % {"migration": ".".join(newer[-1])})
    media.refuse_unless_replaceable()


def _unknown_migrations(manifest: Manifest) -> list[tuple[str, str]]:
    """Migrations of the backup that the program's own apps lack; those of apps that it no longer has leave it cold."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    return [found for found in manifest.database.migrations if found[0] in loader.migrated_apps and found not in known]
