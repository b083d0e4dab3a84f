"""Reads what the open data tells of exhibitors and their products: what the public pages show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from exhibitors.models import (
    BoothAssignment,
    CollaborationMember,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Product,
)
from exhibitors.models.exhibitor import ExhibitorQuerySet

TOLD = (
    *(
        f"{text}_{language}"
        for text in ("name", "main_products", "introduction", "logo_alt")
        for language in ("ko", "en")
    ),
    *("slug", "homepage", "phone", "email", "region", "logo", "state", "is_sample"),
)
"""The fields of an exhibitor that are read."""


@dataclass(frozen=True, slots=True)
class Whole:
    """An exhibitor with all that belongs to it; the parts of the edition are known by their ids."""

    exhibitor: Exhibitor
    places: Sequence[tuple[str, str]]
    """Halls and numbers of booths."""
    industries: Sequence[tuple[str]]
    products: Sequence[Product]
    collaborations: Sequence[tuple[str]]


def told(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Read no more of each than is told."""
    return exhibitors.only(*TOLD)


def whole(exhibitors: Iterable[Exhibitor]) -> list[Whole]:
    """Read the booths, industries, products and collaborations of exhibitors that were read as `told`: four queries."""
    found = list(exhibitors)
    if not found:
        return []
    pks = [exhibitor.pk for exhibitor in found]
    standing = BoothAssignment.objects.filter(exhibitor__pk__among=pks)
    listed = ExhibitorIndustry.objects.filter(exhibitor__pk__among=pks)
    members = CollaborationMember.objects.filter(exhibitor__pk__among=pks)
    stories = members.order_by("collaboration__position", "collaboration__slug")
    places = _grouped(standing.values_list("exhibitor", "booth__hall__code", "booth__number"))
    industries = _grouped(listed.values_list("exhibitor", "industry__slug"))
    collaborations = _grouped(stories.values_list("exhibitor", "collaboration__slug"))
    products = products_of(pks)
    return [Whole(one, places[one.pk], industries[one.pk], products[one.pk], collaborations[one.pk]) for one in found]


def _grouped(rows: QuerySet[Any, tuple[Any, ...]]) -> Mapping[int, list[Any]]:
    """What stands behind the exhibitor in each row, by exhibitor."""
    groups: dict[int, list[Any]] = defaultdict(list)
    for exhibitor, *others in rows:
        groups[exhibitor].append(tuple(others))
    return groups


def products_of(pks: list[int]) -> Mapping[int, list[Product]]:
    """The products by exhibitor, in their own order."""
    groups: dict[int, list[Product]] = defaultdict(list)
    for product in Product.objects.filter(exhibitor__pk__among=pks).order_by("position", "pk"):
        groups[product.exhibitor_id].append(product)
    return groups


def public_products(edition: Edition) -> QuerySet[Product]:
    """The products of an edition's public exhibitors, by exhibitor as the list has them, then in their own order."""
    products = Product.objects.filter(exhibitor__edition=edition, exhibitor__state=Exhibitor.State.PUBLIC)
    return products.select_related("exhibitor").order_by("exhibitor__sort_key", "exhibitor_id", "position", "pk")
