"""What an edition holds before an import: a snapshot that is compared with, and a fingerprint that tells it is true."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from exhibitors.domain.importing.booth_cells import number_key
from exhibitors.domain.importing.registry import Named
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.models import Booth, BoothAssignment, Edition, Exhibitor, ExhibitorIndustry, Hall, Industry


@dataclass(frozen=True)
class Place:
    """A booth by its hall's code and its number; '' is the hall's booth whose number is to follow."""

    hall: str
    key: str
    number: str = field(compare=False)


def place(hall: str, number: str) -> Place:
    return Place(hall, number_key(number), number)


@dataclass(frozen=True)
class KnownExhibitor:
    """An exhibitor of the edition as it stands."""

    pk: int
    is_withdrawn: bool
    values: Mapping[str, str]
    places: frozenset[Place] = frozenset()
    industries: frozenset[str] = frozenset()  # slugs

    @property
    def name(self) -> str:
        return self.values["name_ko"] or self.values["name_en"]


@dataclass(frozen=True)
class Stock:
    """An edition's halls, industries, booths and exhibitors. Without a primary key the edition does not exist yet."""

    edition_slug: str
    edition_pk: int | None = None
    halls: tuple[Named, ...] = ()
    industries: tuple[Named, ...] = ()
    booths: frozenset[Place] = frozenset()
    exhibitors: tuple[KnownExhibitor, ...] = ()
    fingerprint: str = ""


def load(edition_slug: str) -> Stock:
    """Take the snapshot. 8 queries.

    What somebody adds between two of them is left out; the fingerprint then tells that the snapshot is no longer true.
    """
    edition = Edition.objects.filter(slug=edition_slug).first()
    if edition is None:
        return Stock(edition_slug)
    rows = _Rows(edition.pk)
    hall_codes = {row[0]: row[1] for row in rows.halls}
    slugs = {row[0]: row[1] for row in rows.industries}
    booths = {pk: place(hall_codes[hall], number) for pk, hall, number in rows.booths if hall in hall_codes}
    return Stock(
        edition_slug,
        edition.pk,
        halls=tuple(Named(*row[1:]) for row in rows.halls),
        industries=tuple(Named(*row[1:]) for row in rows.industries),
        booths=frozenset(booths.values()),
        exhibitors=_exhibitors(edition.pk, _grouped(rows.assignments, booths), _grouped(rows.links, slugs)),
        fingerprint=rows.fingerprint(),
    )


def fingerprint(edition_pk: int, *, lock: bool = False) -> str:
    """Return a text that is different as soon as anything differs that a comparison rests on.

    `lock` keeps the exhibitors from being changed until the transaction ends. 6 queries.
    """
    return _Rows(edition_pk, lock=lock).fingerprint()


class _Rows:
    """The rows of an edition that tell whether it has changed."""

    def __init__(self, edition: int, *, lock: bool = False) -> None:
        exhibitors = Exhibitor.objects.filter(edition=edition).order_by("pk")
        if lock:
            exhibitors = exhibitors.select_for_update()
        self.exhibitors = list(exhibitors.values_list("pk", "updated_at"))
        self.halls = list(
            Hall.objects.filter(edition=edition).order_by("pk").values_list("pk", "code", "name_ko", "name_en")
        )
        self.industries = list(
            Industry.objects.filter(edition=edition).order_by("pk").values_list("pk", "slug", "name_ko", "name_en")
        )
        self.booths = list(
            Booth.objects.filter(hall__edition=edition).order_by("pk").values_list("pk", "hall_id", "number")
        )
        self.assignments = list(
            BoothAssignment.objects.filter(exhibitor__edition=edition)
            .order_by("pk")
            .values_list("exhibitor_id", "booth_id")
        )
        self.links = list(
            ExhibitorIndustry.objects.filter(exhibitor__edition=edition)
            .order_by("pk")
            .values_list("exhibitor_id", "industry_id")
        )

    def fingerprint(self) -> str:
        digest = hashlib.sha256()
        for table in (
            self.exhibitors,
            self.halls,
            self.industries,
            self.booths,
            self.assignments,
            self.links,
        ):
            for row in table:
                digest.update(repr(row).encode())
            digest.update(b"|")
        return digest.hexdigest()


def _grouped(pairs: Iterable[tuple[int, int]], meanings: Mapping[int, Any]) -> dict[int, set[Any]]:
    groups: dict[int, set[Any]] = {}
    for exhibitor, other in pairs:
        if other in meanings:
            groups.setdefault(exhibitor, set()).add(meanings[other])
    return groups


def _exhibitors(
    edition: int, places: Mapping[int, set[Place]], industries: Mapping[int, set[str]]
) -> tuple[KnownExhibitor, ...]:
    rows = Exhibitor.objects.filter(edition=edition).order_by("pk").values_list("pk", "state", *TEXT_FIELDS)
    return tuple(
        KnownExhibitor(
            pk,
            state == Exhibitor.State.WITHDRAWN,
            dict(zip(TEXT_FIELDS, texts, strict=True)),
            frozenset(places.get(pk, ())),
            frozenset(industries.get(pk, ())),
        )
        for pk, state, *texts in rows.iterator()
    )
