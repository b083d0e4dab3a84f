"""The organisers' site, with its subjects in the order of work."""

from functools import wraps
from typing import Any, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _
from django.views.i18n import set_language

from exhibitors.admin import front
from exhibitors.admin import second_factor as second_factor_pages
from exhibitors.admin.autocomplete import EditionAutocompleteView
from exhibitors.admin.booth import BoothAdmin
from exhibitors.admin.collaboration import CollaborationAdmin
from exhibitors.admin.edition import EditionAdmin
from exhibitors.admin.exhibitor import ExhibitorAdmin
from exhibitors.admin.facility import FacilityAdmin
from exhibitors.admin.hall import HallAdmin, ThemeAdmin
from exhibitors.admin.importing import ImportRunAdmin
from exhibitors.admin.industry import IndustryAdmin
from exhibitors.admin.lookup import organiser
from exhibitors.admin.move import BoothMoveAdmin
from exhibitors.admin.print_run import PrintRunAdmin
from exhibitors.admin.product import ProductAdmin
from exhibitors.admin.search import SynonymAdmin, VainSearchAdmin
from exhibitors.domain import history, second_factor
from exhibitors.models import (
    Booth,
    BoothMove,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    ImportRun,
    Industry,
    PrintRun,
    Product,
    Synonym,
    Theme,
    VainSearch,
)

SUBJECTS: tuple[tuple[type[Model], type[ModelAdmin]], ...] = (
    (Edition, EditionAdmin),
    (Theme, ThemeAdmin),
    (Hall, HallAdmin),
    (Industry, IndustryAdmin),
    (Booth, BoothAdmin),
    (Exhibitor, ExhibitorAdmin),
    (Product, ProductAdmin),
    (Collaboration, CollaborationAdmin),
    (Facility, FacilityAdmin),
    (ImportRun, ImportRunAdmin),
    (PrintRun, PrintRunAdmin),
    (BoothMove, BoothMoveAdmin),
    (Synonym, SynonymAdmin),
    (VainSearch, VainSearchAdmin),
)


class ExpoAdminSite(AdminSite):
    site_header = _("Expo desk")
    site_title = _("Expo desk")
    index_title = _("What would you like to change?")

    def __init__(self, name: str = "admin") -> None:
        # Not by @admin.register: while Django imports this module to make the site, there is none to register with.
        super().__init__(name)
        for model, subject in SUBJECTS:
            self.register(model, subject)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Whatever a view writes is recorded as done by who is signed in."""

        @wraps(view)
        def acted(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            user = organiser(request) if request.user.is_authenticated else None
            with history.acting(user):
                return view(request, *args, **kwargs)

        return super().admin_view(acted, cacheable)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        return super().index(request, {**(extra_context or {}), **front.context(request)})

    def get_urls(self) -> list[URLPattern | URLResolver]:
        return [
            path("language/", set_language, name="set_language"),
            path("logout/", self.logout, name="logout"),  # for them, too, who only gave their password so far
            *second_factor_pages.urls(self),
            *super().get_urls(),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        return super().has_permission(request) and not second_factor.is_missing(request.user)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Lead who gave the password on to the second factor; the desk sends everybody here whom it does not let in."""
        if request.method == "GET" and super().has_permission(request) and second_factor.is_missing(request.user):
            return HttpResponseRedirect(second_factor_pages.address_of_next_step(request))
        return super().login(request, extra_context)

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        """Sort by the order of registration, which puts the expo before the accounts."""
        order = {model: position for position, model in enumerate(self._registry)}
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=lambda entry: order[entry["model"]])
        return sorted(apps, key=lambda app: order[app["models"][0]["model"]])

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast(HttpResponse, EditionAutocompleteView.as_view(admin_site=self)(request))
