"""The same company in several editions: shown by its code, proposed by its name, never linked silently."""

from collections.abc import Container

from django.utils.translation import gettext as _

from exhibitors.domain import history, slugs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import Exhibitor
from exhibitors.models.exhibitor import ExhibitorQuerySet


def same_company(exhibitor: Exhibitor) -> ExhibitorQuerySet:
    """Exhibitors of other editions with the same company code. No query before it is read."""
    others = (
        Exhibitor.objects.exclude(edition=exhibitor.edition_id).select_related("edition").order_by("-edition__slug")
    )
    return others.filter(company_code=exhibitor.company_code) if exhibitor.company_code else others.none()


def proposals(exhibitor: Exhibitor) -> ExhibitorQuerySet:
    """Exhibitors of other editions with the same name as search normalises it, and not yet the same code."""
    others = (
        Exhibitor.objects.exclude(edition=exhibitor.edition_id).select_related("edition").order_by("-edition__slug")
    )
    others = others.filter(name_key=exhibitor.name_key)
    return others.exclude(company_code=exhibitor.company_code) if exhibitor.company_code else others


@recorded(Action.LINK)
def link(exhibitor: Exhibitor, other: Exhibitor) -> None:
    """Give both the same company code: the one that either has, else the address of the older.

    Raises DomainError where both have different codes: one of them must be corrected by hand.
    """
    codes = {code for code in (exhibitor.company_code, other.company_code) if code}
    if len(codes) > 1:
        message = _("%(one)s and %(other)s have different company codes. Correct one of them by hand.")
        raise DomainError(message % {"one": exhibitor, "other": other})
    code = codes.pop() if codes else new_code(min(exhibitor, other, key=lambda row: row.edition.slug), taken=())
    for row in (exhibitor, other):
        if row.company_code != code:
            _check_free(row, code)
            row.company_code = code
            row.save(update_fields=["company_code", "updated_at"])
    history.add_exhibitors([exhibitor.pk, other.pk])


def _check_free(exhibitor: Exhibitor, code: str) -> None:
    if Exhibitor.objects.filter(edition=exhibitor.edition_id, company_code=code).exists():
        message = _("Company code %(code)s is already used in %(edition)s.")
        raise DomainError(message % {"code": code, "edition": exhibitor.edition})


def new_code(exhibitor: Exhibitor, taken: Container[str]) -> str:
    """A free code for a company that has none yet: the exhibitor's address, cut to fit and numbered if need be."""
    return slugs.free_slug(exhibitor.slug[:_LONGEST_BASE].rstrip("-"), taken)


_LONGEST_BASE = 54  # of the 60 characters of a code; the rest is for -2, -3 …
