"""What is suggested for a text: under which kind it stands, and how eight places are shared."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.domain.search import suggestions
from exhibitors.domain.search.suggestions import Kind, Suggestion, suggest
from exhibitors.models import Edition, Synonym
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_product, make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def suggested(edition: Edition, text: str) -> list[Suggestion]:
    return suggest(Directory(edition), Criteria(query=text))


def kinds(edition: Edition, text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in suggested(edition, text)]


def test_an_exhibitor_stands_under_what_the_text_hit_first(edition: Edition) -> None:
    hall = make_hall(edition)
    make_product(make_exhibitor(edition, "도담커피", booths=[make_booth(hall, "도담-1")]), "도담세트")
    make_product(make_exhibitor(edition, "나래", booths=[make_booth(hall, "도담-2")]), "도담세트")
    make_exhibitor(edition, "가람", booths=[make_booth(hall, "도담-3")])

    assert kinds(edition, "도담") == [
        (Kind.EXHIBITOR, "도담커피"),
        (Kind.BOOTH, "도담-3"),
        (Kind.BOOTH, "도담-2"),
    ]


def test_what_only_its_industry_hall_or_text_holds_is_no_exhibitor_to_suggest(edition: Edition) -> None:
    hall = make_hall(edition, name_ko="커피관", theme=make_theme(edition, name_ko="커피마당"))
    industry = make_industry(edition, name_ko="커피업")
    make_exhibitor(edition, "나래", booths=[make_booth(hall)], industries=[industry], introduction_ko="커피 이야기")

    assert kinds(edition, "커피") == [
        (Kind.HALL, "커피마당"),
        (Kind.HALL, "커피관"),
        (Kind.INDUSTRY, "커피업"),
    ]


def test_the_best_match_comes_first(edition: Edition) -> None:
    for name in ("도담커피", "커피나무", "커피"):
        make_exhibitor(edition, name)
    assert [text for _kind, text in kinds(edition, "커피")] == ["커피", "커피나무", "도담커피"]


def test_a_product_names_its_exhibitor(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "나래", main_products_ko="커피 원두; 찻잔")
    assert suggested(edition, "커피") == [
        Suggestion(Kind.PRODUCT, "커피 원두", "나래", f"/ko/2024/exhibitors/{exhibitor.slug}/")
    ]


def test_a_synonym_suggests_too(edition: Edition) -> None:
    make_exhibitor(edition, "나래", main_products_ko="건면")
    Synonym.objects.create(edition=edition, one="국수", other="건면")
    assert kinds(edition, "국수") == [(Kind.PRODUCT, "건면")]


@pytest.mark.parametrize(
    ("found", "shares"),
    [
        ((20, 0, 0, 0, 0), (8, 0, 0, 0, 0)),
        ((20, 1, 1, 1, 1), (4, 1, 1, 1, 1)),
        ((20, 20, 0, 0, 1), (6, 1, 0, 0, 1)),
        ((2, 20, 0, 0, 0), (2, 6, 0, 0, 0)),
        ((0, 0, 3, 3, 3), (0, 0, 3, 3, 2)),
        ((0, 0, 0, 0, 9), (0, 0, 0, 0, 8)),
    ],
)
def test_eight_places_are_shared_in_the_order_of_kinds(
    edition: Edition, found: tuple[int, ...], shares: tuple[int, ...]
) -> None:
    exhibitors, products, halls, industries, booths = found
    other = make_hall(edition, "other", "다른관")
    for number in range(exhibitors):
        make_exhibitor(edition, f"커피{number}")
    for number in range(products):
        make_exhibitor(edition, f"나래{number}", main_products_ko=f"커피{number}")
    for number in range(halls):
        make_hall(edition, f"h{number}", f"커피{number}관")
    for number in range(industries):
        make_industry(edition, f"i{number}", f"커피{number}업")
    for number in range(booths):
        make_exhibitor(edition, f"가람{number}", booths=[make_booth(other, f"커피-{number}")])

    shown = [kind for kind, _text in kinds(edition, "커피")]

    assert tuple(shown.count(kind) for kind in Kind) == shares
    assert shown == sorted(shown, key=list(Kind).index)
    assert len(shown) <= suggestions.MOST


def test_it_costs_four_queries_beside_the_directory(edition: Edition) -> None:
    hall = make_hall(edition)
    for number in range(30):
        make_product(make_exhibitor(edition, f"도담{number}", booths=[make_booth(hall, f"A-{number}")]))
    directory = Directory(edition)
    criteria = Criteria(query="도담")
    assert directory.hits(criteria).count == 30
    assert (directory.halls, directory.industries, directory.themes) == ([hall], [], [])

    with CaptureQueriesContext(connection) as captured:
        assert len(suggest(directory, criteria)) == 8

    assert len(captured) == 4
