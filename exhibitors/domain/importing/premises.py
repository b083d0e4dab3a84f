"""The halls, industries and booths that an import needs: the edition's own, and new ones still to be saved."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from exhibitors.domain import booths
from exhibitors.domain.importing.differences import Difference
from exhibitors.domain.importing.errors import edition_changed
from exhibitors.domain.importing.statements import BATCH
from exhibitors.domain.importing.stock import Place, place
from exhibitors.models import Booth, Colour, Edition, Hall, Industry

Row = TypeVar("Row", Hall, Industry)
Key = TypeVar("Key")
Value = TypeVar("Value")


class Known(dict[Key, Value]):
    """What an import builds on. It was there when the file was compared: who asks in vain, meets a change since."""

    def __missing__(self, key: Key) -> Value:
        raise edition_changed()


@dataclass
class Premises:
    """By code, slug and place. What is new is complete but for the edition."""

    halls: Known[str, Hall]
    industries: Known[str, Industry]
    booths: Known[Place, Booth]
    new_halls: list[Hall] = field(default_factory=list)
    new_industries: list[Industry] = field(default_factory=list)
    new_booths: list[Booth] = field(default_factory=list)

    def save(self, edition: Edition) -> None:
        """Save what is new. One query per 500 rows."""
        for hall in self.new_halls:
            hall.edition = edition
        for industry in self.new_industries:
            industry.edition = edition
        Hall.objects.bulk_create(self.new_halls, batch_size=BATCH)
        Industry.objects.bulk_create(self.new_industries, batch_size=BATCH)
        booths.create(self.new_booths)


def prepare(difference: Difference, *, booths_are_samples: bool) -> Premises:
    """Read what the edition has and make what the difference adds. Three queries; writes nothing."""
    edition = difference.edition_pk
    own_halls = Hall.objects.filter(edition=edition).select_related("theme").order_by("pk")
    own_industries = Industry.objects.filter(edition=edition).order_by("pk")
    premises = Premises(
        halls=Known({hall.code: hall for hall in own_halls}),
        industries=Known({industry.slug: industry for industry in own_industries}),
        booths=Known(),
    )
    _add_halls(premises, difference)
    _add_industries(premises, difference)
    halls = Known({hall.pk: hall for hall in premises.halls.values()})
    for booth in Booth.objects.filter(hall__edition=edition).order_by("pk"):
        booth.hall = halls[booth.hall_id]
        premises.booths[place(booth.hall.code, booth.number)] = booth
    _add_booths(premises, difference, are_samples=booths_are_samples)
    return premises


def _add_halls(premises: Premises, difference: Difference) -> None:
    position, present = _last_position(premises.halls.values()), len(premises.halls)
    premises.new_halls = [
        Hall(
            code=new.code,
            name_ko=new.name_ko,
            name_en=new.name_en,
            position=position + number,
            colour=Colour.values[(present + number - 1) % len(Colour.values)],
        )
        for number, new in enumerate(difference.new_halls, start=1)
    ]
    premises.halls |= {hall.code: hall for hall in premises.new_halls}


def _add_industries(premises: Premises, difference: Difference) -> None:
    position = _last_position(premises.industries.values())
    premises.new_industries = [
        Industry(slug=new.code, name_ko=new.name_ko, name_en=new.name_en, position=position + number)
        for number, new in enumerate(difference.new_industries, start=1)
    ]
    premises.industries |= {industry.slug: industry for industry in premises.new_industries}


def _last_position(rows: Iterable[Row]) -> int:
    return max((row.position for row in rows), default=0)


def _add_booths(premises: Premises, difference: Difference, *, are_samples: bool) -> None:
    for numbered in (True, False):  # "number to follow" is no invented booth, even in the sample
        wanted: Sequence[Place] = [new for new in difference.new_booths if bool(new.number) == numbered]
        made = booths.make(
            ((premises.halls[new.hall], new.number) for new in wanted), are_samples=are_samples and numbered
        )
        premises.new_booths += made
        premises.booths |= dict(zip(wanted, made, strict=True))
