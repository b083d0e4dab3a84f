"""What the history tells: who, when, and what, field by field."""

import pytest
from django.utils import translation

from exhibitors.domain import exhibitors, history, parts
from exhibitors.domain.history import Change
from exhibitors.models import Exhibitor
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
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


def test_each_field_is_told_as_it_is_called_and_shown() -> None:
    edition = make_edition()
    hall = make_hall(edition, name_en="Innovation")
    booth, food = make_booth(hall, "A-1"), make_industry(edition, "food", "식품", name_en="Food")
    exhibitor = make_exhibitor(edition, "도담커피", booths=[booth])
    exhibitor.name_en = "Dodam"
    exhibitors.save(exhibitor, industries=[food], booth_list=[])
    exhibitors.withdraw(Exhibitor.objects.all(), reason="부도")

    entries = history.of_exhibitor(exhibitor)

    assert [entry.changes for entry in entries] == [
        (Change("state", "public", "withdrawn"), Change("reason", "", "부도")),
        (
            Change("name (English)", "", "Dodam"),
            Change("industries", "", "Food"),
            Change("booths", "Innovation A-1", ""),
        ),
        (),
    ]
    assert [(entry.action, entry.is_first, entry.is_current) for entry in entries] == [
        ("Withdrawn", False, True),
        ("Edited", False, False),
        ("Edited", True, False),
    ]


def test_saving_without_a_change_is_no_entry() -> None:
    exhibitor = make_exhibitor(make_edition())
    exhibitors.save(exhibitor)
    assert len(history.of(exhibitor)) == 1


def test_products_stand_in_the_history_of_their_exhibitor_even_when_deleted() -> None:
    edition = make_edition()
    exhibitor, other = make_exhibitor(edition, "도담커피"), make_exhibitor(edition, "나래로봇")
    product = make_product(exhibitor, "드립백")
    parts.save(product)
    product.name_ko = "콜드브루"
    parts.save(product)
    parts.delete(product)
    parts.save(make_product(other, "로봇"))

    entries = history.of_exhibitor(exhibitor)

    assert [(entry.subject, entry.action, entry.changes) for entry in entries[:3]] == [
        ("콜드브루", "Deleted", ()),
        ("콜드브루", "Edited", (Change("name (Korean)", "드립백", "콜드브루"),)),
        ("드립백", "Edited", ()),
    ]
    assert [entry.subject for entry in history.of_exhibitor(other)] == ["로봇", ""]


def test_what_a_row_was_linked_with_and_is_gone_is_said_to_be_gone() -> None:
    edition = make_edition()
    food = make_industry(edition, "food")
    exhibitor = make_exhibitor(edition, industries=[food])
    exhibitors.save(exhibitor, industries=[])
    parts.delete(food)
    assert history.of(exhibitor)[0].changes == (Change("industries", "(deleted)", ""),)


def test_changes_since_a_version_are_those_after_it() -> None:
    kim = make_organiser("kim")
    exhibitor = make_exhibitor(make_edition())
    seen = history.latest_version(Exhibitor, exhibitor.pk)
    assert history.changes_since(exhibitor, seen) == []

    exhibitor.region = "서울"
    exhibitors.save(exhibitor, by=kim)
    parts.save(make_product(exhibitor, "드립백"))

    found = history.changes_since(exhibitor, seen)
    assert [(entry.subject, entry.by) for entry in found] == [("드립백", None), ("", kim)]
    assert history.changes_since(exhibitor, history.latest_version(Exhibitor, exhibitor.pk)) == []


def test_deleted_rows_are_told_with_their_last_name() -> None:
    edition = make_edition()
    kim = make_organiser("kim")
    gone = make_exhibitor(edition, "도담커피")
    make_exhibitor(edition, "나래로봇")
    exhibitors.delete([gone], by=kim)

    (version,) = history.deleted(Exhibitor)

    assert (version.object_repr, version.revision.user, version.revision.comment) == ("도담커피", kim, "delete")
