"""Create the booths of a hall in one step: a page that takes a pattern, shows what it means, and creates them."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import ADDITION
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin.base import REFUSALS, sentence
from exhibitors.admin.fields import RowField
from exhibitors.admin.log import log
from exhibitors.admin.lookup import organiser, pk_or_none
from exhibitors.domain import new_booths
from exhibitors.domain.booth_numbers import MOST_AT_ONCE
from exhibitors.domain.new_booths import Created, Preview
from exhibitors.models import Hall

LONGEST_PATTERN = 20_000  # characters


class HallField(RowField):
    def label_from_instance(self, hall: Any) -> str:
        return f"{hall} – {hall.edition}"


class PatternForm(forms.Form):
    """The hall and the numbers; `preview` once the form is valid."""

    hall = HallField(label=_("Hall"), queryset=Hall.objects.none())
    pattern = forms.CharField(
        label=_("Booth numbers"),
        max_length=LONGEST_PATTERN,
        help_text=format_lazy(
            _(
                "A range as in A-01…A-40 or A-01~A-40, or single numbers; commas or line breaks between them. "
                "At most {limit} booths at once."
            ),
            limit=f"{MOST_AT_ONCE:,}",
        ),
        widget=AdminTextareaWidget(attrs={"rows": 4}),
    )
    preview: Preview

    def __init__(self, data: Any, *, edition: int | None, hall: int | None) -> None:
        super().__init__(data, initial={"hall": hall})
        halls = Hall.objects.select_related("edition").order_by("-edition__slug", "position", "code")
        field: Any = self.fields["hall"]
        field.queryset = halls.filter(edition=edition) if edition else halls

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "hall" in values and "pattern" in values:
            self.preview = new_booths.preview(values["hall"], values["pattern"])
            for complaint in self.preview.complaints:
                self.add_error("pattern", complaint)
        return values


def address(request: HttpRequest) -> str:
    """Where the page is, for the edition and hall by which the list is filtered."""
    keys = {name: pk_or_none(request.GET.get(name)) for name in ("edition", "hall")}
    query = urlencode({name: pk for name, pk in keys.items() if pk})
    return reverse("admin:exhibitors_booth_create") + (f"?{query}" if query else "")


def page(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """Ask for the numbers and show what they mean until the booths are created."""
    edition, hall = (pk_or_none(request.GET.get(name)) for name in ("edition", "hall"))
    form = PatternForm(request.POST if request.method == "POST" else None, edition=edition, hall=hall)
    is_understood = form.is_valid()
    if is_understood and "apply" in request.POST:
        answer = _carry_out(request, form.cleaned_data["hall"], form.cleaned_data["pattern"])
        if answer is not None:
            return answer
    context = {
        **model_admin.admin_site.each_context(request),
        "title": gettext("Create booths"),
        "opts": model_admin.opts,
        "step": {"label": gettext("Create booths")},
        "form": form,
        "preview": form.preview if is_understood else None,
    }
    return TemplateResponse(request, "admin/exhibitors/booth/create.html", context)


def _carry_out(request: HttpRequest, hall: Hall, pattern: str) -> HttpResponse | None:
    try:
        with transaction.atomic():
            made = new_booths.create(hall, pattern, by=organiser(request))
            log(request, ((booth, gettext("Created in one step")) for booth in made.booths), action_flag=ADDITION)
    except REFUSALS as error:
        messages.error(request, sentence(error))
        return None
    _tell(request, made)
    query = urlencode({"edition": hall.edition_id, "hall": hall.pk})
    return HttpResponseRedirect(f"{reverse('admin:exhibitors_booth_changelist')}?{query}")


def _tell(request: HttpRequest, made: Created) -> None:
    count, existing = len(made.booths), len(made.existing)
    text = ngettext("%(count)d booth was created.", "%(count)d booths were created.", count)
    messages.success(request, text % {"count": count})
    if existing:
        text = ngettext("%(count)d was there already.", "%(count)d were there already.", existing)
        messages.info(request, text % {"count": existing})
