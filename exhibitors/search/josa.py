"""Korean particles: taken off the end of a word, and chosen to follow one."""

import re

from exhibitors.search.characters import readable
from exhibitors.search.hangul import is_syllable, split_syllable

_JOSA = re.compile(
    "(?:에서|에게서|에게|한테서|한테|께서|께|으로부터|로부터|으로서|로서|으로써|로써|으로|로|에|까지|부터|처럼|보다"
    "|마다|만큼|조차|마저|밖에|이랑|랑|하고|이나|나|와|과)(?:은|는|도|만|의|요)?"
    "|이라도|라도|대로|같이|같은|입니다|이에요|예요"
    "|이라는|라는|이라고|라고|이란|란|이며|며|이고|은|는|이|가|을|를|의|도|만|만은|만의|만을|들|들의|들은|들이"
)
# Words that mean little by themselves, dropped only where they find nothing.
FILLERS = frozenset({"및", "그리고", "관련", "업체", "회사", "기업", "제품", "and", "the", "of", "for"})
_SHORTEST = 3
_SHORTEST_STEM = 2  # 차이나 is no 차


def stems(word: str) -> tuple[str, ...]:
    """What a word of three or more characters may be without its particle, the longest particle off first.

    Particles aren't checked against the letter before them: people mistake them after Latin names.
    """
    if len(word) < _SHORTEST:
        return ()
    return tuple(word[:end] for end in range(_SHORTEST_STEM, len(word)) if _JOSA.fullmatch(word, end))


def direction_particle(text: str) -> str:
    """'으로' or '로', as the last sound of the text asks: 로 after a vowel or ㄹ, also in digits and Latin words."""
    return "으로" if _final_sound(text) not in ("", "ㄹ") else "로"


_DIGIT_FINALS = dict(zip("0123456789", ("ㅇ", "ㄹ", "", "ㅁ", "", "", "ㄱ", "ㄹ", "ㄹ", ""), strict=True))
_LETTER_FINALS = {"l": "ㄹ", "m": "ㅁ", "n": "ㄴ", "r": "ㄹ"}
_WORD_FINAL = re.compile(r"(?:(?P<l>l)|(?P<closed>n|m|ng|[aeiouy](?:c|k|p|t|b|ck)))$")


def _final_sound(text: str) -> str:
    """The final consonant of the last letter or digit as it is read in Korean, '' for a vowel."""
    spoken = re.sub(r"[^\w]+$", "", readable(text))
    last = spoken[-1:]
    if last and is_syllable(last):
        return split_syllable(last)[2]
    if "ㄱ" <= last <= "ㅎ":
        return last
    if last in _DIGIT_FINALS:
        return _DIGIT_FINALS[last]
    word = re.search(r"[A-Za-z]*$", spoken)
    return _latin_final(word[0] if word else "")


def _latin_final(word: str) -> str:
    if word.isupper() or len(word) == 1:  # read letter by letter: 엘, 엠, 엔, 알
        return _LETTER_FINALS.get(word[-1].lower(), "")
    final = _WORD_FINAL.search(word.lower())
    if not final:
        return ""
    return "ㄹ" if final["l"] else "ㅇ"
