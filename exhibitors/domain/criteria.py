"""What a reader asks the directory for; every form of the answer starts from it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

HANGUL_INITIALS = tuple("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")
LATIN_INITIALS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS, OTHER = "0-9", "other"
INITIALS = (*HANGUL_INITIALS, *LATIN_INITIALS, DIGITS, OTHER)


class Sort(StrEnum):
    RELEVANCE = "relevance"  # the usual order of a search, and of nothing else
    NAME = "name"
    BOOTH = "booth"
    NAME_EN = "name_en"


class Facet(StrEnum):
    """Facets narrow together (AND); values inside one widen (OR). A theme stands for its halls: one facet."""

    HALL = "hall"
    INDUSTRY = "industry"
    INITIAL = "initial"


@dataclass(frozen=True)
class Criteria:
    """One selection of exhibitors in one order; codes as they stand in addresses, NO_VALUE for 'none given'."""

    query: str = ""
    is_exact: bool = False  # search the query as it was typed, without any correction
    themes: tuple[str, ...] = ()
    halls: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    initials: tuple[str, ...] = ()
    sort: Sort = Sort.NAME

    @property
    def is_narrowed(self) -> bool:
        return bool(self.query or self.themes or self.halls or self.industries or self.initials)

    def without_facet(self, facet: Facet) -> Self:
        match facet:
            case Facet.HALL:
                return replace(self, themes=(), halls=())
            case Facet.INDUSTRY:
                return replace(self, industries=())
            case Facet.INITIAL:
                return replace(self, initials=())

    def toggled(self, field: str, value: str) -> Self:
        """Return the criteria with `value` of the tuple `field` added, or taken out where it is in."""
        values: tuple[str, ...] = getattr(self, field)
        changed = tuple(v for v in values if v != value) if value in values else (*values, value)
        return replace(self, **{field: changed})  # type: ignore[arg-type]
