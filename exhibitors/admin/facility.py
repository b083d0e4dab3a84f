"""Facilities at the desk."""

from django.utils.translation import gettext_lazy as _

from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.in_edition import EditionRowAdmin


class FacilityAdmin(EditionRowAdmin):
    list_display = ["__str__", "slug", "position", "edition", "booth"]
    list_editable = ["position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition", "booth__hall"]
    ordering = ["-edition__slug", "position", "slug"]
    search_fields = ["slug", "name_ko", "name_en", "booth__number", "description_ko", "description_en"]
    search_help_text = _("Name, code, booth number or description")
    autocomplete_fields = ["booth"]
    fieldsets = [
        (None, {"fields": ["edition", ("slug", "position"), "booth"]}),
        (_("In Korean"), {"fields": ["name_ko", "description_ko"]}),
        (_("In English"), {"fields": ["name_en", "description_en"]}),
    ]
