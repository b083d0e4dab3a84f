"""How the booths and industries of an exhibitor are written into cells; the import recognises them as they are.

A number may be called '1~3' and an industry '가구; 침구': cells that say what the edition holds already are not parsed.
"""

from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from exhibitors.domain.importing import cells
from exhibitors.domain.importing.booth_cells import number_key
from exhibitors.domain.importing.registry import Named, Registry, without_hall_word
from exhibitors.domain.importing.stock import Place
from exhibitors.models.booth import booth_number_key
from exhibitors.models.fields import natural_key, pick

LANGUAGES = ("ko", "en")
SEPARATOR = "; "
NUMBER_TO_FOLLOW: Mapping[str, str] = MappingProxyType({"ko": "미정", "en": "TBD"})
"""What stands for a number among others; a hall's cell alone says the same of all its booths."""


class Wording:
    """Names the halls and industries of an edition in a language, by what the import will find them under."""

    def __init__(self, language: str, *, halls: Iterable[Named], industries: Iterable[Named]) -> None:
        self.language = language
        self._halls = _words(Registry(halls, fallback="hall", loosen=without_hall_word), language)
        self._industries = _words(Registry(industries, fallback="industry"), language)

    @property
    def halls(self) -> list[str]:
        return list(self._halls.values())

    @property
    def industries(self) -> list[str]:
        return list(self._industries.values())

    def booth_cells(self, places: Collection[Place]) -> tuple[str, str]:
        """Return the cells of halls and of booths: one hall for all, or as many halls as booths."""
        if len(places) == 1:  # nearly all have one
            (only,) = places
            return self._halls[only.hall], only.number
        ordered = sorted(places, key=self._order)
        halls = [self._halls[place.hall] for place in ordered]
        if not any(place.number for place in ordered):
            return SEPARATOR.join(halls), ""
        if all(place.number for place in ordered) and len({place.hall for place in ordered}) == 1:
            halls = halls[:1]
        numbers = [place.number or NUMBER_TO_FOLLOW[self.language] for place in ordered]
        return SEPARATOR.join(halls), SEPARATOR.join(numbers)

    def _order(self, place: Place) -> tuple[str, str, str, str]:
        return self._halls[place.hall], natural_key(place.hall), booth_number_key(place.number), place.key

    def industry_cell(self, slugs: Iterable[str]) -> str:
        return SEPARATOR.join(sorted(self._industries[slug] for slug in slugs))


def _words(registry: Registry, language: str) -> dict[str, str]:
    """The name of each by its code; the code where the name means another one too."""
    return {named.code: _word(registry, named, language) for named in registry.all}


def _word(registry: Registry, named: Named, language: str) -> str:
    name = pick(named, "name", language).text
    is_clear = [registry.find(cells.reread(text)) == [named] for text in (name, named.code)]
    return named.code if is_clear == [False, True] else name


class OwnWords:
    """Tells whether cells say what an exhibitor has already, in either language."""

    def __init__(self, *, halls: Iterable[Named], industries: Iterable[Named]) -> None:
        self._wordings = [Wording(language, halls=halls, industries=industries) for language in LANGUAGES]

    def give_booths(self, hall_cell: str, booth_cell: str, places: Collection[Place]) -> bool:
        given = (number_key(hall_cell), number_key(booth_cell))
        written = (wording.booth_cells(places) for wording in self._wordings)
        return any((_key(halls), _key(booths)) == given for halls, booths in written)

    def give_industries(self, cell: str, slugs: Iterable[str]) -> bool:
        return any(_key(wording.industry_cell(slugs)) == number_key(cell) for wording in self._wordings)


def _key(written: str) -> str:
    """How a written cell is compared: as it is read, case and width aside as in the numbers of booths."""
    text = cells.reread(written)
    return "" if cells.is_placeholder(text) else number_key(text)
