"""Turns a parsed query into what the database is asked."""

from django.db.models import Q

from exhibitors.models.matching import Matching, Rank
from exhibitors.search.query import Query


def matching(query: Query) -> Q:
    """Exhibitors for which every word holds, or the words written as one."""
    return Q(Matching(query))


def rank(query: Query) -> Rank:
    """How well an exhibitor matches, 0 best: the first of the query's ranks that holds."""
    return Rank(query)
