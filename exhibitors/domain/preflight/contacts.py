"""Checks homepages, phones and e-mail addresses of those that readers see."""

from collections.abc import Iterator

from exhibitors.domain.preflight.addresses import email_fault, homepage_fault
from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.phones import phone_fault
from exhibitors.domain.preflight.rows import Rows


def homepage_wrong(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        address = exhibitor.homepage
        if address and (text := homepage_fault(address)):
            yield Finding(
                Check.HOMEPAGE_WRONG,
                (Repair(exhibitor, "homepage"),),
                key_of(exhibitor.pk, address),
                text,
                {"exhibitor": exhibitor, "address": address},
            )


def phone_wrong(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if exhibitor.phone and (fault := phone_fault(exhibitor.phone)):
            yield Finding(
                Check.PHONE_WRONG,
                (Repair(exhibitor, "phone"),),
                key_of(exhibitor.pk, exhibitor.phone),
                fault.text,
                {"exhibitor": exhibitor, "phone": exhibitor.phone, **fault.values},
            )


def email_wrong(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        address = exhibitor.email
        if address and (text := email_fault(address)):
            yield Finding(
                Check.EMAIL_WRONG,
                (Repair(exhibitor, "email"),),
                key_of(exhibitor.pk, address),
                text,
                {"exhibitor": exhibitor, "address": address},
            )
