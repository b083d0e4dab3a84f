"""A page of a list: the rows that a reader sees at once, wherever in the list they are."""

from typing import Any

from exhibitors.domain import facet_sets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find, without_search_columns
from exhibitors.domain.membership import union
from exhibitors.domain.readings import Reading
from exhibitors.models import Exhibitor


def page(directory: Directory, criteria: Criteria, rows: slice, reading: Reading) -> list[Exhibitor]:
    """Return some rows of what `directory.find` finds.

    One query and those of the reading; none where all of them are kept at this version. Where the process knows
    everyone, it costs about the same at the end of a list of 100,000 as at its beginning, however few of them are
    selected.
    """
    keys = _keys(directory, criteria, rows)
    if keys is None:
        return reading.finished(directory, find(directory, criteria)[rows])

    def read(missing: list[int]) -> dict[int, Exhibitor]:
        chosen = Exhibitor.objects.public().filter(edition=directory.edition, pk__in=missing).order_by()
        return {one.pk: one for one in reading.finished(directory, without_search_columns(chosen))}

    found = reading.kept.get_each(keys, directory.version, read) if reading.kept else read(keys)
    return [found[key] for key in keys if key in found]


def keys_of(directory: Directory, criteria: Criteria) -> list[int]:
    """Return the primary keys of a whole list, in its order. One query where the process does not know everyone."""
    keys = _keys(directory, criteria, slice(None))
    return list(find(directory, criteria).values_list("pk", flat=True)) if keys is None else keys


def columns_of(directory: Directory, keys: list[int], *columns: str) -> list[tuple[Any, ...]]:
    """Return the primary key and these columns of public exhibitors, in the order of the keys. One query."""
    chosen = Exhibitor.objects.public().filter(edition=directory.edition, pk__among=keys).order_by()
    found = {row[0]: row for row in chosen.values_list("pk", *columns)}
    return [found[key] for key in keys if key in found]


def _keys(directory: Directory, criteria: Criteria, rows: slice) -> list[int] | None:
    """Primary keys of the rows, in their order; None where only the database knows them."""
    everyone = directory.everyone
    if everyone is None:
        return None
    ranked = directory.ranked_sets(criteria)
    if ranked is None:
        return None
    if criteria.sort != Sort.RELEVANCE:
        ranked = (union(ranked),)
    selected = facet_sets.of(directory, criteria, everyone.members).selected
    return everyone.keys((members & selected for members in ranked), criteria.sort, rows)
