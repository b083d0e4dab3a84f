"""What is missing from exhibitors, products and collaborations."""

from typing import Any

import pytest

from exhibitors.domain.preflight import Check
from exhibitors.models import Edition
from tests.domain.preflight.findings import repairs, sentences
from tests.factories import make_collaboration, make_edition, make_exhibitor, make_industry, make_product

pytestmark = pytest.mark.django_db

PICTURE = "pictures/ab/" + "ab" * 16 + "-112x112-112.webp"


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def make_whole(edition: Edition, name_ko: str = "온전", **values: Any) -> Any:
    """An exhibitor that lacks nothing of what is asked here, but for the values given."""
    defaults = {"name_en": "Whole", "logo": PICTURE, "logo_alt_ko": "로고", "logo_alt_en": "Logo"}
    industry = make_industry(edition, slug=f"i{edition.industries.count()}")
    return make_exhibitor(edition, name_ko, industries=[industry], **defaults | values)


CHECKS = [
    Check.INDUSTRY_MISSING,
    Check.NAME_KO_MISSING,
    Check.NAME_EN_MISSING,
    Check.PRODUCT_NAME_MISSING,
    Check.LOGO_MISSING,
    Check.ALT_MISSING,
]


def test_an_exhibitor_that_lacks_nothing_is_not_told(edition: Edition) -> None:
    make_product(
        make_whole(edition), "품목", name_en="Product", picture=PICTURE, picture_alt_ko="사진", picture_alt_en="P"
    )

    assert {check: sentences(edition, check) for check in CHECKS} == {check: [] for check in CHECKS}


@pytest.mark.parametrize(
    ("check", "values", "sentence", "fields"),
    [
        (Check.NAME_KO_MISSING, {"name_ko": ""}, "Whole has no Korean name.", ["name_ko"]),
        (Check.NAME_EN_MISSING, {"name_en": ""}, "온전 has no English name.", ["name_en"]),
        (Check.LOGO_MISSING, {"logo": ""}, "Whole has no logo.", ["logo"]),
        (
            Check.ALT_MISSING,
            {"logo_alt_ko": ""},
            "The logo of Whole has no Korean alternative text.",
            ["logo_alt_ko"],
        ),
        (
            Check.ALT_MISSING,
            {"logo_alt_en": ""},
            "The logo of Whole has no English alternative text.",
            ["logo_alt_en"],
        ),
        (
            Check.ALT_MISSING,
            {"logo_alt_ko": "", "logo_alt_en": ""},
            "The logo of Whole has no alternative text.",
            ["logo_alt_ko", "logo_alt_en"],
        ),
    ],
)
def test_what_is_missing_is_told_with_its_field(
    edition: Edition, check: Check, values: dict[str, str], sentence: str, fields: list[str]
) -> None:
    make_whole(edition, **values)

    told = {each: sentences(edition, each) for each in CHECKS}

    assert told == {each: [sentence] if each == check else [] for each in CHECKS}
    assert [[field for _row, field in each] for each in repairs(edition, check)] == [fields]


def test_an_exhibitor_without_industry(edition: Edition) -> None:
    make_whole(edition)
    make_exhibitor(edition, "가")

    assert sentences(edition, Check.INDUSTRY_MISSING) == ["가 is listed under no industry."]
    assert repairs(edition, Check.INDUSTRY_MISSING) == [[("가", "industry_list")]]


def test_drafts_and_withdrawn_exhibitors_may_still_lack_all_of_it(edition: Edition) -> None:
    draft = make_exhibitor(edition, "가", state="draft")
    make_exhibitor(edition, "", name_en="Gone", state="withdrawn", state_reason="부도")
    make_product(draft, picture=PICTURE)

    assert {check: sentences(edition, check) for check in CHECKS} == {check: [] for check in CHECKS}


def test_samples_are_treated_like_others(edition: Edition) -> None:
    make_exhibitor(edition, "표본", is_sample=True)

    assert sentences(edition, Check.LOGO_MISSING) == ["표본 has no logo."]


def test_a_product_without_name_or_alternative_text_in_a_language(edition: Edition) -> None:
    exhibitor = make_whole(edition)
    make_product(exhibitor, "품목", picture=PICTURE, picture_alt_ko="사진")
    make_product(exhibitor, "", name_en="Product", picture=PICTURE)

    assert sentences(edition, Check.PRODUCT_NAME_MISSING) == [
        "품목 of Whole has no English name.",
        "Product of Whole has no Korean name.",
    ]
    assert sentences(edition, Check.ALT_MISSING) == [
        "The picture of 품목 of Whole has no English alternative text.",
        "The picture of Product of Whole has no alternative text.",
    ]
    assert repairs(edition, Check.PRODUCT_NAME_MISSING) == [[("품목", "name_en")], [("Product", "name_ko")]]


def test_the_picture_of_a_collaboration_needs_an_alternative_text_too(edition: Edition) -> None:
    partners = [make_whole(edition), make_whole(edition)]
    make_collaboration(edition, partners, "one", "하나", picture=PICTURE, picture_alt_en="Two at work")
    make_collaboration(edition, partners, "two", "둘")

    assert sentences(edition, Check.ALT_MISSING) == [
        "The picture of the collaboration 하나 has no Korean alternative text."
    ]


def test_a_collaboration_of_fewer_than_two_public_exhibitors(edition: Edition) -> None:
    public, other = make_exhibitor(edition, "가"), make_exhibitor(edition, "나")
    draft = make_exhibitor(edition, "다", state="draft")
    make_collaboration(edition, [public, other], "two", "둘")
    make_collaboration(edition, [public, draft], "one", "하나")
    make_collaboration(edition, [draft], "none", "없음")

    assert sentences(edition, Check.COLLABORATION_SMALL) == [
        "The collaboration 없음 has no public exhibitor.",
        "The collaboration 하나 has only one public exhibitor: 가",
    ]
