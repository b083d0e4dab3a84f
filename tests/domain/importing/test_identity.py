"""The same company is recognised by its code, else by its name; never by a guess."""

import pytest

from exhibitors.domain.importing.identity import Companies, identify

Company = tuple[str, str, str]  # code, Korean name, English name


def found(known: list[Company], wanted: Company) -> list[int]:
    companies = Companies()
    for number, (code, name_ko, name_en) in enumerate(known):
        companies.add(number, identify(code=code, name_ko=name_ko, name_en=name_en))
    return companies.find(identify(code=wanted[0], name_ko=wanted[1], name_en=wanted[2]))


@pytest.mark.parametrize(
    ("known", "wanted", "numbers"),
    [
        # names
        ([("", "에바", "")], ("", "에바", ""), [0]),
        ([("", "(주)에바", "")], ("", "주식회사 에바", ""), [0]),
        ([("", "에 바", "EVAR")], ("", "에바", ""), [0]),
        ([("", "", "EVAR Inc.")], ("", "", "evar"), [0]),
        ([("", "에바", "EVAR Inc.")], ("", "", "EVAR"), [0]),
        ([("", "", "EVAR")], ("", "에바", "EVAR Inc."), [0]),
        ([("", "DSR", "")], ("", "", "DSR"), [0]),
        ([("", "에바", "")], ("", "에버", ""), []),
        ([("", "삼성", "")], ("", "사슴전자", ""), []),
        # many companies share an English name
        ([("", "나라전자", "Nara Co.")], ("", "나라기업", "Nara Co."), []),
        ([("", "나라전자", "Nara Co."), ("", "나라기업", "Nara Co.")], ("", "", "Nara"), [0, 1]),
        ([("", "에바", ""), ("", "(주)에바", "")], ("", "에바", ""), [0, 1]),
        # codes
        ([("7", "에바", "")], ("7", "다른 이름", ""), [0]),
        ([("7", "에바", "")], ("", "에바", ""), [0]),
        ([("", "에바", "")], ("7", "에바", ""), [0]),
        ([("8", "에바", "")], ("7", "에바", ""), []),
        ([("8", "에바", ""), ("", "에바", "")], ("7", "에바", ""), [1]),
        ([("7", "에바", ""), ("", "백제", "")], ("7", "백제", ""), [0]),
        # nothing to go by
        ([("", "에바", "")], ("", "", ""), []),
    ],
)
def test_companies_are_recognised(known: list[Company], wanted: Company, numbers: list[int]) -> None:
    assert found(known, wanted) == numbers
