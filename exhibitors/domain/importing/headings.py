"""What organisers call their columns, in Korean and English."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class Field(StrEnum):
    """What a column can be used for."""

    CODE = "code"
    NAME = "name"
    HALL = "hall"
    BOOTH = "booth"
    INDUSTRY = "industry"
    MAIN_PRODUCTS = "main_products"
    INTRODUCTION = "introduction"
    HOMEPAGE = "homepage"
    PHONE = "phone"
    EMAIL = "email"
    REGION = "region"
    SAMPLE = "sample"


BILINGUAL = frozenset({Field.NAME, Field.MAIN_PRODUCTS, Field.INTRODUCTION})

# Strongest first: where two columns claim a field, the one further left in this table is used. Written as
# `simplified` leaves them: small letters and digits without blanks and punctuation.
SYNONYMS: dict[Field, str] = {
    Field.CODE: """업체코드 기업코드 참가업체코드 회사코드 종목코드 업체번호 기업번호 관리번호 고유번호
        companycode exhibitorcode companyid exhibitorid exhid exhibitorno code ticker""",
    Field.NAME: """회사명 업체명 기업명 참가업체명 참가업체 참가사명 참가사 참가기업명 참가기업
        참여기업명 참여기업 참여업체 상호명 상호 법인명 기관명 단체명 회사 업체 기업 출품업체 전시업체 이름
        companyname exhibitorname company exhibitor exhibitors organisation organization organisationname
        organizationname firm name 브랜드명 브랜드 brandname brand""",
    Field.HALL: """전시관명 전시관 전시홀 홀 홀명 관 관명 구역 존 전시장
        hall hallname exhibitionhall boothhall boothvenue hallnumber hallno venue pavilion zone""",
    Field.BOOTH: """부스번호 부스 부스위치 부스no 부스넘버 전시부스
        boothnumber boothno boothnr booth booths boothnumbers standnumber standno standnr stand stands boothfull""",
    Field.INDUSTRY: """업종 업종명 업종분류 산업 산업분야 산업분류 분야 출판분야 전시분야 참가분야 분류 카테고리
        industry industries sector sectors category categories productcategory productcategories tags tag""",
    Field.MAIN_PRODUCTS: """주요품목 주요제품 주요전시품목 주요생산품 주생산품 대표제품 대표품목
        전시품목 출품품목 전시제품 출품제품 취급품목 생산품목 생산제품 품목 제품 전시품
        mainproducts keyproducts exhibits productsonshow products product items""",
    Field.INTRODUCTION: """회사소개 업체소개 기업소개 참가업체소개 소개 소개글 소개문 회사설명 기업설명 업체설명 설명
        회사개요 기업개요 introduction companyprofile profile companydescription description about summary""",
    Field.HOMEPAGE: """홈페이지 홈페이지주소 웹사이트 누리집 사이트 홈피
        homepage website websiteurl web companyurl url""",
    Field.PHONE: """대표전화 대표번호 회사전화 대표전화번호 전화번호 전화
        companyphone phone phonenumber telephone tel""",
    Field.EMAIL: """대표이메일 회사이메일 이메일 이메일주소 전자우편 메일
        companyemail email emailaddress mail""",
    Field.REGION: """지역 소재지 소재지역 시도 국가 국가명 나라
        region country countryregion""",
    Field.SAMPLE: """표본 sample""",
}


@dataclass(frozen=True)
class Meaning:
    """What a heading claims: a field, how strongly (0 is strongest), and a language where it names one."""

    field: Field
    weakness: int
    language: str  # 'ko', 'en' or ''
    is_stopgap: bool = False


def meaning(heading: str) -> Meaning | None:
    """Return what a heading claims, or None where it is not known.

    '회사명(영문)' is a name in English, '업체명 / Company' a name in no language in particular.
    """
    text = unicodedata.normalize("NFKC", heading).casefold()
    language, text = _language(text)
    known = _KNOWN.get(simplified(_BRACKETS.sub("", text))) or _KNOWN.get(simplified(text)) or _of_parts(text)
    if known is None:
        return None
    field, weakness = known
    own_language = _own_language(_BRACKETS.sub("", text))
    return Meaning(field, weakness, language or own_language, is_stopgap=(field, weakness) in _STOPGAPS)


def simplified(text: str) -> str:
    """Letters and digits alone, without the number that some organisers put before each heading."""
    return re.sub(r"^[0-9]+", "", "".join(filter(str.isalnum, text)))


_BRACKETS = re.compile(r"[(\[{<（【].*?[)\]}>）】]")
_ENGLISH_MARK = re.compile(r"영문|영어|(?<![a-z])(?:english|eng|en)(?![a-z])")
_KOREAN_MARK = re.compile(r"국문|한글|한국어|(?<![a-z])(?:korean|kor|kr|ko)(?![a-z])")
_KNOWN = {
    synonym: (field, weakness)
    for field, synonyms in SYNONYMS.items()
    for weakness, synonym in enumerate(synonyms.split())
}
_STOPGAPS = {_KNOWN[brand] for brand in ("브랜드명", "브랜드", "brandname", "brand")}  # only where nothing else is


def _language(text: str) -> tuple[str, str]:
    """Return the language that a heading names, and the heading without that word."""
    for language, mark in (("en", _ENGLISH_MARK), ("ko", _KOREAN_MARK)):
        if mark.search(text):
            rest = mark.sub(" ", text)
            # '영문명' is the English name: the mark took all but a single syllable.
            return language, "업체명" if simplified(rest) in {"명", "이름", ""} else rest
    return "", text


def _own_language(text: str) -> str:
    """A Korean heading stands over Korean texts; one in both languages or in English says nothing yet."""
    has_hangul = any("가" <= character <= "힣" for character in text)
    has_latin = any("a" <= character <= "z" for character in text)
    return "ko" if has_hangul and not has_latin else ""


def _of_parts(text: str) -> tuple[Field, int] | None:
    """Read '업체명 / Company' and, on two lines, '부스번호 Booth No.'; a hall and booth together are a booth."""
    parts = [simplified(part) for part in re.split(r"[\n/|,·&()\[\]]+", text)]
    found = [_KNOWN.get(part) for part in parts if part]
    known = [part for part in found if part is not None]
    fields = {field for field, _ in known}
    if not known or len(known) < len(found):
        return None
    if fields == {Field.HALL, Field.BOOTH}:
        return next(part for part in known if part[0] == Field.BOOTH)
    return min(known, key=lambda part: part[1]) if len(fields) == 1 else None
