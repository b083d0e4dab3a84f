"""Exhibitors at the desk: the list, the form, the changes of state and the links between editions."""

from typing import Any, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Prefetch, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from exhibitors.admin import bulk, companies, export, selection, states
from exhibitors.admin.base import DeskForm
from exhibitors.admin.exhibitor_form import ExhibitorForm
from exhibitors.admin.filters import EditionFilter, ExhibitorHallFilter, ExhibitorIndustryFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.admin.lookup import organiser, pk_or_none
from exhibitors.admin.product import ProductInline
from exhibitors.admin.widgets import LIST_WIDTH, preview
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain import indexing
from exhibitors.domain.search import conditions
from exhibitors.models import Booth, BoothAssignment, Exhibitor, Industry
from exhibitors.search.query import parse

SHOWN_MOVES = 50


class ExhibitorAdmin(EditionRowAdmin):
    form = ExhibitorForm
    inlines = [ProductInline]
    list_display = [
        "thumbnail",
        "name",
        "booth_list",
        "industry_list",
        "hidden_because",
        "sample_mark",
        "page_link",
        "edition",
    ]
    list_display_links = ["name"]
    list_filter = [EditionFilter, "state", ExhibitorHallFilter, ExhibitorIndustryFilter, "is_sample"]
    list_select_related = ["edition"]
    ordering = ["-edition__slug", "sort_key", "pk"]
    actions = [
        "publish",
        "make_draft",
        "withdraw",
        "assign_hall",
        "assign_industry",
        "remove_industry",
        "export_selection",
    ]
    search_fields = [
        "name_ko",
        "name_en",
        "name_key",
        "slug",
        "company_code",
        "main_products_ko",
        "main_products_en",
        "booths__number",
        "products__name_ko",
        "products__name_en",
    ]
    search_help_text = _("Name, company code, booth number or product")
    readonly_fields = ["slug", "hidden_because", "created_at", "updated_at"]
    fieldsets = [
        (None, {"fields": ["edition", ("name_ko", "name_en"), "booth_list", "industry_list"]}),
        (_("State"), {"fields": ["state", "state_reason", "hidden_because"]}),
        (
            _("What readers read"),
            {
                "fields": [
                    ("main_products_ko", "main_products_en"),
                    ("introduction_ko", "introduction_en"),
                    "homepage",
                    ("phone", "email"),
                    "region",
                ]
            },
        ),
        (_("Logo"), {"fields": ["logo", ("logo_alt_ko", "logo_alt_en")]}),
        (_("Identity"), {"fields": ["company_code", "slug", ("created_at", "updated_at")]}),
    ]

    def view_on_site(self, exhibitor: Exhibitor) -> str:
        return exhibitor.get_absolute_url()

    # The list

    def get_queryset(self, request: HttpRequest) -> QuerySet[Exhibitor]:
        assignments = BoothAssignment.objects.select_related("booth__hall")
        industries = Industry.objects.order_by("position", "slug")
        return (
            super()
            .get_queryset(request)
            .select_related("edition")
            .prefetch_related(
                Prefetch("assignments", queryset=assignments), Prefetch("industries", queryset=industries)
            )
        )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Exhibitor], search_term: str
    ) -> tuple[QuerySet[Exhibitor], bool]:
        """Find as visitors do (ㅇㅂ and 주식회사 에 바 find (주)에바), and by what only organisers see."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        query = parse(search_term)
        if query is None:
            return found, may_repeat
        as_typed = models.Q(pk__in=found.order_by().values("pk"))
        return queryset.filter(as_typed | conditions.matching(query)), False

    @admin.display(description=_("logo"))
    def thumbnail(self, exhibitor: Exhibitor) -> SafeString:
        return preview(exhibitor.logo, width=LIST_WIDTH)

    @admin.display(description=_("name"), ordering="sort_key")
    def name(self, exhibitor: Exhibitor) -> SafeString:
        """The name, and below it the one in the other language where there is one."""
        shown = str(exhibitor)
        others = {exhibitor.name_ko, exhibitor.name_en} - {shown, ""}
        other = format_html('<span class="other-name">{}</span>', others.pop()) if others else ""
        return format_html("{}{}", shown, other)

    @admin.display(description=_("booths"))
    def booth_list(self, exhibitor: Exhibitor) -> str:
        return ", ".join(str(assignment.booth) for assignment in exhibitor.assignments.all())

    @admin.display(description=_("industries"))
    def industry_list(self, exhibitor: Exhibitor) -> str:
        return ", ".join(str(industry) for industry in exhibitor.industries.all())

    @admin.display(description=_("hidden because"), ordering="state", empty_value="")
    def hidden_because(self, exhibitor: Exhibitor) -> str:
        return exhibitor.hidden_because

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Exhibitor | None = None) -> Any:
        fieldsets = [(title, dict(options)) for title, options in self.fieldsets]
        if obj is None or not obj.hidden_because:
            fieldsets[1][1]["fields"] = ["state", "state_reason"]
        if obj is None:
            fieldsets[-1][1]["fields"] = ["company_code"]
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: models.Model | None = None, change: bool = False, **kwargs: Any
    ) -> type[DeskForm]:
        form = cast(type[ExhibitorForm], super().get_form(request, obj, change, **kwargs))
        choices: tuple[type[models.Model], ...] = (Booth, Industry)
        form.may_add = frozenset(
            model for model in choices if self.admin_site.get_model_admin(model).has_add_permission(request)
        )
        return form

    def save_model(self, request: HttpRequest, obj: Exhibitor, form: ModelForm, change: bool) -> None:
        verbs.save(
            obj,
            industries=form.cleaned_data["industry_list"],
            booth_list=form.cleaned_data["booth_list"],
            by=organiser(request),
        )

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        indexing.refresh([form.instance.pk])  # its products are saved by now

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        exhibitor = self.get_object(request, object_id)
        context = dict(extra_context or {})
        if exhibitor is not None and self.has_view_permission(request, exhibitor):
            context |= companies.panel(exhibitor)
            context["steps"] = [step for step in states.STEPS.values() if step.state_after != exhibitor.state]
            context["moves"] = exhibitor.moves.select_related("moved_by")[:SHOWN_MOVES]
        return super().change_view(request, object_id, form_url, context)

    def delete_model(self, request: HttpRequest, obj: Exhibitor) -> None:
        verbs.delete([obj], by=organiser(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Exhibitor]) -> None:
        verbs.delete(list(queryset), by=organiser(request))

    # Changes of many

    @admin.action(description=_("Publish"), permissions=["change"])
    def publish(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> None:
        states.carry_out(request, states.PUBLISH, selection.exhibitors_of(exhibitors))

    @admin.action(description=_("Make draft …"), permissions=["change"])
    def make_draft(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponse | None:
        return self._ask_for_reason(request, states.MAKE_DRAFT, exhibitors)

    @admin.action(description=_("Withdraw …"), permissions=["change"])
    def withdraw(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponse | None:
        return self._ask_for_reason(request, states.WITHDRAW, exhibitors)

    @admin.action(description=_("Assign a hall …"), permissions=["change"])
    def assign_hall(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponse | None:
        return bulk.ask(request, self, bulk.ASSIGN_HALL, selection.exhibitors_of(exhibitors))

    @admin.action(description=_("Assign an industry …"), permissions=["change"])
    def assign_industry(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponse | None:
        return bulk.ask(request, self, bulk.ASSIGN_INDUSTRY, selection.exhibitors_of(exhibitors))

    @admin.action(description=_("Remove an industry …"), permissions=["change"])
    def remove_industry(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponse | None:
        return bulk.ask(request, self, bulk.REMOVE_INDUSTRY, selection.exhibitors_of(exhibitors))

    def _ask_for_reason(
        self, request: HttpRequest, step: states.Step, exhibitors: QuerySet[Exhibitor]
    ) -> HttpResponse | None:
        hidden = selection.hidden_fields(request, step.name)
        rows = selection.exhibitors_of(exhibitors)
        return states.ask(request, self, step, rows, hidden=hidden, back=request.get_full_path())

    # Spreadsheets

    @admin.action(description=_("Export the selection as a spreadsheet …"), permissions=["view"])
    def export_selection(self, request: HttpRequest, exhibitors: QuerySet[Exhibitor]) -> HttpResponseBase:
        return export.ask_for_ticked(request, self, exhibitors, selection.hidden_fields(request, "export_selection"))

    def export_view(self, request: HttpRequest) -> HttpResponseBase:
        """Export all that the list shows."""
        return export.ask_for_listed(request, self)

    def template_view(self, request: HttpRequest) -> HttpResponseBase:
        """Hand over an empty spreadsheet to be filled in."""
        return export.ask_for_template(request, self)

    # Pages of one exhibitor

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("export/", view(self.export_view), name="exhibitors_exhibitor_export"),
            path("template/", view(self.template_view), name="exhibitors_exhibitor_template"),
            path("<int:pk>/state/<slug:step>/", view(self.state_view), name="exhibitors_exhibitor_state"),
            path("<int:pk>/company/", view(self.company_view), name="exhibitors_exhibitor_company"),
            *super().get_urls(),
        ]

    def state_view(self, request: HttpRequest, pk: int, step: str) -> HttpResponse:
        """Ask whether, and why, one exhibitor's state shall change."""
        exhibitor = self._changeable(request, pk)
        if step not in states.STEPS:
            raise Http404
        back = _way_back(request) or reverse("admin:exhibitors_exhibitor_change", args=[pk])
        page = states.ask(request, self, states.STEPS[step], [exhibitor], back=back)
        return page or HttpResponseRedirect(back)

    def company_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Link an exhibitor with one of another edition, on POST alone."""
        exhibitor = self._changeable(request, pk)
        other = pk_or_none(request.POST.get("other"))
        if other is not None:
            rows = Exhibitor.objects.exclude(edition=exhibitor.edition_id).select_related("edition")
            companies.link(request, exhibitor, get_object_or_404(rows, pk=other))
        return HttpResponseRedirect(reverse("admin:exhibitors_exhibitor_change", args=[pk]))

    def _changeable(self, request: HttpRequest, pk: int) -> Exhibitor:
        exhibitor = get_object_or_404(Exhibitor.objects.select_related("edition"), pk=pk)
        if not self.has_change_permission(request, exhibitor):
            raise PermissionDenied
        return exhibitor


def _way_back(request: HttpRequest) -> str:
    """The page of the desk that led here, where it said so; an address elsewhere does not count."""
    address = request.GET.get("back", "")
    return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
