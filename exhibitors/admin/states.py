"""Publish, make draft, withdraw: actions of the list and buttons of the form, with a page that asks for the reason."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.widgets import AdminTextInputWidget
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin import selection
from exhibitors.admin.lookup import organiser
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.errors import DomainError
from exhibitors.models import Exhibitor
from exhibitors.models.exhibitor import ExhibitorQuerySet


@dataclass(frozen=True)
class Step:
    """A change of state that an organiser can ask for; the texts are lazy."""

    name: str
    label: Any
    question: Any
    consequence: Any
    state_after: Exhibitor.State
    verb: Callable[[ExhibitorQuerySet, str], int]
    asks_reason: bool = True
    needs_reason: bool = False


PUBLISH = Step(
    name="publish",
    label=_("Publish"),
    question=_("Publish these exhibitors?"),
    consequence=_("Readers see them from now on, provided that the edition is public."),
    state_after=Exhibitor.State.PUBLIC,
    verb=lambda rows, _reason: verbs.publish(rows),
    asks_reason=False,
)
MAKE_DRAFT = Step(
    name="make_draft",
    label=_("Make draft"),
    question=_("Make drafts of these exhibitors?"),
    consequence=_("Readers do not find them until they are published again."),
    state_after=Exhibitor.State.DRAFT,
    verb=lambda rows, reason: verbs.make_draft(rows, reason=reason),
)
WITHDRAW = Step(
    name="withdraw",
    label=_("Withdraw"),
    question=_("Withdraw these exhibitors?"),
    consequence=_("They leave the lists, and their pages say that they do not take part."),
    state_after=Exhibitor.State.WITHDRAWN,
    verb=lambda rows, reason: verbs.withdraw(rows, reason=reason),
    needs_reason=True,
)
STEPS = {step.name: step for step in (PUBLISH, MAKE_DRAFT, WITHDRAW)}


class ReasonForm(forms.Form):
    """Asks why, if the step asks for it."""

    def __init__(self, data: Any, *, step: Step) -> None:
        super().__init__(data)
        if step.asks_reason:
            self.fields["reason"] = reason_field(is_required=step.needs_reason)


def reason_field(*, is_required: bool) -> forms.CharField:
    column = Exhibitor._meta.get_field("state_reason")
    return forms.CharField(
        label=capfirst(column.verbose_name),
        required=is_required,
        max_length=column.max_length,
        validators=column.validators,
        help_text=_("Organisers read it in the list. Readers do not see it."),
        widget=AdminTextInputWidget,
    )


def ask(
    request: HttpRequest,
    model_admin: ModelAdmin,
    step: Step,
    exhibitors: Sequence[Exhibitor],
    *,
    hidden: Sequence[tuple[str, str]] = (),
    back: str,
) -> HttpResponse | None:
    """Ask for the reason until it is given, then carry the step out and return None.

    `hidden` are the fields that bring the answer back to the same place, `back` is the way out.
    """
    form = ReasonForm(request.POST if "apply" in request.POST else None, step=step)
    if form.is_valid():
        carry_out(request, step, exhibitors, reason=form.cleaned_data.get("reason", ""))
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        **selection.shown(list(exhibitors)),
        "title": step.question,
        "opts": model_admin.opts,
        "step": step,
        "form": form,
        "hidden": hidden,
        "back": back,
    }
    return TemplateResponse(request, "admin/exhibitors/exhibitor/confirm.html", context)


def carry_out(request: HttpRequest, step: Step, exhibitors: Sequence[Exhibitor], *, reason: str = "") -> None:
    """Change the states, log each exhibitor that changed, and tell the organiser what came of it."""
    changing = [exhibitor for exhibitor in exhibitors if exhibitor.state != step.state_after]
    try:
        with transaction.atomic():
            rows = Exhibitor.objects.filter(pk__among=[exhibitor.pk for exhibitor in changing])
            count = step.verb(rows, reason)
            _log(request, step, changing, reason)
    except DomainError as error:
        messages.error(request, str(error))
        return
    text = ngettext("%(step)s: %(count)d exhibitor changed.", "%(step)s: %(count)d exhibitors changed.", count)
    messages.success(request, text % {"step": step.label, "count": count})
    if unchanged := len(exhibitors) - count:
        text = gettext("%(count)d were in this state already.")
        messages.info(request, text % {"count": unchanged})


def _log(request: HttpRequest, step: Step, exhibitors: list[Exhibitor], reason: str) -> None:
    LogEntry.objects.log_actions(
        user_id=organiser(request).pk,
        queryset=exhibitors,
        action_flag=CHANGE,
        change_message=f"{step.label}: {reason}" if reason else str(step.label),
    )
