"""Permanent ASCII addresses."""

import secrets
import unicodedata
from collections.abc import Container

from django.utils.text import slugify

from exhibitors.models import NO_VALUE

MAX_LENGTH = 60
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: people read addresses aloud


def exhibitor_slug(*, name_en: str, company_code: str, taken: Container[str]) -> str:
    """Return a free address made from the English name, else from the company code, else at random."""
    base = ascii_slug(name_en) or ascii_slug(company_code)
    return free_slug(base, taken) if base else _random_slug(taken)


def ascii_slug(text: str) -> str:
    """Return lower-case letters, digits and single hyphens; empty where a word of the text would be lost whole."""
    plain = unicodedata.normalize("NFKD", text)
    if any(character.isalpha() and not character.isascii() for character in plain):
        return ""
    return slugify(plain.replace("_", " "))[:MAX_LENGTH].strip("-")


def free_slug(base: str, taken: Container[str]) -> str:
    """Return `base`, or the first of base-2, base-3 … that is not taken."""
    candidate, number = base, 1
    while candidate in taken or candidate == NO_VALUE:
        number += 1
        candidate = f"{base}-{number}"
    return candidate


def code_from_name(name: str, *, fallback: str, taken: Container[str]) -> str:
    """Return a free code for a hall or an industry that an import creates: from a Latin name, else fallback-1, -2 …"""
    base = ascii_slug(name)[:30].strip("-")
    if base:
        return free_slug(f"{fallback}-{base}" if base.isdigit() else base, taken)
    number = 1
    while f"{fallback}-{number}" in taken:
        number += 1
    return f"{fallback}-{number}"


def _random_slug(taken: Container[str]) -> str:
    while True:
        candidate = "x-" + "".join(secrets.choice(_ALPHABET) for _ in range(8))
        if candidate not in taken:
            return candidate
