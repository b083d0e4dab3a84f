"""The same key presses under the other keyboard layout: dnpsEjr and 웬떡, ㄴ므녀ㅜㅎ and samsung."""

import re

from exhibitors.search.hangul import JAMO_OF_KEY, KEY_OF_JAMO, compose, presses
from exhibitors.search.normalise import keys

_LONE_JAMO = re.compile("[ㄱ-ㅣ]{2,}")


def to_hangul(text: str) -> str:
    """What a Korean input method makes of the presses: Latin letters and Hangul join into syllables (ㅇPdml → 예의)."""
    return compose("".join(presses(char) or _jamo(char) for char in text))


def _jamo(char: str) -> str:
    if not (char.isascii() and char.isalpha()):
        return char
    shifted = f"{char}^" if char.isupper() else ""
    return JAMO_OF_KEY.get(shifted) or JAMO_OF_KEY[char.upper()]


def to_latin(text: str) -> str:
    return "".join("".join(map(_latin, presses(char))) or char for char in text)


def _latin(jamo: str) -> str:
    key = KEY_OF_JAMO[jamo]
    return key[0] if key.endswith("^") else key.lower()


def other_layouts(text: str) -> tuple[str, ...]:
    """What a readable text may have been meant as, likeliest first; without those of the same key presses.

    Latin is also read with Caps Lock on, and with the capital that a phone sets at the beginning.
    """
    has_latin = any(char.isascii() and char.isalpha() for char in text)
    has_hangul = any(map(presses, text))
    candidates: list[str] = []
    if has_hangul and not has_latin:
        candidates += [to_latin(text), _LONE_JAMO.sub(lambda lone: to_latin(lone[0]), text)]
    elif has_latin:
        candidates += [to_hangul(text)]
        candidates += [] if text.islower() else [to_hangul(text.swapcase()), to_hangul(text.lower())]
        candidates += [to_latin(text)] if has_hangul else []
    distinct = {keys(text): text}
    for candidate in candidates:
        distinct.setdefault(keys(candidate), candidate)
    return tuple(distinct.values())[1:]
