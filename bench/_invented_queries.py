"""Queries of each kind that visitors type, about invented firms."""

import random
from collections.abc import Mapping, Sequence
from itertools import islice

from bench import _invented
from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.hangul import is_syllable, join_syllable, split_syllable
from exhibitors.search.layout import to_latin

QUERIES = 8  # of each kind
_SHORTEST_NAME = 4  # syllables


def queries(number: int) -> Mapping[str, Sequence[str]]:
    """The same ones for the same number of firms; some take their words from the firms themselves."""
    firms = [firm for firm in _invented.firms(number) if len(strip_company_form(firm.name_ko)) >= _SHORTEST_NAME]
    chosen = iter(random.Random(1).sample(firms, QUERIES * 7))  # noqa: S311 repeatable, not secret
    named = (strip_company_form(firm.name_ko) for firm in chosen)
    return {
        "2 syllables": [name[:2] for name in islice(named, QUERIES)],
        "2 syllables, very common": ["산업", "로봇", "스마", "친환", "테크", "정밀", "식품", "전자"],
        "1 syllable": ["산", "한", "떡", "빛", "약", "면", "팩", "청"],
        "initials (4)": [_initials(name)[:4] for name in islice(named, QUERIES)],
        "initials (2)": [_initials(name)[:2] for name in islice(named, QUERIES)],
        "several words": [f"{_name(firm)[:2]} {_last_word(firm)}" for firm in islice(chosen, QUERIES)],
        "several words, common": [
            "스마트 로봇", "친환경 식품", "무선 센서", "수제 공방", "AI 카메라", "전통 막걸리", "산업용 펌프", "정밀 금형",
        ],
        "no hit": ["쿎퓿힗", "zxqvwk", "똠샾캬", "가나초콜렛뷁", "xylophonist", "9999-00", "홍길동전", "퀘백주립대"],
        "typo": [_mistyped(name) for name in islice(named, QUERIES)],
        "half-typed syllable": [_half_typed(name) for name in islice(named, QUERIES)],
        "other layout": [to_latin(name) for name in islice(named, QUERIES)],
    }  # fmt: skip


def _name(firm: _invented.Firm) -> str:
    return strip_company_form(firm.name_ko)


def _last_word(firm: _invented.Firm) -> str:
    return firm.main_products_ko.split(",")[0].split()[1]


def _initials(name: str) -> str:
    return "".join(split_syllable(syllable)[0] for syllable in name if is_syllable(syllable))


def _mistyped(name: str) -> str:
    """The vowel of the second syllable slips."""
    initial, medial, final = split_syllable(name[1])
    slip = {"ㅏ": "ㅓ", "ㅗ": "ㅏ", "ㅣ": "ㅡ"}.get(medial, "ㅣ")
    return name[0] + join_syllable(initial, slip, final) + name[2:]


def _half_typed(name: str) -> str:
    """The third syllable without its final consonant, if it has one."""
    initial, medial, _ = split_syllable(name[2])
    return name[:2] + join_syllable(initial, medial)
