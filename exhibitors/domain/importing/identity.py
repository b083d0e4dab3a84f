"""Tells which rows and exhibitors are the same company: by code where there is one, else by name."""

from dataclasses import dataclass

from exhibitors.search.normalise import name_key


@dataclass(frozen=True)
class Identity:
    """By what a company is recognised. Make it with `identify`."""

    code: str
    shown: str  # key of the name that is shown in Korean: the Korean one, else the English one
    english: str
    has_korean: bool


def identify(*, code: str, name_ko: str, name_en: str) -> Identity:
    english = name_key(name_en) if name_en else ""
    return Identity(code, name_key(name_ko) if name_ko else english, english, bool(name_ko))


class Companies:
    """Companies under numbers (primary keys, or rows of a file)."""

    def __init__(self) -> None:
        self._by_code: dict[str, int] = {}
        self._by_shown: dict[str, list[tuple[int, Identity]]] = {}
        self._by_english: dict[str, list[tuple[int, Identity]]] = {}

    def add(self, number: int, identity: Identity) -> None:
        if identity.code:
            self._by_code.setdefault(identity.code, number)
        if identity.shown:
            self._by_shown.setdefault(identity.shown, []).append((number, identity))
        if identity.english:
            self._by_english.setdefault(identity.english, []).append((number, identity))

    def find(self, identity: Identity) -> list[int]:
        """Return the numbers of the same company: none, one, or several that its name cannot tell apart.

        A code that is known decides. One that is not yet known may belong to a company of this name without a code.
        """
        if identity.code in self._by_code:
            return [self._by_code[identity.code]]
        shown = self._with_fitting_code(identity, self._by_shown.get(identity.shown, []))
        english = self._with_fitting_code(identity, self._by_english.get(identity.english, []))
        if not identity.has_korean:
            return list(dict.fromkeys(number for number, _other in [*shown, *english]))
        # English names decide only where one of the two has no Korean one: many companies are called Nara Co.
        found = shown or [(number, other) for number, other in english if not other.has_korean]
        return [number for number, _other in found]

    @staticmethod
    def _with_fitting_code(identity: Identity, companies: list[tuple[int, Identity]]) -> list[tuple[int, Identity]]:
        return [(number, other) for number, other in companies if not (identity.code and other.code)]
