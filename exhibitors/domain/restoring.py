"""The way back: brings a row back to an older version, or back from deletion."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from reversion.models import Version

from exhibitors.domain import editions, exhibitors, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history.actions import Action
from exhibitors.domain.history.kept import fields_of
from exhibitors.domain.history.recording import add, recording
from exhibitors.domain.indexing import Part
from exhibitors.models import Booth, Collaboration, CollaborationMember, Edition, Exhibitor, Industry


@dataclass(frozen=True)
class Restored:
    """The row as it is now, and in sentences what of it could not come back."""

    row: models.Model
    lost: tuple[str, ...]


def restore(version: Version, *, by: User | None = None) -> Restored:
    """Make a row what it was at a version; a deleted one comes back under its old key and address.

    Raises DomainError where what it hangs on is gone, or another row has taken its place.
    """
    try:
        with recording(Action.RESTORE, by=by), transaction.atomic():
            return _restore(version, by=by)
    except IntegrityError as error:
        message = _("%(name)s cannot be restored: something else has its address, code or number now.")
        raise DomainError(message % {"name": version.object_repr}) from error


def _restore(version: Version, *, by: User | None) -> Restored:
    model = version._model
    row = model._default_manager.filter(pk=version.object_id).first() or model(pk=int(version.object_id))
    for name in fields_of(model):
        field: Any = model._meta.get_field(name)
        if not field.many_to_many and field.attname in version.field_dict:
            setattr(row, field.attname, version.field_dict[field.attname])
    _check(row, version)
    return Restored(row, tuple(_save(row, version, by=by)))


def _check(row: models.Model, version: Version) -> None:
    for field in row._meta.concrete_fields:
        if field.is_relation and getattr(row, field.attname) and not _exists(field, getattr(row, field.attname)):
            message = _("%(name)s cannot be restored: its %(field)s is deleted. Restore that first.")
            raise DomainError(message % {"name": version.object_repr, "field": field.verbose_name})
    try:
        row.validate_constraints()
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


def _exists(field: Any, key: Any) -> bool:
    return bool(field.remote_field.model._default_manager.filter(pk=key).exists())


def _save(row: models.Model, version: Version, *, by: User | None) -> Iterable[str]:
    if isinstance(row, Exhibitor):
        return _save_exhibitor(row, version, by=by)
    if isinstance(row, Part):
        parts.save(row)
        return ()
    if isinstance(row, Edition):
        editions.save(row)
        return ()
    row.save()
    if isinstance(row, Collaboration):
        return _set_members(row, version.field_dict.get("exhibitors", []))
    return ()


def _save_exhibitor(exhibitor: Exhibitor, version: Version, *, by: User | None) -> list[str]:
    industries = Industry.objects.filter(edition=exhibitor.edition_id)
    booths = Booth.objects.filter(hall__edition=exhibitor.edition_id).select_related("hall")
    lines, lost_lines = _still_there(industries, version.field_dict.get("industries", []))
    places, lost_places = _still_there(booths, version.field_dict.get("booths", []))
    exhibitors.save(exhibitor, industries=lines, booth_list=places, by=by)
    indexing.bump([exhibitor.edition_id])  # its state may have changed, and with it what visitors can mean
    lost = []
    if lost_lines:
        lost.append(_("%(count)d of its industries are deleted.") % {"count": lost_lines})
    if lost_places:
        lost.append(_("%(count)d of its booths are deleted.") % {"count": lost_places})
    return lost


def _still_there(rows: models.QuerySet[Any], keys: list[int]) -> tuple[list[Any], int]:
    found = list(rows.filter(pk__in=keys))
    return found, len(keys) - len(found)


def _set_members(collaboration: Collaboration, keys: list[int]) -> list[str]:
    present = set(Exhibitor.objects.filter(pk__in=keys).values_list("pk", flat=True))
    collaboration.members.all().delete()
    CollaborationMember.objects.bulk_create(
        CollaborationMember(collaboration=collaboration, exhibitor_id=key, position=position)
        for position, key in enumerate((key for key in keys if key in present), start=1)
    )
    add([collaboration])
    missing = len(keys) - len(present)
    return [_("%(count)d of its exhibitors are deleted.") % {"count": missing}] if missing else []
