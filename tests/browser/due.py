"""How often each name is due on paper, counted in the database."""

from collections import Counter

from django.db.models import Count

from exhibitors.domain.booth_list import Order
from exhibitors.models import Edition, Exhibitor, Facility
from exhibitors.models.fields import pick
from tests.browser import paper

PER = {Order.HALL: "booths__hall", Order.BOOTH: "booths", Order.NAME: "edition", Order.INDUSTRY: "industries"}


def names_in_list(edition: Edition, order: Order, language: str) -> Counter[str]:
    """Once for each hall, booth or industry, and once where it has none; facilities once."""
    return _exhibitors(edition, PER[order], language) + _facilities(edition, language)


def names_of(edition: Edition, style: str, language: str) -> Counter[str]:
    """Once, on signs once a booth; a directory holds the facilities too."""
    names = _exhibitors(edition, PER[Order.BOOTH if style == "signs" else Order.NAME], language)
    return names + _facilities(edition, language) if style == "directory" else names


def _exhibitors(edition: Edition, per: str, language: str) -> Counter[str]:
    names: Counter[str] = Counter()
    exhibitors = Exhibitor.objects.public().filter(edition=edition).order_by()
    for exhibitor in exhibitors.annotate(places=Count(per, distinct=True)):
        names[paper.squash(pick(exhibitor, "name", language).text)] += max(1, exhibitor.places)
    return names


def _facilities(edition: Edition, language: str) -> Counter[str]:
    facilities = Facility.objects.filter(edition=edition)
    return Counter(paper.squash(pick(facility, "name", language).text) for facility in facilities)
