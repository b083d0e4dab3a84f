"""Reads what the open data tells of exhibitors and their products: what the public pages show."""

from django.db.models import Prefetch, QuerySet

from exhibitors.domain.directory import with_industries, with_places
from exhibitors.models import Collaboration, Edition, Exhibitor, Product
from exhibitors.models.exhibitor import ExhibitorQuerySet


def with_everything(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Read booths, industries, products and collaborations too: four more queries.

    They are `places`, `lines`, `shown` and `joined` of each exhibitor.
    """
    return with_industries(with_places(exhibitors)).prefetch_related(
        Prefetch("products", queryset=Product.objects.order_by("position", "pk"), to_attr="shown"),
        Prefetch("collaborations", queryset=Collaboration.objects.order_by("position", "slug"), to_attr="joined"),
    )


def public_products(edition: Edition) -> QuerySet[Product]:
    """The products of an edition's public exhibitors, by exhibitor as the list has them, then in their own order."""
    products = Product.objects.filter(exhibitor__edition=edition, exhibitor__state=Exhibitor.State.PUBLIC)
    return products.select_related("exhibitor").order_by("exhibitor__sort_key", "exhibitor_id", "position", "pk")
