"""Finds the facilities of an edition: few enough to be searched in memory."""

from functools import cached_property

from exhibitors.models import Edition, Facility
from exhibitors.search.document import Columns, Source, build
from exhibitors.search.match import matches
from exhibitors.search.query import Query


class Facilities:
    """The facilities of an edition, read once, in the organisers' order."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition

    def matching(self, query: Query) -> tuple[Facility, ...]:
        """Those whose name, booth or description the query finds."""
        return tuple(facility for facility, columns in self._read if matches(query, columns))

    @cached_property
    def _read(self) -> list[tuple[Facility, Columns]]:
        facilities = Facility.objects.filter(edition=self._edition).select_related("booth__hall")
        return [(facility, build(_source(facility))) for facility in facilities]


def _source(facility: Facility) -> Source:
    booth = facility.booth
    return Source(
        names=tuple(filter(None, (facility.name_ko, facility.name_en))),
        booths=(booth.number,) if booth and booth.number else (),
        descriptions=tuple(filter(None, (facility.description_ko, facility.description_en))),
    )
