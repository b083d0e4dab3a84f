"""The values of each facet as sets of exhibitors, and what criteria select of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from exhibitors.domain.criteria import OTHER, Criteria
from exhibitors.domain.directory import STORED_OTHER, Directory
from exhibitors.domain.membership import Bits, Membership, union
from exhibitors.models import NO_VALUE


@dataclass(frozen=True)
class FacetSets:
    """Who has each value, by the value's code; and who has one of those that the criteria ask for in each facet."""

    themes: Mapping[str, Bits]
    halls: Mapping[str, Bits]
    industries: Mapping[str, Bits]
    initials: Mapping[str, Bits]
    in_halls: Bits
    in_industries: Bits
    in_initials: Bits

    @property
    def selected(self) -> Bits:
        return self.in_halls & self.in_industries & self.in_initials


def of(directory: Directory, criteria: Criteria, members: Membership) -> FacetSets:
    """Of members of the directory's edition. Costs no query beyond the directory's own."""
    halls = {hall.code: members.halls.get(hall.pk, 0) for hall in directory.halls}
    industries = {industry.slug: members.industries.get(industry.pk, 0) for industry in directory.industries}
    themes = {
        theme.code: union(halls[hall.code] for hall in directory.halls if hall.theme == theme)
        for theme in directory.themes
    }
    halls[NO_VALUE] = members.everyone & ~union(members.halls.values())
    industries[NO_VALUE] = members.everyone & ~union(members.industries.values())
    initials = {shown_initial(initial): bits for initial, bits in members.initials.items()}
    in_halls = _having(themes, criteria.themes) | _having(halls, criteria.halls)
    return FacetSets(
        themes=themes,
        halls=halls,
        industries=industries,
        initials=initials,
        in_halls=in_halls if criteria.themes or criteria.halls else members.everyone,
        in_industries=_having(industries, criteria.industries) if criteria.industries else members.everyone,
        in_initials=_having(initials, criteria.initials) if criteria.initials else members.everyone,
    )


def shown_initial(stored: str) -> str:
    return OTHER if stored == STORED_OTHER else stored


def _having(sets: Mapping[str, Bits], values: Iterable[str]) -> Bits:
    return union(sets.get(value, 0) for value in values)
