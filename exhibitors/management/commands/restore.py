"""Restores the site from a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError
from django.utils.translation import gettext as _

from exhibitors.domain import backup, migrating
from exhibitors.domain.errors import DomainError


class Command(BaseCommand):
    help = "Restores the database and the pictures from a backup: all or nothing. Stop the site before, start it after."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="remove what the database and the folder of pictures hold now"
        )

    def handle(self, *, file: Path, replace: bool, **options: Any) -> None:
        try:
            manifest = backup.restore(file, replace=replace)
        except DomainError as error:
            raise CommandError(str(error)) from error
        except (OSError, OperationalError) as error:
            raise CommandError(_("The backup could not be restored: %(reason)s") % {"reason": error}) from error
        for line in backup.describe(manifest):
            self.stdout.write(line)
        self.stdout.write(_("Restored."))
        if not migrating.is_up_to_date():
            self.stdout.write(_("The backup is of an older version of this program. Now run manage.py migrate."))
