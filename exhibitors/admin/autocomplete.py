"""Django's autocompletion, limited to one edition where the form knows it."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from exhibitors.admin.lookup import EDITION_PATHS, pk_or_none


class EditionAutocompleteView(AutocompleteJsonView):
    """Answers `?edition=` with rows of that edition, and names the edition of each row where none is asked for."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *rest = super().process_request(request)
        return term.replace("\x00", ""), *rest  # PostgreSQL refuses a NUL with an error

    def get_queryset(self) -> QuerySet[Any]:
        rows = super().get_queryset()
        path = EDITION_PATHS.get(rows.model)
        if path is None:
            return rows
        if "edition" not in self.request.GET:
            return rows.select_related(path)
        pk = pk_or_none(self.request.GET["edition"])
        return rows.filter(**{path: pk}) if pk else rows.none()

    def serialize_result(self, obj: Model, to_field_name: str) -> dict[str, str]:
        result = super().serialize_result(obj, to_field_name)
        path = EDITION_PATHS.get(type(obj))
        if path and "edition" not in self.request.GET:
            result["text"] = f"{obj} ({_follow(obj, path)})"
        return result


def _follow(row: Any, path: str) -> Any:
    for step in path.split("__"):
        row = getattr(row, step)
    return row
