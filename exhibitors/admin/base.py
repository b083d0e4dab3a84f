"""What all subjects of the desk share: refusals as messages, pictures with a preview, the mark of samples."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin, messages
from django.db import IntegrityError, models
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.checked import CheckedLists
from exhibitors.admin.history import HistoryPages, seen_version
from exhibitors.admin.lookup import organiser, pk_or_none, version_or_none
from exhibitors.admin.widgets import PictureWidget
from exhibitors.domain import history, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action
from exhibitors.domain.importing.cells import excerpt
from exhibitors.domain.indexing import Part
from exhibitors.models import Edition
from exhibitors.search.query import MAX_CHARACTERS

REFUSALS = (DomainError, IntegrityError, ProtectedError, RestrictedError)


class DeskForm(forms.ModelForm):
    """A form that can show why the domain or the database refused what had passed its own checks."""

    edition: Edition | None = None
    refusal = ""
    seen_version: int | None = None

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.refusal:
            self.add_error(None, self.refusal)
        elif self.seen_version is not None and self.instance.pk:
            self._compare_with_others(self.seen_version)
        return self.cleaned_data

    def _compare_with_others(self, seen: int) -> None:
        """Tell what somebody else has changed since this form was opened; the next saving knows that it was told."""
        list(type(self.instance)._default_manager.select_for_update().filter(pk=self.instance.pk).values_list("pk"))
        told = [line for entry in history.changes_since(self.instance, seen) for line in _lines(entry)]
        if told:
            self.add_error(None, [gettext("Somebody else saved while this form was open:"), *told, _WHAT_NOW])


class RowOfListForm(forms.ModelForm):
    """The fields of a row that can be changed in the list."""


_WHAT_NOW = _("Nothing of yours is saved yet. Take over below what you want to keep of it, then save once more.")


def _lines(entry: history.Entry) -> list[str]:
    """One sentence a field, with who and when."""
    values = {
        "who": entry.by or "–",
        "at": date_format(timezone.localtime(entry.at), "SHORT_DATETIME_FORMAT"),
        "what": f"{entry.action} {entry.subject}".strip(),
    }
    if not entry.changes:
        return [gettext("%(who)s, %(at)s: %(what)s") % values]
    line = gettext("%(who)s, %(at)s: %(what)s, %(field)s: “%(old)s” → “%(new)s”")
    return [line % {**values, **_shortened(change)} for change in entry.changes]


def _shortened(change: history.Change) -> dict[str, str]:
    return {"field": change.field, "old": excerpt(change.old, 120), "new": excerpt(change.new, 120)}


class DeskAdmin(HistoryPages, CheckedLists):
    """A subject of the desk."""

    form = DeskForm
    formfield_overrides = {
        models.ImageField: {"widget": PictureWidget},
        models.URLField: {"assume_scheme": "https"},
    }
    list_per_page = 50
    empty_value_display = "–"
    view_on_site: Any = False
    edition_column: ClassVar[str] = "edition"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the form once more with the reason where saving was refused; what was typed stays."""
        seen = seen_version(self.model, pk_or_none(object_id))
        context = {**(extra_context or {}), "seen_version": seen}
        try:
            with _recorded_where_it_writes(request, Action.EDIT):
                return super().changeform_view(request, object_id, form_url, context)
        except REFUSALS as error:
            request.refusal = sentence(error)  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, context)

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[DeskForm]:
        form = cast(type[DeskForm], super().get_form(request, obj, change, **kwargs))
        form.refusal = getattr(request, "refusal", "")
        form.seen_version = version_or_none(request.POST.get("seen_version"))
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        """What exhibitors are searched by is saved by the verb that keeps their search columns true."""
        if isinstance(form, RowOfListForm):
            parts.save_fields(obj, form.changed_data)
        elif isinstance(obj, Part):
            parts.save(obj)
        else:
            super().save_model(request, obj, form, change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        if isinstance(obj, Part):
            parts.delete(obj)
        else:
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet) -> None:
        with history.recording(Action.DELETE, by=organiser(request)):
            for obj in queryset:
                self.delete_model(request, obj)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            with _recorded_where_it_writes(request, Action.DELETE):
                return super().delete_view(request, object_id, extra_context)
        except REFUSALS as error:
            return self._refuse(request, error)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        saves = "_save" in request.POST  # fields in the list; actions record what they do themselves
        try:
            with history.recording(Action.EDIT, by=organiser(request)) if saves else nullcontext():
                return super().changelist_view(request, {**(extra_context or {}), "has_history": self.has_history})
        except REFUSALS as error:
            return self._refuse(request, error)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[forms.ModelForm]:
        return super().get_changelist_form(request, **{"form": RowOfListForm, **kwargs})

    def get_view_on_site_url(self, obj: models.Model | None = None) -> str | None:
        """None, too, for what was typed into a form and is no address: the form says what is wrong with it."""
        try:
            return super().get_view_on_site_url(obj)
        except NoReverseMatch:
            return None

    def get_list_display(self, request: HttpRequest) -> Any:
        """A list of one edition need not name it in every row."""
        columns = super().get_list_display(request)
        if "edition" not in request.GET:
            return columns
        return [column for column in columns if column != self.edition_column]

    def get_search_results(
        self, request: HttpRequest, queryset: models.QuerySet, search_term: str
    ) -> tuple[models.QuerySet, bool]:
        """Search the first characters alone: each word costs a condition a field, and SQLite takes a thousand."""
        return super().get_search_results(request, queryset, search_term[:MAX_CHARACTERS])

    def _refuse(self, request: HttpRequest, error: Exception) -> HttpResponse:
        self.message_user(request, sentence(error), messages.ERROR)
        return HttpResponseRedirect(request.get_full_path())

    @admin.display(description=_("sample"), ordering="is_sample", empty_value="")
    def sample_mark(self, row: Any) -> SafeString | str:
        return format_html('<span class="sample-mark">{}</span>', gettext("sample")) if row.is_sample else ""

    @admin.display(description=_("public page"))
    def page_link(self, row: Any) -> SafeString:
        return format_html('<a href="{}">{}</a>', row.get_absolute_url(), gettext("Open"))


def _recorded_where_it_writes(request: HttpRequest, action: Action) -> AbstractContextManager[object]:
    """Reading opens no transaction: with SQLite it would wait for who writes."""
    return history.recording(action, by=organiser(request)) if request.method == "POST" else nullcontext()


def sentence(error: Exception) -> str:
    """What an organiser reads when saving or deleting was refused."""
    if isinstance(error, DomainError):
        return str(error)
    if isinstance(error, ProtectedError | RestrictedError):
        return gettext("Something else still needs this. Remove that first.")
    return gettext("Somebody else changed the same thing at this moment. Look at it again, then save once more.")
