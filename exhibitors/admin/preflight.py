"""Pre-flight at the desk: what to look at before an edition is printed, with ways to mend it or to say it is meant."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext, ngettext

from exhibitors.admin.lookup import organiser, pk_or_none
from exhibitors.admin.preflight_sections import Shelf, address_of
from exhibitors.domain import preflight
from exhibitors.domain.errors import DomainError
from exhibitors.domain.preflight import Check
from exhibitors.models import Edition, PreflightMark

__all__ = ["CHANGES", "address_of", "intend", "reopen", "show"]

CHANGES = "exhibitors.change_exhibitor"


def show(request: HttpRequest, site: AdminSite, edition: Edition) -> HttpResponse:
    """The page of all checks, or of the one that the address names. Queries: those of the report, and the session's."""
    report = preflight.report(edition)
    asked = request.GET.get("check", "")
    only = Check(asked) if asked in Check.values else None
    shelf = Shelf(request, site, edition)
    if only is not None:
        shelf.put_whole(next((group for group in report.groups if group.check == only), None))
    elif not asked:
        shelf.put_excerpts(report.groups)
    found = {group.check for group in report.groups}
    context = {
        **site.each_context(request),
        "title": gettext("Pre-flight"),
        "subtitle": str(edition),
        "opts": Edition._meta,
        "edition": edition,
        "counts": preflight.count(report),
        "choices": [(group.check, len(group.open), address_of(edition, group.check)) for group in report.groups],
        "clean": [check for check in Check if check not in found],
        "only": only,
        "is_unknown": bool(asked) and only is None,
        "shelf": shelf,
        "may_change": request.user.has_perm(CHANGES),
        "reason_length": PreflightMark._meta.get_field("reason").max_length,
    }
    return TemplateResponse(request, "admin/exhibitors/edition/preflight.html", context)


def intend(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Mark one finding as intended, or all of a check that were open when the page was shown."""
    check, reason = request.POST.get("check", ""), request.POST.get("reason", "")
    try:
        with transaction.atomic():
            count = _mark(request, edition, check, reason)
            _log(request, edition, gettext("Intended (%(check)s): %(reason)s"), check, reason)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(count)d finding is marked as intended.", "%(count)d findings are marked as intended.", count)
        messages.success(request, text % {"count": count})
    return _back(request, edition, check)


def _mark(request: HttpRequest, edition: Edition, code: str, reason: str) -> int:
    if code not in Check.values:
        raise DomainError(gettext("There is no such check. Choose one from the list."))
    check, by = Check(code), organiser(request)
    if "seen" in request.POST:
        return len(preflight.mark_all(edition, check, seen=request.POST["seen"], reason=reason, by=by))
    preflight.mark(edition, check, request.POST.get("key", ""), reason=reason, by=by)
    return 1


def reopen(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Take a mark back: not intended after all."""
    check = ""
    try:
        with transaction.atomic():
            mark = preflight.unmark(edition, pk_or_none(request.POST.get("mark")) or 0)
            check = mark.check_code
            _log(request, edition, gettext("Not intended after all (%(check)s): %(reason)s"), check, mark.reason)
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The finding is open again."))
    return _back(request, edition, check)


def _log(request: HttpRequest, edition: Edition, text: str, code: str, reason: str) -> None:
    label: Any = Check(code).label if code in Check.values else code
    LogEntry.objects.log_actions(
        user_id=organiser(request).pk,
        queryset=[edition],
        action_flag=CHANGE,
        change_message=text % {"check": label, "reason": reason.strip()},
    )


def _back(request: HttpRequest, edition: Edition, check: str) -> HttpResponse:
    """To where the organiser was: the page of one check, or its part of the whole page."""
    known = Check(check) if check in Check.values else None
    only = known if "only" in request.POST else None
    place = f"#check-{known.value}" if known else ""
    return HttpResponseRedirect(address_of(edition, only, page=pk_or_none(request.POST.get("only"))) + place)
