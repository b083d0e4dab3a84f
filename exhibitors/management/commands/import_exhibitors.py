"""Imports a spreadsheet of exhibitors into an edition."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from exhibitors.domain import importing
from exhibitors.domain.errors import DomainError


class Command(BaseCommand):
    help = (
        "Imports exhibitors from a spreadsheet (CSV, XLSX, XLS, an HTML table named .xls) into an edition, and "
        "reports what is new, changed, unchanged or a problem. All rows or none: a problem stops the file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, help="the edition's address, for example 2024")
        parser.add_argument("--sheet", help="the sheet to read, where several have columns of exhibitors")
        parser.add_argument("--dry-run", action="store_true", help="report only, write nothing")
        parser.add_argument(
            "--create", action="store_true", help="create missing halls, industries, booths, and the edition"
        )
        parser.add_argument(
            "--skip-problems", action="store_true", help="leave rows with problems out and import the rest"
        )
        parser.add_argument("--draft", action="store_true", help="new exhibitors are drafts, not public")
        parser.add_argument("--hall", default="", help="the hall of booths for which the file names none")
        parser.add_argument("--encoding", choices=importing.ENCODINGS, help="where it is not found by itself")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], help="of the report")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(options["language"] or translation.get_language()):
            try:
                self._import(options)
            except DomainError as error:
                raise CommandError(str(error)) from error

    def _import(self, options: dict[str, Any]) -> None:
        allowed = importing.Options(
            create=options["create"],
            hall=options["hall"],
            draft=options["draft"],
            skip_problems=options["skip_problems"],
        )
        preview = importing.preview(
            _read(options["file"]),
            options["edition"],
            allowed,
            sheet=options["sheet"],
            encoding=options["encoding"],
        )
        for line in importing.describe(preview):
            self.stdout.write(line)
        self.stdout.write("")
        if not preview.difference.may_be_applied:
            raise CommandError(
                _("Nothing was imported. Correct the rows with problems, or leave them out (--skip-problems).")
            )
        if options["dry_run"]:
            self.stdout.write(_("Nothing was written: this was a dry run."))
            return
        importing.apply(preview.difference)
        self.stdout.write(_("Imported."))


def _read(path: Path) -> bytes:
    try:
        importing.check_size(path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise CommandError(
            _("%(path)s cannot be read: %(reason)s") % {"path": path, "reason": error.strerror}
        ) from error
