"""Finds the facilities of an edition: few enough to be searched in memory."""

from collections.abc import Hashable
from functools import cached_property

from exhibitors.domain.kept import Kept
from exhibitors.models import Edition, Facility
from exhibitors.search.document import Columns, Source, build
from exhibitors.search.match import matches
from exhibitors.search.query import Query

_kept: Kept[list[tuple[Facility, Columns]]] = Kept(16)


class Facilities:
    """The facilities of an edition, read once for a version of the data, in the organisers' order."""

    def __init__(self, edition: Edition, version: Hashable = None) -> None:
        self._edition = edition
        self._version = version

    def matching(self, query: Query) -> tuple[Facility, ...]:
        """Those whose name, booth or description the query finds."""
        return tuple(facility for facility, columns in self._all if matches(query, columns))

    @cached_property
    def _all(self) -> list[tuple[Facility, Columns]]:
        return _kept.get(self._edition.pk, self._version, self._read)

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
