"""The command that rebuilds what search reads, or tells what of it is stale."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from exhibitors.domain import indexing
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.models import Edition, Exhibitor, trigram
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def run(**options: Any) -> list[str]:
    output = io.StringIO()
    call_command("reindex_search", stdout=output, stderr=output, **options)
    return output.getvalue().splitlines()


def make_stale() -> tuple[Exhibitor, Exhibitor]:
    """Two of three rows, one an edition, as an older pipeline or a hand in the database left them."""
    stale = make_exhibitor(make_edition(), "도담커피", name_en="Dodam")
    make_exhibitor(stale.edition, "나래로봇")
    other = make_exhibitor(make_edition("2023"), "가람상회", name_en="Garam")
    Exhibitor.objects.filter(pk=stale.pk).update(head_keys="", name_plain="|x|")
    Exhibitor.objects.filter(pk=other.pk).update(search_version=0)
    return stale, other


def found(typed: str) -> list[str]:
    return [row.name_ko for row in find(Directory(Edition.objects.get(slug="2024")), Criteria(query=typed))]


def test_a_check_tells_stale_rows_fails_and_changes_nothing() -> None:
    make_stale()
    output = io.StringIO()

    for _ in range(2):
        with pytest.raises(
            CommandError, match=r"^2 exhibitors have stale search columns. Run manage.py reindex_search"
        ):
            call_command("reindex_search", check=True, stdout=output)

    assert output.getvalue().splitlines() == 2 * ["stale: 2024 dodam 도담커피", "stale: 2023 garam 가람상회"]
    assert found("도담") == []


def test_a_check_of_what_is_true_says_so() -> None:
    make_exhibitor(make_edition())
    assert run(check=True) == ["All search columns are up to date."]


def test_rebuilding_repairs_and_shows_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    make_stale()
    monkeypatch.setattr(indexing, "BATCH", 2)

    lines = run()

    assert lines == ["2 of 3 exhibitors read, 1 rebuilt", "3 of 3 exhibitors read, 2 rebuilt"]
    assert run(check=True) == ["All search columns are up to date."]
    assert found("도담") == ["도담커피"]
    assert run() == ["2 of 3 exhibitors read, 0 rebuilt", "3 of 3 exhibitors read, 0 rebuilt"]


def test_one_edition_alone_is_checked_and_rebuilt() -> None:
    make_stale()

    run(edition="2024")

    assert run(edition="2024", check=True) == ["All search columns are up to date."]
    with pytest.raises(CommandError, match=r"^1 exhibitors have"):
        run(check=True)


def test_a_rebuilt_word_is_corrected_to_at_once() -> None:
    make_stale()
    before = found("도담커퓌")
    run()
    assert (before, found("도담커퓌")) == ([], ["도담커피"])


def test_an_empty_site_has_nothing_to_rebuild() -> None:
    assert (run(), run(check=True)) == ([], ["All search columns are up to date."])


@pytest.mark.parametrize("check", [True, False])
def test_an_unknown_edition_is_one_sentence(check: bool) -> None:
    with pytest.raises(CommandError, match=r"^There is no edition '1999'.$"):
        run(edition="1999", check=check)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL has trigram indexes")
def test_missing_indexes_are_made() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX exhibitor_text_keys_trigrams")
    assert not trigram.has_indexes(connection)

    run()

    assert trigram.has_indexes(connection)


def test_a_check_costs_the_same_for_one_row_and_for_thirty(django_assert_num_queries: Any) -> None:
    for rows in (1, 29):
        for _ in range(rows):
            make_exhibitor(Edition.objects.first() or make_edition())
        Exhibitor.objects.update(head_keys="")
        with django_assert_num_queries(6), pytest.raises(CommandError):
            run(check=True)
