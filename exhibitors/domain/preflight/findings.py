"""What pre-flight can find: the checks by name, and a finding with the rows that it is about."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from exhibitors.models import PreflightMark

KEY_LENGTH = PreflightMark._meta.get_field("key").max_length or 0


class Check(TextChoices):
    """The checks in the order of the page; codes stand in addresses and in marks, so they never change."""

    EDITION_HIDDEN = "edition-hidden", _("The edition is hidden")
    NOT_PUBLIC = "not-public", _("Not public")
    BOOTH_TWICE = "booth-twice", _("Booth number twice in a hall")
    BOOTH_SHARED = "booth-shared", _("Booth shared")
    BOOTH_MISSING = "booth-missing", _("Without hall and booth")
    NUMBER_MISSING = "number-missing", _("Booth number to follow")
    NAMES_ALIKE = "names-alike", _("Names alike")
    HOMEPAGE_WRONG = "homepage-wrong", _("Homepage that cannot be right")
    PHONE_WRONG = "phone-wrong", _("Phone that cannot be right")
    EMAIL_WRONG = "email-wrong", _("E-mail that cannot be right")
    TOO_LONG = "too-long", _("Too long for print")
    COLLABORATION_SMALL = "collaboration-small", _("Collaboration of fewer than two")
    INDUSTRY_MISSING = "industry-missing", _("Without industry")
    NAME_KO_MISSING = "name-ko-missing", _("Without Korean name")
    NAME_EN_MISSING = "name-en-missing", _("Without English name")
    PRODUCT_NAME_MISSING = "product-name-missing", _("Product without name in a language")
    LOGO_MISSING = "logo-missing", _("Without logo")
    ALT_MISSING = "alt-missing", _("Picture without alternative text")
    HALL_EMPTY = "hall-empty", _("Hall without booths")
    BOOTH_EMPTY = "booth-empty", _("Booth without exhibitor")
    NOT_CURRENT = "not-current", _("Not the current edition")

    @property
    def is_note(self) -> bool:
        """Whether it only informs: most editions have such findings and are fine."""
        return self in NOTES


NOTES = frozenset({Check.NOT_PUBLIC, Check.BOOTH_EMPTY, Check.NOT_CURRENT})


@dataclass(frozen=True)
class Repair:
    """Where a finding is mended: at a field of a row (blank: anywhere in it), or by adding a row of a model to it."""

    row: Model
    field: str = ""
    adds: type[Model] | None = None


@dataclass(frozen=True)
class Finding:
    """Something that an organiser should look at."""

    check: Check
    repairs: tuple[Repair, ...]
    key: str
    text: Any
    """A lazy text; what it says of `values` is put together only where somebody reads it."""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        return str(self.text) % self.values


def key_of(*facts: object) -> str:
    """Facts as a text that is the same as long as they are; in words as long as they fit into a mark."""
    text = "|".join(map(str, facts))
    return text if len(text) <= KEY_LENGTH else hashlib.sha256(text.encode()).hexdigest()
