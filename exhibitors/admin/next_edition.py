"""Start the next edition from an older one: a page that asks what comes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.models import ADDITION
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from exhibitors.admin.base import REFUSALS, sentence
from exhibitors.admin.log import log
from exhibitors.admin.lookup import organiser, pk_or_none
from exhibitors.admin.next_edition_form import ALL_PUBLIC, CHOSEN, NextEditionForm, following
from exhibitors.domain import indexing, next_edition
from exhibitors.domain.next_edition import Part, Started
from exhibitors.domain.search import conditions
from exhibitors.models import Edition, Exhibitor
from exhibitors.models.exhibitor import ExhibitorQuerySet
from exhibitors.search.query import MAX_CHARACTERS, parse

MOST_FOUND = 200
SHOWN_NAMES = 30


@dataclass(frozen=True)
class Choosing:
    """Who was chosen so far, and whom the search offers to be ticked."""

    chosen: tuple[int, ...]
    query: str
    found: tuple[Exhibitor, ...]
    not_shown: int
    elsewhere: tuple[Exhibitor, ...]
    """Chosen, and not among those found."""

    @property
    def elsewhere_shown(self) -> tuple[Exhibitor, ...]:
        return self.elsewhere[:SHOWN_NAMES]

    @property
    def elsewhere_not_shown(self) -> int:
        return max(0, len(self.elsewhere) - SHOWN_NAMES)


def page(request: HttpRequest, model_admin: ModelAdmin, source: Edition) -> HttpResponse:
    """Ask for the new edition and what comes along until it is started."""
    choosing = _choosing(request, source)
    may_bring = request.user.has_perm("exhibitors.add_exhibitor")
    form = _form(request, source, may_bring=may_bring)
    if form.is_valid() and _fits(form, choosing):
        answer = _carry_out(request, source, form, choosing.chosen)
        if answer is not None:
            return answer
    title = gettext("Start the next edition from %(edition)s") % {"edition": source}
    context = {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "step": {"label": gettext("Next edition")},
        "source": source,
        "form": form,
        "choosing": choosing if may_bring else None,
        "back": reverse("admin:exhibitors_edition_changelist"),
    }
    return TemplateResponse(request, "admin/exhibitors/edition/next.html", context)


def _fits(form: NextEditionForm, choosing: Choosing) -> bool:
    """Tell whether ticks and the choice say the same, so that nobody is left behind unseen."""
    is_by_ticks = form.cleaned_data["bring"] == CHOSEN
    if is_by_ticks and not choosing.chosen:
        form.add_error("bring", gettext("Tick at least one exhibitor, or let none come along."))
    elif choosing.chosen and not is_by_ticks:
        form.add_error("bring", gettext("Exhibitors are ticked below. Choose those, or take the ticks away."))
    return not form.errors


def _form(request: HttpRequest, source: Edition, *, may_bring: bool) -> NextEditionForm:
    """Bound where the edition shall be started; where only exhibitors are searched, filled without complaints."""
    if "apply" in request.POST:
        return NextEditionForm(request.POST, source=source, may_bring=may_bring)
    initial: dict[str, Any] = following(source)
    if request.method == "POST":
        names = ("slug", "name_ko", "name_en", "starts_on", "ends_on")
        initial |= {name: request.POST.get(name, "") for name in names}
        initial |= {"parts": request.POST.getlist("parts"), "bring": CHOSEN}
    return NextEditionForm(None, initial=initial, source=source, may_bring=may_bring)


def _choosing(request: HttpRequest, source: Edition) -> Choosing:
    """Add who is ticked to those chosen before, and drop who was shown and is not ticked any more."""
    own = Exhibitor.objects.filter(edition=source).defer(*indexing.SEARCH_COLUMNS).order_by("sort_key", "pk")
    before = _pks(request.POST.get("chosen", "").split(","))
    unticked = _pks(request.POST.getlist("shown")) - _pks(request.POST.getlist("tick"))
    asked = (before | _pks(request.POST.getlist("tick"))) - unticked
    chosen = list(own.filter(pk__among=sorted(asked)))
    query = request.POST.get("query", "").replace("\x00", "")[:MAX_CHARACTERS]
    parsed = parse(query)
    matching = own.filter(conditions.matching(parsed)) if parsed else own
    found = list(matching[:MOST_FOUND])
    offered = {exhibitor.pk for exhibitor in found}
    return Choosing(
        chosen=tuple(exhibitor.pk for exhibitor in chosen),
        query=query,
        found=tuple(found),
        not_shown=max(0, matching.count() - len(found)),
        elsewhere=tuple(exhibitor for exhibitor in chosen if exhibitor.pk not in offered),
    )


def _pks(texts: Sequence[str]) -> set[int]:
    return {pk for text in texts if (pk := pk_or_none(text))}


def _coming(source: Edition, bring: str, chosen: Sequence[int]) -> ExhibitorQuerySet:
    own = Exhibitor.objects.filter(edition=source)
    if bring == ALL_PUBLIC:
        return own.public()
    return own.filter(pk__among=list(chosen)) if bring == CHOSEN else own.none()


def _carry_out(
    request: HttpRequest, source: Edition, form: NextEditionForm, chosen: Sequence[int]
) -> HttpResponse | None:
    values = form.cleaned_data
    try:
        with transaction.atomic():
            started = next_edition.start(
                source,
                form.instance,
                parts=[Part(name) for name in values["parts"]],
                exhibitors=_coming(source, values["bring"], chosen),
                by=organiser(request),
            )
            _log(request, source, started)
    except REFUSALS as error:
        form.add_error(None, sentence(error))
        return None
    _tell(request, started)
    return HttpResponseRedirect(reverse("admin:exhibitors_edition_change", args=[started.edition.pk]))


def _log(request: HttpRequest, source: Edition, started: Started) -> None:
    message = gettext("Started from %(edition)s") % {"edition": source}
    log(request, [(started.edition, message)], action_flag=ADDITION)
    message = gettext("Carried over from %(edition)s") % {"edition": source}
    log(request, ((exhibitor, message) for exhibitor in started.exhibitors), action_flag=ADDITION)
    message = gettext("Given a company code for %(edition)s") % {"edition": started.edition}
    log(request, ((exhibitor, message) for exhibitor in started.given_codes))


def _tell(request: HttpRequest, started: Started) -> None:
    text = gettext("%(edition)s was started. It is hidden until you make it public.")
    messages.success(request, text % {"edition": started.edition})
    if count := len(started.exhibitors):
        text = ngettext(
            "%(count)d exhibitor came along as a draft.", "%(count)d exhibitors came along as drafts.", count
        )
        messages.success(request, text % {"count": count})
    if count := len(started.given_codes):
        text = ngettext(
            "%(count)d exhibitor had no company code and was given one.",
            "%(count)d exhibitors had no company code and were given one.",
            count,
        )
        messages.info(request, text % {"count": count})
