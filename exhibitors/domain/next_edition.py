"""Starts an edition from an older one: its halls and industries, and exhibitors who are asked again."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain import companies, history, indexing
from exhibitors.domain.booths import BATCH
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import (
    Booth,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Facility,
    Hall,
    Industry,
    Product,
    Synonym,
    Theme,
)
from exhibitors.models.exhibitor import ExhibitorQuerySet

Row = TypeVar("Row", bound=models.Model)


class Part(StrEnum):
    """What can be copied beside exhibitors."""

    HALLS = "halls"  # with their themes
    BOOTHS = "booths"  # with their rectangles; nobody stands on them
    FACILITIES = "facilities"
    INDUSTRIES = "industries"
    SYNONYMS = "synonyms"


STAYS = ("venue_ko", "venue_en", "hosts_ko", "hosts_en", "opens_at", "closes_at", "contact_email")
"""Fields of an edition that the next one begins with; slogan and text are written anew each time."""


@dataclass
class Started:
    """The new edition with all that was copied, and the old exhibitors who were given a company code."""

    edition: Edition
    themes: list[Theme] = field(default_factory=list)
    halls: list[Hall] = field(default_factory=list)
    booths: list[Booth] = field(default_factory=list)
    facilities: list[Facility] = field(default_factory=list)
    industries: list[Industry] = field(default_factory=list)
    synonyms: list[Synonym] = field(default_factory=list)
    exhibitors: list[Exhibitor] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    given_codes: list[Exhibitor] = field(default_factory=list)


@recorded(Action.CARRY_OVER)
def start(
    source: Edition,
    edition: Edition,
    *,
    parts: Collection[Part],
    exhibitors: ExhibitorQuerySet,
    by: User | None = None,  # noqa: ARG001 who wrote it is for the history
) -> Started:
    """Save a new edition, hidden, and copy into it the parts and exhibitors of the source that are asked for.

    Exhibitors come as drafts without booths, linked with those they were by company code; their pictures are shared,
    since stored pictures are named by what they show and are never removed with a row. Raises DomainError where there
    is an edition with this address, or booths are asked for without their halls. A query for each kind of row to read,
    one per 500 to write, and what `indexing.refresh` does.
    """
    if Part.BOOTHS in parts and Part.HALLS not in parts:
        raise DomainError(_("Booths cannot be copied without their halls."))
    indexing.lock([source.pk])
    _save(edition, source)
    started = Started(edition)
    _copy_places(started, source, parts)
    industries = _copy_industries(started, source) if Part.INDUSTRIES in parts else {}
    if Part.SYNONYMS in parts:
        started.synonyms = _created(_copied(row, edition=edition) for row in source.synonyms.order_by("pk"))
    _copy_exhibitors(started, source, exhibitors, industries)
    _keep(started)
    return started


def _keep(started: Started) -> None:
    """Tell the history of all that was written in bulk."""
    places = (*started.themes, *started.halls, *started.booths, *started.facilities)
    history.add((*places, *started.industries, *started.synonyms, *started.products))
    history.add_exhibitors(row.pk for row in (*started.exhibitors, *started.given_codes))


def _save(edition: Edition, source: Edition) -> None:
    for name in STAYS:
        setattr(edition, name, getattr(source, name))
    edition.is_public = edition.is_current = edition.is_sample = False
    _check_address(edition)
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
    except IntegrityError:
        _check_address(edition)  # somebody else was quicker
        raise


def _check_address(edition: Edition) -> None:
    if Edition.objects.filter(slug=edition.slug).exists():
        message = _("There is already an edition '%(slug)s'. Give the new one another address.")
        raise DomainError(message % {"slug": edition.slug})


def _copy_places(started: Started, source: Edition, parts: Collection[Part]) -> None:
    edition = started.edition
    booths: dict[int, Booth] = {}
    if Part.HALLS in parts:
        themes = _copies(source.themes.order_by("pk"), edition=edition)
        started.themes = list(themes.values())
        halls = _copies(source.halls.order_by("pk"), edition=edition, theme=themes)
        started.halls = list(halls.values())
        if Part.BOOTHS in parts:
            booths = _copies(Booth.objects.filter(hall__edition=source).order_by("pk"), hall=halls)
            started.booths = list(booths.values())
    if Part.FACILITIES in parts:
        facilities = _copies(source.facilities.order_by("pk"), edition=edition, booth=booths)
        started.facilities = list(facilities.values())


def _copy_industries(started: Started, source: Edition) -> dict[int, Industry]:
    copies = _copies(source.industries.order_by("pk"), edition=started.edition)
    started.industries = list(copies.values())
    return copies


def _copy_exhibitors(
    started: Started, source: Edition, exhibitors: ExhibitorQuerySet, industries: Mapping[int, Industry]
) -> None:
    chosen = exhibitors.filter(edition=source).select_related(None).prefetch_related(None).order_by("pk")
    rows = list(chosen)
    started.given_codes = _give_codes(rows)
    reason = _("carried over from %(edition)s") % {"edition": source.slug}
    copies = _copies(rows, edition=started.edition, state=Exhibitor.State.DRAFT.value, state_reason=reason)
    started.exhibitors = list(copies.values())
    pks = list(copies)
    _created(
        ExhibitorIndustry(exhibitor=copies[link.exhibitor_id], industry=industries[link.industry_id])
        for batch in _batches(pks)
        for link in ExhibitorIndustry.objects.filter(exhibitor__in=batch, industry__in=list(industries)).order_by("pk")
    )
    products = (
        product for batch in _batches(pks) for product in Product.objects.filter(exhibitor__in=batch).order_by("pk")
    )
    started.products = _created(_copied(product, exhibitor=copies[product.exhibitor_id]) for product in products)
    indexing.refresh(exhibitor.pk for exhibitor in started.exhibitors)


def _give_codes(exhibitors: Sequence[Exhibitor]) -> list[Exhibitor]:
    """Give a company code to those without one: free in every edition, since the same code means the same company."""
    without = [exhibitor for exhibitor in exhibitors if not exhibitor.company_code]
    if not without:
        return []
    coded = Exhibitor.objects.exclude(company_code="").order_by()
    taken = set(coded.values_list("company_code", flat=True).distinct())
    now = timezone.now()
    for exhibitor in without:
        exhibitor.company_code = companies.new_code(exhibitor, taken)
        exhibitor.updated_at = now
        taken.add(exhibitor.company_code)
    Exhibitor.objects.bulk_update(without, ["company_code", "updated_at"], batch_size=BATCH)
    return without


def _copies(rows: models.QuerySet[Row] | Sequence[Row], **changes: Any) -> dict[int, Row]:
    """Saved copies by the keys of the rows; a mapping among the changes leads from old related keys to new rows."""
    old = list(rows)
    new = [_copied(row, **{name: _new_value(row, name, value) for name, value in changes.items()}) for row in old]
    return dict(zip((row.pk for row in old), _created(new), strict=True))


def _new_value(row: models.Model, name: str, value: Any) -> Any:
    return value.get(getattr(row, f"{name}_id")) if isinstance(value, dict) else value


def _copied(row: Row, **changes: Any) -> Row:
    fields = [own for own in row._meta.concrete_fields if not own.primary_key and own.name not in changes]
    return type(row)(**{own.attname: _value(row, own) for own in fields}, **changes)


def _value(row: models.Model, own: models.Field) -> Any:
    value = getattr(row, own.attname)
    return value.name if isinstance(own, models.FileField) else value


def _created(rows: Collection[Row] | Iterator[Row]) -> list[Row]:
    new = list(rows)
    return type(new[0])._default_manager.bulk_create(new, batch_size=BATCH) if new else []


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
