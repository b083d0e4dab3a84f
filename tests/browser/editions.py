"""Editions to look at and to print: one with every kind of page, a large one, one that is hard on a layout."""

import csv
import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from exhibitors.domain import booths as booth_verbs
from exhibitors.domain import indexing
from exhibitors.models import Booth, Edition, Exhibitor, ExhibitorIndustry
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_picture,
    make_print_run,
    make_product,
    make_theme,
)

LARGE = 2482  # names
HALLS = 7
BOOTHS_IN_A_HALL = 300
BATCH = 500


@dataclass(frozen=True)
class Company:
    name: str
    name_en: str
    industry: str
    products: str


def read_companies(file: Path) -> list[Company]:
    """Read a tidy list of real companies."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return [Company(row["name"], row["name_en"], row["industry"], row["products"]) for row in csv.DictReader(lines)]


def invent_companies(count: int = LARGE) -> list[Company]:
    """Names of two to eleven syllables, each once; every third without English, every fifth without an industry."""
    heads = "가나다라마바사아자차카타파하고노도로모보소오조초"
    tails = "람온빛솔결담샘울별터"
    trades = (
        "정밀",
        "식품",
        "전자",
        "산업",
        "테크",
        "바이오",
        "기계공업",
        "엔지니어링",
        "에너지솔루션",
        "주식회사",
        "(주)",
    )
    names = itertools.product(trades, tails, heads)
    return [
        Company(
            name=f"{head}{tail}{trade}",
            name_en="" if number % 3 == 0 else f"Company No. {number} Co., Ltd.",
            industry="" if number % 5 == 0 else f"업종 {number % 40:02d}",
            products="" if number % 7 == 0 else f"{tail}{head} 부품 {number}, {head}{tail} 소재",
        )
        for number, (trade, tail, head) in enumerate(itertools.islice(names, count))
    ]


def make_large_edition(companies: Sequence[Company], slug: str = "2021") -> Edition:
    """Put companies on booths in several halls, some sharing one, some on three, some on two halls, some on none."""
    edition = make_edition(slug)
    halls = [
        make_hall(edition, f"hall-{n}", f"제{n}전시관", name_en=f"Hall {n}", position=n) for n in range(1, HALLS + 1)
    ]
    numbers = [f"{letter}-{n}" for letter in "ABC" for n in range(1, BOOTHS_IN_A_HALL // 3 + 1)]
    booths = booth_verbs.create_booths([(hall, number) for hall in halls for number in [*numbers, ""]])
    exhibitors = _create_exhibitors(edition, companies)
    booth_verbs.assign({exhibitor: _places(n, booths) for n, exhibitor in enumerate(exhibitors)})
    _link_industries(edition, exhibitors, companies)
    return edition


def _places(number: int, booths: Sequence[Booth]) -> list[Booth]:
    if number % 11 == 0:
        return []
    first = number * 7 % len(booths)
    extra = {0: (1, 2), 1: (len(booths) // 2,)}.get(number % 13, ())
    return [booths[(first + step) % len(booths)] for step in (0, *extra)]


def _create_exhibitors(edition: Edition, companies: Sequence[Company]) -> list[Exhibitor]:
    exhibitors = [
        Exhibitor(
            edition=edition,
            slug=f"company-{number}",
            name_ko=company.name,
            name_en=company.name_en[:150],
            main_products_ko=company.products[:300],
            state=Exhibitor.State.PUBLIC,
        )
        for number, company in enumerate(companies)
    ]
    for exhibitor in exhibitors:
        indexing.fill(exhibitor)
    return Exhibitor.objects.bulk_create(exhibitors, batch_size=BATCH)


def _link_industries(edition: Edition, exhibitors: Sequence[Exhibitor], companies: Sequence[Company]) -> None:
    names = sorted({company.industry for company in companies} - {""})
    industries = {
        name: make_industry(edition, f"industry-{number}", name[:80], position=number)
        for number, name in enumerate(names)
    }
    ExhibitorIndustry.objects.bulk_create(
        [
            ExhibitorIndustry(exhibitor=exhibitor, industry=industries[company.industry])
            for exhibitor, company in zip(exhibitors, companies, strict=True)
            if company.industry
        ],
        batch_size=BATCH,
    )


def make_mixed_edition(slug: str = "2023") -> Edition:
    """One exhibitor with everything that can be entered, one with a name alone, one withdrawn, one draft."""
    edition = make_edition(slug, about_ko="# 소개\n\n- 하나\n- [둘](https://example.com/)")
    halls = [make_hall(edition, "first", "첫째관", name_en="First Hall"), make_hall(edition, "second", "둘째관")]
    booths = [make_booth(hall, number) for hall in halls for number in ("A-1", "A-2")]
    industries = [make_industry(edition, "one", "한 업종", name_en="One"), make_industry(edition, "two", "두 업종")]
    full = make_full_exhibitor(edition, booths=booths, industries=industries)
    bare = make_exhibitor(edition, "이름뿐")
    make_print_run(edition)  # of before the next one came
    other = make_exhibitor(edition, "", name_en="Next Door Ltd.", booths=booths[:1])
    make_exhibitor(
        edition, "못온업체", name_en="Gone", booths=booths[1:2], state=Exhibitor.State.WITHDRAWN, state_reason="사정"
    )
    make_exhibitor(edition, "초안업체", name_en="Draft", state=Exhibitor.State.DRAFT)
    make_collaboration(
        edition, [full, bare, other], title_en="Joined", story_ko="함께\n\n만들었다", picture=picture("story.png")
    )
    return edition


def make_full_exhibitor(edition: Edition, **values: Any) -> Exhibitor:
    exhibitor = make_exhibitor(
        edition,
        "다가진정밀(주)",
        name_en="Everything Precision Co., Ltd.",
        company_code="SBX-010",
        main_products_ko="정밀 부품, 금형",
        main_products_en="Precision parts, moulds",
        introduction_ko="1990년에 문을 열었습니다.\n\n두 번째 문단입니다.",
        homepage="https://example.com/a/rather/long/address/that/does/not/end/soon.html",
        phone="02-000-0000",
        email="desk@everything-precision.example",
        region="경기도",
        logo=picture("logo.png", 600, 200),
        logo_alt_ko="다가진정밀 로고",
        **values,
    )
    make_product(
        exhibitor, "금형", name_en="Mould", text_ko="크고 무겁다.", picture=picture("mould.png"), picture_alt_ko="금형"
    )
    make_product(exhibitor, "부품", text_en="Small parts.")
    return exhibitor


def picture(name: str, width: int = 900, height: int = 600) -> ContentFile:
    return ContentFile(make_picture(width, height), name)


def make_hard_edition(slug: str = "2020") -> Edition:
    """Thirty booths on one exhibitor, the longest names and product lines, words without a blank, signs and scripts."""
    edition = make_edition(slug, name_ko="길고 긴 이름의 " * 7 + "엑스포", name_en="")
    theme = make_theme(edition, name_ko="아주 긴 이름을 가진 " * 5 + "주제")
    long_hall = make_hall(edition, "long", "세상에서 가장 긴 이름을 가진 전시관의 " * 3 + "이름", theme=theme)
    short_hall = make_hall(edition, "short", "홀", name_en="H")
    industry = make_industry(edition, "long", "아주 오래 읽어야 하는 업종의 이름 " * 4)
    crowd = [make_booth(long_hall, f"특별-{number:03d}호") for number in range(1, 31)]
    make_exhibitor(edition, "서른부스", name_en="Thirty Booths", booths=crowd, industries=[industry])
    make_exhibitor(edition, "긴" * 150, name_en="W" * 150, booths=crowd[:1], main_products_ko="품" * 300)
    make_exhibitor(edition, "긴 이름 " * 30, booths=crowd[:2], main_products_ko="품목과 부품, " * 37)
    make_exhibitor(edition, "", name_en="Only & English <b>“quoted”</b> — 100 %", booths=[make_booth(short_hall, "")])
    make_exhibitor(edition, "똠양꿍 펲시 샾 ㈜뷁", name_en="Café Ünïcödé", booths=[make_booth(short_hall, "A" * 60)])
    make_exhibitor(edition, unicodedata.normalize("NFD", "풀어쓴한글"), industries=[industry])
    make_exhibitor(edition, "부스없음", name_en="No Booth")
    make_facility(edition, "zone", "구매 상담을 위하여 " * 10 + "마련한 자리", booth=make_booth(short_hall, "Z-1"))
    make_facility(edition, "cafe", "쉼터")
    return edition
