"""Keeps what verbs write."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import reversion
from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import pre_delete
from django.utils import timezone
from reversion.models import Revision

from exhibitors.domain.history.actions import Action
from exhibitors.domain.history.kept import BATCH, KEPT, version_of
from exhibitors.domain.indexing import SEARCH_COLUMNS
from exhibitors.models import Exhibitor

P = ParamSpec("P")
R = TypeVar("R")

_actor: ContextVar[User | None] = ContextVar("actor", default=None)
_deletion: ContextVar[Revision | None] = ContextVar("deletion", default=None)


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
def recording(action: Action, *, by: User | None = None) -> Iterator[None]:
    """What `recorded` does, around any block."""
    if reversion.is_active():
        with acting(by or _actor.get()), reversion.create_revision():
            yield
        return
    token = _deletion.set(None)
    try:
        with acting(by or _actor.get()), reversion.create_revision():
            reversion.set_comment(action)
            reversion.set_user(_actor.get())
            yield
    finally:
        _deletion.reset(token)


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


def keep_before_deletion(row: Model) -> None:
    """Keep the last state of a row, with who deletes it and when: reversion itself keeps nothing that is gone.

    Every deletion calls it; a verb does so itself before it takes links away from what it deletes.
    """
    revision = _deletion.get()
    if revision is None:
        revision = Revision.objects.create(date_created=timezone.now(), user=_actor.get(), comment=Action.DELETE)
        if reversion.is_active():
            _deletion.set(revision)
    version = version_of(type(row)._default_manager.get(pk=row.pk))
    same = {"content_type": version.content_type, "object_id": version.object_id, "db": version.db}
    if not revision.version_set.filter(**same).exists():
        version.revision = revision
        version.save()


def _keep_before_deletion(*, instance: Model, **_signal: object) -> None:
    keep_before_deletion(instance)


for _model in KEPT:
    pre_delete.connect(_keep_before_deletion, sender=_model, dispatch_uid=f"history of {_model.__name__}")
