"""Assign a hall or an industry, remove an industry: actions of the list of exhibitors, with a page that asks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin import selection
from exhibitors.admin.base import REFUSALS, sentence
from exhibitors.admin.fields import RowField
from exhibitors.admin.log import log
from exhibitors.admin.lookup import organiser
from exhibitors.domain import bulk
from exhibitors.models import Edition, Exhibitor, Hall, Industry
from exhibitors.models.exhibitor import ExhibitorQuerySet

KEEP, REPLACE = "keep", "replace"


class PartForm(forms.Form):
    """Asks for a hall or an industry of the edition, and what becomes of the others."""

    part = RowField(queryset=Hall.objects.none())
    others = forms.ChoiceField(widget=forms.RadioSelect, initial=KEEP)

    def __init__(self, data: Any, *, change: "Change", edition: Edition) -> None:
        super().__init__(data)
        part: Any = self.fields["part"]
        part.queryset = change.model._default_manager.filter(edition=edition)
        part.label = change.part_label
        if change.others:
            others: Any = self.fields["others"]
            others.label, others.choices = change.others_label, list(change.others.items())
        else:
            del self.fields["others"]


@dataclass(frozen=True)
class Change:
    """A change to many exhibitors that an organiser can ask for; the texts are lazy."""

    name: str
    label: Any
    question: Any
    consequence: Any
    model: type[Hall] | type[Industry]
    part_label: Any
    missing: Any
    verb: Callable[[ExhibitorQuerySet, Any, bool, User], list[int]]
    others_label: Any = ""
    others: Mapping[str, Any] | None = None


ASSIGN_HALL = Change(
    name="assign_hall",
    label=_("Assign the hall"),
    question=_("Assign a hall to these exhibitors?"),
    consequence=_(
        "Who has no booth in the hall yet is listed there with 'number to follow'. Booths in the hall stay as they are."
    ),
    model=Hall,
    part_label=_("Hall"),
    missing=_("This edition has no hall yet. Add one first."),
    verb=lambda rows, hall, replaces, by: bulk.assign_hall(rows, hall, keeps_other_booths=not replaces, by=by),
    others_label=_("Booths in other halls"),
    others={KEEP: _("they keep them"), REPLACE: _("they leave them")},
)
ASSIGN_INDUSTRY = Change(
    name="assign_industry",
    label=_("Assign the industry"),
    question=_("Assign an industry to these exhibitors?"),
    consequence=_("They are listed under the industry from now on."),
    model=Industry,
    part_label=_("Industry"),
    missing=_("This edition has no industry yet. Add one first."),
    verb=lambda rows, industry, replaces, by: bulk.assign_industry(rows, industry, replaces_others=replaces, by=by),
    others_label=_("Their other industries"),
    others={KEEP: _("they keep them"), REPLACE: _("they leave them")},
)
REMOVE_INDUSTRY = Change(
    name="remove_industry",
    label=_("Remove the industry"),
    question=_("Remove an industry from these exhibitors?"),
    consequence=_("They are not listed under the industry any more. Their other industries stay."),
    model=Industry,
    part_label=_("Industry"),
    missing=_("This edition has no industry yet. Add one first."),
    verb=lambda rows, industry, _replaces, by: bulk.remove_industry(rows, industry, by=by),
)


def ask(
    request: HttpRequest, model_admin: ModelAdmin, change: Change, exhibitors: Sequence[Exhibitor]
) -> HttpResponse | None:
    """Ask for the hall or industry until it is given, then carry the change out and return None."""
    edition = _edition_of(request, exhibitors)
    if edition is None:
        return None
    if not change.model._default_manager.filter(edition=edition).exists():
        messages.error(request, change.missing)
        return None
    form = PartForm(request.POST if "apply" in request.POST else None, change=change, edition=edition)
    if form.is_valid():
        _carry_out(request, change, exhibitors, form.cleaned_data)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        **selection.shown(list(exhibitors)),
        "title": change.question,
        "opts": model_admin.opts,
        "step": change,
        "form": form,
        "hidden": selection.hidden_fields(request, change.name),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/exhibitors/exhibitor/confirm.html", context)


def _edition_of(request: HttpRequest, exhibitors: Sequence[Exhibitor]) -> Edition | None:
    """The edition of all of them; None, and a message, where there are several."""
    editions = {exhibitor.edition_id: exhibitor.edition for exhibitor in exhibitors}
    if len(editions) == 1:
        return editions.popitem()[1]
    if editions:
        text = gettext("These exhibitors belong to several editions. Choose one edition in the list's filter first.")
    else:
        text = gettext("None of these exhibitors is there any more.")
    messages.error(request, text)
    return None


def _carry_out(
    request: HttpRequest, change: Change, exhibitors: Sequence[Exhibitor], values: Mapping[str, Any]
) -> None:
    part, replaces = values["part"], values.get("others") == REPLACE
    try:
        with transaction.atomic():
            rows = Exhibitor.objects.filter(pk__among=[exhibitor.pk for exhibitor in exhibitors])
            changed = set(change.verb(rows, part, replaces, organiser(request)))
            message = f"{change.label}: {part}"
            log(request, ((exhibitor, message) for exhibitor in exhibitors if exhibitor.pk in changed))
    except REFUSALS as error:
        messages.error(request, sentence(error))
        return
    _tell(request, message, changed=len(changed), asked=len(exhibitors))


def _tell(request: HttpRequest, step: str, *, changed: int, asked: int) -> None:
    """Say how many exhibitors changed, and how many did not need to."""
    text = ngettext("%(step)s: %(count)d exhibitor changed.", "%(step)s: %(count)d exhibitors changed.", changed)
    messages.success(request, text % {"step": step, "count": changed})
    if unchanged := asked - changed:
        text = ngettext("%(count)d needed no change.", "%(count)d needed no change.", unchanged)
        messages.info(request, text % {"count": unchanged})
