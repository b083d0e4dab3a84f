"""What a backup says about itself: when and of what it was made, and what has to be in it."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError

FORMAT = 1
KINDS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
DUMPS = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}


@dataclass(frozen=True)
class Facts:
    """What a database held at one moment."""

    vendor: str
    version: str
    migrations: tuple[tuple[str, str], ...]
    rows: Mapping[str, int]
    """By the name of a table."""
    needs: int = 0
    """The major version of PostgreSQL's programs that wrote the dump: older ones do not read it."""


@dataclass(frozen=True)
class Member:
    """A file of a backup: its bytes and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """All that a backup says about itself."""

    made_at: datetime
    database: Facts
    members: Mapping[str, Member]

    @property
    def dump(self) -> str:
        """The name of the member that is the database."""
        return DUMPS[self.database.vendor]


def write(manifest: Manifest) -> bytes:
    content = {
        "format": FORMAT,
        "made_at": manifest.made_at.isoformat(),
        "database": asdict(manifest.database),
        "has_secret_key": False,
        "members": {name: asdict(member) for name, member in manifest.members.items()},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def parse(data: bytes) -> Manifest:
    """Read what `write` wrote; raises DomainError where it is of another format, or no manifest."""
    try:
        content = json.loads(data)
        if content["format"] != FORMAT:
            raise DomainError(_("A newer version of this program made this backup: restore it with that version."))
        return Manifest(
            made_at=datetime.fromisoformat(content["made_at"]),
            database=_facts(content["database"]),
            members={str(name): Member(**member) for name, member in content["members"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise DomainError(_("This backup is damaged: its manifest cannot be read.")) from error


def _facts(content: dict[str, Any]) -> Facts:
    if content["vendor"] not in KINDS:
        raise ValueError(content["vendor"])
    migrations = tuple((str(app), str(name)) for app, name in content["migrations"])
    rows = {str(table): int(count) for table, count in content["rows"].items()}
    return Facts(content["vendor"], str(content["version"]), migrations, rows, int(content["needs"]))
