"""What text becomes before it is compared: key presses, plain letters, initials, aligned text, sort key.

The key presses ("K-space") are ASCII for Korean: 웬떡 is DNPSE^JR. A half-typed syllable is then a prefix, a wrong
keyboard layout a change of case, and PostgreSQL's trigrams work in every locale.
"""

import re
import unicodedata

from exhibitors.search.characters import CharTable, readable
from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.hangul import (
    CLUSTERS,
    KEY_OF_JAMO,
    char_keys,
    is_syllable,
    plain_initial,
    split_syllable,
)

_LETTER_OF_DOUBLE = {"ㄲ": "Y", "ㄸ": "U", "ㅃ": "I", "ㅆ": "O", "ㅉ": "P"}
_WITHOUT_DECOMPOSITION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "þ": "th", "æ": "ae", "œ": "oe"}
)
_DROPPED = frozenset({"Mn", "Cf", "Cc"})


def _normalised(char: str) -> str:
    return "".join(map(_folded, readable(char)))


def _folded(char: str) -> str:
    if char_keys(char):
        return char
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = "".join(part for part in folded if unicodedata.category(part) not in _DROPPED)
    return unicodedata.normalize("NFC", kept.translate(_WITHOUT_DECOMPOSITION))


def _plain(char: str) -> str:
    return "".join(filter(str.isalnum, _normalised(char)))


def _keys(char: str) -> str:
    return "".join(char_keys(part) or part for part in _plain(char))


def _initials(char: str) -> str:
    return "".join(map(_initial_letters, _plain(char)))


def _initial_letters(char: str) -> str:
    if is_syllable(char):
        char = split_syllable(char)[0]
    if not char_keys(char):
        return char
    jamos = CLUSTERS.get(char, char)  # an input method fuses ㄱ and ㅅ typed one after the other
    return "".join(_LETTER_OF_DOUBLE.get(jamo, KEY_OF_JAMO[jamo]) for jamo in jamos if "ㄱ" <= jamo <= "ㅎ")


_BREAK = "\x1f"
_LATIN_OR_DIGIT = re.compile(r"[a-z0-9]")
_RUN_END = re.compile(r"(?<=[a-z])(?![a-z])|(?<=[0-9])(?![0-9])")


def _aligned(char: str) -> str:
    shown = readable(char)
    if shown.isspace():
        return " "
    if letters := _plain(char):
        return "".join(part if _LATIN_OR_DIGIT.match(part) else f"{char_keys(part) or part}." for part in letters)
    joins = not shown or char in "'’ʼ" or unicodedata.category(char).startswith("M")
    return "" if joins else _BREAK


# By character, because composed text maps character by character; highlighting needs to know which gave what.
NORMALISED, PLAIN, KEYS, INITIALS, ALIGNED = map(CharTable, (_normalised, _plain, _keys, _initials, _aligned))


def compose_text(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def normalise(text: str) -> str:
    """Lower case, half width, without accents and control characters; punctuation and spaces stay."""
    return compose_text(text).translate(NORMALISED)


def plain(text: str) -> str:
    """Letters and digits alone, composed: 'SK 하이닉스™' is 'sk하이닉스'. Lone jamo stay lone."""
    return compose_text(text).translate(PLAIN)


def keys(text: str) -> str:
    """Key presses of the letters and digits: Hangul as upper-case QWERTY with ^ for Shift, the rest in lower case."""
    return compose_text(text).translate(KEYS)


def initials(text: str) -> str:
    """One upper-case letter for each syllable's initial (ㄲㄸㅃㅆㅉ are Y U I O P); Latin letters and digits stay."""
    return compose_text(text).translate(INITIALS)


def aligned(text: str) -> str:
    """Running text whose words begin with a point and whose syllables and runs end in one: '.CND.WJS.RL. .ev.'.

    Descriptions match by whole syllables and Latin words; bare keys would find 청 in 거래처에. Punctuation goes
    (대·중소 is 대중소) but ends a run of Latin letters or of digits (AI-based is ai and based).
    """
    letters = _RUN_END.sub(".", compose_text(text).translate(ALIGNED)).replace(_BREAK, "")
    return " ".join(f".{word}" for word in letters.split(" ") if word)


def booth_keys(number: str) -> str:
    """Keys of a booth number without leading zeros: 'A-012' is 'a12', 'D-05A' is 'd5a'."""
    return re.sub(r"(?<![0-9])0+(?=[0-9])", "", keys(number))


def name_key(name: str) -> str:
    """By which an import recognises a company: its letters and digits, in lower case, without the company form."""
    return plain(strip_company_form(name)) or normalise(name).strip()


def sort_key(name: str) -> str:
    """Sorts alike in every database that compares code points (collation C, BINARY): Hangul, Latin, digits, the rest.

    Each letter follows the digit of its kind: '에바 3' is '1에1바33'. Twice the length of the name at least; names
    that differ only in case, blanks, punctuation or company form are equal, so order by another field after it.
    """
    letters = plain(strip_company_form(name))
    return "".join(_kind(letter) + letter for letter in letters) or f"5{normalise(name).strip()}"


def _kind(letter: str) -> str:
    if char_keys(letter):
        return "1"
    if "a" <= letter <= "z":
        return "2"
    return "3" if "0" <= letter <= "9" else "4"


def initial(name: str) -> str:
    """The heading in an index: ㄱ … ㅎ (14, ㄲ stands under ㄱ), A … Z, '0-9', or '#' for the rest."""
    first = plain(strip_company_form(name))[:1]
    if is_syllable(first or " "):
        return plain_initial(split_syllable(first)[0])
    jamo = plain_initial(CLUSTERS.get(first, first)[:1])
    if "ㄱ" <= jamo <= "ㅎ":
        return jamo
    if "a" <= first <= "z":
        return first.upper()
    return "0-9" if "0" <= first <= "9" else "#"
