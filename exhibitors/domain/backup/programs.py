"""PostgreSQL's own programs, pg_dump, pg_restore and psql, in a version that the server understands."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError

_NAMES = ("pg_dump", "pg_restore", "psql")
_DEBIAN = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Programs:
    """The folder of the three, and their major version."""

    folder: Path
    major: int

    def run(self, name: str, *options: str) -> None:
        """Run one of them on the site's database; raises DomainError with its own words where it fails.

        The password goes through the environment, where other users of the machine do not see it.
        """
        # psql's way to the database is that of the others: user, host, port, and at the end the name.
        (_psql, *address), environment = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
        self._run([name, *options, *address], environment or {})

    def convert(self, *options: str) -> None:
        """Run pg_restore without a database."""
        self._run(["pg_restore", *options], {})

    def _run(self, command: list[str], environment: dict[str, str]) -> None:
        done = subprocess.run(  # noqa: S603 the program is PostgreSQL's, the options are ours
            [self.folder / command[0], *command[1:]],
            env={**os.environ, **environment, "LC_ALL": "C.UTF-8"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            message = _("PostgreSQL's %(program)s failed: %(reason)s")
            raise DomainError(message % {"program": command[0], "reason": done.stderr.strip()})


def find(needed: int) -> Programs:
    """Return the oldest programs of at least that major version; raises DomainError that says what to install.

    pg_dump refuses a newer server than itself, and pg_restore cannot read what a newer pg_dump wrote.
    """
    found = list(_installed())
    fitting = [programs for programs in found if programs.major >= needed]
    if fitting:
        return min(fitting, key=lambda programs: programs.major)
    message = _(
        "pg_dump, pg_restore and psql of PostgreSQL %(needed)d or newer are needed here. Found: %(found)s. "
        "Install them, on Debian and Ubuntu with: apt install postgresql-client-%(needed)d"
    )
    versions = ", ".join(str(programs.major) for programs in found) or _("none")
    raise DomainError(message % {"needed": needed, "found": versions})


def _installed() -> Iterator[Programs]:
    on_path = shutil.which("pg_dump")
    folders = [Path(on_path).parent] if on_path else []
    for folder in (*folders, *sorted(_DEBIAN.glob("*/bin"))):
        if all((folder / name).exists() for name in _NAMES):
            asked = subprocess.run([folder / "pg_dump", "--version"], capture_output=True, text=True, check=False)  # noqa: S603
            if version := re.search(r"\(PostgreSQL\) (\d+)", asked.stdout):
                yield Programs(folder, int(version[1]))
