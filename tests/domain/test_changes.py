"""What readers are told has changed; each test that something is not told has it in place first."""

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from reversion.models import Revision, Version

from exhibitors.domain import booths, changes, editions, history, parts
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.changes import Kind
from exhibitors.domain.history import Action
from exhibitors.models import Booth, Edition, Exhibitor
from exhibitors.models.exhibitor import ExhibitorQuerySet
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_organiser

pytestmark = pytest.mark.django_db

DRAFT, PUBLIC, WITHDRAWN = Exhibitor.State.DRAFT, Exhibitor.State.PUBLIC, Exhibitor.State.WITHDRAWN


@pytest.fixture
def edition() -> Edition:
    """A public edition, whose history began when it was."""
    edition = make_edition()
    editions.save(edition)
    return edition


def lines(edition: Edition, language: str = "en") -> list[str]:
    with translation.override(language):
        return [changes.told(change) for change in changes.latest(edition)]


def rename(exhibitor: Exhibitor, **names: str) -> None:
    for name, value in names.items():
        setattr(exhibitor, name, value)
    verbs.save(exhibitor)


def move(exhibitor: Exhibitor, *to: Booth, by: User | None = None) -> None:
    booths.assign({exhibitor: to}, by=by)


def rows(*exhibitors: Exhibitor) -> ExhibitorQuerySet:
    return Exhibitor.objects.filter(pk__in=[exhibitor.pk for exhibitor in exhibitors])


def make_known(edition: Edition, name: str = "구름공방", *, at: Sequence[Booth] = (), name_en: str = "") -> Exhibitor:
    """An exhibitor that was public before the history began."""
    exhibitor = make_exhibitor(edition, name, name_en=name_en, booths=at)
    beginning = Revision.objects.create(date_created=timezone.now(), comment=Action.BEGIN)
    Version.objects.get_for_object(exhibitor).update(revision=beginning)
    return exhibitor


def test_a_new_exhibitor_is_told_with_its_name_alone(edition: Edition) -> None:
    make_exhibitor(edition, "구름공방", name_en="Cloud Works", booths=[make_booth(make_hall(edition))])
    assert lines(edition) == ["New: Cloud Works"]


def test_a_draft_is_new_when_it_is_published(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "구름공방", state=DRAFT)
    assert lines(edition) == []
    verbs.publish(rows(exhibitor))
    assert lines(edition) == ["New: 구름공방"]


def test_a_new_name_is_told_with_the_old_one_in_the_language_that_changed(edition: Edition) -> None:
    exhibitor = make_known(edition, "구름공방", name_en="Cloud Works")
    rename(exhibitor, name_en="Cloud Factory")
    assert lines(edition) == ["Cloud Works is now called Cloud Factory"]
    assert lines(edition, "ko") == []


def test_a_move_is_told_with_where_from_and_where_to(edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation Hall")
    old, new, extra = make_booth(hall, "A-1"), make_booth(hall, "A-2"), make_booth(hall, "")
    exhibitor = make_known(edition, name_en="Cloud Works", at=[old])
    move(exhibitor, new)
    move(exhibitor, new, extra)
    move(exhibitor)
    assert lines(edition) == [
        "Cloud Works is no longer at Innovation Hall A-2, Innovation Hall number to follow",
        "Cloud Works is now at Innovation Hall number to follow",
        "Cloud Works has moved from Innovation Hall A-1 to Innovation Hall A-2",
    ]


def test_a_booth_keeps_the_number_that_it_had_then(edition: Edition) -> None:
    booth = make_booth(make_hall(edition, name_en="Innovation Hall"), "A-1")
    exhibitor = make_known(edition, name_en="Cloud Works")
    move(exhibitor, booth)
    Booth.objects.filter(pk=booth.pk).update(number="Z-9")
    assert lines(edition) == ["Cloud Works is now at Innovation Hall A-1"]


def test_a_booth_that_was_deleted_since_is_still_named(edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation Hall")
    old, new = make_booth(hall, "A-1"), make_booth(hall, "A-2")
    exhibitor = make_known(edition, name_en="Cloud Works", at=[old])
    move(exhibitor, new)
    parts.delete(old)
    assert lines(edition) == ["Cloud Works has moved from 혁신관 A-1 to Innovation Hall A-2"]


def test_a_withdrawal_is_told_without_its_reason(edition: Edition) -> None:
    exhibitor = make_known(edition, name_en="Cloud Works")
    verbs.withdraw(rows(exhibitor), reason="bankrupt")
    assert lines(edition) == ["Cloud Works does not take part"]
    assert "bankrupt" not in repr(changes.latest(edition)[0].name)


def test_who_comes_back_is_new_again(edition: Edition) -> None:
    exhibitor = make_known(edition, name_en="Cloud Works")
    verbs.withdraw(rows(exhibitor), reason="ill")
    verbs.publish(rows(exhibitor))
    assert lines(edition) == ["New: Cloud Works", "Cloud Works does not take part"]


def test_what_a_draft_was_called_and_where_it_stood_is_never_told(edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation Hall")
    exhibitor = make_exhibitor(edition, "", name_en="Secret Works", state=DRAFT, booths=[make_booth(hall, "A-1")])
    rename(exhibitor, name_en="Secret Factory")
    move(exhibitor, make_booth(hall, "A-2"))
    rename(exhibitor, name_en="Cloud Works")
    verbs.publish(rows(exhibitor))
    assert lines(edition) == ["New: Cloud Works"]


def test_who_was_never_public_withdraws_unseen(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "", name_en="Secret Works", state=DRAFT)
    verbs.withdraw(rows(exhibitor), reason="bankrupt")
    assert lines(edition) == []


def test_a_name_given_while_withdrawing_or_after_is_not_told(edition: Edition) -> None:
    exhibitor = make_known(edition, name_en="Cloud Works")
    exhibitor.state, exhibitor.state_reason, exhibitor.name_en = WITHDRAWN, "bankrupt", "Bankrupt Works"
    verbs.save(exhibitor)
    rename(exhibitor, name_en="Very Bankrupt Works")
    assert lines(edition) == ["Cloud Works does not take part"]


def test_of_who_is_a_draft_now_or_deleted_nothing_is_told_any_more(edition: Edition) -> None:
    drafted, deleted = make_known(edition, name_en="Cloud Works"), make_known(edition, name_en="Rain Works")
    rename(drafted, name_en="Cloud Factory")
    rename(deleted, name_en="Rain Factory")
    assert len(lines(edition)) == 2
    verbs.make_draft(rows(drafted), reason="unpaid")
    verbs.delete([deleted])
    assert lines(edition) == []


def test_what_happened_while_the_edition_was_hidden_is_not_told(edition: Edition) -> None:
    exhibitor = make_known(edition, name_en="Cloud Works")
    edition.is_public = False
    editions.save(edition)
    rename(exhibitor, name_en="Secret Works")
    make_exhibitor(edition, "비밀업체")
    rename(exhibitor, name_en="Cloud Factory")
    edition.is_public = True
    editions.save(edition)
    assert lines(edition) == []
    rename(exhibitor, name_en="Cloud House")
    assert lines(edition) == ["Cloud Factory is now called Cloud House"]


def test_an_edition_that_is_filled_and_published_at_once_has_no_news() -> None:
    with history.recording(Action.SAMPLE):
        edition = make_edition()
        make_exhibitor(edition, "구름공방")
    assert lines(edition) == []


def test_other_editions_and_other_changes_are_not_told(edition: Edition) -> None:
    other = make_edition("2023")
    editions.save(other)
    make_exhibitor(other, "다른업체")
    exhibitor = make_known(edition)
    rename(exhibitor, introduction_ko="새 소개", phone="02-000-0000")
    assert lines(edition) == []
    assert lines(other) == ["New: 다른업체"]


def test_who_did_it_is_not_read(edition: Edition) -> None:
    exhibitor = make_known(edition, name_en="Cloud Works")
    with history.acting(make_organiser("kim-desk")):
        move(exhibitor, make_booth(make_hall(edition, name_en="Hall")), by=make_organiser("lee-desk"))
    assert "desk" not in "".join(lines(edition))


def test_a_sample_is_marked(edition: Edition) -> None:
    make_exhibitor(edition, "구름공방", is_sample=True)
    assert lines(edition) == ["New: 구름공방 (sample)"]


def test_two_changes_at_once_are_two_with_keys_that_stay(edition: Edition) -> None:
    exhibitor = make_known(edition, "구름공방")
    exhibitor.name_ko = "구름공장"
    verbs.save(exhibitor, booth_list=[make_booth(make_hall(edition))])
    before = changes.latest(edition)
    rename(exhibitor, name_ko="구름집")
    after = changes.latest(edition)
    assert [change.kind for change in before] == [Kind.RENAMED, Kind.MOVED]
    assert [change.key for change in after[1:]] == [change.key for change in before]
    assert len({change.key for change in after}) == 3


def test_only_the_newest_are_told(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST", 3)
    monkeypatch.setattr(changes, "BATCH", 2)
    for number in range(5):
        make_exhibitor(edition, f"업체{number}")
    assert lines(edition) == ["New: 업체4", "New: 업체3", "New: 업체2"]


def test_every_batch_is_read_until_there_is_none(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "BATCH", 2)
    monkeypatch.setattr(changes, "MOST_READ", 20)
    for number in range(4):
        make_exhibitor(edition, f"업체{number}")
    assert len(lines(edition)) == 4


@pytest.mark.parametrize("count", [1, 30])
def test_costs_six_queries_whatever_the_changes(edition: Edition, count: int) -> None:
    booth = make_booth(make_hall(edition))
    for number in range(count):
        rename(make_exhibitor(edition, f"업체{number}", booths=[booth]), name_ko=f"새업체{number}")
    lines(edition)
    with CaptureQueriesContext(connection) as queries:
        lines(edition)
    assert len(queries) == 6
