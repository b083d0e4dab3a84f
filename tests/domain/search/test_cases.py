"""The tables of search cases, run against the database: the same rows in the same order as the reference in memory."""

import pytest

from exhibitors.domain.directory import Directory
from tests.domain.search.stored import search, stored
from tests.factories import make_edition, make_exhibitor
from tests.search.directories import FOLDERS, cases, directory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("folder", FOLDERS)
def test_the_database_finds_what_the_reference_finds_in_its_order(folder: str) -> None:
    in_database = stored(folder)
    wrong = []
    for case in cases(folder):
        outcome = directory(folder).search(case.query)
        expected = [hit.entry.source.names[0] for hit in outcome.found]
        hits, names = search(in_database, case.query)
        if (names, hits.resolution.step) != (expected, outcome.resolution.step):
            wrong.append((case.query, hits.resolution.step, names[:5], outcome.resolution.step, expected[:5]))
    assert wrong == []


def test_names_of_tables_without_a_hall_are_found_too() -> None:
    edition = make_edition()
    make_exhibitor(edition, "홀로서기공방")
    assert search(Directory(edition), "ㅎㄹㅅㄱ")[1] == ["홀로서기공방"]
