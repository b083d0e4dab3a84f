"""Writes a difference into the database: all of it or nothing, with the write lock held briefly."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from reversion.models import Revision

from exhibitors.domain import booths, history, indexing, slugs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.exhibitors import taken_slugs
from exhibitors.domain.history import Action
from exhibitors.domain.importing import premises as preparing
from exhibitors.domain.importing import statements, stock
from exhibitors.domain.importing.differences import ChangedExhibitor, Difference
from exhibitors.domain.importing.errors import edition_changed
from exhibitors.domain.importing.premises import Premises
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.domain.importing.statements import BATCH, Insertion, Update
from exhibitors.domain.importing.stock import Place
from exhibitors.domain.indexing import Parts
from exhibitors.models import Booth, Edition, Exhibitor, ExhibitorIndustry
from exhibitors.models.versions import values_of

T = TypeVar("T")


@dataclass(frozen=True)
class Applied:
    """What was written: primary keys of exhibitors and of what they needed, and how many joined or left booths."""

    edition: Edition
    created: tuple[int, ...]
    changed: tuple[int, ...]
    moves: booths.Moves
    new_halls: tuple[int, ...]
    new_industries: tuple[int, ...]
    new_booths: tuple[int, ...]
    revision: Revision | None = None
    """What the history calls the import; None where it changed nothing or is part of something larger."""


def apply(
    difference: Difference,
    *,
    by: User | None = None,
    booths_are_samples: bool = False,
    record: Callable[[Applied], None] | None = None,
) -> Applied:
    """Write the difference in one transaction; what can be made before it is, so that the lock is held briefly.

    `record` is called at the transaction's end: what it writes stands or falls with the import.

    Raises DomainError where problems stop it, and EditionChangedError where the edition is no longer what it was
    compared with.
    """
    if not difference.may_be_applied:
        message = _("%(count)d rows have problems. Correct them, or leave these rows out (--skip-problems).")
        raise DomainError(message % {"count": difference.problem_rows})
    prepared = _prepare(difference, booths_are_samples=booths_are_samples)
    try:
        with transaction.atomic():
            with history.recording(Action.IMPORT, by=by) as kept:
                written = _Writing(difference, _lock_edition(difference), by=by).write(prepared)
            applied = replace(written, revision=kept.revision)
            if record is not None:
                record(applied)
            return applied
    except IntegrityError as error:  # someone added the same address, code or booth in between
        raise edition_changed() from error


@dataclass(frozen=True)
class _Prepared:
    """Exhibitors in the order of difference.new and difference.changed, and the statements that save them."""

    premises: Premises
    new: list[Exhibitor]
    changed: list[Exhibitor]
    insertion: Insertion
    update: Update
    kept: list[dict[str, Any]]
    """What the history keeps of the exhibitors, but for their edition, booths and industries."""
    search_version: int
    """The edition's while the search columns were built: at another one they may be stale."""


def _prepare(difference: Difference, *, booths_are_samples: bool) -> _Prepared:
    version = _search_version(difference)
    premises = preparing.prepare(difference, booths_are_samples=booths_are_samples)
    new, changed = _new_exhibitors(difference, premises), _changed_exhibitors(difference, premises)
    names = [*TEXT_FIELDS, *indexing.COLUMNS, "updated_at"]
    insertion, update = statements.inserting(Exhibitor, new), statements.updating(Exhibitor, changed, names)
    own = [name for name in history.fields_of(Exhibitor) if name not in _LINKS]
    kept = [values_of(exhibitor, own) for exhibitor in (*new, *changed)]
    return _Prepared(premises, new, changed, insertion, update, kept, version)


_LINKS = {"edition", "industries", "booths"}


def _search_version(difference: Difference) -> int:
    editions = Edition.objects.filter(slug=difference.edition_slug)
    return editions.values_list("search_version", flat=True).first() or 0


def _new_exhibitors(difference: Difference, premises: Premises) -> list[Exhibitor]:
    taken = _taken_slugs(difference)
    state = Exhibitor.State.DRAFT if difference.options.draft else Exhibitor.State.PUBLIC
    exhibitors = []
    for new in difference.new:
        exhibitor = Exhibitor(state=state, is_sample=new.is_sample, **new.values)
        exhibitor.slug = slugs.exhibitor_slug(
            name_en=exhibitor.name_en, company_code=exhibitor.company_code, taken=taken
        )
        taken.add(exhibitor.slug)
        indexing.fill(exhibitor)
        industries = [premises.industries[slug] for slug in new.industries]
        standing = [premises.booths[own] for own in new.places]
        indexing.fill_search(exhibitor, Parts(products=(), industries=industries, booths=standing))
        exhibitors.append(exhibitor)
    return exhibitors


def _changed_exhibitors(difference: Difference, premises: Premises) -> list[Exhibitor]:
    exhibitors = []
    for batch in _batches(difference.changed):
        stored = indexing.with_parts(Exhibitor.objects.filter(pk__in=[changed.pk for changed in batch]))
        found = {exhibitor.pk: exhibitor for exhibitor in stored.order_by()}
        for changed in batch:
            if changed.pk not in found:
                raise edition_changed()
            exhibitor = found[changed.pk]
            for name, text in changed.values.items():
                setattr(exhibitor, name, text)
            indexing.fill(exhibitor)
            indexing.fill_search(exhibitor, _parts(exhibitor, changed, premises))
            exhibitors.append(exhibitor)
    return exhibitors


def _parts(exhibitor: Exhibitor, changed: ChangedExhibitor, premises: Premises) -> Parts:
    parts = indexing.parts_of(exhibitor)
    if changed.industries is not None:
        parts = replace(parts, industries=[premises.industries[slug] for slug in changed.industries])
    if changed.places is not None:
        parts = replace(parts, booths=[premises.booths[own] for own in changed.places])
    return parts


def _links(
    exhibitor: Exhibitor, industries: Iterable[str] | None, places: Iterable[Place] | None, premises: Premises
) -> dict[str, list[int]]:
    """Keys of what an exhibitor is linked with after the import; None: with what it was before."""
    if industries is None:
        lines = [row.pk for row in indexing.parts_of(exhibitor).industries]
    else:
        lines = [premises.industries[slug].pk for slug in industries]
    if places is None:
        stands = [place.booth_id for place in exhibitor.places]  # type: ignore[attr-defined]
    else:
        stands = [premises.booths[own].pk for own in places]
    return {"industries": sorted(lines), "booths": sorted(stands)}


def _taken_slugs(difference: Difference) -> set[str]:
    edition = Edition.objects.filter(slug=difference.edition_slug).first()
    return taken_slugs(edition) if edition else set()


def _lock_edition(difference: Difference) -> Edition:
    """Return the edition, kept from other imports until the transaction ends, and unchanged since the comparison."""
    if difference.edition_pk is None:
        return Edition.objects.create(slug=difference.edition_slug, name_ko=difference.edition_slug)
    edition = Edition.objects.select_for_update().filter(pk=difference.edition_pk).first()
    if edition is None or stock.fingerprint(edition.pk, lock=True) != difference.fingerprint:
        raise edition_changed()
    return edition


class _Writing:
    """The writes of one import, inside its transaction."""

    def __init__(self, difference: Difference, edition: Edition, *, by: User | None) -> None:
        self._difference, self._edition, self._by = difference, edition, by

    def write(self, prepared: _Prepared) -> Applied:
        prepared.premises.save(self._edition)
        self._insert(prepared)
        prepared.update.run()
        self._link(prepared)
        moves = self._assign(prepared)
        self._index(prepared)
        history.add((*prepared.premises.new_halls, *prepared.premises.new_industries))
        self._keep(prepared)
        return Applied(
            self._edition,
            tuple(exhibitor.pk for exhibitor in prepared.new),
            tuple(exhibitor.pk for exhibitor in prepared.changed),
            moves,
            new_halls=tuple(hall.pk for hall in prepared.premises.new_halls),
            new_industries=tuple(industry.pk for industry in prepared.premises.new_industries),
            new_booths=tuple(booth.pk for booth in prepared.premises.new_booths),
        )

    def _keep(self, prepared: _Prepared) -> None:
        """Tell the history; reading ten thousand exhibitors once more would hold the lock for seconds."""
        new = [(row.industries, row.places) for row in self._difference.new]
        changed = [(row.industries, row.places) for row in self._difference.changed]
        exhibitors = (*prepared.new, *prepared.changed)
        for exhibitor, values, (industries, places) in zip(exhibitors, prepared.kept, (*new, *changed), strict=True):
            links = _links(exhibitor, industries, places, prepared.premises)
            version = history.version_of(exhibitor, {**values, "edition": self._edition.pk, **links})
            history.add_version(exhibitor, version)

    def _insert(self, prepared: _Prepared) -> None:
        prepared.insertion.set_column("edition_id", self._edition.pk)
        prepared.insertion.run()
        pks = dict(self._edition.exhibitors.order_by().values_list("slug", "pk"))
        for exhibitor in prepared.new:
            exhibitor.pk, exhibitor.edition_id = pks[exhibitor.slug], self._edition.pk

    def _link(self, prepared: _Prepared) -> None:
        """Make the industries given the only ones of each exhibitor; links that stay are not touched."""
        pairs = zip(prepared.changed, self._difference.changed, strict=True)
        wanted = {exhibitor.pk: set(row.industries) for exhibitor, row in pairs if row.industries is not None}
        present: dict[tuple[int, int], int] = {}
        for batch in _batches(list(wanted)):
            links = ExhibitorIndustry.objects.filter(exhibitor__in=batch).order_by()
            present |= {(link.exhibitor_id, link.industry_id): link.pk for link in links}
        for exhibitor, new in zip(prepared.new, self._difference.new, strict=True):
            wanted[exhibitor.pk] = set(new.industries)
        industries = prepared.premises.industries
        linked = {(exhibitor, industries[slug].pk): None for exhibitor, own in wanted.items() for slug in own}
        for batch in _batches([pk for link, pk in present.items() if link not in linked]):
            ExhibitorIndustry.objects.filter(pk__in=batch).delete()
        missing = [link for link in linked if link not in present]
        statements.inserting(
            ExhibitorIndustry,
            [ExhibitorIndustry(exhibitor_id=exhibitor, industry_id=industry) for exhibitor, industry in missing],
        ).run()

    def _assign(self, prepared: _Prepared) -> booths.Moves:
        booth_of = prepared.premises.booths
        placement: dict[Exhibitor, Collection[Booth]] = {}
        for exhibitor, new in zip(prepared.new, self._difference.new, strict=True):
            if new.places:
                placement[exhibitor] = [booth_of[own] for own in new.places]
        for exhibitor, changed in zip(prepared.changed, self._difference.changed, strict=True):
            if changed.places is not None:
                placement[exhibitor] = [booth_of[own] for own in changed.places]
        return booths.place(placement, by=self._by)

    def _index(self, prepared: _Prepared) -> None:
        """What was built before the lock is true unless somebody changed a product or a theme since."""
        if self._edition.search_version == prepared.search_version:
            indexing.bump([self._edition.pk])
        else:
            indexing.refresh(exhibitor.pk for exhibitor in (*prepared.new, *prepared.changed))


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
