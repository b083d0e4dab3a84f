"""Exports the exhibitors of an edition as a spreadsheet."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exhibitors.domain import exporting
from exhibitors.domain.exporting import Format
from exhibitors.management.whole_file import whole_file
from exhibitors.models import Edition, Exhibitor


class Command(BaseCommand):
    help = (
        "Exports all exhibitors of an edition, drafts and withdrawn ones too, as a spreadsheet that import_exhibitors "
        "reads back without a change. A file that is there already is kept unless --overwrite is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, help="the edition's address, for example 2024")
        parser.add_argument("--format", choices=Format.values, help="where the ending of the file's name is not it")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of the headings and of the names of halls and industries",
        )
        parser.add_argument("--overwrite", action="store_true", help="replace the file where there is one")

    def handle(self, *args: Any, file: Path, edition: str, language: str, overwrite: bool, **options: Any) -> None:
        form = _format(options["format"], file)
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise CommandError(_("There is no edition '%(slug)s'.") % {"slug": edition})
        with whole_file(file, overwrite=overwrite) as made:
            exporting.write(made, Exhibitor.objects.all(), found, form=form, language=language)
        count = Exhibitor.objects.filter(edition=found).count()
        self.stdout.write(_("Exhibitors exported: %(count)d") % {"count": count})


def _format(asked: str | None, file: Path) -> Format:
    name = asked or file.suffix.removeprefix(".").lower()
    if name not in Format.values:
        raise CommandError(_("The file's name must end in .xlsx or .csv, or --format must say which it is."))
    return Format(name)
