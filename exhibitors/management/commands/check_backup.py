"""Tells whether a backup is whole, and what it holds."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exhibitors.domain import backup
from exhibitors.domain.errors import DomainError


class Command(BaseCommand):
    help = (
        "Tests every byte of a backup against its hashes and tells what it holds; changes nothing, needs no database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *, file: Path, **options: Any) -> None:
        try:
            manifest = backup.check(file)
        except DomainError as error:
            raise CommandError(str(error)) from error
        for line in backup.describe(manifest):
            self.stdout.write(line)
        self.stdout.write(_("The backup is whole."))
