"""The way back to older versions and from deletion."""

from typing import Any

import pytest
from django.db.models import Model
from django.utils import translation
from reversion.models import Version

from exhibitors.domain import editions, exhibitors, history, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import recording
from exhibitors.domain.restoring import restore
from exhibitors.domain.search.vocabulary import vocabulary_of
from exhibitors.models import Collaboration, CollaborationMember, Edition, Exhibitor, Facility, Hall, Product
from tests.domain.history.truth import untold
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> object:
    with translation.override("en"):
        yield


def versions(row: Model) -> list[Any]:
    return list(Version.objects.get_for_object_reference(type(row), row.pk).order_by("pk"))


def test_an_exhibitor_comes_back_with_texts_booths_industries_and_state() -> None:
    edition = make_edition()
    booth, food = make_booth(make_hall(edition), "A-1"), make_industry(edition, "food")
    exhibitor = make_exhibitor(edition, "도담커피", booths=[booth], industries=[food], region="서울")
    before = versions(exhibitor)[-1]
    exhibitor.name_ko, exhibitor.region = "나래로봇", ""
    exhibitors.save(exhibitor, booth_list=[], industries=[])
    exhibitors.withdraw(Exhibitor.objects.all(), reason="부도")

    restored = restore(before, by=make_organiser("kim"))

    exhibitor.refresh_from_db()
    assert (exhibitor.name_ko, exhibitor.region, exhibitor.state, exhibitor.state_reason) == (
        "도담커피",
        "서울",
        "public",
        "",
    )
    assert (list(exhibitor.booths.all()), list(exhibitor.industries.all())) == ([booth], [food])
    assert (restored.lost, list(indexing.stale(Exhibitor.objects.all()))) == ((), [])
    entry = history.of(exhibitor)[0]
    assert (entry.action, str(entry.by)) == ("Restored", "kim")


def test_what_is_gone_meanwhile_is_said() -> None:
    edition = make_edition()
    booth, food = make_booth(make_hall(edition), "A-1"), make_industry(edition, "food")
    exhibitor = make_exhibitor(edition, booths=[booth], industries=[food])
    before = versions(exhibitor)[-1]
    exhibitors.save(exhibitor, booth_list=[], industries=[])
    parts.delete(food)
    exhibitor.moves.all().delete()
    parts.delete(booth)

    assert restore(before).lost == ("1 of its industries are deleted.", "1 of its booths are deleted.")


def test_a_deleted_exhibitor_comes_back_under_its_key_and_address() -> None:
    edition = make_edition()
    booth = make_booth(make_hall(edition), "A-1")
    exhibitor = make_exhibitor(edition, "도담커피", name_en="Dodam", booths=[booth])
    pk, slug = exhibitor.pk, exhibitor.slug
    exhibitors.delete([exhibitor])

    restore(history.deleted(Exhibitor)[0])

    back = Exhibitor.objects.get()
    assert (back.pk, back.slug, list(back.booths.all())) == (pk, slug, [booth])
    assert (list(history.deleted(Exhibitor)), list(indexing.stale(Exhibitor.objects.all()))) == ([], [])


def test_who_has_taken_the_place_is_not_pushed_out() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "도담커피", name_en="Dodam")
    exhibitors.delete([exhibitor])
    make_exhibitor(edition, "도담상회", name_en="Dodam")

    with pytest.raises(DomainError, match="already has an exhibitor with this address"):
        restore(history.deleted(Exhibitor)[0])
    assert Exhibitor.objects.count() == 1


def test_a_product_of_a_deleted_exhibitor_waits_for_it() -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피")
    product = make_product(exhibitor, "드립백")
    parts.delete(product)
    exhibitors.delete([exhibitor])

    with pytest.raises(DomainError, match=r"its exhibitor is deleted\. Restore that first\."):
        restore(history.deleted(Product)[0])
    restore(history.deleted(Exhibitor)[0])
    restore(history.deleted(Product)[0])

    assert [str(row) for row in Product.objects.all()] == ["드립백"]


def test_whoever_becomes_public_again_is_meant_by_mistyped_words_at_once() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "도담커피로봇")
    public = versions(exhibitor)[-1]
    exhibitors.make_draft(Exhibitor.objects.all(), reason="x")
    edition.refresh_from_db()
    before = vocabulary_of(edition).knows("도담커피로봇")

    restore(public)

    edition.refresh_from_db()
    assert (before, vocabulary_of(edition).knows("도담커피로봇")) == (False, True)


def test_an_edition_comes_back_without_the_counter_of_its_words() -> None:
    edition = make_edition(venue_ko="코엑스")
    editions.save(edition)
    before = versions(edition)[-1]
    edition.venue_ko = "킨텍스"
    editions.save(edition)
    make_exhibitor(edition)
    counter = Edition.objects.get().search_version

    restore(before)

    stored = Edition.objects.get()
    assert (stored.venue_ko, stored.search_version) == ("코엑스", counter)


def test_halls_and_booths_come_back() -> None:
    edition = make_edition()
    hall = make_hall(edition, name_ko="혁신관")
    parts.save(hall)
    hall.name_ko = "수출관"
    parts.save(hall)
    restore(versions(hall)[0])
    parts.delete(hall)
    restore(history.deleted(Hall)[0])
    assert [row.name_ko for row in Hall.objects.all()] == ["혁신관"]


def test_a_collaboration_comes_back_with_its_members_in_order() -> None:
    edition = make_edition()
    one, two, three = (make_exhibitor(edition, name) for name in ("가", "나", "다"))
    with recording(history.Action.EDIT):
        story = make_collaboration(edition, [three, one])
        history.add([story])
    before = versions(story)[-1]
    with recording(history.Action.EDIT):
        story.members.all().delete()
        CollaborationMember.objects.create(collaboration=story, exhibitor=two)
        history.add([story])

    restore(before)

    assert [str(member.exhibitor) for member in Collaboration.objects.get().members.all()] == ["다", "가"]
    assert "Collaboration" not in " ".join(untold())


def test_a_facility_comes_back() -> None:
    edition = make_edition()
    with recording(history.Action.EDIT):
        facility = make_facility(edition, name_ko="안내 데스크")
    facility.delete()
    restore(history.deleted(Facility)[0])
    assert str(Facility.objects.get().name_ko) == "안내 데스크"
