"""In which language a text is, as far as an import must know."""

import re
from collections.abc import Iterable

_HANGUL = re.compile(r"[\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff]")
_HANJA = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")


def has_hangul(text: str) -> bool:
    return bool(_HANGUL.search(text))


def is_surely_korean(text: str) -> bool:
    """Tell whether a text has Hangul or Hanja, so that it can be no English name."""
    return bool(_HANGUL.search(text) or _HANJA.search(text))


def majority(texts: Iterable[str]) -> str:
    """Return the language of most texts, 'ko' or 'en'; Korean where as many are in each."""
    balance = 0
    for text in texts:
        if text:
            balance += 1 if has_hangul(text) else -1
    return "ko" if balance >= 0 else "en"
