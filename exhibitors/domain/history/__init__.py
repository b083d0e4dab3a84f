"""The history of what organisers change: who, when, what; kept by django-reversion.

Verbs write inside `recorded`; what they save is kept by itself, what they write in bulk they `add`. Deletions are kept
whoever deletes. Nothing here changes an exhibitor: the way back is exhibitors.domain.restoring.
"""

from exhibitors.domain.history.actions import ACTION_LABELS, Action
from exhibitors.domain.history.kept import KEPT, begin_after_migration, fields_of, version_of
from exhibitors.domain.history.reading import (
    Change,
    Entry,
    changes_since,
    deleted,
    latest_version,
    of,
    of_exhibitor,
    recent,
    told,
)
from exhibitors.domain.history.recording import (
    acting,
    add,
    add_exhibitors,
    add_version,
    keep_before_deletion,
    recorded,
    recording,
)

__all__ = [
    "ACTION_LABELS",
    "KEPT",
    "Action",
    "Change",
    "Entry",
    "acting",
    "add",
    "add_exhibitors",
    "add_version",
    "begin_after_migration",
    "changes_since",
    "deleted",
    "fields_of",
    "keep_before_deletion",
    "latest_version",
    "of",
    "of_exhibitor",
    "recent",
    "recorded",
    "recording",
    "told",
    "version_of",
]
