"""Declares findings intended, and takes that back."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError
from exhibitors.domain.preflight.findings import Check, Finding, key_of
from exhibitors.domain.preflight.reports import report
from exhibitors.models import Edition, PreflightMark

BATCH = 500


def mark(edition: Edition, check: Check, key: str, *, reason: str, by: User | None = None) -> PreflightMark:
    """Declare an open finding intended. Raises DomainError without a reason, and where it is not open any more."""
    finding = next((finding for finding in open_findings(edition, check) if finding.key == key), None)
    if finding is None:
        raise DomainError(_("This finding is no longer open. Look at the page again."))
    return _mark(edition, [finding], reason=reason, by=by)[0]


def mark_all(edition: Edition, check: Check, *, seen: str, reason: str, by: User | None = None) -> list[PreflightMark]:
    """Declare all open findings of a check intended.

    `seen` is the digest of those that the organiser was shown: raises DomainError where they have changed meanwhile,
    and without a reason.
    """
    findings = open_findings(edition, check)
    if not findings or digest(findings) != seen:
        raise DomainError(_("The findings have changed meanwhile. Look at the page again."))
    return _mark(edition, findings, reason=reason, by=by)


def open_findings(edition: Edition, check: Check) -> tuple[Finding, ...]:
    """Ten queries."""
    return next((group.open for group in report(edition).groups if group.check == check), ())


def digest(findings: Iterable[Finding]) -> str:
    """A short text that is the same as long as the findings are."""
    return key_of(*sorted(finding.key for finding in findings))


def _mark(edition: Edition, findings: Iterable[Finding], *, reason: str, by: User | None) -> list[PreflightMark]:
    now = timezone.now()
    marks = [
        PreflightMark(
            edition=edition,
            check_code=finding.check.value,
            key=finding.key,
            reason=_checked(reason),
            marked_at=now,
            marked_by=by,
        )
        for finding in findings
    ]
    try:
        with transaction.atomic():
            return PreflightMark.objects.bulk_create(marks, batch_size=BATCH)
    except IntegrityError as error:
        raise DomainError(_("Somebody else has marked this at this moment. Look at the page again.")) from error


def _checked(reason: str) -> str:
    """The reason as the column takes it."""
    if not reason.strip():
        raise DomainError(_("Say why this is intended."))
    try:
        return str(PreflightMark._meta.get_field("reason").clean(reason.strip(), None))
    except ValidationError as error:
        raise DomainError(" ".join(error.messages)) from error


@transaction.atomic
def unmark(edition: Edition, pk: int) -> PreflightMark:
    """Take a mark back, so that its finding is open again. Raises DomainError where somebody else already did."""
    found = PreflightMark.objects.select_for_update().filter(edition=edition, pk=pk).first()
    if found is None:
        raise DomainError(_("This finding is open again already."))
    found.delete()
    return found
