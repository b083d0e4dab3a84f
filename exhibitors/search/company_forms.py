"""Legal forms of companies, which people write or leave out: (주), 주식회사, Co., Ltd."""

import re

from exhibitors.search.characters import readable

_KOREAN = (
    r"주식회사|유한책임회사|유한회사|합자회사|합명회사|(?:농업|어업)회사법인|(?:영농|영어)조합법인|농업법인"
    r"|(?:재단|사단|의료|학교|사회복지)법인|株式[会會]社|有限[会會]社|(?:股份)?有限公司"
    # Written apart it must end there: 주식 회사원 sells shares to office workers.
    r"|(?:(?:주식|유한|유한 ?책임|합자|합명) 회사|(?:농업|어업) 회사 ?법인|(?:영농|영어) 조합 ?법인)(?![^\s)])"
)
_ABBREVIATED = r"[주유재사합자농영의학복株有]"  # only in brackets, or with one of the two forgotten
_LATIN = (
    r"co|company|corp|corporation|inc|incorporated|(?:(?:pvt|private)\.?\s)?(?:ltd|limited)|l\.?l\.?c|l\.?l\.?p|p\.?l\.?c"
    r"|gmbh(?:\s?&\s?co\.?\s?kg)?|pty|pvt|jsc|sdn|bhd|s\.?r\.?l|s\.?a\.?r\.?l|s\.?p\.?a|b\.v|n\.v|s\.a"
)
_LATIN_AFTER_LATIN = r"ag|kg|oy|ab|sa|bv|nv"  # after Hangul or digits, kg is a weight
_LEADING = re.compile(rf"\({_ABBREVIATED}\)|{_ABBREVIATED}\)|\((?:{_KOREAN})\)|{_KOREAN}")
_TRAILING = re.compile(
    rf"(?:\({_ABBREVIATED}\)?|\((?:{_KOREAN})\)|{_KOREAN}"
    rf"|(?<!&\s)(?<!and\s)(?:(?<=[\s,.·)])|\()(?:{_LATIN})\.?\)?"
    rf"|(?<=[a-z][\s,])(?:{_LATIN_AFTER_LATIN}))$",
    re.IGNORECASE,
)
_EDGES = " ,.;:·_-"


def strip_company_form(text: str) -> str:
    """The name, in readable form, without its legal forms; the last form stays where nothing else would.

    유한양행 keeps 유한, which by itself is no form; "& Co." is part of a name.
    """
    rest = " ".join(readable(text).split())
    while True:
        shorter = _without_one_form(rest)
        if shorter == rest or not any(map(str.isalnum, shorter)):
            return rest
        rest = shorter


def is_korean_form(word: str) -> bool:
    """Whether a word is nothing but a legal form in Korean, as 주식회사 amid several words."""
    return _LEADING.fullmatch(word) is not None


def _without_one_form(text: str) -> str:
    if "(주)" in text:  # the one form that also stands inside a name
        return " ".join(text.replace("(주)", " ").split()).strip(_EDGES)
    if leading := _LEADING.match(trimmed := text.lstrip(_EDGES)):
        return trimmed[leading.end() :].strip(_EDGES)
    if trailing := _TRAILING.search(trimmed := text.rstrip(_EDGES)):
        return trimmed[: trailing.start()].strip(_EDGES)
    return text
