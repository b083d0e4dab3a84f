"""Loads the sample edition."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from exhibitors.domain import sample
from exhibitors.domain.errors import DomainError
from exhibitors.models import Edition


class Command(BaseCommand):
    help = "Loads the sample edition through the import; remove_sample removes what in it is invented."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where any edition exists")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and Edition.objects.exists():
            self.stdout.write(_("There are editions already; the sample was not loaded."))
            return
        try:
            loaded = sample.load()
        except DomainError as error:
            raise CommandError(str(error)) from error
        message = _("Sample edition %(edition)s loaded: %(all)d exhibitors, %(invented)d of them invented.")
        self.stdout.write(
            message % {"edition": loaded.edition.slug, "all": loaded.exhibitors, "invented": loaded.invented}
        )
