"""Finds exhibitors by a few typed words."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from exhibitors.models import BoothAssignment, Edition, Facility, Product
from exhibitors.models.exhibitor import ExhibitorQuerySet

NAME_FIELDS = ("name_ko", "name_en")
PRODUCT_FIELDS = ("main_products_ko", "main_products_en")


def matching(exhibitors: ExhibitorQuerySet, query: str) -> ExhibitorQuerySet:
    """Keep those whose name, products or booth number contain every word of the query."""
    for word in query.split():
        exhibitors = exhibitors.filter(
            _contains(word, *NAME_FIELDS, *PRODUCT_FIELDS)
            | Exists(Product.objects.filter(_contains(word, *NAME_FIELDS), exhibitor=OuterRef("pk")))
            | Exists(BoothAssignment.objects.filter(booth__number__icontains=word, exhibitor=OuterRef("pk")))
        )
    return exhibitors


def matching_facilities(edition: Edition, query: str) -> QuerySet[Facility]:
    """Facilities of the edition whose name or description contains every word of the query."""
    facilities = Facility.objects.filter(edition=edition).select_related("booth__hall")
    for word in query.split():
        facilities = facilities.filter(_contains(word, *NAME_FIELDS, "description_ko", "description_en"))
    return facilities


def _contains(word: str, *fields: str) -> Q:
    condition = Q()
    for field in fields:
        condition |= Q(**{f"{field}__icontains": word})
    return condition
