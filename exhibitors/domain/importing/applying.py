"""Writes a difference into the database: all of it or nothing, with the write lock held briefly."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from exhibitors.domain import booths, indexing, slugs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.exhibitors import taken_slugs
from exhibitors.domain.importing import statements, stock
from exhibitors.domain.importing.differences import Difference
from exhibitors.domain.importing.errors import EditionChangedError
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.domain.importing.statements import BATCH, Insertion, Update
from exhibitors.domain.importing.stock import Place, place
from exhibitors.models import Booth, Colour, Edition, Exhibitor, ExhibitorIndustry, Hall, Industry

T = TypeVar("T")


@dataclass(frozen=True)
class Applied:
    """What was written: primary keys of exhibitors, and how many joined or left booths."""

    edition: Edition
    created: tuple[int, ...]
    changed: tuple[int, ...]
    moves: booths.Moves


def apply(difference: Difference, *, by: User | None = None, booths_are_samples: bool = False) -> Applied:
    """Write the difference in one transaction; what can be made before it is, so that the lock is held briefly.

    Raises DomainError where problems stop it, and EditionChangedError where the edition is no longer what it was
    compared with.
    """
    if not difference.may_be_applied:
        message = _("%(count)d rows have problems. Correct them, or leave these rows out (--skip-problems).")
        raise DomainError(message % {"count": difference.problem_rows})
    prepared = _prepare(difference)
    try:
        with transaction.atomic():
            edition = _lock_edition(difference)
            written = _Writing(difference, edition, by=by, booths_are_samples=booths_are_samples)
            return written.write(prepared)
    except IntegrityError as error:  # someone added the same address, code or booth in between
        raise EditionChangedError(_has_changed()) from error


@dataclass(frozen=True)
class _Prepared:
    """Exhibitors in the order of difference.new and difference.changed, and the statements that save them."""

    new: list[Exhibitor]
    changed: list[Exhibitor]
    insertion: Insertion
    update: Update


def _prepare(difference: Difference) -> _Prepared:
    new, changed = _new_exhibitors(difference), _changed_exhibitors(difference)
    names = [*TEXT_FIELDS, *indexing.COLUMNS, "updated_at"]
    return _Prepared(new, changed, statements.inserting(Exhibitor, new), statements.updating(Exhibitor, changed, names))


def _new_exhibitors(difference: Difference) -> list[Exhibitor]:
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
        exhibitors.append(exhibitor)
    return exhibitors


def _changed_exhibitors(difference: Difference) -> list[Exhibitor]:
    exhibitors = []
    for batch in _batches(difference.changed):
        found = Exhibitor.objects.in_bulk([changed.pk for changed in batch])
        for changed in batch:
            if changed.pk not in found:
                raise EditionChangedError(_has_changed())
            exhibitor = found[changed.pk]
            for name, text in changed.values.items():
                setattr(exhibitor, name, text)
            indexing.fill(exhibitor)
            exhibitors.append(exhibitor)
    return exhibitors


def _taken_slugs(difference: Difference) -> set[str]:
    edition = Edition.objects.filter(slug=difference.edition_slug).first()
    return taken_slugs(edition) if edition else set()


def _lock_edition(difference: Difference) -> Edition:
    """Return the edition, kept from other imports until the transaction ends, and unchanged since the comparison."""
    if difference.edition_pk is None:
        return Edition.objects.create(slug=difference.edition_slug, name_ko=difference.edition_slug)
    edition = Edition.objects.select_for_update().filter(pk=difference.edition_pk).first()
    if edition is None or stock.fingerprint(edition.pk, lock=True) != difference.fingerprint:
        raise EditionChangedError(_has_changed())
    return edition


def _has_changed() -> str:
    return _("The edition was changed while the file was being compared with it. Nothing was imported; try again.")


class _Writing:
    """The writes of one import, inside its transaction."""

    def __init__(
        self,
        difference: Difference,
        edition: Edition,
        *,
        by: User | None,
        booths_are_samples: bool,
    ) -> None:
        self._difference, self._edition = difference, edition
        self._by, self._booths_are_samples = by, booths_are_samples

    def write(self, prepared: _Prepared) -> Applied:
        halls, industries = self._halls(), self._industries()
        booth_of = self._booths(halls)
        self._insert(prepared)
        prepared.update.run()
        self._link(prepared, industries)
        moves = self._assign(prepared, booth_of)
        return Applied(
            self._edition,
            tuple(exhibitor.pk for exhibitor in prepared.new),
            tuple(exhibitor.pk for exhibitor in prepared.changed),
            moves,
        )

    def _insert(self, prepared: _Prepared) -> None:
        prepared.insertion.set_column("edition_id", self._edition.pk)
        prepared.insertion.run()
        pks = dict(self._edition.exhibitors.order_by().values_list("slug", "pk"))
        for exhibitor in prepared.new:
            exhibitor.pk, exhibitor.edition_id = pks[exhibitor.slug], self._edition.pk

    def _halls(self) -> dict[str, Hall]:
        own = Hall.objects.filter(edition=self._edition).order_by("pk")
        halls = {hall.code: hall for hall in own}
        position = own.aggregate(last=Max("position"))["last"] or 0
        created = [
            Hall(
                edition=self._edition,
                code=new.code,
                name_ko=new.name_ko,
                name_en=new.name_en,
                position=position + number,
                colour=Colour.values[(len(halls) + number - 1) % len(Colour.values)],
            )
            for number, new in enumerate(self._difference.new_halls, start=1)
        ]
        return halls | {hall.code: hall for hall in Hall.objects.bulk_create(created, batch_size=BATCH)}

    def _industries(self) -> dict[str, Industry]:
        own = Industry.objects.filter(edition=self._edition).order_by("pk")
        industries = {industry.slug: industry for industry in own}
        position = own.aggregate(last=Max("position"))["last"] or 0
        created = [
            Industry(
                edition=self._edition,
                slug=new.code,
                name_ko=new.name_ko,
                name_en=new.name_en,
                position=position + number,
            )
            for number, new in enumerate(self._difference.new_industries, start=1)
        ]
        Industry.objects.bulk_create(created, batch_size=BATCH)
        return industries | {industry.slug: industry for industry in created}

    def _booths(self, halls: Mapping[str, Hall]) -> dict[Place, Booth]:
        codes = {hall.pk: code for code, hall in halls.items()}
        booth_of: dict[Place, Booth] = {}
        for booth in Booth.objects.filter(hall__edition=self._edition).order_by("pk"):
            booth.hall = halls[codes[booth.hall_id]]
            booth_of[place(booth.hall.code, booth.number)] = booth
        for numbered in (True, False):  # "number to follow" is no invented booth, even in the sample
            wanted = [new for new in self._difference.new_booths if bool(new.number) == numbered]
            created = booths.create_booths(
                ((halls[new.hall], new.number) for new in wanted),
                is_sample=self._booths_are_samples and numbered,
            )
            booth_of |= dict(zip(wanted, created, strict=True))
        return booth_of

    def _link(self, prepared: _Prepared, industries: Mapping[str, Industry]) -> None:
        """Make the industries given the only ones of each exhibitor; links that stay are not touched."""
        pairs = zip(prepared.changed, self._difference.changed, strict=True)
        wanted = {exhibitor.pk: set(row.industries) for exhibitor, row in pairs if row.industries is not None}
        present: dict[tuple[int, int], int] = {}
        for batch in _batches(list(wanted)):
            links = ExhibitorIndustry.objects.filter(exhibitor__in=batch).order_by()
            present |= {(link.exhibitor_id, link.industry_id): link.pk for link in links}
        for exhibitor, new in zip(prepared.new, self._difference.new, strict=True):
            wanted[exhibitor.pk] = set(new.industries)
        linked = {(exhibitor, industries[slug].pk): None for exhibitor, own in wanted.items() for slug in own}
        for batch in _batches([pk for link, pk in present.items() if link not in linked]):
            ExhibitorIndustry.objects.filter(pk__in=batch).delete()
        missing = [link for link in linked if link not in present]
        statements.inserting(
            ExhibitorIndustry,
            [ExhibitorIndustry(exhibitor_id=exhibitor, industry_id=industry) for exhibitor, industry in missing],
        ).run()

    def _assign(self, prepared: _Prepared, booth_of: Mapping[Place, Booth]) -> booths.Moves:
        placement: dict[Exhibitor, Collection[Booth]] = {}
        for exhibitor, new in zip(prepared.new, self._difference.new, strict=True):
            if new.places:
                placement[exhibitor] = [booth_of[own] for own in new.places]
        for exhibitor, changed in zip(prepared.changed, self._difference.changed, strict=True):
            if changed.places is not None:
                placement[exhibitor] = [booth_of[own] for own in changed.places]
        return booths.assign(placement, by=self._by)


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]
