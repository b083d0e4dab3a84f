"""How a row is written down as a version in the history: as JSON, its links to other rows included.

A serialization format of Django's (settings.SERIALIZATION_MODULES), because its own leaves out links that have a model.
"""

from typing import Any

from django.core.serializers import json
from django.db import models

FORMAT = "version"


class Serializer(json.Serializer):
    internal_use_only = True
    _current: dict[str, Any]

    def handle_m2m_field(self, obj: models.Model, field: Any) -> None:
        self._current[field.name] = linked(obj, field)


Deserializer = json.Deserializer


def linked(row: models.Model, field: Any) -> list[int]:
    """Keys of the rows that a row is linked with: in their order where the links have one, else sorted.

    No query where they were prefetched; only links without an order may be.
    """
    through = field.remote_field.through
    if any(own.name == "position" for own in through._meta.fields):
        links = through._default_manager.filter(**{field.m2m_field_name(): row.pk}).order_by("position", "pk")
        return list(links.values_list(field.m2m_reverse_name(), flat=True))
    return sorted(other.pk for other in getattr(row, field.name).all())
