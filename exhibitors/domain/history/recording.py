"""Keeps what verbs write."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import reversion
from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.utils import timezone
from reversion.models import Revision, Version
from reversion.signals import post_revision_commit

from exhibitors.domain.history.actions import Action
from exhibitors.domain.history.kept import BATCH, KEPT, version_of
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.models import Exhibitor

P = ParamSpec("P")
R = TypeVar("R")

_actor: ContextVar[User | None] = ContextVar("actor", default=None)
_record: ContextVar["Record | None"] = ContextVar("record", default=None)


@dataclass
class Record:
    """What a recording has kept: its revision, known at its end, and that of the deletions in it."""

    revision: Revision | None = None
    deletions: Revision | None = None
    deleted: set[tuple[type[Model], int]] = field(default_factory=set)


@contextmanager
def acting(user: User | None) -> Iterator[None]:
    """Name who is at work: whatever is recorded within is theirs, unless a verb is told otherwise."""
    token = _actor.set(user)
    try:
        yield
    finally:
        _actor.reset(token)


def recorded(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a verb one transaction whose changes are kept together; inside another one it joins that.

    Who acts is the verb's keyword `by`, where it has one, else who `acting` names.
    """

    def decorate(verb: Callable[P, R]) -> Callable[P, R]:
        @wraps(verb)
        def kept(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs.get("by")
            with recording(action, by=by):
                return verb(*args, **kwargs)

        return kept

    return decorate


@contextmanager
def recording(action: Action, *, by: User | None = None) -> Iterator[Record]:
    """What `recorded` does, around any block."""
    outer = _record.get() if reversion.is_active() else None
    record = outer or Record()
    token = _record.set(record)
    try:
        with acting(by or _actor.get()), reversion.create_revision():
            if outer is None:
                reversion.set_comment(action)
                reversion.set_user(_actor.get())
            yield record
    finally:
        _record.reset(token)


def _note_revision(revision: Revision, **_signal: object) -> None:
    record = _record.get()
    if record is not None:
        record.revision = revision


post_revision_commit.connect(_note_revision, dispatch_uid="history")


def add(rows: Iterable[Model]) -> None:
    """Keep rows that were written past Django's save(). No query, but one for links of a row that has any."""
    for row in rows:
        reversion.add_to_revision(row)


def add_exhibitors(pks: Iterable[int]) -> None:
    """Keep exhibitors with their booths and industries as the database has them now. Three queries per 500."""
    wanted = sorted(set(pks))
    for start in range(0, len(wanted), BATCH):
        rows = Exhibitor.objects.filter(pk__in=wanted[start : start + BATCH]).order_by("pk").defer(*SEARCH_COLUMNS)
        add(rows.prefetch_related("booths", "industries"))


def keep_before_deletion(rows: Iterable[Model]) -> None:
    """Keep the last state of rows, with who deletes them and when: reversion itself keeps nothing that is gone.

    Every deletion calls it for each row; a verb calls it for all before it takes links away from what it deletes.
    """
    record = _record.get() or Record()
    keys = [key for row in rows if (key := (type(row), int(row.pk))) not in record.deleted]
    record.deleted.update(keys)
    versions = [version_of(row) for row in _as_stored(keys)]
    if versions and record.deletions is None:
        now, user = timezone.now(), _actor.get()
        record.deletions = Revision.objects.create(date_created=now, user=user, comment=Action.DELETE)
    for version in versions:
        version.revision = record.deletions
    Version.objects.bulk_create(versions)


def _as_stored(keys: list[tuple[type[Model], int]]) -> Iterator[Model]:
    pks: dict[type[Model], list[int]] = {}
    for model, pk in keys:
        pks.setdefault(model, []).append(pk)
    for model, own in pks.items():
        for start in range(0, len(own), BATCH):
            stored = model._default_manager.filter(pk__in=own[start : start + BATCH]).order_by("pk")
            yield from stored.prefetch_related("booths", "industries") if model is Exhibitor else stored


def _keep_before_deletion(*, instance: Model, **_signal: object) -> None:
    keep_before_deletion([instance])


for _model in KEPT:
    pre_delete.connect(_keep_before_deletion, sender=_model, dispatch_uid=f"history of {_model.__name__}")
