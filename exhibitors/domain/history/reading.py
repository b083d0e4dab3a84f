"""Reads the history: what each change was, field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Max, Min, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from exhibitors.domain.history.actions import ACTION_LABELS, Action
from exhibitors.domain.history.kept import fields_of
from exhibitors.models import Exhibitor, Product


@dataclass(frozen=True)
class Change:
    """One field, as it is called and shown, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """What somebody did to a row at a moment."""

    version_pk: int
    subject: str
    """The product that was changed, in the history of its exhibitor; else empty."""
    at: datetime
    by: User | None
    action: str
    changes: tuple[Change, ...]
    is_first: bool
    is_deletion: bool
    is_current: bool


def of(row: models.Model) -> list[Entry]:
    """The history of a row, newest first, without what changed nothing. Two queries and one a linked model."""
    return _newest_first(_entries(type(row), row.pk, subject=False))


def of_exhibitor(exhibitor: Exhibitor) -> list[Entry]:
    """The history of an exhibitor and of its products, also of those that are deleted."""
    found = list(_entries(Exhibitor, exhibitor.pk, subject=False))
    for pk in _of_its_products(exhibitor.pk).values_list("object_id", flat=True).distinct():
        found += _entries(Product, int(pk), subject=True)
    return _newest_first(found)


def _of_its_products(exhibitor_pk: int) -> models.QuerySet[Version]:
    """Versions of products that are or were the exhibitor's: what is stored of them names it."""
    ours = f'"exhibitor": {exhibitor_pk},'
    return Version.objects.get_for_model(Product).filter(serialized_data__contains=ours).order_by()


def _newest_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.version_pk, reverse=True)


def _entries(model: type[models.Model], pk: int, *, subject: bool) -> Iterator[Entry]:
    versions = list(Version.objects.get_for_object_reference(model, pk).select_related("revision__user").order_by("pk"))
    if not versions:
        return
    names = _Names(model, versions)
    exists = model._default_manager.filter(pk=pk).exists()
    for before, version in pairwise([None, *versions]):
        changes = tuple(_changes(model, before, version, names)) if before else ()
        action = version.revision.comment
        if before is None or changes or action in (Action.DELETE, Action.RESTORE):
            yield Entry(
                version_pk=version.pk,
                subject=version.object_repr if subject else "",
                at=version.revision.date_created,
                by=version.revision.user,
                action=_called(action),
                changes=changes,
                is_first=before is None,
                is_deletion=action == Action.DELETE,
                is_current=exists and version is versions[-1],
            )


def _changes(
    model: type[models.Model], before: Version | None, after: Version | None, names: "_Names"
) -> Iterator[Change]:
    old = before.field_dict if before else {}
    new = after.field_dict if after else {}
    for name in fields_of(model):
        field: Any = model._meta.get_field(name)
        key = field.attname
        if _differ(old.get(key), new.get(key)):
            yield Change(str(field.verbose_name), names.shown(field, old.get(key)), names.shown(field, new.get(key)))


def _differ(old: Any, new: Any) -> bool:
    return str(old if old is not None else "") != str(new if new is not None else "")


class _Names:
    """What the keys in some versions of a model are called, read once for all of them."""

    def __init__(self, model: type[models.Model], versions: Iterable[Version]) -> None:
        keys: dict[type[models.Model], set[int]] = {}
        for field in map(model._meta.get_field, fields_of(model)):
            if field.is_relation:
                known = keys.setdefault(_related(field), set())
                for version in versions:
                    value = version.field_dict.get(field.attname)  # type: ignore[union-attr]
                    known.update(value if isinstance(value, list) else [value] if value else [])
        self._names: Mapping[type[models.Model], Mapping[int, str]] = {
            related: {row.pk: str(row) for row in related._default_manager.filter(pk__in=pks)}
            for related, pks in keys.items()
        }

    def shown(self, field: Any, value: Any) -> str:
        if value is None or value == "":
            return ""
        if field.is_relation:
            names = self._names[_related(field)]
            keys = value if isinstance(value, list) else [value]
            return ", ".join(names.get(key, _("(deleted)")) for key in keys)
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return _plain(value)


def _related(field: Any) -> type[models.Model]:
    related: type[models.Model] = field.remote_field.model
    return related


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "SHORT_DATE_FORMAT")
    if isinstance(value, time):
        return formats.time_format(value, "H:i")
    return str(value)


def latest_version(model: type[models.Model], pk: int) -> int:
    """Key of the newest version of a row, an exhibitor's products included; 0 without any. One query, or two."""
    versions = [Version.objects.get_for_object_reference(model, pk)]
    versions += [_of_its_products(pk)] if model is Exhibitor else []
    return max(found.aggregate(newest=Max("pk"))["newest"] or 0 for found in versions)


def changes_since(row: models.Model, version_pk: int) -> list[Entry]:
    """What others did to a row after the version that somebody has seen, newest first."""
    entries = of_exhibitor(row) if isinstance(row, Exhibitor) else of(row)
    return [entry for entry in entries if entry.version_pk > version_pk]


@dataclass(frozen=True)
class Event:
    """What somebody did at a moment: to one row, or to it and others with it."""

    at: datetime
    by: User | None
    action: str
    first: Version
    others: int


def recent(limit: int, models_shown: Iterable[type[models.Model]]) -> list[Event]:
    """The newest revisions of rows of some models, the newest first. Two queries."""
    kinds = [kind.pk for kind in ContentType.objects.get_for_models(*models_shown).values()]
    shown = Q(version__content_type__in=kinds)
    counted = Revision.objects.exclude(comment=Action.BEGIN).annotate(
        rows=Count("version", filter=shown), first=Min("version", filter=shown)
    )
    revisions = list(counted.filter(rows__gt=0).select_related("user").order_by("-pk")[:limit])
    versions = Version.objects.select_related("content_type").in_bulk([revision.first for revision in revisions])
    return [
        Event(
            at=revision.date_created,
            by=revision.user,
            action=_called(revision.comment),
            first=versions[revision.first],
            others=revision.rows - 1,
        )
        for revision in revisions
    ]


def told(version: Version) -> str:
    """What was done at a version, when and by whom, in a line."""
    at = formats.date_format(timezone.localtime(version.revision.date_created), "SHORT_DATETIME_FORMAT")
    return ", ".join(filter(None, (_called(version.revision.comment), at, str(version.revision.user or ""))))


def _called(action: str) -> str:
    return str(ACTION_LABELS[Action(action)]) if action in set(Action) else action


def deleted(model: type[models.Model]) -> models.QuerySet[Version]:
    """The last versions of deleted rows, the latest deleted first."""
    return Version.objects.get_deleted(model).select_related("revision__user").order_by("-pk")
