"""The next edition: what is copied from the older one, and what is not."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import companies, indexing, next_edition
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.domain.errors import DomainError
from exhibitors.domain.next_edition import Part, Started
from exhibitors.models import (
    Booth,
    BoothAssignment,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Product,
    Synonym,
    Theme,
)
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_picture,
    make_product,
    make_theme,
)
from tests.two_at_once import at_once

pytestmark = pytest.mark.django_db

ALL = frozenset(Part)


def make_source() -> Edition:
    """An edition with one row of everything."""
    edition = make_edition(
        "2024",
        hosts_ko="주최",
        opens_at=time(10),
        closes_at=time(17),
        slogan_ko="구호",
        about_ko="글",
        is_current=True,
        is_sample=True,
    )
    hall = make_hall(edition, "innovation", theme=make_theme(edition), colour="teal", position=3)
    booth = make_booth(hall, "A-01", x=1, y=2, width=3, depth=4)
    industry = make_industry(edition, "food", "식품·음료")
    exhibitor = make_exhibitor(
        edition,
        "웬떡마을",
        booths=[booth],
        industries=[industry],
        introduction_ko="약밥을 만든다.",
        logo=SimpleUploadedFile("logo.png", make_picture(112, 112)),
    )
    make_product(exhibitor, "약밥", text_ko="맛있다", picture=SimpleUploadedFile("p.png", make_picture(224, 112)))
    make_facility(edition, booth=booth)
    make_collaboration(edition, [exhibitor, make_exhibitor(edition, "쿠첸", state="draft", state_reason="확인 중")])
    Synonym.objects.create(edition=edition, one="건면", other="국수")
    return edition


def start(source: Edition, slug: str = "2025", parts: frozenset[Part] = ALL, **exhibitors: object) -> Started:
    edition = Edition(slug=slug, name_ko=f"{slug} 시험 엑스포", starts_on=date(2025, 10, 21))
    chosen = Exhibitor.objects.filter(**exhibitors)
    return next_edition.start(source, edition, parts=parts, exhibitors=chosen)


def counts(edition: Edition) -> list[int]:
    models = (Theme, Hall, Industry, Facility, Synonym, Exhibitor, Collaboration)
    own = [model._default_manager.filter(edition=edition).count() for model in models]
    return [*own, Booth.objects.filter(hall__edition=edition).count()]


def test_the_new_edition_is_hidden_and_keeps_what_stays_from_year_to_year() -> None:
    start(make_source())

    new = Edition.objects.get(slug="2025")
    assert (new.is_public, new.is_current, new.is_sample) == (False, False, False)
    assert (new.name_ko, new.starts_on, new.ends_on) == ("2025 시험 엑스포", date(2025, 10, 21), None)
    assert (new.venue_ko, new.hosts_ko, new.opens_at, new.contact_email) == (
        "시험장",
        "주최",
        time(10),
        "desk@expo.example",
    )
    assert (new.slogan_ko, new.about_ko) == ("", "")
    assert Edition.objects.get(is_current=True).slug == "2024"


def test_all_parts_are_copied_and_hang_together_in_the_new_edition() -> None:
    source = make_source()

    new = start(source).edition

    assert counts(new) == [1, 1, 1, 1, 1, 2, 0, 1]
    hall = Hall.objects.get(edition=new)
    assert (hall.code, hall.theme, hall.colour, hall.position) == ("innovation", new.themes.get(), "teal", 3)
    booth = Booth.objects.get(hall=hall)
    assert (booth.number, booth.number_key, str(booth.x), str(booth.depth)) == ("A-01", "a-011", "1.00", "4.00")
    assert Facility.objects.get(edition=new).booth == booth
    assert not BoothAssignment.objects.filter(booth=booth).exists()
    assert counts(source) == [1, 1, 1, 1, 1, 2, 1, 1]


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (None, [0, 0, 0, 0, 0, 0, 0, 0]),
        (Part.HALLS, [1, 1, 0, 0, 0, 0, 0, 0]),
        (Part.INDUSTRIES, [0, 0, 1, 0, 0, 0, 0, 0]),
        (Part.FACILITIES, [0, 0, 0, 1, 0, 0, 0, 0]),
        (Part.SYNONYMS, [0, 0, 0, 0, 1, 0, 0, 0]),
    ],
)
def test_each_part_is_copied_alone(part: Part | None, expected: list[int]) -> None:
    new = start(make_source(), parts=frozenset({part} if part else ()), pk=0).edition

    assert counts(new) == expected
    assert not Facility.objects.filter(edition=new, booth__isnull=False).exists()


def test_an_exhibitor_comes_as_a_draft_with_all_but_its_booths() -> None:
    source = make_source()
    old = Exhibitor.objects.get(name_ko="웬떡마을")

    new = start(source).edition

    exhibitor = Exhibitor.objects.get(edition=new, name_ko="웬떡마을")
    assert (exhibitor.state, exhibitor.slug, exhibitor.introduction_ko) == ("draft", old.slug, "약밥을 만든다.")
    assert (exhibitor.logo.name, exhibitor.logo.storage.exists(str(exhibitor.logo))) == (old.logo.name, True)
    assert [industry.edition for industry in exhibitor.industries.all()] == [new]
    assert not exhibitor.booths.exists()
    assert exhibitor.created_at > old.created_at
    product, own = exhibitor.products.get(), old.products.get()
    assert (product.name_ko, product.text_ko, product.picture.name) == ("약밥", "맛있다", own.picture.name)
    assert product.pk != own.pk
    assert Exhibitor.objects.get(pk=old.pk).state == "public"


def test_a_shared_picture_survives_the_deletion_of_either_row() -> None:
    source = make_source()
    new = start(source).edition
    old = Product.objects.get(exhibitor__edition=source)
    old.delete()

    copy = Product.objects.get(exhibitor__edition=new)
    assert copy.picture.storage.exists(str(copy.picture))


def test_the_reason_says_from_where() -> None:
    with translation.override("en"):
        new = start(make_source()).edition

    assert set(new.exhibitors.values_list("state", "state_reason")) == {("draft", "carried over from 2024")}


def test_only_the_exhibitors_chosen_come_and_none_of_another_edition() -> None:
    source = make_source()
    make_exhibitor(make_edition("2023"), "웬떡마을")

    new = start(source, name_ko="웬떡마을").edition

    assert [row.name_ko for row in new.exhibitors.all()] == ["웬떡마을"]


def test_the_old_and_the_new_are_linked_by_the_code_that_the_old_has() -> None:
    source = make_edition("2024")
    old = make_exhibitor(source, "에바", company_code="evar")

    started = start(source)

    assert list(companies.same_company(old)) == started.exhibitors
    assert started.given_codes == []


def test_both_get_a_code_where_the_old_has_none() -> None:
    source = make_edition("2024")
    old = make_exhibitor(source, "에바", name_en="Evar")

    started = start(source)

    old.refresh_from_db()
    assert (old.company_code, started.given_codes) == ("evar", [old])
    assert list(companies.same_company(old)) == started.exhibitors


def test_a_new_code_links_with_no_other_company_of_any_edition() -> None:
    make_exhibitor(make_edition("2022"), "남", company_code="evar-2")
    source = make_edition("2024")
    make_exhibitor(source, "남의 회사", company_code="evar")
    old = make_exhibitor(source, "에바", name_en="Evar")

    start(source)

    assert Exhibitor.objects.get(pk=old.pk).company_code == "evar-2-2"  # its address is evar-2
    assert [row.edition.slug for row in companies.same_company(Exhibitor.objects.get(pk=old.pk))] == ["2025"]


def test_a_code_made_from_the_longest_address_fits() -> None:
    source = make_edition("2024")
    olds = [make_exhibitor(source, "에바", name_en="evar " * 30) for _ in range(2)]

    start(source)

    codes = [Exhibitor.objects.get(pk=old.pk).company_code for old in olds]
    assert ([len(code) <= 60 for code in codes], len(set(codes))) == ([True, True], 2)


def test_what_was_invented_is_still_marked_as_a_sample() -> None:
    source = make_edition("2024")
    make_exhibitor(source, is_sample=True)

    started = start(source)

    assert [exhibitor.is_sample for exhibitor in started.exhibitors] == [True]


def test_the_search_columns_of_the_new_exhibitors_are_true() -> None:
    source = make_source()

    new = start(source, parts=frozenset({Part.INDUSTRIES})).edition

    assert list(indexing.stale(Exhibitor.objects.all())) == []
    Exhibitor.objects.filter(edition=new).update(state="public")
    found = {query: find(Directory(new), Criteria(query=query, is_exact=True)).count() for query in ("약밥", "A-01")}
    assert found == {"약밥": 1, "A-01": 0}


def test_an_address_that_is_taken_is_refused_and_nothing_is_copied() -> None:
    source = make_source()
    old = make_edition("2025")

    with translation.override("en"), pytest.raises(DomainError) as caught:
        start(source)

    assert str(caught.value) == "There is already an edition '2025'. Give the new one another address."
    assert counts(old) == [0] * 8
    assert Exhibitor.objects.exclude(company_code="").count() == 0


def test_booths_do_not_come_without_their_halls() -> None:
    source = make_source()

    with translation.override("en"), pytest.raises(DomainError) as caught:
        start(source, parts=frozenset({Part.BOOTHS}))

    assert str(caught.value) == "Booths cannot be copied without their halls."
    assert not Edition.objects.filter(slug="2025").exists()


@pytest.mark.parametrize("rows", [1, 20])
def test_twenty_exhibitors_cost_as_many_queries_as_one(rows: int) -> None:
    source = make_source()
    Exhibitor.objects.update(state="draft")
    hall, industry = source.halls.get(), source.industries.get()
    for number in range(rows):
        booth = make_booth(hall, f"B-{number}")
        make_product(make_exhibitor(source, booths=[booth], industries=[industry]))

    with CaptureQueriesContext(connection) as captured:
        start(source, state="public")

    assert len(captured) == 41


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sources", [("2024", "2024"), ("2024", "2023")])
def test_of_two_who_start_the_same_edition_at_once_one_is_refused(sources: tuple[str, str]) -> None:
    for slug in {*sources}:
        make_exhibitor(make_edition(slug), "에바")
    one, other = (Edition.objects.get(slug=slug) for slug in sources)

    with translation.override("en"), pytest.raises(DomainError):
        at_once(lambda: start(one), lambda: start(other))

    assert Exhibitor.objects.filter(edition__slug="2025").count() == 1
    assert list(indexing.stale(Exhibitor.objects.all())) == []
