"""The version of the data changes with whatever readers may see, and is asked for as seldom as it may be."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from exhibitors.domain.data_version import Known, Watch, current
from exhibitors.models import DataChange, Exhibitor, Hall, PreflightMark, VainSearch, data_triggers
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry
from tests.next_transaction import next_transaction
from tests.two_at_once import at_once

WRITES: dict[str, Callable[[Hall], object]] = {
    "save": lambda hall: hall.save(),
    "update": lambda hall: Hall.objects.update(name_en="Other"),
    "bulk update": lambda hall: Hall.objects.bulk_update([hall], ["name_ko"]),
    "bulk create": lambda hall: Hall.objects.bulk_create([Hall(edition=hall.edition, code="new", name_ko="새관")]),
    "create unless there": lambda hall: Hall.objects.bulk_create(
        [Hall(edition=hall.edition, code="new", name_ko="새관")], ignore_conflicts=True
    ),
    "deletion": lambda hall: Hall.objects.all().delete(),
    "plain SQL": lambda hall: connection.cursor().execute("UPDATE exhibitors_hall SET position = 7"),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", WRITES)
def test_each_way_of_writing_makes_another_version(way: str) -> None:
    hall = make_hall(make_edition())
    before = current()
    assert current() == before
    WRITES[way](hall)
    assert current() != before


@pytest.mark.django_db
def test_every_table_that_readers_may_see_is_watched() -> None:
    models = apps.get_app_config("exhibitors").get_models(include_auto_created=True)
    unseen = {model._meta.db_table for model in models} - set(data_triggers.tables())
    assert unseen == {
        "exhibitors_datachange",
        "exhibitors_importfile",
        "exhibitors_importrun",
        "exhibitors_preflightmark",
        "exhibitors_vainsearch",
    }
    assert data_triggers._missing(connection) == []


@pytest.mark.django_db
def test_every_part_of_an_exhibitor_makes_another_version() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    booth, industry = make_booth(make_hall(edition)), make_industry(edition)
    next_transaction()
    before = current()
    exhibitor.assignments.create(booth=booth)
    next_transaction()
    with_booth = current()
    exhibitor.industries.add(industry)
    assert len({before, with_booth, current()}) == 3


@pytest.mark.django_db(transaction=True)
def test_what_no_reader_sees_leaves_the_version_alone() -> None:
    edition = make_edition()
    before = current()
    VainSearch.objects.create(edition=edition, searched_on="2024-10-22", query="없는 것", count=1)
    PreflightMark.objects.filter(edition=edition).delete()
    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_what_was_rolled_back_was_no_change() -> None:
    hall = make_hall(make_edition())
    before = current()
    with transaction.atomic():
        hall.save()
        transaction.set_rollback(True)
    assert current() == before


@pytest.mark.django_db(transaction=True)
def test_a_change_after_one_that_was_rolled_back_within_is_noted() -> None:
    hall = make_hall(make_edition())
    before = current()
    with transaction.atomic():
        with transaction.atomic():
            hall.save()
            transaction.set_rollback(True)
        hall.save()
    assert current() != before


@pytest.mark.django_db(transaction=True)
def test_a_commit_that_comes_late_makes_another_version_too() -> None:
    """The one who wrote first is the last to commit, so its number is below one that was seen."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time")
    edition = make_edition()
    one, other = make_hall(edition, "one"), make_hall(edition, "other")
    seen: list[Any] = []

    def write_and_look() -> None:
        other.save()
        seen.append(current())

    at_once(one.save, write_and_look)
    assert current() != seen[0]


@pytest.mark.django_db
def test_old_notes_are_removed_and_never_make_a_version_of_before() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps one row")
    hall = make_hall(make_edition())
    DataChange.objects.bulk_create(DataChange(stamp=number) for number in range(data_triggers.KEPT + 500))
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")  # one in a hundred removes what is old, and now always the same
    versions, counts = [], []
    for _ in range(200):
        next_transaction()
        hall.save(update_fields=["position"])
        versions.append(current())
        counts.append(DataChange.objects.count())
    assert len(set(versions)) == 200
    assert min(counts) <= data_triggers.KEPT + 1


@pytest.mark.django_db
def test_triggers_that_went_missing_are_made_again_and_a_change_is_noted() -> None:
    before = current()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER note_data_change_update_exhibitors_hall")
        else:
            cursor.execute("DROP TRIGGER note_data_change ON exhibitors_hall")
    assert data_triggers._missing(connection) == ["exhibitors_hall"]
    data_triggers.create_after_migration("default")
    assert data_triggers._missing(connection) == []
    assert current() != before


@pytest.mark.django_db
def test_the_version_is_asked_for_once_however_many_want_it() -> None:
    watch = Watch()
    with CaptureQueriesContext(connection) as queries:
        known = {watch.read() for _ in range(10)}
    assert (len(queries), len(known)) == (1, 1)
    watch.expire()
    with CaptureQueriesContext(connection) as queries:
        watch.read()
    assert len(queries) == 1


@pytest.mark.django_db
def test_a_database_that_does_not_answer_leaves_the_version_that_was_known() -> None:
    watch = Watch()
    version = watch.read().version

    def fail(*_arguments: Any) -> None:
        raise OperationalError("gone")

    watch.expire()
    with connection.execute_wrapper(fail):
        assert watch.read() == Known(version, is_current=False)
    watch.expire()
    assert watch.read() == Known(version, is_current=True)


@pytest.mark.django_db
def test_who_writes_while_the_version_is_read_sees_it_read_again() -> None:
    watch = Watch()

    def write_meanwhile(execute: Any, *arguments: Any) -> Any:
        answer = execute(*arguments)
        watch.expire()
        return answer

    with connection.execute_wrapper(write_meanwhile):
        watch.read()
    with CaptureQueriesContext(connection) as queries:
        watch.read()
    assert len(queries) == 1


@pytest.mark.django_db
def test_who_waits_too_long_for_the_version_is_told_that_the_database_is_away() -> None:
    watch, told = Watch(patience=0.01), list[Known]()
    version = watch.read().version

    def look_meanwhile(execute: Any, *arguments: Any) -> Any:
        other = Thread(target=lambda: told.append(watch.read()))
        other.start()
        other.join()
        return execute(*arguments)

    watch.expire()
    with connection.execute_wrapper(look_meanwhile):
        assert watch.read() == Known(version, is_current=True)
    assert told == [Known(version, is_current=False)]


@pytest.mark.django_db
def test_a_database_that_was_given_up_after_seconds_is_not_asked_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    watch, asked, clock = Watch(), list[str](), [0.0]

    def give_up_after_seconds(_execute: Any, sql: str, *_arguments: Any) -> None:
        asked.append(sql)
        clock[0] += 3
        raise OperationalError("timeout expired")

    with connection.execute_wrapper(give_up_after_seconds), monkeypatch.context() as context:
        context.setattr("time.monotonic", lambda: clock[0])
        assert [watch.read(), watch.read()] == [Known(None, is_current=False)] * 2
    assert len(asked) == 1


def test_only_who_writes_tells_others() -> None:
    watch, told = Watch(), list[str]()
    watch.note_write()
    watch.announce = lambda: told.append("told")
    watch.expire()
    watch.note_write()
    assert told == ["told"]


@pytest.mark.django_db
def test_an_import_of_many_rows_is_one_change_on_postgresql() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite keeps one row")
    edition = make_edition()
    next_transaction()
    before = DataChange.objects.count()
    Exhibitor.objects.bulk_create(
        Exhibitor(edition=edition, slug=f"x-{number}", name_ko=f"업체{number}") for number in range(50)
    )
    Exhibitor.objects.update(region="경기도")
    assert DataChange.objects.count() == before + 1
