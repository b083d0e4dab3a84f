"""Exports an edition into memory, and imports what came out."""

import io

from exhibitors.domain import exporting, importing
from exhibitors.domain.exporting import Format
from exhibitors.domain.importing.differences import Difference, Options
from exhibitors.domain.importing.previews import Preview
from exhibitors.models import Edition, Exhibitor

WAYS = [(form, language) for form in Format for language in ("ko", "en")]
"""Every format with the headings of every language."""

NO_CHANGES = ((), (), (), (), ())


def exported(edition: Edition, form: Format = Format.XLSX, language: str = "ko") -> bytes:
    file = io.BytesIO()
    exporting.write(file, Exhibitor.objects.all(), edition, form=form, language=language)
    return file.getvalue()


def template_of(edition: Edition, form: Format = Format.XLSX, language: str = "ko") -> bytes:
    file = io.BytesIO()
    exporting.write_template(file, edition, form=form, language=language)
    return file.getvalue()


def table_of(data: bytes) -> list[list[str]]:
    """The rows of the first sheet as they stand in the file."""
    return importing.read(data).sheets[0].rows


def read_again(data: bytes, edition: str = "2024", *, create: bool = False) -> Preview:
    return importing.preview(data, edition, Options(create=create))


def changes(difference: Difference) -> tuple[tuple[object, ...], ...]:
    """All that an import would write or refuse; NO_CHANGES where there is nothing."""
    return (
        difference.new,
        difference.changed,
        difference.problems,
        (*difference.new_halls, *difference.new_industries, *difference.new_booths),
        (True,) if difference.creates_edition else (),
    )
