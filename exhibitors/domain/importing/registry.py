"""Finds the hall or industry that a text means, among those of the edition and those that the import would create."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from exhibitors.domain import slugs
from exhibitors.domain.importing.languages import has_hangul
from exhibitors.search.normalise import plain


@dataclass(frozen=True)
class Named:
    """A hall or an industry: its code or slug, and its names."""

    code: str
    name_ko: str
    name_en: str = ""

    @property
    def name(self) -> str:
        return self.name_ko or self.name_en


class Registry:
    """Halls or industries by all that they answer to. `loosen` shortens a key for a second try."""

    def __init__(self, known: Iterable[Named], *, fallback: str, loosen: Callable[[str], str] | None = None) -> None:
        self._fallback = fallback
        self._loosen = loosen
        self._exact: dict[str, list[Named]] = {}
        self._loose: dict[str, list[Named]] = {}
        self._codes: set[str] = set()
        self._names: set[str] = set()
        self.all: list[Named] = []
        self.added: list[Named] = []
        for named in known:
            self._enter(named)

    def find(self, text: str) -> list[Named]:
        """Return what the text means: nothing, one, or several that cannot be told apart."""
        key = _key(text)
        if found := self._exact.get(key):
            return found
        return self._loose.get(self._loosen(key), []) if self._loosen else []

    def has_name(self, text: str) -> bool:
        """Tell whether something is called exactly this, but for case, width and blanks."""
        return _text_key(text) in self._names

    def add(self, name: str) -> Named:
        """Enter a hall or industry of this name, under a new code; English names stand in both languages."""
        code = slugs.code_from_name(name, fallback=self._fallback, taken=self._codes)
        return self.add_as(Named(code, name, "" if has_hangul(name) else name))

    def add_as(self, named: Named) -> Named:
        """Enter a hall or industry as given, but under a code that is free."""
        named = replace(named, code=slugs.free_slug(named.code, self._codes))
        self._enter(named)
        self.added.append(named)
        return named

    def _enter(self, named: Named) -> None:
        self.all.append(named)
        self._codes.add(named.code)
        self._names |= {_text_key(named.name_ko), _text_key(named.name_en)} - {""}
        names = {_key(named.name_ko), _key(named.name_en)} - {""}
        for key in names | {_key(named.code)}:
            self._exact.setdefault(key, []).append(named)
        if self._loosen:
            for key in set(map(self._loosen, names)):
                self._loose.setdefault(key, []).append(named)


def without_hall_word(key: str) -> str:
    """Return 'a' for 'halla' and 'a홀', so that A, Hall A and A홀 meet; the key itself where nothing would remain."""
    return re.sub(r"^halls?(?=[a-z0-9]{1,3}$)|halls?$|홀$", "", key) or key


def _key(text: str) -> str:
    return plain(text) or _text_key(text)


def _text_key(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
