"""Writes spreadsheets into files: workbooks, and CSV as Excel opens it with its Korean intact."""

import codecs
import csv
import io
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import IO

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.domain.exporting import template, workbook
from exhibitors.domain.exporting.columns import COLUMNS, PUBLIC, READ_BACK, Column, headings
from exhibitors.domain.exporting.public import public_rows
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
    """Write exhibitors of an edition, in all states. 8 queries; memory does not grow with their number."""
    _write(file, rows(exhibitors, edition, language), COLUMNS, form, language)


def write_public(
    file: IO[bytes],
    directory: Directory,
    criteria: Criteria,
    *,
    form: Format,
    language: str,
    address: Callable[[str], str],
) -> None:
    """Write what a reader selected, in its order; `address` tells where an exhibitor's page is by its slug.

    9 queries and one for 500 exhibitors besides what the search asks; memory does not grow with the texts.
    """
    _write(file, public_rows(directory, criteria, language, address), PUBLIC, form, language)


def _write(
    file: IO[bytes], found: Iterable[list[str]], columns: tuple[Column, ...], form: Format, language: str
) -> None:
    if form == Format.XLSX:
        workbook.write(file, found, columns, language)
    else:
        _write_csv(file, [headings(columns, language)], found)


def write_template(file: IO[bytes], edition: Edition, *, form: Format, language: str) -> None:
    """Write a spreadsheet without exhibitors, to be filled in; a workbook explains its columns. 2 queries."""
    if form == Format.XLSX:
        template.write(file, wording(edition, language))
    else:
        _write_csv(file, [headings(READ_BACK, language)])


def _write_csv(file: IO[bytes], *parts: Iterable[list[str]]) -> None:
    file.write(codecs.BOM_UTF8)
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    writer = csv.writer(text)
    for part in parts:
        writer.writerows(part)
    text.detach()


def file_name(edition: Edition, form: Format, now: datetime) -> str:
    """Return a name for a download, in ASCII as an edition's address is: 2024-exhibitors-20241022-0930.xlsx."""
    return f"{edition.slug}-exhibitors-{timezone.localtime(now):%Y%m%d-%H%M}.{form.value}"


def template_name(edition: Edition, form: Format) -> str:
    return f"{edition.slug}-exhibitors-template.{form.value}"
