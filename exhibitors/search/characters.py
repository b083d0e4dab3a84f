"""One spelling for each character: composed, half width, with lone jamo as stand-alone letters."""

import unicodedata
from collections.abc import Callable

from exhibitors.search.hangul import FINALS, INITIALS, MEDIALS

_CACHE_LIMIT = 30_000  # every syllable and the usual Hanja; a visitor can send a million other characters


class CharTable(dict[int, str]):
    """A table for str.translate that asks a function for what it doesn't know yet, one character at a time."""

    def __init__(self, work_out: Callable[[str], str]) -> None:
        super().__init__()
        self._work_out = work_out

    def __missing__(self, code: int) -> str:
        value = self._work_out(chr(code))
        if len(self) < _CACHE_LIMIT:
            self[code] = value
        return value


def _stand_alone_jamo() -> dict[int, str]:
    table: dict[int, str] = {}
    for first, jamos in ((0x1100, INITIALS), (0x1161, MEDIALS), (0x11A8, FINALS[1:])):
        table |= {first + offset: jamo for offset, jamo in enumerate(jamos)}
    table |= {0x111A: "ㅀ", 0x1121: "ㅄ"}  # archaic initials, all that NFKD leaves of the lone finals
    table |= dict.fromkeys((0x115F, 0x1160, 0x3164, 0xFFA0), "")  # fillers show nothing and mean nothing
    half_width = [*range(0xFFA1, 0xFFBF), *range(0xFFC2, 0xFFC8), *range(0xFFCA, 0xFFD0)]
    half_width += [*range(0xFFD2, 0xFFD8), *range(0xFFDA, 0xFFDD)]
    return table | {code: chr(0x3131 + offset) for offset, code in enumerate(half_width)}


_STAND_ALONE_JAMO = _stand_alone_jamo()
_NO_LETTERS = "™®©℠"  # NFKD would make letters of them
_DROPPED = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})


def _readable(char: str) -> str:
    if (jamo := _STAND_ALONE_JAMO.get(ord(char))) is not None:
        return jamo
    if "ㄱ" <= char <= "ㅣ":
        return char
    if char in _NO_LETTERS or char.isspace():
        return " "
    if unicodedata.category(char) in _DROPPED:
        return ""
    return unicodedata.normalize("NFKC", char).translate(_STAND_ALONE_JAMO)


_READABLE = CharTable(_readable)


def readable(text: str) -> str:
    """NFKC, except that lone jamo stay lone (NFKC makes 가 of ㄱ and ㅏ, and an archaic letter of ㅀ).

    Every blank is a space; control and format characters, surrogates and the trademark signs are gone.
    """
    return unicodedata.normalize("NFC", text).translate(_READABLE)
