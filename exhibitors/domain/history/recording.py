"""Keeps what verbs write."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save, pre_delete
from django.utils import timezone
from reversion.models import Revision, Version

from exhibitors.domain import data_version
from exhibitors.domain.history.actions import Action
from exhibitors.domain.history.kept import BATCH, KEPT, version_of
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.models import Exhibitor

P = ParamSpec("P")
R = TypeVar("R")

_actor: ContextVar[User | None] = ContextVar("actor", default=None)
_record: ContextVar["Record | None"] = ContextVar("record", default=None)


_Key = tuple[type[Model], int]


@dataclass
class Record:
    """What is kept of a transaction: the rows as they are at its end, under `revision`, known then; and deletions."""

    revision: Revision | None = None
    versions: dict[_Key, Version] = field(default_factory=dict)
    deletions: Revision | None = None
    deleted: set[_Key] = field(default_factory=set)


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
    outer = _record.get()
    with transaction.atomic(), acting(by or _actor.get()):
        if outer is not None:
            with _undone_with_errors(outer):
                yield outer
            return
        record = Record()
        token = _record.set(record)
        try:
            yield record
        finally:
            _record.reset(token)
        _store(record, action)
        transaction.on_commit(data_version.watch.note_write)


@contextmanager
def _undone_with_errors(record: Record) -> Iterator[None]:
    """What a verb within another had added goes where its own writes go when it fails."""
    before = dict(record.versions)
    try:
        yield
    except BaseException:
        record.versions = before
        raise


def _store(record: Record, action: Action) -> None:
    if record.versions:
        record.revision = Revision.objects.create(date_created=timezone.now(), user=_actor.get(), comment=action)
        _save(record.versions.values(), record.revision)


def _save(versions: Collection[Version], revision: Revision) -> None:
    for version in versions:
        version.revision = revision
    Version.objects.bulk_create(versions, batch_size=BATCH)


def add(rows: Iterable[Model]) -> None:
    """Keep rows that were written past Django's save(). No query, but one for links of a row that has any."""
    for row in rows:
        add_version(row, version_of(row))


def add_version(row: Model, version: Version) -> None:
    """Keep a row by a version that was made ready before. Nothing is kept outside of a recording."""
    record = _record.get()
    if record is not None:
        record.versions[type(row), row.pk] = version


def _add_saved(*, instance: Model, **_signal: object) -> None:
    if _record.get() is not None:
        add([instance])


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
    for key in keys:
        record.versions.pop(key, None)
    versions = [version_of(row) for row in _as_stored(keys)]
    if versions:
        now, user = timezone.now(), _actor.get()
        record.deletions = record.deletions or Revision.objects.create(
            date_created=now, user=user, comment=Action.DELETE
        )
        _save(versions, record.deletions)


def _as_stored(keys: list[_Key]) -> Iterator[Model]:
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
    post_save.connect(_add_saved, sender=_model, dispatch_uid=f"saved {_model.__name__}")
    pre_delete.connect(_keep_before_deletion, sender=_model, dispatch_uid=f"deleted {_model.__name__}")
