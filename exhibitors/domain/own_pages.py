"""A page of paper for each exhibitor of the directory's selection."""

from collections.abc import Sequence
from dataclasses import dataclass

from exhibitors.domain.booth_list import industries_of, places_of
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.open_data import products_of
from exhibitors.domain.standing import Place
from exhibitors.models import Exhibitor, Industry, Product


@dataclass(frozen=True, slots=True)
class OwnPage:
    """An exhibitor with all that its page shows."""

    exhibitor: Exhibitor
    places: Sequence[Place]
    industries: Sequence[Industry]
    products: Sequence[Product]


def build(directory: Directory, criteria: Criteria) -> list[OwnPage]:
    """Return the pages in the order of the criteria. Four queries."""
    exhibitors = list(find(directory, criteria))
    if not exhibitors:
        return []
    pks = [exhibitor.pk for exhibitor in exhibitors]
    places, industries, products = places_of(directory, pks), industries_of(directory, pks), products_of(pks)
    return [OwnPage(one, places[one.pk], industries[one.pk], products[one.pk]) for one in exhibitors]
