"""What pages read of the exhibitors that they list; what was read last is kept for a version of the data.

Halls and industries are those that the directory has already: to join them to every booth and every link took a third
of the time of a page of a search.
"""

from collections.abc import Callable
from dataclasses import astuple, dataclass
from itertools import chain
from typing import Any

from django.db.models import Prefetch

from exhibitors.domain.directory import Directory
from exhibitors.domain.indexing import Parts, source
from exhibitors.domain.kept import Kept
from exhibitors.models import BoothAssignment, Exhibitor, ExhibitorIndustry, Product
from exhibitors.models.exhibitor import ExhibitorQuerySet

MOST_KEPT = 1000  # exhibitors, of 5 kB each
HEAVIEST = 4_000_000  # letters of what a search may have found in them


@dataclass(frozen=True)
class Reading:
    """What is read beside the exhibitors, what is made of it, and where those read last are kept, if they are."""

    read: Callable[[ExhibitorQuerySet], ExhibitorQuerySet]
    finish: Callable[[Directory, Exhibitor], None] = lambda _directory, _exhibitor: None
    kept: Kept[Exhibitor] | None = None

    def finished(self, directory: Directory, exhibitors: ExhibitorQuerySet) -> list[Exhibitor]:
        """The exhibitors, all of the directory's edition. One query and those of the reading."""
        found = list(self.read(exhibitors))
        for exhibitor in found:
            exhibitor.edition = directory.edition  # for its address
            self.finish(directory, exhibitor)
        return found


def _with_booths(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    return exhibitors.defer("introduction_ko", "introduction_en").prefetch_related(_booths())


def _booths() -> "Prefetch[Any, Any]":
    return Prefetch("assignments", BoothAssignment.objects.select_related("booth").order_by(), to_attr="places")


def _with_parts(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    return exhibitors.prefetch_related(
        _booths(),
        Prefetch("products", Product.objects.order_by("position", "pk"), to_attr="goods"),
        Prefetch("industry_links", ExhibitorIndustry.objects.order_by(), to_attr="lines"),
    )


def _set_places(directory: Directory, exhibitor: Exhibitor) -> None:
    """Put the booths in the order of halls and numbers. One query for a hall of this very moment."""
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    for place in places:
        if (known := directory.numbered_halls.get(place.booth.hall_id)) is not None:
            place.booth.hall = known[1]
    last = (len(directory.halls), None)
    places.sort(
        key=lambda place: (
            directory.numbered_halls.get(place.booth.hall_id, last)[0],
            place.booth.number_key,
            place.pk,
        )
    )


def _set_source(directory: Directory, exhibitor: Exhibitor) -> None:
    """Gather as `searched` what a query may have found, in place of the parts that it comes from."""
    _set_places(directory, exhibitor)
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    lines: list[ExhibitorIndustry] = exhibitor.lines  # type: ignore[attr-defined]
    known = directory.numbered_industries
    parts = Parts(
        products=exhibitor.goods,  # type: ignore[attr-defined]
        industries=[known[line.industry_id][1] for line in lines if line.industry_id in known],
        booths=[place.booth for place in places],
    )
    exhibitor.searched = source(exhibitor, parts)  # type: ignore[attr-defined]
    del exhibitor.goods, exhibitor.lines  # type: ignore[attr-defined]


def _letters(exhibitor: Exhibitor) -> int:
    fields: tuple[tuple[str, ...], ...] = astuple(exhibitor.searched)  # type: ignore[attr-defined]
    return len("".join(chain.from_iterable(fields)))


PLACES = Reading(_with_booths, _set_places, Kept(MOST_KEPT))
"""Booths with halls, as `places`. One query."""
SEARCHED = Reading(_with_parts, _set_source, Kept(MOST_KEPT, weigh=_letters, heaviest=HEAVIEST))
"""The same, and as `searched` the texts by which a search finds them. Three queries."""
