"""Legal forms of companies."""

import unicodedata

import pytest

from exhibitors.search.company_forms import is_korean_form, strip_company_form


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("(주)에바", "에바"),
        ("㈜에바", "에바"),
        ("주)에바", "에바"),
        ("에바(주", "에바"),
        ("（주）에바", "에바"),
        ("주식 회사 에바", "에바"),
        ("에바 주식회사", "에바"),
        ("에바 (주식 회사)", "에바"),
        ("농업회사법인 주식회사 한들", "한들"),
        ("농업회사법인(주)한들", "한들"),
        ("들꽃영농조합법인", "들꽃"),
        ("(유)백두식품", "백두식품"),
        ("유한책임회사 솔", "솔"),
        ("(사) 바른먹거리", "바른먹거리"),
        ("재단법인 미래숲", "미래숲"),
        ("한빛전자(주) 반도체", "한빛전자 반도체"),
        ("㈱大成", "大成"),
        ("EVAR Inc.", "EVAR"),
        ("Daon Tech Co.,Ltd", "Daon Tech"),
        ("Daon Tech Co., Ltd.", "Daon Tech"),
        ("ＤＡＯＮ　ＣＯ．，ＬＴＤ．", "DAON"),
        ("Foo L.L.C.", "Foo"),
        ("Foo Private Limited", "Foo"),
        ("Foo GmbH & Co. KG", "Foo"),
        ("Foo S.A.", "Foo"),
        ("Medios (Inc.)", "Medios"),
        ("에바 Inc", "에바"),
    ],
)
def test_forms_at_the_edges_go(name: str, expected: str) -> None:
    assert strip_company_form(name) == expected


@pytest.mark.parametrize(
    "name",
    ["유한양행", "유한나래", "주식회사", "(주)", "Inc", "S.A.", "쌀 20 kg", "Crème & Co.", "A and Co", "M&Co",
     "Unlimited", "협동조합 온새", "회사원", "주식 회사원", ".lumen", "주얼리", "사단", ""],
)  # fmt: skip
def test_what_only_looks_like_a_form_stays(name: str) -> None:
    assert strip_company_form(name) == name


def test_name_that_is_a_form_stays_when_another_form_goes() -> None:
    assert strip_company_form("(주)주식회사") == "주식회사"
    assert strip_company_form("주식회사 주식") == "주식"
    assert strip_company_form("Company Co., Ltd.") == "Company"


def test_decomposed_name_is_stripped_too() -> None:
    assert strip_company_form(unicodedata.normalize("NFD", "주식회사 에바")) == "에바"


def test_lone_jamo_stay_lone() -> None:
    assert strip_company_form("㈜ㅅㅊ") == "ㅅㅊ"


def test_stripping_twice_changes_nothing() -> None:
    for name in ("(주)(유)솔 Inc. Co.", "주식회사 주식회사", "Co., Ltd.", "(주) 주식회사 Inc"):
        assert strip_company_form(strip_company_form(name)) == strip_company_form(name)


def test_korean_form_is_told_from_a_word() -> None:
    assert is_korean_form("주식회사")
    assert is_korean_form("(주)")
    assert not is_korean_form("주식")
    assert not is_korean_form("주식회사원")


def test_long_repetitions_take_no_time() -> None:
    assert strip_company_form("주식회사 " * 2000 + "솔") == "솔"
    assert strip_company_form("솔" + " ," * 50_000) == "솔" + " ," * 50_000
