"""What was ticked in a list: how it travels through the pages of an action, and what is read of it."""

from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpRequest

from exhibitors.domain import indexing
from exhibitors.models import Exhibitor

SHOWN_NAMES = 30


def hidden_fields(request: HttpRequest, action: str) -> list[tuple[str, str]]:
    """The fields that bring the answer of a page to the same action on the same rows.

    What was ticked travels on as it came: listing thousands of keys would pass Django's limit of fields.
    """
    ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    across = request.POST.get("select_across", "0")
    return [("action", action), ("select_across", across), *((ACTION_CHECKBOX_NAME, pk) for pk in ticked)]


def exhibitors_of(rows: QuerySet[Exhibitor]) -> list[Exhibitor]:
    """The exhibitors with their editions, and without what only the list shows. One query."""
    return list(rows.prefetch_related(None).select_related("edition").defer(*indexing.SEARCH_COLUMNS))


def shown(rows: list[Any]) -> dict[str, Any]:
    """What a page says of the rows: how many they are, and the first of them."""
    return {"total": len(rows), "shown": rows[:SHOWN_NAMES], "not_shown": max(0, len(rows) - SHOWN_NAMES)}
