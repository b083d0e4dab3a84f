"""Print runs at the desk: to be frozen, read and printed, never changed."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import IntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.base import REFUSALS, DeskAdmin, sentence
from exhibitors.admin.fields import RowField
from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.lookup import edition_named, organiser
from exhibitors.domain import print_runs
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.forms.directory import DirectoryFilterSet, query_string
from exhibitors.models import Edition, PrintRun

LONGEST_SELECTION = 5000  # characters


class FreezeForm(forms.Form):
    """What is frozen: an edition's booth list in an order, with the filters of an address; `criteria` once valid."""

    edition = RowField(label=_("Edition"), queryset=Edition.objects.newest_first())
    order = forms.ChoiceField(label=_("Order"), choices=PrintRun.Order)
    selection = forms.CharField(
        label=_("Filters"),
        required=False,
        max_length=LONGEST_SELECTION,
        help_text=_(
            "The address of a list of exhibitors, or what stands in it behind the question mark. "
            "Blank for all exhibitors. “Freeze as a print run …” above a booth list fills it in."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    name = forms.CharField(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_("Printed on every copy, for example: for the printing house."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For organisers. Readers do not see it."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    criteria: Criteria

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "edition" in values and "selection" in values:
            self._read(values["edition"], values["selection"])
        return values

    def _read(self, edition: Edition, selection: str) -> None:
        """Refuse what is not understood: a run is for good, so it must not hold less or more than was meant."""
        filters = DirectoryFilterSet(_parameters(selection), Directory(edition))
        self.criteria = filters.criteria()
        for notice in filters.notices:
            self.add_error("selection", notice)


def _parameters(selection: str) -> QueryDict:
    return QueryDict(selection.rpartition("?")[2][:LONGEST_SELECTION])


class PrintRunAdmin(DeskAdmin):
    list_display = ["__str__", "name", "edition", "order", "exhibitor_total", "frozen_at", "frozen_by", "links"]
    list_filter = [EditionFilter, "order"]
    ordering = ["-frozen_at", "-pk"]
    search_fields = ["name", "note"]
    search_help_text = _("Name or note")
    fields = [
        "edition",
        "number",
        "name",
        "order",
        "selection_link",
        "exhibitor_total",
        "frozen_at",
        "frozen_by",
        "note",
    ]
    readonly_fields = ["selection_link", "exhibitor_total"]

    # Rights: nobody changes or deletes what was printed

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[PrintRun]:
        return PrintRun.objects.for_lists().annotate(total=Cast(KT("sheet__total"), IntegerField()))

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    @admin.display(description=_("exhibitors"))
    def exhibitor_total(self, run: Any) -> str:
        return str(run.total)

    @admin.display(description=_("paper"))
    def links(self, run: PrintRun) -> SafeString:
        return format_html(
            '<a href="{}">{}</a> · <a href="{}">{}</a>',
            run.get_absolute_url(),
            gettext("Print"),
            reverse("print_run_errata", args=[run.edition.slug, run.number]),
            gettext("Errata sheet"),
        )

    @admin.display(description=_("selection"))
    def selection_link(self, run: PrintRun) -> SafeString:
        """The list as it is now."""
        query = query_string(print_runs.criteria_of(run), default_sort=Sort.NAME)
        address = reverse("print_booths", args=[run.edition.slug])
        mark = "&" if query else "?"
        text = query.removeprefix("?") or gettext("all exhibitors")
        return format_html('<a href="{}">{}</a>', f"{address}{query}{mark}by={run.order}", text)

    # Freezing

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Freeze the booth list of an edition."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = FreezeForm(request.POST if request.method == "POST" else None, initial=_initial(request))
        if form.is_valid():
            try:
                run = self._freeze(request, form)
            except REFUSALS as error:
                form.add_error(None, sentence(error))
            else:
                messages.success(request, gettext("%(run)s is frozen.") % {"run": run})
                return HttpResponseRedirect(reverse("admin:exhibitors_printrun_change", args=[run.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Freeze the booth list"),
            "opts": self.opts,
            "step": {"label": gettext("Freeze the booth list")},
            "form": form,
        }
        return TemplateResponse(request, "admin/exhibitors/printrun/freeze.html", context)

    def _freeze(self, request: HttpRequest, form: FreezeForm) -> PrintRun:
        values = form.cleaned_data
        with transaction.atomic():
            run = print_runs.freeze(
                values["edition"],
                form.criteria,
                Order(values["order"]),
                name=values["name"],
                note=values["note"],
                by=organiser(request),
            )
            self.log_addition(request, run, [{"added": {}}])
        return run


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the link above a booth list fills in."""
    asked = request.GET.get("order", "")
    return {
        "edition": edition_named(request) or Edition.objects.newest_first().first(),
        "order": asked if asked in set(Order) else Order.HALL.value,
        "selection": request.GET.get("selection", "")[:LONGEST_SELECTION],
    }
