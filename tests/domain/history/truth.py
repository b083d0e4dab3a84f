"""Compares the history with the rows that it tells of."""

import json
from collections.abc import Iterable

from django.db.models import Model
from django.utils import timezone
from reversion.models import Revision, Version

from exhibitors.domain.history.kept import KEPT, version_of


def untold() -> list[str]:
    """Rows whose last version is not what they hold now, and rows that are gone without having been kept."""
    found = []
    for model in KEPT:
        last = {}
        for version in Version.objects.get_for_model(model).order_by("pk"):
            last[version.object_id] = _fields(version)
        rows = model._default_manager.order_by("pk")
        found += [f"{model.__name__}: {row}" for row in rows if last.get(str(row.pk)) != _fields(version_of(row))]
    return found


def _fields(version: Version) -> object:
    return json.loads(version.serialized_data)[0]["fields"]


def begin(rows: Iterable[Model] = ()) -> None:
    """Keep what a test's factories have made, as `migrate` does with what is older than the history."""
    revision = Revision.objects.create(date_created=timezone.now(), comment="begin")
    for row in rows or [row for model in KEPT for row in model._default_manager.order_by("pk")]:
        version = version_of(row)
        version.revision = revision
        version.save()
