"""Says in lines what a backup holds."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from exhibitors.domain.backup.archive import MEDIA
from exhibitors.domain.backup.manifest import KINDS, Manifest


def describe(manifest: Manifest) -> list[str]:
    facts = manifest.database
    pictures = [member.size for name, member in manifest.members.items() if name.startswith(MEDIA)]
    newest = [name for app, name in facts.migrations if app == "exhibitors"]
    made_at = date_format(timezone.localtime(manifest.made_at), "Y-m-d H:i:s O")
    return [
        _("Made at: %(moment)s") % {"moment": made_at},
        _("Database: %(kind)s %(version)s, %(bytes)d bytes")
        % {"kind": KINDS[facts.vendor], "version": facts.version, "bytes": manifest.members[manifest.dump].size},
        _("Migrated to: %(migration)s") % {"migration": newest[-1] if newest else "-"},
        _("Pictures: %(count)d, %(bytes)d bytes") % {"count": len(pictures), "bytes": sum(pictures)},
        _("Rows:"),
        *(f"  {table}: {count}" for table, count in facts.rows.items() if count),
    ]
