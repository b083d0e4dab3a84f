"""Model fields of our own: text that sorts by code point, natural numbers in text, and the bilingual pick."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from exhibitors.search.hangul import has_hangul


class SortKeyField(models.CharField):
    """Text that every database sorts by code point, whatever its locale.

    SQLite does so by itself; PostgreSQL is told collation "C" (a locale's collation made the last page of
    100,000 rows 70 times slower, and sorts 가, a and ㈜ differently on each machine).
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> dict[str, Any]:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters


class OneLineField(models.CharField):
    """A short text without line breaks or other control characters."""

    default_validators = [
        RegexValidator(
            r"[\x00-\x1f\x7f]",
            _("Line breaks and control characters are not allowed here."),
            inverse_match=True,
        ),
    ]


@dataclass(frozen=True)
class LocalText:
    """A text as shown, with the language that it is really in."""

    text: str
    language: str
    is_foreign: bool

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        return self.text


def pick(row: object, field: str, language: str | None = None) -> LocalText:
    """Return `field` of `row` in the language asked for (the active one by default), else in the other one."""
    wanted = "en" if (language or get_language() or "ko").startswith("en") else "ko"
    other = "ko" if wanted == "en" else "en"
    text = getattr(row, f"{field}_{wanted}")
    if text:
        return LocalText(text, wanted, is_foreign=False)
    text = getattr(row, f"{field}_{other}")
    return LocalText(text, other, is_foreign=bool(text))


def other(row: object, field: str, language: str | None = None) -> LocalText:
    """Return `field` of `row` in the language that `pick` does not show, where it exists and says something else."""
    shown = pick(row, field, language)
    second = "en" if shown.language == "ko" else "ko"
    text = getattr(row, f"{field}_{second}")
    return LocalText("" if text == shown.text else text, second, is_foreign=True)


def foreign_language(text: str) -> str:
    """The language of a text of unknown origin where a page in the active one has to mark it: Korean shows itself."""
    return "ko" if has_hangul(text) and not (get_language() or "ko").startswith("ko") else ""


def natural_key(text: str) -> str:
    """Return a key under which A-2 sorts before A-10: each run of digits is led by its length."""
    return re.sub(r"\d+", _sortable_digits, text.casefold())


def _sortable_digits(match: re.Match[str]) -> str:
    digits = match.group().lstrip("0") or "0"
    return f"{min(len(digits), 99):02d}{digits}"
