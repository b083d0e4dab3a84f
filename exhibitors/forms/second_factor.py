"""Codes as people type them: with spaces, in capitals, with the full-width digits of a Korean keyboard."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeField(forms.RegexField):
    """Takes the code that an authenticator app shows."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "one-time-code", "inputmode": "numeric", "class": "code-field"}
        super().__init__(
            "^[0-9]{6}$",
            widget=forms.TextInput(attrs=attributes),
            error_messages={"invalid": _("Type the six digits that the app shows.")},
            **options,
        )

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "")


class RecoveryCodeField(forms.CharField):
    """Takes one of the codes that were written down."""

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "").lower()


def compact(text: str) -> str:
    """Leave out spaces and hyphens, which only help to read a code."""
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isalnum())


class CodeForm(forms.Form):
    code = CodeField(label=_("Code of the app"), max_length=32)


class RecoveryCodeForm(forms.Form):
    recovery_code = RecoveryCodeField(
        label=_("Recovery code"),
        max_length=32,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
