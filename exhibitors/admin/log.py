"""Writes what was done to many rows into the admin's own log."""

from collections.abc import Iterable

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.http import HttpRequest

from exhibitors.admin.lookup import organiser

MAX_NAME = 200


def log(request: HttpRequest, lines: Iterable[tuple[Model, str]], *, action_flag: int = CHANGE) -> None:
    """Log a sentence for each row. One query per 500 rows."""
    user = organiser(request).pk
    entries = [
        LogEntry(
            user_id=user,
            content_type=ContentType.objects.get_for_model(row),
            object_id=row.pk,
            object_repr=str(row)[:MAX_NAME],
            action_flag=action_flag,
            change_message=message,
        )
        for row, message in lines
    ]
    LogEntry.objects.bulk_create(entries, batch_size=500)
