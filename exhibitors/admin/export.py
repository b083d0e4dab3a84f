"""Spreadsheets out of the desk: the exhibitors ticked or listed, and an empty template."""

import tempfile
from collections.abc import Callable, Sequence
from typing import IO, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.in_edition import address_with
from exhibitors.admin.lookup import edition_named
from exhibitors.domain import exporting
from exhibitors.domain.exporting import Format
from exhibitors.models import Edition, Exhibitor

LIST = "admin:exhibitors_exhibitor_changelist"
Writer = Callable[[IO[bytes], Format, str], None]


class ExportForm(forms.Form):
    """Asks how the file shall be stored, and in which language it is headed."""

    form = forms.ChoiceField(
        label=_("Format"),
        choices=Format.choices,
        initial=Format.XLSX,
        widget=forms.RadioSelect,
        help_text=_("Excel drops leading zeros where it opens a CSV: to edit the list, take the workbook."),
    )
    language = forms.ChoiceField(label=_("Headings"), choices=settings.LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"language": (get_language() or settings.LANGUAGE_CODE)[:2]})

    @property
    def chosen(self) -> tuple[Format, str]:
        return Format(self.cleaned_data["form"]), self.cleaned_data["language"]


def ask_for_ticked(
    request: HttpRequest, model_admin: ModelAdmin, exhibitors: QuerySet[Exhibitor], hidden: Sequence[tuple[str, str]]
) -> HttpResponseBase:
    """Ask how to export the exhibitors ticked in a list, then hand the file over.

    Raises DomainError where they are of several editions.
    """
    edition = exporting.edition_of(exhibitors)
    return _ask_for_exhibitors(request, model_admin, exhibitors, edition, hidden, back=request.get_full_path())


def ask_for_listed(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponseBase:
    """Ask how to export all that a list shows under the filters and the search in the address."""
    _check_may_view(request, model_admin)
    back = _with_query(reverse(LIST), request)
    listed = _listed(request, model_admin)
    if listed is None:
        return HttpResponseRedirect(back)  # the list says what is wrong with its address
    edition = edition_named(request) if "edition" in request.GET else None
    if edition is None:
        editions = exporting.editions_of(listed)
        if len(editions) > 1:
            title = gettext("Export exhibitors: of which edition?")
            return _ask_for_edition(request, model_admin, title, editions)
        if not editions:
            messages.error(request, gettext("There is no exhibitor to export."))
            return HttpResponseRedirect(back)
        edition = editions[0]
    return _ask_for_exhibitors(request, model_admin, listed, edition, (), back=back)


def ask_for_template(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponseBase:
    """Ask how to store an empty template for an edition, then hand it over."""
    _check_may_view(request, model_admin)
    edition = edition_named(request)
    if edition is None:
        editions = list(Edition.objects.newest_first())
        if len(editions) != 1:
            title = gettext("Empty template: for which edition?")
            return _ask_for_edition(request, model_admin, title, editions)
        edition = editions[0]

    def write(file: IO[bytes], form: Format, language: str) -> None:
        exporting.write_template(file, edition, form=form, language=language)

    form = _form(request)
    if form.is_valid():
        return _download(write, form, exporting.template_name(edition, form.chosen[0]))
    what = gettext("A spreadsheet to be filled in, for %(edition)s. The workbook explains each column.")
    return _page(request, model_admin, form, gettext("Empty template"), what % {"edition": edition}, back=reverse(LIST))


def _ask_for_exhibitors(
    request: HttpRequest,
    model_admin: ModelAdmin,
    exhibitors: QuerySet[Exhibitor],
    edition: Edition,
    hidden: Sequence[tuple[str, str]],
    *,
    back: str,
) -> HttpResponseBase:
    def write(file: IO[bytes], form: Format, language: str) -> None:
        exporting.write(file, exhibitors, edition, form=form, language=language)

    form = _form(request)
    if form.is_valid():
        return _download(write, form, exporting.file_name(edition, form.chosen[0], timezone.now()))
    count = exhibitors.count()
    what = ngettext("%(count)d exhibitor of %(edition)s.", "%(count)d exhibitors of %(edition)s.", count)
    title = gettext("Export exhibitors")
    return _page(request, model_admin, form, title, what % {"count": count, "edition": edition}, hidden, back=back)


def _listed(request: HttpRequest, model_admin: ModelAdmin) -> QuerySet[Exhibitor] | None:
    """Return what the list finds on all its pages; None where it does not understand what it is asked for."""
    try:
        changelist = model_admin.get_changelist_instance(request)
    except IncorrectLookupParameters:
        return None
    return changelist.queryset if changelist.query == request.GET.get(SEARCH_VAR, "") else None


def _check_may_view(request: HttpRequest, model_admin: ModelAdmin) -> None:
    if not model_admin.has_view_permission(request):
        raise PermissionDenied


def _form(request: HttpRequest) -> ExportForm:
    return ExportForm(request.POST if "download" in request.POST else None)


def _download(write: Writer, form: ExportForm, name: str) -> FileResponse:
    """Write into a file that vanishes when it is sent: a long list must not fill the memory."""
    chosen, language = form.chosen
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    try:
        write(file, chosen, language)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=chosen.content_type)


def _page(
    request: HttpRequest,
    model_admin: ModelAdmin,
    form: ExportForm,
    title: str,
    what: str,
    hidden: Sequence[tuple[str, str]] = (),
    *,
    back: str,
) -> TemplateResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "what": what,
        "form": form,
        "hidden": hidden,
        "back": back,
    }
    return TemplateResponse(request, "admin/exhibitors/exhibitor/export.html", context)


def _ask_for_edition(
    request: HttpRequest, model_admin: ModelAdmin, title: str, editions: Sequence[Edition]
) -> HttpResponseBase:
    here = _with_query(request.path, request)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "choices": [(edition, address_with(here, edition=edition.pk)) for edition in editions],
    }
    return TemplateResponse(request, "admin/exhibitors/choose_edition.html", context)


def _with_query(path: str, request: HttpRequest) -> str:
    return f"{path}?{request.GET.urlencode()}" if request.GET else path
