"""Hangul as key presses: tables of the Dubeolsik keyboard, composition as an input method does it.

A key is the upper-case QWERTY letter under a jamo (ㅂ = Q); a jamo that needs Shift is its key with ^ (ㅃ = Q^).
"""

import re
from collections.abc import Iterable

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
MEDIALS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")
CONSONANTS = frozenset(INITIALS) | frozenset(FINALS[1:])
VOWELS = frozenset(MEDIALS)

KEY_OF_JAMO = {
    **dict(zip("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", "RSEFAQTDWCZXVG", strict=True)),
    **dict(zip("ㅏㅐㅑㅓㅔㅕㅗㅛㅜㅠㅡㅣ", "KOIJPUHYNBML", strict=True)),
    **dict(zip("ㄲㄸㅃㅆㅉㅒㅖ", ("R^", "E^", "Q^", "T^", "W^", "O^", "P^"), strict=True)),
}
JAMO_OF_KEY = {key: jamo for jamo, key in KEY_OF_JAMO.items()}
CLUSTERS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ", "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
COMPOUND_VOWELS = {
    "ㅘ": "ㅗㅏ", "ㅙ": "ㅗㅐ", "ㅚ": "ㅗㅣ", "ㅝ": "ㅜㅓ", "ㅞ": "ㅜㅔ", "ㅟ": "ㅜㅣ", "ㅢ": "ㅡㅣ",
}  # fmt: skip
_PARTS = CLUSTERS | COMPOUND_VOWELS
_FUSED = {parts: whole for whole, parts in _PARTS.items()}

_FIRST_SYLLABLE, _LAST_SYLLABLE = 0xAC00, 0xD7A3
_PLAIN_INITIAL = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")


def is_syllable(char: str) -> bool:
    return _FIRST_SYLLABLE <= ord(char) <= _LAST_SYLLABLE


def split_syllable(syllable: str) -> tuple[str, str, str]:
    """Initial, medial and final of a precomposed syllable, as stand-alone jamo; the final may be empty."""
    index = ord(syllable) - _FIRST_SYLLABLE
    return INITIALS[index // 588], MEDIALS[index % 588 // 28], FINALS[index % 28]


def join_syllable(initial: str, medial: str, final: str = "") -> str:
    index = (INITIALS.index(initial) * 21 + MEDIALS.index(medial)) * 28 + FINALS.index(final)
    return chr(_FIRST_SYLLABLE + index)


def presses(char: str) -> str:
    """The jamo pressed one by one: ㄷㅏㄹㄱ for 닭, ㄱㅅ for ㄳ; empty for what is no Hangul."""
    if is_syllable(char):
        return "".join(_PARTS.get(jamo, jamo) for jamo in split_syllable(char))
    return _PARTS.get(char, char if char in KEY_OF_JAMO else "")


def has_hangul(text: str) -> bool:
    return any(map(presses, text))


def char_keys(char: str) -> str:
    return "".join(KEY_OF_JAMO[jamo] for jamo in presses(char))


_PRESS = re.compile(r"[A-Z]\^?|[^A-Z^]")


def split_keys(pressed: str) -> list[str]:
    """Key presses one by one, each with its Shift: 'E^Jr' is E^, J, r."""
    return _PRESS.findall(pressed)


def text_of_keys(pressed: str) -> str:
    """The text behind key presses: 'skGKDL' is sk하이."""
    return compose(JAMO_OF_KEY.get(press, press) for press in split_keys(pressed))


def plain_initial(jamo: str) -> str:
    """The heading under which a Korean index lists an initial: ㄲ stands under ㄱ."""
    return jamo.translate(_PLAIN_INITIAL)


def compose(jamos: Iterable[str]) -> str:
    """Text that an input method shows for pressed jamo, none of them fused; anything else ends a syllable and stays."""
    done: list[str] = []
    initial = medial = final = ""
    for jamo in jamos:
        if jamo in VOWELS:
            if final:
                kept, moved = (CLUSTERS.get(final) or ("", final))[:2]
                done.append(join_syllable(initial, medial, kept))
                initial, medial, final = moved, jamo, ""
            elif medial and (fused := _FUSED.get(medial + jamo)):
                medial = fused
            elif medial:
                done.append(_shown(initial, medial, final))
                initial, medial = "", jamo
            else:
                medial = jamo
        elif jamo in CONSONANTS and initial and medial and (fused := _as_final(final, jamo)):
            final = fused
        else:
            done.append(_shown(initial, medial, final))
            initial, medial, final = (jamo, "", "") if jamo in CONSONANTS else ("", "", "")
            if not initial:
                done.append(jamo)
    done.append(_shown(initial, medial, final))
    return "".join(done)


def _as_final(final: str, jamo: str) -> str | None:
    if final:
        return _FUSED.get(final + jamo)
    return jamo if jamo in FINALS else None


def _shown(initial: str, medial: str, final: str) -> str:
    return join_syllable(initial, medial, final) if initial and medial else initial + medial
