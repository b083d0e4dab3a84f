"""What visitors search: what they did not find, and the synonyms that help them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.base import DeskAdmin
from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.in_edition import EditionRowAdmin
from exhibitors.models import VainSearch
from exhibitors.models.search import MAX_WORD


class SynonymAdmin(EditionRowAdmin):
    list_display = ["__str__", "edition"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    ordering = ["-edition__slug", "one", "other", "pk"]
    search_fields = ["one", "other"]
    search_help_text = _("Either word")
    fields = ["edition", ("one", "other")]


class VainSearchAdmin(DeskAdmin):
    """Counts of what was searched in vain; only read, and cleared."""

    list_display = ["query", "count", "searched_on", "edition", "make_synonym"]
    list_display_links = None
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    date_hierarchy = "searched_on"
    ordering = ["-searched_on", "-count", "query", "pk"]
    search_fields = ["query"]

    def get_list_display(self, request: HttpRequest) -> Any:
        columns = super().get_list_display(request)
        if request.user.has_perm("exhibitors.add_synonym"):
            return columns
        return [column for column in columns if column != "make_synonym"]

    @admin.display(description=_("synonym"))
    def make_synonym(self, search: VainSearch) -> SafeString:
        """Leads to a new synonym in which the query stands already."""
        query = urlencode({"edition": search.edition_id, "one": search.query[:MAX_WORD]})
        return format_html(
            '<a href="{}?{}">{}</a>', reverse("admin:exhibitors_synonym_add"), query, gettext("Make a synonym")
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
