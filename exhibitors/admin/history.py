"""The history of a row at the desk, what was deleted, and the way back."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from reversion.models import Version

from exhibitors.admin.lookup import organiser
from exhibitors.domain import history
from exhibitors.domain.errors import DomainError
from exhibitors.domain.restoring import restore
from exhibitors.models import Exhibitor

SHOWN = 100  # a page


class HistoryPages(ModelAdmin):
    """For the models that have a history: its page, the list of deleted rows, and restoring."""

    @property
    def has_history(self) -> bool:
        return self.model in history.KEPT

    def get_urls(self) -> list[URLPattern]:
        if not self.has_history:
            return super().get_urls()
        view, name = self.admin_site.admin_view, f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("restore/<int:version_pk>/", view(self.restore_view), name=f"{name}_restore"),
            *super().get_urls(),
        ]

    @method_decorator(require_safe)
    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed what, field by field; older versions can be restored by who may change the row."""
        row: Any = self.get_object(request, object_id)
        if not self.has_history or row is None:
            return super().history_view(request, object_id, extra_context)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        entries = history.of_exhibitor(row) if isinstance(row, Exhibitor) else history.of(row)
        page = Paginator(entries, SHOWN).get_page(request.GET.get("page"))
        context = {
            "title": gettext("History of %(name)s") % {"name": row},
            "object": row,
            "page": page,
            "may_restore": self.has_change_permission(request, row),
        }
        return self._page(request, "history", context)

    @method_decorator(require_safe)
    def deleted_view(self, request: HttpRequest) -> HttpResponse:
        """What was deleted, by whom and when."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        page = Paginator(history.deleted(self.model), SHOWN).get_page(request.GET.get("page"))
        context = {
            "title": gettext("Deleted: %(things)s") % {"things": self.opts.verbose_name_plural},
            "page": page,
            "may_restore": self.has_add_permission(request),
        }
        return self._page(request, "deleted", context)

    @method_decorator(require_POST)
    def restore_view(self, request: HttpRequest, version_pk: int) -> HttpResponse:
        """Bring a row back to a version."""
        version = get_object_or_404(Version.objects.get_for_model(self.model), pk=version_pk)
        row = self.model._default_manager.filter(pk=version.object_id).first()
        may = self.has_change_permission(request, row) if row else self.has_add_permission(request)
        if not may:
            raise PermissionDenied
        try:
            restored = restore(version, by=organiser(request))
        except DomainError as error:
            messages.error(request, str(error))
            return HttpResponseRedirect(self._address("history", row.pk) if row else self._address("deleted"))
        messages.success(request, gettext("%(name)s is restored.") % {"name": restored.row})
        for sentence in restored.lost:
            messages.warning(request, sentence)
        return HttpResponseRedirect(self._address("change", restored.row.pk))

    def _address(self, page: str, *keys: object) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=keys)

    def _page(self, request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
        common = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "module_name": capfirst(self.opts.verbose_name_plural),
            "restore_address": f"admin:{self.opts.app_label}_{self.opts.model_name}_restore",
            "pages": context["page"].paginator.get_elided_page_range(context["page"].number),
        }
        request.current_app = self.admin_site.name
        return TemplateResponse(request, f"admin/exhibitors/{name}.html", common | context)


def seen_version(model: type[Model], pk: int | None) -> int | None:
    """What a form carries so that its saving can tell what others changed meanwhile."""
    return history.latest_version(model, pk) if pk is not None and model in history.KEPT else None
