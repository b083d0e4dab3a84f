"""Writes spreadsheets into files: workbooks, and CSV as Excel opens it with its Korean intact."""

import csv
import io
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.exporting import template, workbook
from exhibitors.domain.exporting.columns import COLUMNS, READ_BACK, headings
from exhibitors.domain.exporting.rows import rows, wording
from exhibitors.models import Edition, Exhibitor


class Format(models.TextChoices):
    """How a spreadsheet is stored; the values are the endings of files."""

    XLSX = "xlsx", _("Excel workbook (.xlsx)")
    CSV = "csv", _("CSV (.csv)")

    @property
    def content_type(self) -> str:
        return _CONTENT_TYPES[self.value]


_CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def write(file: IO[bytes], exhibitors: QuerySet[Exhibitor], edition: Edition, *, form: Format, language: str) -> None:
    """Write exhibitors of an edition, in all states. 5 queries; memory does not grow with their number."""
    found = rows(exhibitors, edition, language)
    if form == Format.XLSX:
        workbook.write(file, found, language)
    else:
        _write_csv(file, [headings(COLUMNS, language)], found)


def write_template(file: IO[bytes], edition: Edition, *, form: Format, language: str) -> None:
    """Write a spreadsheet without exhibitors, to be filled in; a workbook explains its columns. 2 queries."""
    if form == Format.XLSX:
        template.write(file, wording(edition, language))
    else:
        _write_csv(file, [headings(READ_BACK, language)])


def _write_csv(file: IO[bytes], *parts: Iterable[list[str]]) -> None:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    for part in parts:
        writer.writerows(part)
    text.detach()


def file_name(edition: Edition, form: Format, now: datetime) -> str:
    """Return a name for a download, in ASCII as an edition's address is: 2024-exhibitors-20241022-0930.xlsx."""
    return f"{edition.slug}-exhibitors-{timezone.localtime(now):%Y%m%d-%H%M}.{form.value}"


def template_name(edition: Edition, form: Format) -> str:
    return f"{edition.slug}-exhibitors-template.{form.value}"
