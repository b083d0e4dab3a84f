"""What the template says of its columns, in the active language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exhibitors.domain.exporting.columns import BOOTHS, HALL, INDUSTRIES, READ_BACK
from exhibitors.domain.importing import booth_cells
from exhibitors.domain.importing.cells import column_letters
from exhibitors.domain.importing.comparing import MAX_INDUSTRY_NAME
from exhibitors.domain.importing.placing import MAX_HALL_NAME
from exhibitors.domain.importing.rows import MAX_LENGTHS

LIMITS = {**MAX_LENGTHS, HALL: MAX_HALL_NAME, BOOTHS: booth_cells.MAX_LENGTH, INDUSTRIES: MAX_INDUSTRY_NAME}
SEVERAL = {HALL, BOOTHS, INDUSTRIES}
"""Columns whose cells may hold several; the limit is that of each."""

NAMES = {"name_ko", "name_en"}
KEPT = gettext_lazy("Nothing is deleted: what the directory has stays.")


@dataclass(frozen=True)
class Explanation:
    """What a column is for, with an example; `if_blank` where a blank cell says more than nothing."""

    meaning: Promise
    example: str
    if_blank: Promise = KEPT


EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType(
    {
        "company_code": Explanation(
            gettext_lazy("Your own code of the company. The same code in several editions means the same company."),
            "SBX-0012",
            gettext_lazy("The company is recognised by its name."),
        ),
        "name_ko": Explanation(
            gettext_lazy("The company's name in Korean."),
            "예시정밀(주)",
            gettext_lazy("The English name is shown. Without either name the row is refused."),
        ),
        "name_en": Explanation(
            gettext_lazy("The company's name in English."),
            "Example Precision Co., Ltd.",
            gettext_lazy("The Korean name is shown. Without either name the row is refused."),
        ),
        HALL: Explanation(
            gettext_lazy("The hall's name or code. Write as many halls as booths where they are in several halls."),
            "A홀; B홀",
            gettext_lazy("The booth is sought in all halls; without a booth nothing is deleted."),
        ),
        BOOTHS: Explanation(
            gettext_lazy("The number of the booth. Several are separated by semicolons; no ranges like A-01~03."),
            "A-01; B-02",
            gettext_lazy("With a hall: in this hall, number to follow. What the directory has there stays."),
        ),
        INDUSTRIES: Explanation(
            gettext_lazy("The industry's name. Several are separated by semicolons."), "기계설비; 부품소재"
        ),
        "main_products_ko": Explanation(
            gettext_lazy("What the company shows, in Korean, on one line."), "전기밥솥, 약밥"
        ),
        "main_products_en": Explanation(
            gettext_lazy("What the company shows, in English, on one line."), "rice cookers, sweet rice"
        ),
        "introduction_ko": Explanation(
            gettext_lazy("A text about the company in Korean; it may have several lines (Alt+Enter)."),
            "스마트공장에서 정밀 부품을 만듭니다.",
        ),
        "introduction_en": Explanation(
            gettext_lazy("A text about the company in English; it may have several lines (Alt+Enter)."),
            "We make precision parts in a smart factory.",
        ),
        "homepage": Explanation(gettext_lazy("One web address."), "https://www.example.com"),
        "phone": Explanation(gettext_lazy("One phone number that readers may call."), "02-0000-0000"),
        "email": Explanation(gettext_lazy("One mail address to which readers may write."), "desk@example.com"),
        "region": Explanation(gettext_lazy("Where the company is: a province, a city or a country."), "경기도"),
    }
)


def hints() -> list[str]:
    """Return what is true of all columns."""
    return [
        _("Write one exhibitor in each row of the first sheet, under the headings. Leave the headings as they are."),
        _("Columns may be left out or stand in another order. Nothing is written before you have seen the changes."),
        _("A blank cell deletes nothing. To delete a text, open the exhibitor in the admin."),
    ]


def headings() -> list[str]:
    return [_("Column"), _("What to write"), _("Example"), _("Required?"), _("At most"), _("If left blank")]


def rows(language: str) -> Iterator[list[str]]:
    """Yield a row for each column of the template."""
    for index, column in enumerate(READ_BACK):
        told = EXPLANATIONS[column.name]
        limit = _("%(limit)d characters each") if column.name in SEVERAL else _("%(limit)d characters")
        yield [
            f"{column_letters(index)}: {column.heading(language)}",
            str(told.meaning),
            told.example,
            _("One of the two names") if column.name in NAMES else _("optional"),
            limit % {"limit": LIMITS[column.name]},
            str(told.if_blank),
        ]
