"""Which exhibitors stand on which booths, read column by column: not as objects of the models."""

from typing import NamedTuple

from exhibitors.models import Booth, BoothAssignment, Hall
from exhibitors.models.booth import label_of


class Place(NamedTuple):
    """A booth on which an exhibitor stands. A tuple, as thousands are made."""

    pk: int
    number: str
    number_key: str
    hall: Hall

    def __str__(self) -> str:
        return f"{self.hall} {self.label}"

    @property
    def label(self) -> str:
        return label_of(self.number)


class Standing(NamedTuple):
    """An exhibitor on a booth, by their keys; `pk` is that of the assignment. A tuple, as thousands are made."""

    pk: int
    exhibitor: int
    booth: int
    hall: int
    number: str
    number_key: str


def standing_of(exhibitors: list[int]) -> list[Standing]:
    """Return where exhibitors stand, in the order in which they were put there. Two queries.

    Not joined: PostgreSQL then reads all booths of all editions for the few hundred of a list.
    """
    assigned = BoothAssignment.objects.filter(exhibitor__pk__among=exhibitors).order_by("pk")
    rows = list(assigned.values_list("pk", "exhibitor_id", "booth_id"))
    chosen = Booth.objects.filter(pk__among=list({booth for _pk, _exhibitor, booth in rows})).order_by()
    booths = {row[0]: row for row in chosen.values_list("pk", "hall_id", "number", "number_key")}
    return [Standing(pk, exhibitor, *booths[booth]) for pk, exhibitor, booth in rows if booth in booths]
