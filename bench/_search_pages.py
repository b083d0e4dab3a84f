"""What list pages and suggestions ask of the domain, as the views do, beside the simple search that they replaced."""

from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from exhibitors.domain import facets, kept, listing, readings
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.search.finding import Hits
from exhibitors.domain.search.suggestions import suggest
from exhibitors.models import BoothAssignment, Edition, Product
from exhibitors.search.steps import Resolution, Step

_PAGE = 24


def list_page(edition: Edition, text: str) -> int:
    """Search anew, count the facets and read a page with its parts; return how many exhibitors were found."""
    kept.forget()
    return _read(Directory(edition), Criteria(query=text, sort=Sort.RELEVANCE))


def suggestions(edition: Edition, text: str) -> int:
    kept.forget()
    return len(suggest(Directory(edition, offers=False), Criteria(query=text)))


def simple_list_page(edition: Edition, text: str) -> int:
    return _read(_SimpleDirectory(edition), Criteria(query=text))


def _read(directory: Directory, criteria: Criteria) -> int:
    counts = facets.count(directory, criteria)
    listing.page(directory, criteria, slice(0, _PAGE), readings.SEARCHED)
    return counts.total


@dataclass(frozen=True)
class _SimpleHits(Hits):
    simple_condition: Q = field(default_factory=Q)

    @property
    def condition(self) -> Q:
        return self.simple_condition


class _SimpleDirectory(Directory):
    """Finds what has every word in a name, a product or a booth's number, in any case; no index can help."""

    everyone = None  # the database counts and lists

    def hits(self, criteria: Criteria) -> Hits:
        condition = Q()
        for word in criteria.query.split():
            condition &= (
                _contains(word, "name_ko", "name_en", "main_products_ko", "main_products_en")
                | Exists(Product.objects.filter(_contains(word, "name_ko", "name_en"), exhibitor=OuterRef("pk")))
                | Exists(BoothAssignment.objects.filter(booth__number__icontains=word, exhibitor=OuterRef("pk")))
            )
        return _SimpleHits(Resolution(Step.TYPED), simple_condition=condition)


def _contains(word: str, *fields: str) -> Q:
    condition = Q()
    for name in fields:
        condition |= Q(**{f"{name}__icontains": word})
    return condition
