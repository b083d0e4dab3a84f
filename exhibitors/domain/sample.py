"""The sample edition: loads it through the import that organisers use, and removes what in it is invented."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from exhibitors.domain import booths, history, importing, indexing
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import (
    Booth,
    BoothMove,
    Collaboration,
    CollaborationMember,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Product,
    Theme,
)

FOLDER = Path(__file__).resolve().parents[1] / "sample"
NOTES = {"about_ko": "## 표본 안내", "about_en": "## About this sample"}  # the last part of the about texts
Table = Mapping[str, Any]


@dataclass(frozen=True)
class Loaded:
    """What the sample holds."""

    edition: Edition
    exhibitors: int
    invented: int


@recorded(Action.SAMPLE)
def load() -> Loaded:
    """Create the sample edition, public, and current where no other is.

    Raises DomainError where an edition has its address already.
    """
    tables = tomllib.loads((FOLDER / "edition.toml").read_text(encoding="utf-8"))
    edition = _create_edition(tables["edition"])
    _create_halls_and_industries(edition, tables)
    _import_exhibitors(edition)
    by_code = {exhibitor.company_code: exhibitor for exhibitor in edition.exhibitors.order_by("pk")}
    _create_products(by_code)
    _create_collaborations(edition, tables["collaborations"], by_code)
    _create_facilities(edition, tables["facilities"])
    invented = edition.exhibitors.filter(is_sample=True).count()
    # The codes tie the files together; nobody gave them to the real companies.
    edition.exhibitors.filter(is_sample=False).update(company_code="")
    indexing.refresh(exhibitor.pk for exhibitor in by_code.values())
    history.add_exhibitors(exhibitor.pk for exhibitor in by_code.values())
    return Loaded(edition, len(by_code), invented)


def _create_edition(table: Table) -> Edition:
    values = _values(Edition, table)
    if Edition.objects.filter(slug=values["slug"]).exists():
        message = _("There is already an edition '%(slug)s'. Remove it, or give it another address.")
        raise DomainError(message % {"slug": values["slug"]})
    is_current = not Edition.objects.filter(is_current=True).exists()
    edition = Edition(**values, is_public=True, is_current=is_current, is_sample=True)
    edition.full_clean()
    edition.save()
    return edition


def _values(model: type[models.Model], table: Table) -> dict[str, Any]:
    """The entries of a table that are fields of the model, without blanks around their texts."""
    names = {own.name for own in model._meta.concrete_fields if not own.is_relation}
    entries = {name: value for name, value in table.items() if name in names}
    return {name: value.strip() if isinstance(value, str) else value for name, value in entries.items()}


def _create_halls_and_industries(edition: Edition, tables: Table) -> None:
    themes = {
        table["code"]: Theme.objects.create(edition=edition, **_values(Theme, table)) for table in tables["themes"]
    }
    for table in tables["halls"]:
        Hall.objects.create(edition=edition, theme=themes.get(table["theme"]), **_values(Hall, table))
    for table in tables["industries"]:
        Industry.objects.create(edition=edition, **_values(Industry, table))


def _import_exhibitors(edition: Edition) -> None:
    preview = importing.preview(
        (FOLDER / "exhibitors.csv").read_bytes(),
        edition.slug,
        importing.Options(create=True),
        with_sample_mark=True,
    )
    importing.apply(preview.difference, booths_are_samples=True)


def _create_products(by_code: Mapping[str, Exhibitor]) -> None:
    with (FOLDER / "products.csv").open(encoding="utf-8-sig", newline="") as file:
        created = Product.objects.bulk_create(
            Product(
                exhibitor=by_code[row["업체코드"]],
                name_ko=row["품목명"],
                name_en=row["품목명(영문)"],
                text_ko=row["설명"],
                text_en=row["설명(영문)"],
                position=int(row["순서"]),
            )
            for row in csv.DictReader(file)
        )
    history.add(created)


def _create_collaborations(edition: Edition, tables: Sequence[Table], by_code: Mapping[str, Exhibitor]) -> None:
    for table in tables:
        collaboration = Collaboration.objects.create(edition=edition, **_values(Collaboration, table))
        for position, code in enumerate(table["exhibitors"], start=1):
            CollaborationMember.objects.create(collaboration=collaboration, exhibitor=by_code[code], position=position)
        history.add([collaboration])


def _create_facilities(edition: Edition, tables: Sequence[Table]) -> None:
    halls = {hall.code: hall for hall in Hall.objects.filter(edition=edition)}
    for table in tables:
        booth = None
        if table["hall"]:
            own = Booth.objects.filter(hall=halls[table["hall"]], number=table["booth"])
            booth = own.first() or booths.create_booths([(halls[table["hall"]], table["booth"])], is_sample=True).pop()
        Facility.objects.create(edition=edition, booth=booth, **_values(Facility, table))


@dataclass
class Removed:
    """How much was removed, and in sentences what was kept and why."""

    exhibitors: int = 0
    products: int = 0
    collaborations: int = 0
    booths: int = 0
    halls: int = 0
    kept: list[str] = field(default_factory=list)


@recorded(Action.SAMPLE)
def remove() -> Removed:
    """Remove what the sample invented, in whatever edition it stands, and end its being a sample.

    Real companies, halls, industries and facilities stay, as does all that an organiser has put on a sample booth.
    """
    removed = Removed()
    touched = set(Exhibitor.objects.filter(is_sample=True).order_by().values_list("edition", flat=True))
    indexing.lock(touched)
    _remove_collaborations(removed)
    _remove_exhibitors(removed)
    _remove_booths(removed)
    _remove_halls(removed)
    for edition in Edition.objects.filter(is_sample=True):
        _end_sample(edition)
    indexing.refresh(Exhibitor.objects.filter(edition__in=touched).values_list("pk", flat=True))
    indexing.bump(touched)
    return removed


def _end_sample(edition: Edition) -> None:
    edition.is_sample = False
    for name, heading in NOTES.items():
        text = getattr(edition, name)
        setattr(edition, name, text.partition(f"\n{heading}\n")[0].rstrip())
    edition.save(update_fields=["is_sample", *NOTES, "updated_at"])


def _remove_collaborations(removed: Removed) -> None:
    invented = Collaboration.objects.filter(is_sample=True)
    removed.collaborations = invented.count()
    invented.delete()
    members = CollaborationMember.objects.filter(exhibitor__is_sample=True).select_related("collaboration", "exhibitor")
    for member in members:
        message = _("Collaboration '%(title)s' is kept, without the sample %(name)s.")
        removed.kept.append(message % {"title": member.collaboration, "name": member.exhibitor})
    kept = {member.collaboration for member in members}
    members.delete()
    history.add(kept)


def _remove_exhibitors(removed: Removed) -> None:
    invented = Exhibitor.objects.filter(is_sample=True)
    removed.products = Product.objects.filter(exhibitor__is_sample=True).delete()[0]
    BoothMove.objects.filter(exhibitor__is_sample=True).delete()
    removed.exhibitors = invented.count()
    invented.delete()


def _remove_booths(removed: Removed) -> None:
    """Booths on which an organiser has put an exhibitor become real ones."""
    for facility in Facility.objects.filter(booth__is_sample=True):
        facility.booth = None
        facility.save(update_fields=["booth"])
    invented = Booth.objects.filter(is_sample=True)
    taken = invented.filter(assignments__isnull=False).distinct().select_related("hall")
    for booth in taken:
        removed.kept.append(_("Booth %(booth)s is kept: an exhibitor stands on it.") % {"booth": booth})
        booth.is_sample = False
        booth.save(update_fields=["is_sample"])
    removed.booths = invented.count()
    invented.delete()


def _remove_halls(removed: Removed) -> None:
    invented = Hall.objects.filter(is_sample=True)
    Booth.objects.filter(hall__in=invented, number="", assignments=None, facilities=None).delete()
    kept = list(invented.filter(booths__isnull=False).distinct())
    for hall in kept:
        removed.kept.append(_("Hall %(hall)s is kept: it has booths of yours.") % {"hall": hall})
        hall.is_sample = False
        hall.save(update_fields=["is_sample"])
    removed.halls = invented.count()
    invented.delete()
