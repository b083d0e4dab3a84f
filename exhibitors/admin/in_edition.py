"""Subjects whose rows belong to an edition: it is chosen first, never changed, and limits every choice."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from exhibitors.admin.base import DeskAdmin, DeskForm
from exhibitors.admin.lookup import EDITION_PATHS, edition_named
from exhibitors.admin.widgets import FixedChoice, SelectInEdition, WrapperInEdition
from exhibitors.models import Edition


class EditionRowForm(DeskForm):
    """Shows the edition as it was chosen, and keeps it among the fields that constraints are checked over."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField | None, self.fields.get("edition"))
        if field is not None and self.edition is not None:
            field.queryset = Edition.objects.filter(pk=self.edition.pk)
            field.disabled = self.instance.pk is not None
            field.help_text = ""
            field.widget = FixedChoice(text=str(self.edition), is_sent=not field.disabled)
            self.initial["edition"] = self.edition.pk


class ChoicesInEdition:
    """For ModelAdmins and inlines: limits what can be chosen to the edition that the form is about."""

    admin_site: Any

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        related = db_field.remote_field.model
        path = EDITION_PATHS.get(related)
        if path is not None:
            edition = edition_in_form(request)
            rows = related.objects.select_related(path)
            widget = SelectInEdition(db_field, self.admin_site)
            widget.edition = edition
            kwargs["widget"] = widget
            kwargs["queryset"] = rows.filter(**{path: edition}) if edition else rows
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        field: forms.Field | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = WrapperInEdition.instead_of(field.widget, edition_in_form(request))
        return field


class EditionRowAdmin(ChoicesInEdition, DeskAdmin):
    """A subject whose rows belong to an edition."""

    form = EditionRowForm
    edition_path: ClassVar[str] = "edition"
    """How a row leads to its edition; only where that is a field of its own, the edition is asked for first."""

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[DeskForm]:
        edition = edition_named(request) if obj is None else self.edition_of(obj)
        request.edition = edition  # type: ignore[attr-defined]
        form = super().get_form(request, obj, change, **kwargs)
        form.edition = edition
        return form

    def edition_of(self, row: Any) -> Edition:
        for step in self.edition_path.split("__"):
            row = getattr(row, step)
        return cast(Edition, row)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.edition_path == "edition" and edition_named(request) is None:
            return self._ask_for_edition(request)
        return super().add_view(request, form_url, extra_context)

    def _ask_for_edition(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        editions = list(Edition.objects.newest_first())
        if len(editions) == 1:
            return HttpResponseRedirect(address_with(request.get_full_path(), edition=editions[0].pk))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Add %(thing)s: to which edition?") % {"thing": self.opts.verbose_name},
            "opts": self.opts,
            "choices": [(edition, address_with(request.get_full_path(), edition=edition.pk)) for edition in editions],
            "is_popup": "_popup" in request.GET,
        }
        return TemplateResponse(request, "admin/exhibitors/choose_edition.html", context)

    def response_add(
        self, request: HttpRequest, obj: models.Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        response = super().response_add(request, obj, post_url_continue)
        return self._next_form(request, obj, response)

    def response_change(self, request: HttpRequest, obj: models.Model) -> HttpResponse:
        return self._next_form(request, obj, super().response_change(request, obj))

    def _next_form(self, request: HttpRequest, row: models.Model, response: HttpResponse) -> HttpResponse:
        """'Save and add another' stays in the same place."""
        if "_addanother" in request.POST and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(address_with(response.url, **self.place_of(row)))
        return response

    def place_of(self, row: Any) -> dict[str, int]:
        """What the next row will most likely share with this one."""
        return {"edition": self.edition_of(row).pk}


def edition_in_form(request: HttpRequest) -> Edition | None:
    """The edition that get_form has found out; inlines ask for it too."""
    return getattr(request, "edition", None)


def address_with(address: str, **parameters: int) -> str:
    """Return the address with these parameters in place of any of the same name."""
    path, _mark, query = address.partition("?")
    kept = QueryDict(query, mutable=True)
    for name, value in parameters.items():
        kept[name] = str(value)
    return f"{path}?{kept.urlencode()}"
