"""What no database could hold is refused before one is asked for it: NUL in texts, keys of a hundred digits."""

import re
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import BadRequest
from django.db import models
from django.http import HttpRequest, HttpResponse

from exhibitors.admin.filters import WITHIN_EDITION, EditionFilter
from exhibitors.admin.lookup import pk_or_none

_FIND_NOTHING = {SEARCH_VAR, EditionFilter.parameter_name, *WITHIN_EDITION}  # by such a value
_ABSURD = re.compile(r"\x00|\d{20,}")


class CheckedLists(ModelAdmin):
    """Lists and forms that answer strange addresses as they answer wrong ones."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """An empty name of a field is none; Django looks for the field without a name."""
        return super().get_object(request, object_id, from_field or None)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        values = (value for name in request.GET.keys() - _FIND_NOTHING for value in request.GET.getlist(name))
        if any(map(_ABSURD.search, values)):
            raise IncorrectLookupParameters
        return super().get_changelist_instance(request)

    def response_action(self, request: HttpRequest, queryset: models.QuerySet[Any], *args: Any) -> HttpResponse | None:
        if not all(pk_or_none(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise BadRequest("A row is named by something that is no key.")
        return super().response_action(request, queryset, *args)
