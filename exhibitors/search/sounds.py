"""Words that sound nearly alike."""

import re
from array import array
from collections import defaultdict
from collections.abc import Sequence

_ALIKE = str.maketrans({"^": "", "O": "P", "q": "k", "c": "k", "y": "i", "z": "s", "v": "b", "x": "ks"})
_TWICE = re.compile(r"([a-z])\1+")


def sound(pressed: str) -> str:
    """What words that sound nearly alike share: 애바 and 에바, 메디오쓰 and 메디오스, hynics and hynix."""
    heard = pressed.replace("HO", "NP").replace("HL", "NP").replace("ph", "f").translate(_ALIKE)  # ㅙ ㅚ like ㅞ
    return _TWICE.sub(r"\1", heard)


BUCKETS = 4096


class Sounds:
    """Terms by what they sound like; a few bytes a term, where a dictionary takes 100."""

    def __init__(self, terms: Sequence[str]) -> None:
        self._terms = terms
        self._places: dict[int, array[int]] = defaultdict(lambda: array("I"))
        for place, term in enumerate(terms):
            self._places[hash(sound(term)) % BUCKETS].append(place)

    def first_like(self, pressed: str) -> str | None:
        """The first of the terms that sound like this one."""
        heard = sound(pressed)
        alike = (self._terms[place] for place in self._places.get(hash(heard) % BUCKETS, ()))
        return next((term for term in alike if sound(term) == heard), None)
