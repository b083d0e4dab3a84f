"""Backs the site up into one file."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain import backup
from exhibitors.domain.errors import DomainError


class Command(BaseCommand):
    help = (
        "Writes the database and the pictures into one file of a folder, expo-2026-11-26T0930.tar by the clock of "
        "Seoul, while the site is running. It holds passwords' hashes and second factors: keep it to yourself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="where to put it; the folder has to exist")
        parser.add_argument(
            "--keep", type=_count, metavar="N", help="leave the newest N backups in the folder, remove older ones"
        )

    def handle(self, *, folder: Path, keep: int | None, **options: Any) -> None:
        try:
            made = backup.make(folder, now=timezone.now(), keep=keep)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except (OSError, OperationalError) as error:
            raise CommandError(_("The backup could not be written: %(reason)s") % {"reason": error}) from error
        for line in backup.describe(made.manifest):
            self.stdout.write(line)
        for path in made.removed:
            self.stdout.write(_("Removed: %(path)s") % {"path": path})
        self.stdout.write(_("Backed up: %(path)s") % {"path": made.path})


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 100_000):
        raise ArgumentTypeError(_("write a number from 1 on"))
    return int(text)
