"""Prints what pre-flight finds in an edition."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from exhibitors.domain import preflight
from exhibitors.domain.preflight import Check
from exhibitors.models import Edition


class Command(BaseCommand):
    help = "Print what an organiser should look at before an edition is printed, a sentence a line. Changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", required=True, help="the edition's address, such as 2024")
        parser.add_argument("--check", choices=Check.values, metavar="CHECK", help="one check's code; all without")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], help="of the sentences")

    def handle(self, *, edition: str, check: str | None, language: str | None, **options: Any) -> None:
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise CommandError(f"There is no edition {edition!r}.")
        with translation.override(language or translation.get_language()):
            self._print(preflight.report(found), check)

    def _print(self, report: preflight.Report, check: str | None) -> None:
        self.stdout.write(_("%(public)d of %(total)d public") % {"public": report.public, "total": report.total})
        for group in report.groups:
            if check is None or group.check == check:
                self._print_group(group)

    def _print_group(self, group: preflight.Group) -> None:
        count = ngettext("%(count)d open", "%(count)d open", len(group.open)) % {"count": len(group.open)}
        self.stdout.write(f"\n{group.check.label} ({group.check.value}): {count}")
        for finding in group.open:
            self.stdout.write(f"  {finding.sentence}")
        for intended in group.intended:
            values = {"sentence": intended.finding.sentence, "reason": intended.mark.reason}
            self.stdout.write("  " + _("%(sentence)s Intended: %(reason)s") % values)
