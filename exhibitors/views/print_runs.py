"""Print runs: the sheet as it was frozen, its errata sheet, and what its QR opens."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from exhibitors.domain import print_runs, qr
from exhibitors.domain.addresses import absolute
from exhibitors.domain.errata import Difference
from exhibitors.domain.print_sheets import Row, Section
from exhibitors.models import Edition, PrintRun
from exhibitors.views.in_turn import in_turn
from exhibitors.views.keeping import as_of
from exhibitors.views.page import edition_page, is_organiser, show


@edition_page
@in_turn
def run_page(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """Print the sheet again, exactly as it was frozen."""
    run = _run(edition, number)
    context = {"run": run, "list": print_runs.sheet_of(run), "order": run.order, "qr": _qr(request, run)}
    return show(request, edition, "exhibitors/print/run.html", context)


@edition_page
@in_turn
def errata_page(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """Print only what differs from the sheet."""
    run = _run(edition, number)
    sheet = print_runs.sheet_of(run)
    context = {
        "run": run,
        "list": sheet,
        "errata": print_runs.errata(run, sheet),
        "printed_at": as_of(request),
        "qr": _qr(request, run),
    }
    return show(request, edition, "exhibitors/print/errata.html", context)


@dataclass(frozen=True)
class CheckedRow:
    row: Row
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class CheckedSection:
    section: Section
    rows: tuple[CheckedRow, ...]


@edition_page
def check_page(request: HttpRequest, edition: Edition, number: int) -> HttpResponse:
    """What the QR on a sheet opens: how many changes there are since, and the sheet with these marked."""
    run = _run(edition, number)
    sheet = print_runs.sheet_of(run)
    errata = print_runs.errata(run, sheet)
    by_key: dict[str, tuple[Difference, ...]] = {}
    for difference in errata.differences:
        by_key[difference.row.key] = (*by_key.get(difference.row.key, ()), difference)
    sections = [
        CheckedSection(section, tuple(CheckedRow(row, by_key.get(row.key, ())) for row in section.rows))
        for section in sheet.sections
    ]
    context = {"run": run, "list": sheet, "order": run.order, "errata": errata, "sections": sections}
    return show(request, edition, "exhibitors/print_run.html", context)


def _run(edition: Edition, number: int) -> PrintRun:
    run = get_object_or_404(PrintRun, edition=edition, number=number)
    run.edition = edition
    return run


def _qr(request: HttpRequest, run: PrintRun) -> qr.Picture:
    """Of the address that tells what has changed."""
    return qr.picture(absolute(request, reverse("run_check", args=[run.edition.slug, run.number])))


def freezing_address(request: HttpRequest, edition: Edition, selection: str, order: str) -> str:
    """Where an organiser freezes the list that is open; empty for readers, whose session is not even looked for."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not is_organiser(request):
        return ""
    if not request.user.has_perm("exhibitors.add_printrun"):
        return ""
    values = urlencode({"edition": edition.pk, "order": order, "selection": selection.removeprefix("?")})
    return f"{reverse('admin:exhibitors_printrun_add')}?{values}"
