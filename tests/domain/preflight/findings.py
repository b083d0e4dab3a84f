"""What a check finds, as tests compare it."""

from django.utils import translation

from exhibitors.domain import preflight
from exhibitors.domain.preflight import Check, Finding
from exhibitors.models import Edition


def found(edition: Edition, check: Check) -> list[Finding]:
    """All open findings of one check, in order."""
    return [finding for group in preflight.report(edition).groups if group.check == check for finding in group.open]


def sentences(edition: Edition, check: Check) -> list[str]:
    with translation.override("en"):
        return [finding.sentence for finding in found(edition, check)]


def repairs(edition: Edition, check: Check) -> list[list[tuple[str, str]]]:
    """Row and field of each repair of each finding."""
    with translation.override("en"):
        return [[(str(repair.row), repair.field) for repair in finding.repairs] for finding in found(edition, check)]
