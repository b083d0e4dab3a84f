"""The columns of an exported spreadsheet, headed as the import understands."""

from dataclasses import dataclass

HALL, BOOTHS, INDUSTRIES = "hall", "booths", "industries"


@dataclass(frozen=True)
class Column:
    """A column: what it holds (a field of the model, or 'hall'), its headings, its width in characters.

    Headings are no translations: what the import knows them by must not change with a better wording.
    """

    name: str
    heading_ko: str
    heading_en: str
    width: int

    def heading(self, language: str) -> str:
        return self.heading_en if language == "en" else self.heading_ko


READ_BACK = (
    Column("company_code", "업체코드", "Company code", 14),
    Column("name_ko", "회사명(국문)", "Company name (Korean)", 26),
    Column("name_en", "회사명(영문)", "Company name (English)", 26),
    Column(HALL, "전시관", "Hall", 18),
    Column(BOOTHS, "부스번호", "Booth number", 14),
    Column(INDUSTRIES, "업종", "Industries", 20),
    Column("main_products_ko", "주요품목(국문)", "Main products (Korean)", 30),
    Column("main_products_en", "주요품목(영문)", "Main products (English)", 30),
    Column("introduction_ko", "회사소개(국문)", "Introduction (Korean)", 60),
    Column("introduction_en", "회사소개(영문)", "Introduction (English)", 60),
    Column("homepage", "홈페이지", "Homepage", 30),
    Column("phone", "대표전화", "Company phone", 18),
    Column("email", "이메일", "Company e-mail", 26),
    Column("region", "지역", "Region", 14),
)
"""What an import reads."""

INFORMATIVE = (
    Column("state", "상태", "State", 10),
    Column("state_reason", "사유", "Reason", 26),
)
"""What it ignores: states are changed in the admin, where a withdrawal asks for its reason."""

COLUMNS = READ_BACK + INFORMATIVE


PRODUCTS, ADDRESS, SAMPLE = "products", "address", "sample"

PUBLIC = (
    *(column for column in READ_BACK if column.name != "company_code"),
    Column(PRODUCTS, "제품 목록", "List of products", 40),
    Column(ADDRESS, "안내 페이지", "Page in the directory", 40),
    Column(SAMPLE, "표본", "Sample", 10),
)
"""What readers get: nothing that the public pages do not show."""


def headings(columns: tuple[Column, ...], language: str) -> list[str]:
    return [column.heading(language) for column in columns]
