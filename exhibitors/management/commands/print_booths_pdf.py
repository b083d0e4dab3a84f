"""Writes the booth list of an edition as PDF."""

from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from exhibitors.domain import booth_list as booth_lists
from exhibitors.domain import print_runs, qr
from exhibitors.domain.editions import with_sample_mark
from exhibitors.forms import paper
from exhibitors.forms import sheet as sheets
from exhibitors.forms.directory import DirectoryFilterSet
from exhibitors.forms.paper import ORDERS, Paper, Size, Style
from exhibitors.forms.sheet import Sheet
from exhibitors.management import pdf
from exhibitors.management.pdf import Written
from exhibitors.management.whole_file import whole_file
from exhibitors.models import Edition, PrintRun

# What an address of the list or of its print may hold; `page` is of the screen alone: paper has the whole list.
PARAMETERS = {*DirectoryFilterSet.base_filters, "exact", "by", "paper", "size", "page"}


@dataclass(frozen=True)
class Page:
    """What becomes the PDF."""

    html: str
    total: int
    """Exhibitors listed."""
    understood: str = ""
    """How the search was understood, where it was not searched as typed."""


class Command(BaseCommand):
    help = (
        "Writes the booth list of an edition as PDF, with its fonts: the rows, order and heads of the page for print. "
        "Hidden editions are printed too, marked as a preview. A file that is there already is kept unless "
        "--overwrite is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", required=True, help="the edition's address, for example 2024")
        parser.add_argument("--by", choices=[order.value for order in ORDERS[Style.BOOTHS]], help="by hall without")
        parser.add_argument("--paper", choices=[paper.value for paper in Paper], help="A4 without")
        parser.add_argument("--large", action="store_true", help="large print, 18 points")
        parser.add_argument(
            "--selection",
            default="",
            help="the address of a list of exhibitors, or what stands in it behind the question mark, for example "
            "'hall=innovation&q=EV'; all exhibitors without",
        )
        parser.add_argument("--run", type=int, metavar="NUMBER", help="a print run, as it was frozen")
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
            help="of the list",
        )
        parser.add_argument("--overwrite", action="store_true", help="replace the file where there is one")

    def handle(self, *args: Any, file: Path, edition: str, language: str, overwrite: bool, **options: Any) -> None:
        found = with_sample_mark(Edition.objects.filter(slug=edition)).first()
        if found is None:
            raise CommandError(_("There is no edition '%(slug)s'.") % {"slug": edition})
        asked = _asked(options["selection"], by=options["by"], paper=options["paper"], is_large=options["large"])
        if options["run"] is not None and (options["by"] or options["selection"]):
            raise CommandError(_("A print run has its own order and filters: leave out --by and --selection."))
        with whole_file(file, overwrite=overwrite) as target:
            with translation.override(language):
                page = _selection(found, asked) if options["run"] is None else _run(found, options["run"], asked)
            written = _write(page.html)
            target.write(written.content)
        self._tell(page, written)

    def _tell(self, page: Page, written: Written) -> None:
        if written.undrawn:
            message = _("No installed font has these characters; the PDF shows boxes in their place: %(characters)s")
            self.stderr.write(message % {"characters": " ".join(written.undrawn)})
        if page.understood:
            self.stdout.write(page.understood)
        self.stdout.write(_("Exhibitors: %(total)d, pages: %(pages)d") % {"total": page.total, "pages": written.pages})


def _asked(selection: str, *, by: str | None, paper: str | None, is_large: bool) -> QueryDict:
    """The parameters of the page for print; an option counts more than the address that comes along."""
    is_address = selection.startswith(("/", "?", "http://", "https://"))
    asked = QueryDict(selection.partition("?")[2].partition("#")[0] if is_address else selection, mutable=True)
    for name, value in (("by", by), ("paper", paper), ("size", Size.LARGE.value if is_large else None)):
        if value:
            asked[name] = value
    return asked


def _read(asked: QueryDict, edition: Edition) -> Sheet:
    """Refuse what is not understood: nobody looks at a printed list again, so it must be the one that was meant."""
    if unknown := sorted(asked.keys() - PARAMETERS):
        values = {"name": unknown[0], "known": ", ".join(DirectoryFilterSet.base_filters)}
        raise CommandError(_("There is no filter “%(name)s”. The filters are: %(known)s") % values)
    sheet = sheets.read(asked, edition, Style.BOOTHS)
    if sheet.notices:
        raise CommandError("\n".join(sheet.notices))
    return sheet


def _selection(edition: Edition, asked: QueryDict) -> Page:
    sheet = _read(asked, edition)
    listed = booth_lists.build(sheet.directory, sheet.by_name, sheet.layout.order)
    if not listed.sections:
        raise CommandError(_("No exhibitor matches this selection."))
    context = {"list": listed, "edition": edition, "is_preview": not edition.is_public}
    html = render_to_string("exhibitors/print/booths_pdf.html", sheets.head(sheet, timezone.now()) | context)
    return Page(html, listed.total, sheet.understood(listed.total))


def _run(edition: Edition, number: int, asked: QueryDict) -> Page:
    """The sheet as it was frozen; paper and size of print may be others."""
    found = PrintRun.objects.filter(edition=edition, number=number).first()
    if found is None:
        raise CommandError(
            _("Edition '%(slug)s' has no print run %(number)d.") % {"slug": edition.slug, "number": number}
        )
    if not settings.BASE_URL:
        raise CommandError(
            _("A print run's QR code leads to this site: set EXPO_BASE_URL, for example to https://expo.example.kr")
        )
    frozen = print_runs.sheet_of(found)
    layout, _notices = paper.read(asked, Style.BOOTHS, print_runs.criteria_of(found))
    code = qr.picture(settings.BASE_URL + reverse("run_check", args=[edition.slug, number]))
    context = {"run": found, "list": frozen, "layout": layout, "printed_at": found.frozen_at, "qr": code}
    return Page(render_to_string("exhibitors/print/run_pdf.html", context), frozen.total)


def _write(html: str) -> Written:
    try:
        return pdf.write(html)
    except pdf.CannotWriteError as error:
        raise CommandError(str(error)) from error
