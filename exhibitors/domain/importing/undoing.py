"""Takes an import back: whom it changed is as before, whom it created is gone, if nobody touched them since."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from exhibitors.domain import exhibitors, history, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.importing import applying, stock
from exhibitors.domain.importing.differences import ChangedExhibitor, Difference, Options
from exhibitors.domain.importing.errors import RunClosedError
from exhibitors.domain.importing.industry_cells import CommaRule
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.domain.importing.stock import place
from exhibitors.models import (
    Booth,
    CollaborationMember,
    Edition,
    Exhibitor,
    Hall,
    ImportRun,
    Industry,
    Product,
)

BATCH = 500


@dataclass(frozen=True)
class Obstacle:
    """An exhibitor of an import that is no longer as the import left it, and why the import cannot be undone."""

    pk: int
    name: str
    reason: str
    is_gone: bool = False


def obstacles(run: ImportRun) -> list[Obstacle]:
    """What stands in the way of undoing an applied run, by name. Five queries per 500 exhibitors."""
    found = [*_touched(run), *_needed(run)]
    return sorted(found, key=lambda obstacle: (obstacle.name, obstacle.pk))


def _touched(run: ImportRun) -> Iterator[Obstacle]:
    """Exhibitors that are not what the import left, or that are deleted; changed and changed back is no matter."""
    for batch in _batches([*run.created, *run.changed]):
        left = _left(run, batch)
        for version in _versions(_newest(batch)).values():
            if version.revision.comment == Action.DELETE or version.field_dict != left.get(version.object_id):
                yield Obstacle(
                    int(version.object_id),
                    _name(version),
                    history.told(version),
                    is_gone=version.revision.comment == Action.DELETE,
                )


def _left(run: ImportRun, pks: Iterable[int]) -> dict[str, Any]:
    """What the import made of exhibitors, by key."""
    versions = Version.objects.get_for_model(Exhibitor).filter(revision=run.revision_id)
    return {own.object_id: own.field_dict for own in versions.filter(object_id__in=[str(pk) for pk in pks])}


def _name(version: Version) -> str:
    """In the reader's language; what is stored with a version is in that of who wrote it."""
    own = version.field_dict
    return str(Exhibitor(name_ko=own["name_ko"], name_en=own["name_en"]))


def _needed(run: ImportRun) -> Iterator[Obstacle]:
    """Exhibitors that the import created, and to which somebody has given a product or a collaboration since."""
    kinds: tuple[tuple[type[Model], str], ...] = (
        (Product, _("A product was added.")),
        (CollaborationMember, _("It takes part in a collaboration.")),
    )
    for batch in _batches(run.created):
        for model, reason in kinds:
            rows: Any = model._default_manager.filter(exhibitor__in=batch).select_related("exhibitor").order_by("pk")
            for exhibitor in {row.exhibitor for row in rows}:
                yield Obstacle(exhibitor.pk, str(exhibitor), reason)


def _newest(pks: Iterable[int], before: int | None = None) -> list[int]:
    """Keys of the newest version of each exhibitor, or of the newest before a revision."""
    versions = Version.objects.get_for_model(Exhibitor).filter(object_id__in=[str(pk) for pk in pks])
    if before is not None:
        versions = versions.filter(revision__lt=before)
    newest = versions.order_by().values("object_id").annotate(newest=Max("pk"))
    return list(newest.values_list("newest", flat=True))


def _versions(keys: Sequence[int]) -> dict[int, Version]:
    return Version.objects.select_related("revision__user").in_bulk(keys)


@recorded(Action.UNDO_IMPORT)
def undo(run: ImportRun, *, by: User | None = None) -> None:
    """Take an applied run back, all of it or nothing; the edition itself stays, also one that the run created.

    Halls, industries and booths that the run created go with it unless something else needs them by now. Raises
    RunClosedError where the run is not applied (any more), DomainError where `obstacles` finds something.
    """
    edition = _close(run, by)
    if obstacles(run):
        raise DomainError(_("Some of what this import wrote was changed since. Nothing was undone."))
    _change_back(run, edition, by)
    created = list(Exhibitor.objects.filter(pk__among=list(run.created)).order_by("pk").defer(*indexing.SEARCH_COLUMNS))
    exhibitors.delete(created, by=by)
    _remove_places(run)


def _close(run: ImportRun, by: User | None) -> Edition:
    """Of two who press at once, the second finds the run closed."""
    indexing.lock([run.edition_id] if run.edition_id else [])
    values: dict[str, Any] = {"state": ImportRun.State.UNDONE, "undone_at": timezone.now(), "undone_by": by}
    applied = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.APPLIED)
    if run.edition is None or run.revision_id is None or not applied.update(**values):
        raise RunClosedError(_("There is nothing of this import to undo."))
    for name, value in values.items():
        setattr(run, name, value)
    return run.edition


def _change_back(run: ImportRun, edition: Edition, by: User | None) -> None:
    """By the very code that writes an import: what it changes now is what it changed then, backwards."""
    changed = [row for batch in _batches(run.changed) for row in _as_before(run, batch)]
    if changed:
        applying.apply(_difference(edition, changed), by=by)


def _as_before(run: ImportRun, pks: Sequence[int]) -> Iterator[ChangedExhibitor]:
    versions = _versions(_newest(pks, before=run.revision_id))
    if len(versions) < len(pks):
        raise DomainError(_("What some of the exhibitors were before this import is not known. Nothing was undone."))
    values = {int(version.object_id): version.field_dict for version in versions.values()}
    booths = _by_key(Booth.objects.select_related("hall"), (own["booths"] for own in values.values()))
    industries = _by_key(Industry.objects.all(), (own["industries"] for own in values.values()))
    for pk, own in values.items():
        standing = [booths[key] for key in own["booths"] if key in booths]
        yield ChangedExhibitor(
            row=0,
            pk=pk,
            name=own["name_ko"] or own["name_en"],
            changes=(),
            values={name: own[name] for name in TEXT_FIELDS},
            places=frozenset(place(booth.hall.code, booth.number) for booth in standing),
            industries=tuple(industries[key].slug for key in own["industries"] if key in industries),
        )


def _by_key(rows: Any, keys: Iterable[Collection[int]]) -> Mapping[int, Any]:
    return {row.pk: row for row in rows.filter(pk__among=sorted({key for own in keys for key in own}))}


def _difference(edition: Edition, changed: Sequence[ChangedExhibitor]) -> Difference:
    return Difference(
        edition_slug=edition.slug,
        edition_pk=edition.pk,
        fingerprint=stock.fingerprint(edition.pk),
        options=Options(),
        rows_read=len(changed),
        blank=0,
        repeated_headings=0,
        new=(),
        changed=tuple(changed),
        same=(),
        withdrawn=(),
        missing=(),
        problems=(),
        new_halls=(),
        new_industries=(),
        new_booths=(),
        commas=CommaRule.NONE,
        hall_names={},
        industry_names={},
    )


def _remove_places(run: ImportRun) -> None:
    """What the import created for its exhibitors and nobody else has come to need."""
    booths = Booth.objects.filter(pk__among=list(run.created_booths), assignments=None, facilities=None)
    history.keep_before_deletion(booths)
    booths.delete()
    for model, keys, needed_by in (
        (Hall, run.created_halls, "booths"),
        (Industry, run.created_industries, "exhibitor_links"),
    ):
        for row in model._default_manager.filter(pk__in=keys, **{needed_by: None}):
            parts.delete(row)


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
