"""Synonyms: two words that mean the same to an edition's visitors, from the moment they are saved."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.indexing import source_of, with_parts
from exhibitors.models import Edition, Exhibitor, Synonym
from exhibitors.search.reasons import reasons
from exhibitors.search.steps import Step
from tests.factories import make_edition, make_exhibitor, make_facility, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def make_synonym(edition: Edition, one: str, other: str) -> Synonym:
    synonym = Synonym(edition=edition, one=one, other=other)
    synonym.full_clean()
    synonym.save()
    return synonym


def search(text: str) -> list[str]:
    directory = Directory(Edition.objects.get(slug="2024"))
    return [row.name_ko for row in find(directory, Criteria(query=text, sort=Sort.RELEVANCE))]


def make_noodles(edition: Edition) -> None:
    make_exhibitor(edition, "가람상회", main_products_ko="건면")
    make_exhibitor(edition, "나래상회", introduction_ko="손으로 뽑은 국수입니다")
    make_exhibitor(edition, "도담커피", main_products_ko="원두", main_products_en="coffee beans")
    make_exhibitor(edition, "라온떡방", main_products_ko="떡 꾸러미")


@pytest.mark.parametrize(("one", "other"), [("건면", "국수"), ("국수", "건면")])
def test_a_synonym_works_both_ways_and_what_was_typed_comes_first(edition: Edition, one: str, other: str) -> None:
    make_noodles(edition)
    make_synonym(edition, one, other)
    assert (search("건면"), search("국수")) == (["가람상회", "나래상회"], ["가람상회", "나래상회"])


def test_the_next_search_finds_it_and_none_after_its_removal(edition: Edition) -> None:
    make_noodles(edition)

    before = search("면발")
    synonym = make_synonym(edition, "면발", "국수")
    with_it = search("면발")
    synonym.delete()

    assert (before, with_it, search("면발")) == ([], ["나래상회"], [])


@pytest.mark.parametrize(
    ("one", "other", "typed", "found"),
    [
        ("rice cake", "떡", "rice cake", ["라온떡방"]),
        ("rice cake", "떡", "ricecake", ["라온떡방"]),
        ("rice cake", "떡", "Rice  Cake", ["라온떡방"]),
        ("떡 선물", "떡 꾸러미", "떡선물", ["라온떡방"]),
        ("떡 선물", "떡 꾸러미", "떡 선물", ["라온떡방"]),
        ("coffee beans", "커피콩", "커피콩", ["도담커피"]),
        ("coffee beans", "커피 콩", "커피콩", ["도담커피"]),
        ("건면", "ＮＯＯＤＬＥ", "noodle", ["가람상회"]),
    ],
)
def test_a_synonym_may_have_several_words_in_any_spelling(
    edition: Edition, one: str, other: str, typed: str, found: list[str]
) -> None:
    make_noodles(edition)
    make_synonym(edition, one, other)
    assert search(typed) == found


def test_a_synonym_is_one_of_several_words(edition: Edition) -> None:
    make_noodles(edition)
    make_exhibitor(edition, "마루상회", main_products_ko="건면 선물")
    make_synonym(edition, "건면", "국수")
    assert search("국수 선물") == ["마루상회"]


def test_a_word_with_a_synonym_is_no_mistake(edition: Edition) -> None:
    make_noodles(edition)
    make_exhibitor(edition, "산청토기와")
    make_synonym(edition, "산청토기왕", "떡")

    hits = Directory(edition).hits(Criteria(query="산청토기왕"))

    assert hits.resolution.step == Step.TYPED
    assert search("산청토기왕") == ["라온떡방"]


def test_a_synonym_of_a_synonym_is_none(edition: Edition) -> None:
    make_noodles(edition)
    make_synonym(edition, "면발", "국수")
    make_synonym(edition, "국수", "떡")
    assert search("면발") == ["나래상회"]


def test_other_editions_know_nothing_of_it(edition: Edition) -> None:
    make_noodles(edition)
    make_synonym(make_edition("2023"), "면발", "국수")
    assert search("면발") == []


def test_facilities_are_found_by_synonyms(edition: Edition) -> None:
    make_facility(edition, name_ko="구매상담존")
    make_synonym(edition, "바이어 미팅", "구매상담")
    found = Directory(edition).hits(Criteria(query="바이어미팅")).facilities
    assert [str(facility) for facility in found] == ["구매상담존"]


def test_a_match_says_by_which_synonym(edition: Edition) -> None:
    make_product(make_exhibitor(edition, "가람상회"), "건면")
    make_synonym(edition, "건면", "국수")
    query = Directory(edition).hits(Criteria(query="국수")).query
    assert query is not None

    (row,) = with_parts(Exhibitor.objects.all())

    assert [(why.field, why.value, why.synonym) for why in reasons(query, source_of(row))] == [
        ("product", "건면", "건면")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [("건면", "국수"), ("국수", "건면"), (" 건 면 ", "국수"), ("국수!", "건면")],
)
def test_the_same_two_words_are_a_synonym_once(edition: Edition, one: str, other: str) -> None:
    make_synonym(edition, "건면", "국수")
    make_synonym(make_edition("2023"), "건면", "국수")
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            make_synonym(edition, one, other)
        assert "This edition already has this synonym." in caught.value.messages


@pytest.mark.parametrize(
    ("one", "other", "field", "message"),
    [
        ("!!", "국수", "one", "Write letters or digits."),
        ("국수", "★", "other", "Write letters or digits."),
        ("EV", "ｅｖ", "other", "For search both words are the same already."),
        ("에 바", "에바", "other", "For search both words are the same already."),
    ],
)
def test_what_could_never_help_is_refused(edition: Edition, one: str, other: str, field: str, message: str) -> None:
    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            make_synonym(edition, one, other)
        assert caught.value.message_dict == {field: [message]}


def test_a_synonym_can_be_saved_again(edition: Edition) -> None:
    synonym = make_synonym(edition, "건면", "국수")
    synonym.other = "면발"
    synonym.full_clean()
    synonym.save()
    assert str(Synonym.objects.get()) == "건면 = 면발"


def test_the_database_keeps_it_once_too(edition: Edition) -> None:
    make_synonym(edition, "건면", "국수")
    with pytest.raises(IntegrityError), transaction.atomic():
        Synonym.objects.create(edition=edition, one="건면", other="국수")
