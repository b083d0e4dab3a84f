"""Which models have a history, and the first version of rows that are older than it."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import reversion
from django.contrib.contenttypes.models import ContentType
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.utils import timezone
from reversion.models import Revision, Version

from exhibitors.domain.history.actions import Action
from exhibitors.domain.indexing import COLUMNS
from exhibitors.domain.migrating import Plan, is_complete
from exhibitors.models import (
    Booth,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Product,
    Synonym,
    Theme,
)
from exhibitors.models.versions import values_of, written

KEPT: tuple[type[models.Model], ...] = (
    Edition,
    Theme,
    Hall,
    Industry,
    Booth,
    Exhibitor,
    Product,
    Collaboration,
    Facility,
    Synonym,
)
BATCH = 500
_FOLLOWS_FROM_OTHERS = {*COLUMNS, "number_key", "created_at", "updated_at", "search_version"}


@cache
def fields_of(model: type[models.Model]) -> list[str]:
    """What of a row is kept: all but its key and what follows from other fields."""
    own = (*model._meta.local_concrete_fields, *model._meta.local_many_to_many)
    return [field.name for field in own if not field.primary_key and field.name not in _FOLLOWS_FROM_OTHERS]


for _model in KEPT:
    reversion.register(_model, fields=["id", *fields_of(_model)])


def version_of(row: models.Model, values: Mapping[str, Any] | None = None) -> Version:
    """The row as it stands, or as some values say, to be stored with a revision."""
    kept = values_of(row, fields_of(type(row))) if values is None else values
    return Version(
        content_type=ContentType.objects.get_for_model(row),
        object_id=str(row.pk),
        db=DEFAULT_DB_ALIAS,
        format="json",
        serialized_data=written(type(row), row.pk, kept),
        object_repr=str(row),
    )


def begin_after_migration(*, plan: Plan | None = None, **_signal: object) -> None:
    """Keep what rows without a history hold, so that their first change has a way back. A handler of post_migrate."""
    if not is_complete(plan):
        return
    for model in KEPT:
        for rows in _without_history(model):
            _begin(rows)


def _without_history(model: type[models.Model]) -> Iterator[Sequence[Any]]:
    known = {int(key) for key in Version.objects.get_for_model(model).values_list("object_id", flat=True)}
    pks = model._default_manager.order_by("pk").values_list("pk", flat=True)
    missing = [pk for pk in pks if pk not in known]
    for start in range(0, len(missing), BATCH):
        yield list(model._default_manager.filter(pk__in=missing[start : start + BATCH]).order_by("pk"))


@transaction.atomic
def _begin(rows: Sequence[models.Model]) -> None:
    revision = Revision.objects.create(date_created=timezone.now(), comment=Action.BEGIN)
    versions = [version_of(row) for row in rows]
    for version in versions:
        version.revision = revision
    Version.objects.bulk_create(versions)
