"""Readers are told whose booth got another number; each test that something is not told has it in place first."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from exhibitors.domain import booths, changes, editions, parts, renumbering
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.changes import Kind
from exhibitors.domain.renumbering_rules import Prefix, read_table
from exhibitors.models import Booth, Edition, Exhibitor, Hall
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    """A public edition, whose history began when it was."""
    edition = make_edition()
    editions.save(edition)
    return edition


@pytest.fixture
def hall(edition: Edition) -> Hall:
    return make_hall(edition, name_en="Innovation Hall")


def booth_of(hall: Hall, number: str) -> Booth:
    """A booth that the history knows."""
    booth = make_booth(hall, number)
    parts.save(booth)
    return booth


def renumber(table: str) -> None:
    """By the desk's own verb, of all booths."""
    chosen, rule = list(Booth.objects.values_list("pk", flat=True)), read_table(table)
    renumbering.renumber(chosen, rule, fingerprint=renumbering.preview(chosen, rule).fingerprint)


def told(edition: Edition, language: str = "en") -> list[str]:
    with translation.override(language):
        return [changes.told(change) for change in changes.latest(edition) if change.kind == Kind.RENUMBERED]


def test_who_stands_on_a_renumbered_booth_is_told_with_both_numbers(edition: Edition, hall: Hall) -> None:
    make_exhibitor(edition, "구름공방", name_en="Cloud Works", booths=[booth_of(hall, "A-1")])
    make_exhibitor(edition, "별공방", name_en="Star Works", booths=[booth_of(hall, "A-2")])
    renumber("A-1 = B-1")
    renumber("B-1 = C-1")
    assert told(edition) == [
        "Cloud Works stays in place, renumbered from Innovation Hall B-1 to Innovation Hall C-1",
        "Cloud Works stays in place, renumbered from Innovation Hall A-1 to Innovation Hall B-1",
    ]


def test_several_booths_and_a_swap_are_one_line_an_exhibitor(edition: Edition, hall: Hall) -> None:
    first, second, third = (booth_of(hall, number) for number in ("A-1", "A-2", "A-3"))
    make_exhibitor(edition, "구름공방", booths=[first, third])
    make_exhibitor(edition, "별공방", booths=[second])
    renumber("A-1 = A-2\nA-2 = A-1\nA-3 = A-9")
    found = [change for change in changes.latest(edition) if change.kind == Kind.RENUMBERED]
    assert [
        (str(change.name), [place.number for place in change.left], [place.number for place in change.joined])
        for change in found
    ] == [("구름공방", ["A-1", "A-3"], ["A-2", "A-9"]), ("별공방", ["A-2"], ["A-1"])]
    assert len({change.key for change in found}) == 2


def test_a_number_changed_by_hand_is_told_too(edition: Edition, hall: Hall) -> None:
    booth = booth_of(hall, "A-1")
    make_exhibitor(edition, "구름공방", booths=[booth])
    booth.number = "A-2"
    parts.save(booth)
    booth.width, booth.depth, booth.x, booth.y = 3, 3, 0, 0  # not a number
    parts.save(booth)
    assert len(told(edition)) == 1


def test_it_is_told_of_who_stood_there_then(edition: Edition, hall: Hall) -> None:
    booth, other = booth_of(hall, "A-1"), booth_of(hall, "Z-1")
    gone, stays, comes, back = (make_exhibitor(edition, name) for name in ("떠남", "남음", "나중", "다시"))
    booths.assign({gone: [booth], stays: [booth], back: [booth]})
    booths.assign({back: [other]})
    booths.assign({back: [booth]})
    renumber("A-1 = B-1")
    booths.assign({gone: [other], comes: [booth], back: []})
    assert sorted(line.split()[0] for line in told(edition)) == ["남음", "다시", "떠남"]


def test_it_is_told_under_the_name_of_then(edition: Edition, hall: Hall) -> None:
    exhibitor = make_exhibitor(edition, "옛이름", booths=[booth_of(hall, "A-1")])
    renumber("A-1 = B-1")
    exhibitor.name_ko = "새이름"
    verbs.save(exhibitor)
    assert [line.split()[0] for line in told(edition)] == ["옛이름"]
    with translation.override("en"):
        kinds = [change.kind for change in changes.latest(edition)]
    assert kinds == [Kind.RENAMED, Kind.RENUMBERED, Kind.NEW]


def test_drafts_of_then_and_of_now_are_not_told(edition: Edition, hall: Hall) -> None:
    booth = booth_of(hall, "A-1")
    was_draft = make_exhibitor(edition, "초안이던", state="draft", booths=[booth])
    is_draft = make_exhibitor(edition, "초안인", booths=[booth])
    withdrawn = make_exhibitor(edition, "취소", booths=[booth])
    verbs.withdraw(Exhibitor.objects.filter(pk=withdrawn.pk), reason="사정")
    renumber("A-1 = B-1")
    seen = told(edition)
    verbs.publish(Exhibitor.objects.filter(pk=was_draft.pk))
    verbs.make_draft(Exhibitor.objects.filter(pk=is_draft.pk), reason="사정")
    assert [line.split()[0] for line in seen] == ["초안인"]
    assert told(edition) == []


def test_what_happened_while_the_edition_was_hidden_or_elsewhere_is_not_told(edition: Edition, hall: Hall) -> None:
    make_exhibitor(edition, "구름공방", booths=[booth_of(hall, "A-1")])
    edition.is_public = False
    editions.save(edition)
    renumber("A-1 = B-1")
    edition.is_public = True
    editions.save(edition)
    hidden = told(edition)
    renumber("B-1 = C-1")
    assert (hidden, len(told(edition)), told(make_edition("2023"))) == ([], 1, [])


@pytest.mark.parametrize("count", [1, 30])
def test_costs_as_many_queries_whatever_the_booths(edition: Edition, hall: Hall, count: int) -> None:
    for number in range(count):
        make_exhibitor(edition, booths=[booth_of(hall, f"A-{number}")])
    chosen = list(Booth.objects.values_list("pk", flat=True))
    renumbering.renumber(
        chosen, Prefix("A", "B"), fingerprint=renumbering.preview(chosen, Prefix("A", "B")).fingerprint
    )
    told(edition)
    with CaptureQueriesContext(connection) as queries:
        assert len(told(edition)) == count
    assert len(queries) == 12
