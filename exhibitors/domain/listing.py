"""A page of a list: the rows that a reader sees at once, wherever in the list they are."""

from collections.abc import Callable

from exhibitors.domain import facet_sets
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find, without_search_columns
from exhibitors.domain.membership import union
from exhibitors.models import Exhibitor
from exhibitors.models.exhibitor import ExhibitorQuerySet

Reading = Callable[[ExhibitorQuerySet], ExhibitorQuerySet]


def page(directory: Directory, criteria: Criteria, rows: slice, read: Reading) -> list[Exhibitor]:
    """Return some rows of what `directory.find` finds, with what `read` reads beside them.

    One query and those of `read`. Where the process knows everyone, it costs about the same at the end of a list of
    100,000 as at its beginning, however few of them are selected.
    """
    keys = _keys(directory, criteria, rows)
    if keys is None:
        return list(read(find(directory, criteria))[rows])
    chosen = Exhibitor.objects.public().filter(edition=directory.edition, pk__in=keys).order_by()
    found = {exhibitor.pk: exhibitor for exhibitor in read(without_search_columns(chosen))}
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
