"""An import by steps, each by an organiser's click: start → choose → preview → apply, or abandon on the way."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import applying
from exhibitors.domain.importing import choices as choosing
from exhibitors.domain.importing.applying import Applied
from exhibitors.domain.importing.cells import clean, excerpt, one_line
from exhibitors.domain.importing.choices import Choices
from exhibitors.domain.importing.columns import Column, Heading
from exhibitors.domain.importing.differences import Difference, Options
from exhibitors.domain.importing.errors import EditionChangedError, FileRefusedError, RunClosedError
from exhibitors.domain.importing.files import read
from exhibitors.domain.importing.headings import Field
from exhibitors.domain.importing.previews import Preview, preview_of
from exhibitors.domain.importing.problems import Problem, Reason
from exhibitors.domain.importing.proposals import propose
from exhibitors.domain.importing.rows import parse
from exhibitors.domain.importing.sheets import Spreadsheet
from exhibitors.models import Edition, ImportFile, ImportRun
from exhibitors.models.import_run import MAX_FILE_NAME

KEPT = timedelta(days=30)
"""How long the bytes of a file are kept that was never imported. Those of imported files are kept for good."""

imported = Signal()
"""Sent when a run has been applied; those who count it lie above this layer."""

KEPT_TEXT = 200  # characters of a cell that was left out


@dataclass(frozen=True)
class RunPreview:
    """What applying a run would do now; the token stands for exactly this."""

    preview: Preview
    token: str

    @property
    def difference(self) -> Difference:
        return self.preview.difference


def start(
    content: bytes, *, file_name: str, edition: Edition | None, new_slug: str = "", by: User | None = None
) -> ImportRun:
    """Take a file in for an edition, or for one of the address `new_slug` that is created when the file is applied.

    Raises FileRefusedError where the file cannot be read or is too large.
    """
    spreadsheet = read(content)
    if not any(any(map(clean, row)) for sheet in spreadsheet.sheets for row in sheet.rows):
        raise FileRefusedError(_("The file is empty: no sheet has a row with text."))
    run = ImportRun(
        edition=edition,
        edition_slug=edition.slug if edition else new_slug,
        file_name=one_line(clean(file_name))[-MAX_FILE_NAME:] or "–",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        started_by=by,
    )
    _check_rows(run, spreadsheet)
    with transaction.atomic():
        drop_old_files()
        run.save()
        ImportFile.objects.create(run=run, content=content)
    return run


def _check_rows(run: ImportRun, spreadsheet: Spreadsheet) -> None:
    """Refuse too many rows now, not after the columns were chosen."""
    place = propose(run, spreadsheet).place
    parse(spreadsheet.sheets[place.sheet], Heading(place.row, (Column(0, "", Field.NAME),), ()))


@transaction.atomic
def drop_old_files() -> None:
    """Abandon what was left lying for too long, and forget the bytes of all files that were abandoned long ago."""
    old = ImportRun.objects.filter(started_at__lt=timezone.now() - KEPT)
    old.open().update(state=ImportRun.State.ABANDONED)
    ImportFile.objects.filter(run__in=old.filter(state=ImportRun.State.ABANDONED)).delete()


def spreadsheet_of(run: ImportRun, encoding: str = "") -> Spreadsheet:
    """Read the file of an open run once more. Raises RunClosedError, or FileRefusedError for a wrong encoding."""
    _check_open(run)
    return read(content_of(run), encoding=encoding or None)


def content_of(run: ImportRun) -> bytes:
    """Return the bytes that were uploaded. Raises RunClosedError where they are not kept any more. One query."""
    content = ImportFile.objects.filter(run=run).values_list("content", flat=True).first()
    if content is None:
        raise RunClosedError(_("The file is not kept any more. Upload it again."))
    return bytes(content)


def choices_of(run: ImportRun) -> Choices:
    """Return what was chosen. Raises ColumnsRefusedError where nothing was yet."""
    if run.sheet is None or run.heading_row is None:
        raise choosing.ColumnsRefusedError(_("Say first what the columns mean."))
    options = Options(
        create=run.creates_missing,
        hall=run.hall,
        draft=run.makes_drafts,
        skip_problems=run.skips_problems,
    )
    return Choices(run.sheet, run.heading_row, choosing.stored_meanings(run.columns), options, run.encoding)


def choose(run: ImportRun, choices: Choices) -> RunPreview:
    """Keep what an organiser has chosen, and return what it leads to.

    Raises ColumnsRefusedError, FileRefusedError or another DomainError where it cannot be previewed; nothing is kept.
    """
    spreadsheet = spreadsheet_of(run, choices.encoding)
    found = _preview(run, spreadsheet, choices)
    sheet = choosing.sheet_at(spreadsheet, choices.sheet)
    headings = choosing.headings_in(sheet, choices.heading_row)
    _update_open(
        run,
        sheet=choices.sheet,
        sheet_name=one_line(clean(sheet.name))[:200],
        heading_row=choices.heading_row,
        headings_key=choosing.headings_key(headings),
        columns=choosing.stored_columns(headings, choices.meanings),
        encoding=choices.encoding,
        creates_missing=choices.options.create,
        makes_drafts=choices.options.draft,
        skips_problems=choices.options.skip_problems,
        hall=choices.options.hall,
        chosen_at=timezone.now(),
        **_seen(found),
    )
    return found


def leave_out_problems(run: ImportRun) -> RunPreview:
    """Choose as before, but without the rows that have problems."""
    choices = choices_of(run)
    return choose(run, replace(choices, options=replace(choices.options, skip_problems=True)))


def preview(run: ImportRun) -> RunPreview:
    """Return what applying the run would do now, and keep in it what was seen.

    9 queries, one per 500 new exhibitors, and one where anything has changed since it was last seen.

    Raises RunClosedError, and ColumnsRefusedError where the columns were not chosen yet.
    """
    choices = choices_of(run)
    found = _preview(run, spreadsheet_of(run, choices.encoding), choices)
    if found.token != run.fingerprint:
        _update_open(run, **_seen(found))
    return found


def _preview(run: ImportRun, spreadsheet: Spreadsheet, choices: Choices) -> RunPreview:
    sheet = choosing.sheet_at(spreadsheet, choices.sheet)
    heading = choosing.heading_of(sheet, choices)
    found = preview_of(spreadsheet, sheet, heading, run.target_slug, choices.options)
    difference = found.difference
    return RunPreview(found, choices.digest(run.sha256, difference.edition_pk, difference.fingerprint))


def _seen(found: RunPreview) -> dict[str, Any]:
    return {"state": ImportRun.State.PREVIEWED, "fingerprint": found.token, **_totals(found.difference)}


def _totals(difference: Difference) -> dict[str, int]:
    return {
        "new_total": len(difference.new),
        "changed_total": len(difference.changed),
        "unchanged_total": difference.unchanged,
        "problem_total": difference.problem_rows,
        "missing_total": len(difference.missing),
    }


def apply(
    run: ImportRun,
    token: str,
    *,
    by: User | None = None,
    may_create_places: bool = True,
    may_create_booths: bool = True,
) -> Applied:
    """Write what the preview with this token showed, all of it in one transaction.

    Without `may_create_places` a file that would create halls, industries or the edition is refused, without
    `may_create_booths` one that would create booths.

    Raises EditionChangedError where the edition or the choices are no longer what was previewed, RunClosedError where
    somebody has applied or abandoned the run, DomainError where problems stop it.
    """
    found = preview(run)
    if found.token != token:
        raise EditionChangedError(_outdated())
    if not may_create_places and _creates_places(found.difference):
        raise DomainError(
            _("This file would create halls, industries or an edition. Ask an administrator, or correct their names.")
        )
    if not may_create_booths and found.difference.new_booths:
        raise DomainError(_("This file would create booths. Ask an administrator, or correct their numbers."))
    try:
        applied = applying.apply(found.difference, by=by, record=lambda applied: _record(run, found, applied, by))
    except EditionChangedError:
        run.refresh_from_db(fields=["state", "applied_at", "applied_by"])
        _check_open(run)  # of two who press at once, the second is told that it is done
        raise
    imported.send(sender=ImportRun)
    return applied


def _creates_places(difference: Difference) -> bool:
    return bool(difference.new_halls or difference.new_industries or difference.creates_edition)


def _record(run: ImportRun, found: RunPreview, applied: Applied, by: User | None) -> None:
    """Close the run under the transaction that writes; whoever comes second, or saw something else, writes nothing."""
    difference = found.difference
    same = ImportRun.objects.open().filter(pk=run.pk, fingerprint=found.token)
    values: dict[str, Any] = {
        "state": ImportRun.State.APPLIED,
        "applied_at": timezone.now(),
        "applied_by": by,
        "revision": applied.revision,
        "edition": applied.edition,
        "edition_slug": applied.edition.slug,
        "created": applied.created,
        "changed": applied.changed,
        "missing": [exhibitor.pk for exhibitor in difference.missing],
        "created_edition": difference.creates_edition,
        "created_halls": applied.new_halls,
        "created_industries": applied.new_industries,
        "created_booths": applied.new_booths,
        "skipped": [_stored(problem) for problem in difference.problems],
        **_totals(difference),
    }
    if not same.update(**values):
        raise EditionChangedError(_outdated())
    for name, value in values.items():
        setattr(run, name, value)


def _stored(problem: Problem) -> dict[str, object]:
    kept = asdict(problem)
    return kept | {"text": excerpt(problem.text, KEPT_TEXT), "heading": excerpt(problem.heading, KEPT_TEXT)}


def skipped_problems(run: ImportRun) -> list[Problem]:
    """Return what was wrong with the rows that an applied run left out."""
    return [Problem(**kept | {"reason": Reason(kept["reason"])}) for kept in run.skipped]


def abandon(run: ImportRun) -> None:
    """End a run that shall not be imported. Raises RunClosedError where it has ended already."""
    _update_open(run, state=ImportRun.State.ABANDONED)


def _update_open(run: ImportRun, **values: Any) -> None:
    if not ImportRun.objects.open().filter(pk=run.pk).update(**values):
        run.refresh_from_db(fields=["state", "applied_at", "applied_by"])
        _check_open(run)
    for name, value in values.items():
        setattr(run, name, value)


def _check_open(run: ImportRun) -> None:
    if run.state == ImportRun.State.APPLIED:
        raise RunClosedError(_("This file was imported already. Nothing was written a second time."))
    if run.state == ImportRun.State.UNDONE:
        raise RunClosedError(_("This import was undone. Upload the file again to import it once more."))
    if run.state == ImportRun.State.ABANDONED:
        raise RunClosedError(_("This import was abandoned. Upload the file again."))


def _outdated() -> str:
    return _(
        "The edition, or what was chosen for this file, has changed since you opened the preview. Nothing was "
        "imported. This is the preview as it would be now."
    )
