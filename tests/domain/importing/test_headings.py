"""Headings are recognised in Korean, in English and in both."""

import pytest

from exhibitors.domain.importing.headings import SYNONYMS, Field, meaning


@pytest.mark.parametrize(
    ("heading", "field", "language"),
    [
        ("회사명", Field.NAME, "ko"),
        ("업체명", Field.NAME, "ko"),
        ("참가사명", Field.NAME, "ko"),
        ("상 호", Field.NAME, "ko"),
        ("1. 업체명*", Field.NAME, "ko"),
        ("COMPANY NAME", Field.NAME, ""),
        ("Exhibitor", Field.NAME, ""),
        ("Name", Field.NAME, ""),
        ("name_en", Field.NAME, "en"),
        ("name_ko", Field.NAME, "ko"),
        ("회사명(영문)", Field.NAME, "en"),
        ("영문 회사명", Field.NAME, "en"),
        ("영문명", Field.NAME, "en"),
        ("국문명", Field.NAME, "ko"),
        ("Company Name (KR)", Field.NAME, "ko"),
        ("업체명 / Company", Field.NAME, ""),
        ("업체명\nCompany Name", Field.NAME, ""),
        ("회사명(Company)", Field.NAME, "ko"),
        ("brand", Field.NAME, ""),
        ("Exh_id", Field.CODE, ""),
        ("종목코드", Field.CODE, "ko"),
        ("전시관", Field.HALL, "ko"),
        ("홀(Hall)", Field.HALL, "ko"),
        ("Booth_Venue", Field.HALL, ""),
        ("BOOTH#", Field.BOOTH, ""),
        ("부스 번호", Field.BOOTH, "ko"),
        ("Stand No.", Field.BOOTH, ""),
        ("Hall/Booth", Field.BOOTH, ""),
        ("Product_Categories", Field.INDUSTRY, ""),
        ("출판분야", Field.INDUSTRY, "ko"),
        ("주요제품", Field.MAIN_PRODUCTS, "ko"),
        ("주요품목(영문)", Field.MAIN_PRODUCTS, "en"),
        ("items", Field.MAIN_PRODUCTS, ""),
        ("소개(영문)", Field.INTRODUCTION, "en"),
        ("Website", Field.HOMEPAGE, ""),
        ("E-mail", Field.EMAIL, ""),
        ("지역", Field.REGION, "ko"),
        ("ＮＡＭＥ", Field.NAME, ""),
        ("표본", Field.SAMPLE, "ko"),
    ],
)
def test_a_heading_claims_a_field_in_a_language(heading: str, field: Field, language: str) -> None:
    found = meaning(heading)

    assert found is not None
    assert (found.field, found.language) == (field, language)


@pytest.mark.parametrize(
    "heading",
    [
        "대표자명",
        "담당자",
        "담당자 연락처",
        "휴대폰",
        "contact person",
        "비고",
        "상장일",
        "Detail_URL",
        "Hall_Ids",
        "Revenue",
        "x",
        "",
        "업체명/부스",
    ],
)
def test_personal_and_unknown_headings_claim_nothing(heading: str) -> None:
    assert meaning(heading) is None


def test_no_word_stands_for_two_fields() -> None:
    words = [word for words in SYNONYMS.values() for word in words.split()]

    assert sorted(set(words)) == sorted(words)
