"""Creates the booths of a hall in one step, from a pattern such as A-01…A-40."""

from dataclasses import dataclass

from django.contrib.auth.models import User

from exhibitors.domain import booth_numbers, booths, indexing
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import Booth, Hall


@dataclass(frozen=True)
class Preview:
    """Numbers of booths that would be created, those that the hall has already, and what is not understood."""

    new: tuple[str, ...]
    existing: tuple[str, ...]
    complaints: tuple[str, ...]


@dataclass(frozen=True)
class Created:
    """The booths that were created, and the numbers that the hall had already."""

    booths: tuple[Booth, ...]
    existing: tuple[str, ...]


def preview(hall: Hall, text: str) -> Preview:
    """Tell what `create` would do. One query."""
    asked = booth_numbers.parse(text)
    known = {booth_numbers.key(own) for own in Booth.objects.filter(hall=hall).values_list("number", flat=True)}
    return Preview(
        new=tuple(number for number in asked.numbers if booth_numbers.key(number) not in known),
        existing=tuple(number for number in asked.numbers if booth_numbers.key(number) in known),
        complaints=asked.complaints,
    )


@recorded(Action.EDIT)
def create(
    hall: Hall,
    text: str,
    *,
    by: User | None = None,  # noqa: ARG001 who wrote it is for the history
) -> Created:
    """Create the booths that the hall does not have yet. Two queries and one per 500 booths.

    Raises DomainError where a part of the pattern is not understood.
    """
    indexing.lock([hall.edition_id])
    asked = preview(hall, text)
    if asked.complaints:
        raise DomainError(" ".join(asked.complaints))
    made = booths.create_booths([(hall, number) for number in asked.new])
    return Created(booths=tuple(made), existing=asked.existing)
