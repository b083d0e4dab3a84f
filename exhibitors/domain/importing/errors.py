"""What the import raises when it cannot go on at all."""

from exhibitors.domain.errors import DomainError


class FileRefusedError(DomainError):
    """The spreadsheet as a whole cannot be used; the text says why and what to do."""


class EditionChangedError(DomainError):
    """Someone changed the edition after the spreadsheet was compared with it."""
