"""Looks over an edition before it is printed: what is wrong, missing or doubtful. Nothing here blocks saving."""

from exhibitors.domain.preflight.findings import Check, Finding, Repair
from exhibitors.domain.preflight.marks import digest, mark, mark_all, unmark
from exhibitors.domain.preflight.reports import Counts, Group, Intended, Report, count, counts, report

__all__ = [
    "Check",
    "Counts",
    "Finding",
    "Group",
    "Intended",
    "Repair",
    "Report",
    "count",
    "counts",
    "digest",
    "mark",
    "mark_all",
    "report",
    "unmark",
]
