"""What the import raises when it cannot go on at all."""

import re

from django.utils.translation import gettext as _

from exhibitors.domain.errors import DomainError


class FileRefusedError(DomainError):
    """The spreadsheet as a whole cannot be used; the text says why and what to do."""


class EditionChangedError(DomainError):
    """Someone changed the edition after the spreadsheet was compared with it."""


def edition_changed() -> EditionChangedError:
    return EditionChangedError(
        _("The edition was changed while the file was being compared with it. Nothing was imported; try again.")
    )


class RunClosedError(DomainError):
    """The import of this file has ended: it was carried out or abandoned."""


def without_options(sentence: str) -> str:
    """Return a sentence without the command's options, which a reader of pages does not have: '(--create)'."""
    return _OPTION.sub("", sentence)


_OPTION = re.compile(r"\s?\(--[a-z-]+\)")
