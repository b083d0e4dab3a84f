"""Collaborations at the desk, with the exhibitors who take part."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.filters import EditionFilter
from exhibitors.admin.in_edition import ChoicesInEdition, EditionRowAdmin
from exhibitors.domain import history
from exhibitors.models import Collaboration, CollaborationMember

FEWEST_MEMBERS = 2


class MemberFormSet(BaseInlineFormSet):
    """Refuses a collaboration of fewer than two exhibitors."""

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        members = {
            form.cleaned_data["exhibitor"]
            for form in self.forms
            if form.cleaned_data.get("exhibitor") and not form.cleaned_data.get("DELETE")
        }
        if len(members) < FEWEST_MEMBERS:
            raise ValidationError(gettext("A collaboration joins at least two exhibitors. Choose one more."))

    def get_unique_error_message(self, unique_check: Sequence[str]) -> str:
        return gettext("This exhibitor already takes part in this collaboration.")


class MemberInline(ChoicesInEdition, admin.TabularInline):
    model = CollaborationMember
    formset = MemberFormSet
    fields = ["exhibitor", "position"]
    autocomplete_fields = ["exhibitor"]

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return FEWEST_MEMBERS if obj is None else 1


class CollaborationAdmin(EditionRowAdmin):
    list_display = ["__str__", "slug", "position", "edition", "member_total", "sample_mark", "page_link"]
    list_editable = ["position"]
    list_filter = [EditionFilter]
    list_select_related = ["edition"]
    ordering = ["-edition__slug", "position", "slug"]
    search_fields = ["slug", "title_ko", "title_en", "exhibitors__name_ko", "exhibitors__name_en"]
    search_help_text = _("Title, address or exhibitor")
    inlines = [MemberInline]
    fieldsets = [
        (None, {"fields": ["edition", ("slug", "position")]}),
        (_("In Korean"), {"fields": ["title_ko", "story_ko"]}),
        (_("In English"), {"fields": ["title_en", "story_en"]}),
        (_("Picture"), {"fields": ["picture", ("picture_alt_ko", "picture_alt_en")]}),
    ]

    def view_on_site(self, collaboration: Collaboration) -> str:
        return collaboration.get_absolute_url()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Collaboration]:
        return super().get_queryset(request).annotate(member_count=Count("members", distinct=True))

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        history.add([form.instance])  # its members are saved by now

    @admin.display(description=_("exhibitors"), ordering="member_count")
    def member_total(self, collaboration: Any) -> int:
        return int(collaboration.member_count)
