"""The form of the next edition: its name and days, and what comes along."""

import re
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.next_edition import Part
from exhibitors.models import Edition, Exhibitor

NONE, ALL_PUBLIC, CHOSEN = "none", "public", "chosen"
PARTS = {
    Part.HALLS: _("themes and halls"),
    Part.BOOTHS: _("booths with their numbers and rectangles; nobody stands on them yet"),
    Part.FACILITIES: _("facilities"),
    Part.INDUSTRIES: _("industries"),
    Part.SYNONYMS: _("synonyms of the search"),
}
USUAL = [Part.HALLS.value, Part.INDUSTRIES.value, Part.SYNONYMS.value]
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


class NextEditionForm(forms.ModelForm):
    parts = forms.MultipleChoiceField(
        label=_("Copy"),
        required=False,
        choices=[(part.value, label) for part, label in PARTS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    bring = forms.ChoiceField(label=_("Exhibitors that come along as drafts"), widget=forms.RadioSelect)

    class Meta:
        model = Edition
        fields = ["slug", "name_ko", "name_en", "starts_on", "ends_on"]
        widgets = {
            "slug": AdminTextInputWidget,
            "name_ko": AdminTextInputWidget,
            "name_en": AdminTextInputWidget,
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, data: Any, *, source: Edition, may_bring: bool, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        bring: Any = self.fields["bring"]
        bring.choices = _choices(source) if may_bring else _choices(source)[:1]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        parts = values.get("parts", [])
        if Part.BOOTHS in parts and Part.HALLS not in parts:
            self.add_error("parts", gettext("Booths cannot be copied without their halls."))
        return values


def _choices(source: Edition) -> list[tuple[str, str]]:
    count = Exhibitor.objects.filter(edition=source).public().count()
    public = ngettext("the %(count)d public one", "all %(count)d public ones", count)
    return [
        (NONE, gettext("none")),
        (ALL_PUBLIC, public % {"count": count}),
        (CHOSEN, gettext("those ticked below")),
    ]


def following(source: Edition) -> dict[str, Any]:
    """What the form proposes: each year in the address and the names counted on, the days left open."""
    names = {name: _next_year(getattr(source, name)) for name in ("slug", "name_ko", "name_en")}
    if names["slug"] == source.slug:
        names["slug"] = ""
    return {**names, "parts": USUAL, "bring": NONE}


def _next_year(text: str) -> str:
    return _YEAR.sub(lambda match: str(int(match.group()) + 1), text)
