"""Renumber the booths ticked in the list: a page that asks for the rule, shows what it would do, and does it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.widgets import AdminIntegerFieldWidget, AdminTextareaWidget, AdminTextInputWidget
from django.db import transaction
from django.forms.boundfield import BoundField, BoundWidget
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from exhibitors.admin import selection
from exhibitors.admin.base import REFUSALS, sentence
from exhibitors.admin.log import log
from exhibitors.admin.lookup import organiser
from exhibitors.domain import renumbering
from exhibitors.domain.errors import DomainError
from exhibitors.domain.renumbering import Fault, Preview
from exhibitors.domain.renumbering_rules import Digits, Prefix, Rule, Shift, read_table
from exhibitors.models import Booth, Hall

ACTION = "renumber"
FAULTS = {
    Fault.TWICE: _("Two of these booths would get this number."),
    Fault.TAKEN: _("Another booth of the hall has this number."),
    Fault.EMPTY: _("Nothing would be left of the number."),
    Fault.BELOW_ZERO: _("The number would fall below zero."),
    Fault.NOT_ALLOWED: _("A number has at most 60 characters, without control characters."),
}
RULES = {
    "prefix": _("Begin differently"),
    "shift": _("Count on"),
    "digits": _("Write with more or fewer digits"),
    "table": _("Give each a new number"),
}
FIELDS = {"prefix": ("old_prefix", "new_prefix"), "shift": ("by",), "digits": ("digits",), "table": ("table",)}
MAX_PREFIX = 60
MOST_SHIFTED = 9999
MOST_DIGITS = 6
LONGEST_TABLE = 100_000  # characters


class RuleForm(forms.Form):
    """The rule, which becomes `rule` once the form is valid."""

    rule_name = forms.ChoiceField(
        label=_("Rule"), widget=forms.RadioSelect, choices=list(RULES.items()), initial="prefix"
    )
    old_prefix = forms.CharField(
        label=_("Beginning now"), required=False, max_length=MAX_PREFIX, widget=AdminTextInputWidget
    )
    new_prefix = forms.CharField(
        label=_("Beginning then"), required=False, max_length=MAX_PREFIX, widget=AdminTextInputWidget
    )
    by = forms.IntegerField(
        label=_("How many further"),
        required=False,
        min_value=-MOST_SHIFTED,
        max_value=MOST_SHIFTED,
        help_text=_("10 makes A-11 of A-01; -10 leads back."),
        widget=AdminIntegerFieldWidget,
    )
    digits = forms.IntegerField(
        label=_("How many digits"),
        required=False,
        min_value=1,
        max_value=MOST_DIGITS,
        help_text=_("2 makes A-01 of A-1."),
        widget=AdminIntegerFieldWidget,
    )
    table = forms.CharField(
        label=_("Old = new, a line for each booth"),
        required=False,
        max_length=LONGEST_TABLE,
        help_text=_("Two columns copied out of a spreadsheet do as well. A swap is two lines."),
        widget=AdminTextareaWidget,
    )
    rule: Rule

    def groups(self) -> list[tuple[BoundWidget, list[BoundField]]]:
        """Each rule's button with the fields that it needs."""
        return [(button, [self[name] for name in FIELDS[str(button.data["value"])]]) for button in self["rule_name"]]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        name = values.get("rule_name")
        if name is None or any(field in self.errors for field in FIELDS[name]):
            return values
        try:
            self.rule = _RULES_OF[name](values)
        except DomainError as error:
            self.add_error(FIELDS[name][0], str(error))
        return values


def _prefix(values: dict[str, Any]) -> Rule:
    if values["old_prefix"] == values["new_prefix"]:
        raise DomainError(gettext("Write two different beginnings; one of them may be blank."))
    return Prefix(values["old_prefix"], values["new_prefix"])


def _shift(values: dict[str, Any]) -> Rule:
    if not values["by"]:
        raise DomainError(gettext("Say how many further the numbers shall count."))
    return Shift(values["by"])


def _digits(values: dict[str, Any]) -> Rule:
    if not values["digits"]:
        raise DomainError(gettext("Say with how many digits the numbers shall be written."))
    return Digits(values["digits"])


def _table(values: dict[str, Any]) -> Rule:
    return read_table(values["table"])


_RULES_OF = {"prefix": _prefix, "shift": _shift, "digits": _digits, "table": _table}


def ask(request: HttpRequest, model_admin: ModelAdmin, booths: Sequence[int]) -> HttpResponse | None:
    """Ask for the rule and show what it would do until it is applied; then return None."""
    try:
        hall = renumbering.hall_of(booths)
    except DomainError as error:
        messages.error(request, str(error))
        return None
    is_sent = "look" in request.POST or "apply" in request.POST
    form = RuleForm(request.POST if is_sent else None)
    preview = None
    if form.is_valid():
        if "apply" in request.POST and _carry_out(request, booths, form.rule):
            return None
        preview = renumbering.preview(booths, form.rule)
    context = {
        **model_admin.admin_site.each_context(request),
        **_rows(booths),
        "title": gettext("Renumber booths of %(hall)s") % {"hall": hall},
        "opts": model_admin.opts,
        "step": {"label": gettext("Renumber")},
        "form": form,
        "preview": preview,
        "lines": _lines(preview) if preview else [],
        "hidden": selection.hidden_fields(request, ACTION),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/exhibitors/booth/renumber.html", context)


def _rows(booths: Sequence[int]) -> dict[str, Any]:
    rows = Booth.objects.filter(pk__among=list(booths)).select_related("hall").order_by("number_key", "pk")
    return selection.shown(list(rows))


def _lines(preview: Preview) -> list[dict[str, Any]]:
    """The lines of the preview with what stands in the way in words, those first that cannot be."""
    lines = sorted(preview.lines, key=lambda line: line.fault is None)
    return [{"line": line, "fault": FAULTS[line.fault] if line.fault else ""} for line in lines]


def _carry_out(request: HttpRequest, booths: Sequence[int], rule: Rule) -> bool:
    """Renumber and tell, or tell why not."""
    try:
        with transaction.atomic():
            fingerprint = request.POST.get("fingerprint", "")
            done = renumbering.renumber(booths, rule, fingerprint=fingerprint, by=organiser(request))
            _log(request, done.hall, done)
    except REFUSALS as error:
        messages.error(request, sentence(error))
        return False
    count = len(done.changed)
    text = ngettext("%(count)d booth was renumbered.", "%(count)d booths were renumbered.", count)
    messages.success(request, text % {"count": count})
    return True


def _log(request: HttpRequest, hall: Hall, done: Preview) -> None:
    message = gettext("Renumbered: %(old)s → %(new)s")
    log(
        request,
        (
            (Booth(pk=line.booth, hall=hall, number=line.new), message % {"old": line.old, "new": line.new})
            for line in done.changed
        ),
    )
