"""Checks homepages, e-mail addresses and phone numbers."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from exhibitors.domain.importing import limits
from exhibitors.domain.importing.problems import Fault, Reason
from exhibitors.models import Exhibitor

PHONE_LENGTH = limits.max_length(Exhibitor, "phone")

_is_address = URLValidator(["http", "https"])
_is_email = EmailValidator()
_SCHEMES = re.compile(r"(?:(https?)(?::\s*/+|//)\s*)+", re.IGNORECASE)  # also 'http:// http://' and 'http:/ /'


@dataclass(frozen=True)
class Homepage:
    """An address; `scheme_was_missing` where http:// was put before it."""

    address: str
    scheme_was_missing: bool = False


def homepage(text: str) -> Homepage | Fault:
    """Return the address, with http:// where a scheme is missing and one where there are two."""
    match = _SCHEMES.match(text)
    rest = text[match.end() :] if match else text
    address = f"{match[1].lower() if match else 'http'}://{rest}"
    if "@" in rest.partition("/")[0]:
        return Fault(Reason.NOT_A_HOMEPAGE)
    try:
        _is_address(address)
    except ValidationError:
        return Fault(Reason.NOT_A_HOMEPAGE)
    return Homepage(address, scheme_was_missing=match is None)


def email(text: str) -> str | Fault:
    try:
        _is_email(text)
    except ValidationError:
        return Fault(Reason.NOT_AN_EMAIL)
    return text


def phone(text: str) -> str | Fault:
    if len(text) > PHONE_LENGTH or "@" in text or sum(map(str.isdigit, text)) < 3:
        return Fault(Reason.NOT_A_PHONE, {"limit": PHONE_LENGTH})
    return text
