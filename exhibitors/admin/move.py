"""The log of booth moves at the desk: to be read, never changed."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.base import DeskAdmin
from exhibitors.admin.filters import EditionFilter


class BoothMoveAdmin(DeskAdmin):
    list_display = ["moved_at", "kind", "exhibitor_name", "hall_name", "booth_number", "edition", "moved_by"]
    list_display_links = None
    list_filter = [EditionFilter, "kind", "moved_at"]
    list_select_related = ["edition", "moved_by"]
    ordering = ["-moved_at", "-pk"]
    search_fields = ["exhibitor_name", "hall_name", "booth_number"]
    search_help_text = _("Exhibitor, hall or booth number, as they were then")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
