"""Addresses of the desk, and its forms as a browser would send them."""

from typing import Any

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.test import Client
from django.urls import reverse


def address(model: type[Model], action: str, *args: Any) -> str:
    return reverse(f"admin:exhibitors_{model._meta.model_name}_{action}", args=args)


def list_of(model: type[Model], query: str = "") -> str:
    return f"{address(model, 'changelist')}{query}"


def form_of(row: Model) -> str:
    return address(type(row), "change", row.pk)


def fields_of(response: Any) -> dict[str, Any]:
    """Every field of the form shown, with the value that it is filled with."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {
        field.html_name: _sent(field.value())
        for form in forms
        for field in form
        if not field.field.disabled and _sent(field.value()) is not None
    }
    seen = response.context.get("seen_version")
    return sent if seen is None else sent | {"seen_version": str(seen)}


def _sent(value: Any) -> Any:
    if value is None or value is False or isinstance(value, FieldFile):
        return None
    if value is True:
        return "on"
    if isinstance(value, list):
        return [str(getattr(item, "pk", item)) for item in value]
    return str(value)


def submit(client: Client, page: str, **values: Any) -> Any:
    """Open a form, change some of its fields, and send it; follow where it leads."""
    opened = client.get(page)
    assert opened.status_code == 200, opened
    return client.post(page, fields_of(opened) | values, follow=True)


def errors_of(response: Any) -> list[str]:
    """All messages beside or above the form, in order of the page."""
    assert "errors" in response.context, "the form was not shown again"
    found = response.context["errors"]
    return [str(error) for errors in found for error in ([errors] if isinstance(errors, str) else errors)]


def told(response: Any) -> list[str]:
    """The messages above a page that was reached by a redirect."""
    return [str(message) for message in response.context["messages"]]


def names_in(response: Any) -> list[str]:
    """The rows of a list, as they are ordered."""
    return [str(row) for row in response.context["cl"].result_list]
