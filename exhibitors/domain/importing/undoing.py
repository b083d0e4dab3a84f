"""Takes an import back: whom it changed is as before, whom it created is gone, if nobody touched them since."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Max, Model
from django.utils import timezone
from django.utils.translation import gettext as _
from reversion.models import Version

from exhibitors.domain import booths, exhibitors, history, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.importing import applying, stock
from exhibitors.domain.importing.differences import ChangedExhibitor, Difference, Options
from exhibitors.domain.importing.errors import RunClosedError
from exhibitors.domain.importing.industry_cells import CommaRule
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.models import (
    Booth,
    CollaborationMember,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
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


def _newest(pks: Iterable[int], *, before: int | None = None, model: type[Model] = Exhibitor) -> list[int]:
    """Keys of the newest version of each row, or of the newest before a revision."""
    versions = Version.objects.get_for_model(model).filter(object_id__in=[str(pk) for pk in pks])
    if before is not None:
        versions = versions.filter(revision__lt=before)
    newest = versions.order_by().values("object_id").annotate(newest=Max("pk"))
    return list(newest.values_list("newest", flat=True))


def _versions(keys: Sequence[int]) -> dict[int, Version]:
    return Version.objects.select_related("revision__user").in_bulk(keys)


@recorded(Action.UNDO_IMPORT)
def undo(run: ImportRun, *, by: User | None = None, may_delete_places: bool = True) -> tuple[str, ...]:
    """Take an applied run back, all of it or nothing, and tell in sentences what could not be as before.

    Halls, industries and booths that the run created go with it unless something else needs them by now, or somebody
    has changed them; halls and industries stay without `may_delete_places`. The edition itself stays, also one that the
    run created. Raises RunClosedError where the run is not applied (any more), DomainError where `obstacles` finds
    something.
    """
    edition = _close(run, by)
    if obstacles(run):
        raise DomainError(_("Some of what this import wrote was changed since. Nothing was undone."))
    lost = _change_back(run, edition, by)
    created = list(Exhibitor.objects.filter(pk__among=list(run.created)).order_by("pk").defer(*indexing.SEARCH_COLUMNS))
    exhibitors.delete(created, by=by)
    _remove_places(run, with_halls=may_delete_places)
    return lost


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


def _change_back(run: ImportRun, edition: Edition, by: User | None) -> tuple[str, ...]:
    """Texts go back by the code that writes an import; booths and industries by their keys, for names may be shared."""
    before = {pk: own for batch in _batches(run.changed) for pk, own in _before(run, batch).items()}
    if not before:
        return ()
    texts = [_texts(pk, own) for pk, own in before.items()]
    applying.apply(_difference(edition, texts), by=by)
    industries = {pk: own["industries"] for pk, own in before.items()}
    standing = {pk: own["booths"] for pk, own in before.items()}
    lost = (*_list_under(industries), *_place(standing, by))
    indexing.refresh(before)
    history.add_exhibitors(before)
    return lost


def _before(run: ImportRun, pks: Sequence[int]) -> dict[int, dict[str, Any]]:
    versions = _versions(_newest(pks, before=run.revision_id))
    if len(versions) < len(pks):
        raise DomainError(_("What some of the exhibitors were before this import is not known. Nothing was undone."))
    return {int(version.object_id): version.field_dict for version in versions.values()}


def _texts(pk: int, own: Mapping[str, Any]) -> ChangedExhibitor:
    name = own["name_ko"] or own["name_en"]
    return ChangedExhibitor(0, pk, name, changes=(), values={field: own[field] for field in TEXT_FIELDS})


def _list_under(wanted: Mapping[int, list[int]]) -> list[str]:
    """Make these the industries of each exhibitor, and tell how many of them are deleted. Four queries per 500."""
    known = set(_there(Industry, wanted))
    for batch in _batches(list(wanted)):
        links = ExhibitorIndustry.objects.filter(exhibitor__in=batch).order_by()
        present = {(exhibitor, industry): pk for pk, exhibitor, industry in links.values_list("pk", *_LINK)}
        asked = {(exhibitor, industry) for exhibitor in batch for industry in wanted[exhibitor] if industry in known}
        ExhibitorIndustry.objects.filter(pk__in=[pk for link, pk in present.items() if link not in asked]).delete()
        ExhibitorIndustry.objects.bulk_create(
            ExhibitorIndustry(exhibitor_id=exhibitor, industry_id=industry)
            for exhibitor, industry in sorted(asked - present.keys())
        )
    gone = {key for keys in wanted.values() for key in keys} - known
    return [_("%(count)d industries that were listed are deleted.") % {"count": len(gone)}] if gone else []


_LINK = ("exhibitor_id", "industry_id")


def _place(wanted: Mapping[int, list[int]], by: User | None) -> list[str]:
    """Make these the booths of each exhibitor, and tell how many of them are deleted."""
    known = _there(Booth, wanted)
    rows = Exhibitor.objects.filter(pk__among=list(wanted)).order_by("pk").defer(*indexing.SEARCH_COLUMNS)
    booths.place({row: [known[key] for key in wanted[row.pk] if key in known] for row in rows}, by=by)
    gone = {key for keys in wanted.values() for key in keys} - known.keys()
    return [_("%(count)d booths that were assigned are deleted.") % {"count": len(gone)}] if gone else []


def _there(model: type[Booth] | type[Industry], wanted: Mapping[int, list[int]]) -> dict[int, Any]:
    rows: Any = model._default_manager.filter(pk__among=sorted({key for keys in wanted.values() for key in keys}))
    return {row.pk: row for row in (rows.select_related("hall") if model is Booth else rows)}


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


def _remove_places(run: ImportRun, *, with_halls: bool) -> None:
    """What the import created for its exhibitors, nobody else has come to need, and nobody has worked on since."""
    unused = Booth.objects.filter(pk__among=list(run.created_booths), assignments=None, facilities=None)
    rows = Booth.objects.filter(pk__among=_untouched(run, Booth, list(unused.values_list("pk", flat=True))))
    history.keep_before_deletion(rows)
    rows.delete()
    if with_halls:
        _remove(run, Hall, run.created_halls, needed_by="booths")
        _remove(run, Industry, run.created_industries, needed_by="exhibitor_links")


def _remove(run: ImportRun, model: type[Hall] | type[Industry], keys: list[int], *, needed_by: str) -> None:
    for row in model._default_manager.filter(pk__in=_untouched(run, model, keys), **{needed_by: None}):
        parts.delete(row)


def _untouched(run: ImportRun, model: type[Model], pks: Sequence[int]) -> list[int]:
    """Those of the rows whose newest version is still the one of the import."""
    found: list[int] = []
    for batch in _batches(pks):
        newest = Version.objects.in_bulk(_newest(batch, model=model))
        found += [int(own.object_id) for own in newest.values() if own.revision_id == run.revision_id]
    return found


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
