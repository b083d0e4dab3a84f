"""What pages read of the exhibitors that they list; what was read last is kept for a version of the data.

Booths, products and industries are read column by column, as objects of the models and their prefetching took a third
of the time of a page of a search; halls and industries are those that the directory has already.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass
from itertools import chain
from typing import NamedTuple, TypeVar

from exhibitors.domain.directory import Directory
from exhibitors.domain.indexing import Parts, source
from exhibitors.domain.kept import Kept
from exhibitors.domain.standing import Place
from exhibitors.models import BoothAssignment, Exhibitor, ExhibitorIndustry, Hall, Product
from exhibitors.models.exhibitor import ExhibitorQuerySet

MOST_KEPT = 1000  # exhibitors, of 5 kB each
HEAVIEST = 4_000_000  # letters of what a search may have found in them

T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """What is read of exhibitors, what is read beside them, and where those read last are kept, if they are."""

    read: Callable[[ExhibitorQuerySet], ExhibitorQuerySet]
    attach: Callable[[Directory, list[Exhibitor]], None] = lambda _directory, _exhibitors: None
    kept: Kept[Exhibitor] | None = None

    def finished(self, directory: Directory, exhibitors: ExhibitorQuerySet) -> list[Exhibitor]:
        """The exhibitors, all of the directory's edition. One query and those of the reading."""
        found = list(self.read(exhibitors))
        for exhibitor in found:
            exhibitor.edition = directory.edition  # for its address
        if found:
            self.attach(directory, found)
        return found


class Assignment(NamedTuple):
    """What a page shows of an assignment."""

    booth: Place


class Goods(NamedTuple):
    """What a search may have found in a product."""

    name_ko: str
    name_en: str
    text_ko: str
    text_en: str


def _columns_of_cards(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    return exhibitors.only(*CARD)


def _columns_of_finds(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    return exhibitors.only(*CARD, "introduction_ko", "introduction_en")


CARD = (
    *("slug", "edition", "name_ko", "name_en", "main_products_ko", "main_products_en"),
    *("logo", "logo_alt_ko", "logo_alt_en", "is_sample"),
)


def _attach_places(directory: Directory, exhibitors: list[Exhibitor]) -> None:
    """Set the booths of each as `places`, in the order of halls and numbers. One query, more for a hall just made."""
    rows = BoothAssignment.objects.filter(exhibitor__in=[one.pk for one in exhibitors]).order_by()
    fields = ("exhibitor_id", "pk", "booth_id", "booth__number", "booth__number_key", "booth__hall_id")
    halls = dict(directory.numbered_halls)
    found: dict[int, list[tuple[int, str, int, Place]]] = defaultdict(list)
    for exhibitor, pk, booth, number, key, hall_pk in rows.values_list(*fields):
        if hall_pk not in halls:
            halls[hall_pk] = (len(halls), Hall.objects.select_related("theme").get(pk=hall_pk))
        position, hall = halls[hall_pk]
        found[exhibitor].append((position, key, pk, Place(booth, number, key, hall)))
    for one in exhibitors:
        one.places = [Assignment(place) for *_order, place in sorted(found[one.pk])]  # type: ignore[attr-defined]


def _attach_source(directory: Directory, exhibitors: list[Exhibitor]) -> None:
    """Set as `searched`, too, the texts by which a search finds each. Three queries."""
    _attach_places(directory, exhibitors)
    keys = [one.pk for one in exhibitors]
    products = Product.objects.filter(exhibitor__in=keys).order_by("position", "pk")
    goods = _by_key((key, Goods(*texts)) for key, *texts in products.values_list("exhibitor_id", *Goods._fields))
    links = ExhibitorIndustry.objects.filter(exhibitor__in=keys).order_by().values_list("exhibitor_id", "industry_id")
    known = directory.numbered_industries
    industries = _by_key((key, known[industry][1]) for key, industry in links if industry in known)
    for one in exhibitors:
        booths = [place.booth for place in one.places]  # type: ignore[attr-defined]
        parts = Parts(products=goods.get(one.pk, ()), industries=industries.get(one.pk, ()), booths=booths)
        one.searched = source(one, parts)  # type: ignore[attr-defined]


def _by_key(pairs: Iterable[tuple[int, T]]) -> Mapping[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _letters(exhibitor: Exhibitor) -> int:
    fields: tuple[tuple[str, ...], ...] = astuple(exhibitor.searched)  # type: ignore[attr-defined]
    return len("".join(chain.from_iterable(fields)))


PLACES = Reading(_columns_of_cards, _attach_places, Kept(MOST_KEPT))
"""What a card shows, with booths as `places`. One query."""
SEARCHED = Reading(_columns_of_finds, _attach_source, Kept(MOST_KEPT, weigh=_letters, heaviest=HEAVIEST))
"""The same, and as `searched` the texts by which a search finds them. Three queries."""
