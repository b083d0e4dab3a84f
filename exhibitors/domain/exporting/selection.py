"""Which exhibitors are exported: some of one edition, or all."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError
from exhibitors.models import Edition, Exhibitor


def editions_of(exhibitors: QuerySet[Exhibitor]) -> list[Edition]:
    """Return the editions of the exhibitors, newest first. One query."""
    return list(Edition.objects.filter(pk__in=exhibitors.order_by().values("edition")).newest_first())


def edition_of(exhibitors: QuerySet[Exhibitor]) -> Edition:
    """Return the one edition of the exhibitors. Raises DomainError where they are of several or none."""
    editions = editions_of(exhibitors)
    if not editions:
        raise DomainError(_("There is no exhibitor to export."))
    if len(editions) > 1:
        message = _("A spreadsheet holds one edition; these exhibitors are of %(count)d. Filter the list by edition.")
        raise DomainError(message % {"count": len(editions)})
    return editions[0]
