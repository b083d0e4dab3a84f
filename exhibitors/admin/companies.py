"""The same company in other editions: shown on the form of an exhibitor, linked by an organiser's click."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext

from exhibitors.admin.lookup import organiser
from exhibitors.domain import companies
from exhibitors.domain.errors import DomainError
from exhibitors.models import Exhibitor


def panel(exhibitor: Exhibitor) -> dict[str, Any]:
    """What the form shows about the company's other years. Two queries."""
    return {
        "same_company": list(companies.same_company(exhibitor)),
        "proposals": list(companies.proposals(exhibitor)),
    }


def link(request: HttpRequest, exhibitor: Exhibitor, other: Exhibitor) -> None:
    """Link two exhibitors as one company, log it on both, and tell the organiser."""
    try:
        with transaction.atomic():
            companies.link(exhibitor, other)
            _log(request, exhibitor, other)
    except DomainError as error:
        messages.error(request, str(error))
    except IntegrityError:
        messages.error(request, gettext("Somebody else used this company code at this moment. Try again."))
    else:
        text = gettext("%(one)s of %(edition)s is now linked as the same company.")
        messages.success(request, text % {"one": other, "edition": other.edition})


def _log(request: HttpRequest, exhibitor: Exhibitor, other: Exhibitor) -> None:
    LogEntry.objects.log_actions(
        user_id=organiser(request).pk,
        queryset=[exhibitor, other],
        action_flag=CHANGE,
        change_message=gettext("Linked by company code %(code)s") % {"code": exhibitor.company_code},
    )
