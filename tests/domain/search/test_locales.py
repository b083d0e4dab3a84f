"""Search in databases of other locales: the rows and the order of the reference, whatever sorts and folds there."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from tests.processes import finish, start
from tests.search.directories import cases, directory

FOLDER = "examples"
HARD_TO_SORT = [
    "가",
    "ㄱ",
    "㈜나",
    "까",
    "힣",
    "a",
    "B",
    "é",
    "Z",
    "3M",
    "10",
    "-",
    "★",
    "漢字",
    "Äb",
    "가 나",
    "가-가",
]

# Names by number, because the order is what is looked at and some of them are printed alike.
PROGRAM = """
import json
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
from exhibitors.domain.criteria import Sort
from exhibitors.domain.directory import Directory
from tests.domain.search.stored import search, stored
from tests.factories import make_edition, make_exhibitor
from tests.search.directories import cases
table = stored("{folder}")
found = {{case.query: [*search(table, case.query)] for case in cases("{folder}")}}
names = {names!r}
listed = make_edition("2023")
for name in names:
    make_exhibitor(listed, name, name_en=name)
with connection.cursor() as cursor:
    cursor.execute("SELECT coalesce(daticulocale, datcollate) FROM pg_database WHERE datname = current_database()")
    locale = cursor.fetchone()[0]
print(json.dumps({{
    "locale": locale,
    "found": {{query: [hits.resolution.step, names] for query, (hits, names) in found.items()}},
    "sorted": [search(Directory(listed), "", sort)[1] for sort in (Sort.NAME, Sort.NAME_EN)],
}}))
"""


@dataclass(frozen=True)
class Answer:
    locale: str
    found: dict[str, tuple[str, list[str]]]
    by_name: list[str]
    by_english_name: list[str]


@pytest.fixture(scope="module")
def answers(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, Answer]]:
    """What databases of different locales answer, each asked by a process of its own."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite knows no locales")
    made: dict[str, str] = {}
    with django_db_blocker.unblock():
        try:
            for kind, options in {"C": "LOCALE 'C'", "natural": natural_locale(connection)}.items():
                name = f"{connection.settings_dict['NAME']}_{kind.lower()}"
                maintain(f'DROP DATABASE IF EXISTS "{name}"')
                maintain(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8' {options}")
                made[kind] = name
            program = PROGRAM.format(folder=FOLDER, names=HARD_TO_SORT)
            running = {kind: start(program, database=name) for kind, name in made.items()}
            yield {kind: answer(finish(process)) for kind, process in running.items()}
        finally:
            for name in made.values():
                maintain(f'DROP DATABASE "{name}"')


def natural_locale(database: BaseDatabaseWrapper) -> str:
    """A locale that sorts as people do, of those that the server has; else its plain UTF-8."""
    with database.cursor() as cursor:
        cursor.execute("SELECT collname, collprovider FROM pg_collation")
        known = set(cursor.fetchall())
    for name in ("ko_KR.utf8", "en_US.utf8"):
        if (name, "c") in known:
            return f"LOCALE '{name}'"
    if ("ko-KR-x-icu", "i") in known:
        return "LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'ko-KR'"
    return "LOCALE 'C.UTF-8'"


def maintain(sql: str) -> None:
    """Outside any transaction, and not from within a database that comes or goes."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def answer(printed: str) -> Answer:
    values = json.loads(printed)
    found = {query: (step, names) for query, (step, names) in values["found"].items()}
    return Answer(values["locale"], found, *values["sorted"])


@pytest.mark.parametrize("kind", ["C", "natural"])
def test_every_locale_finds_what_the_reference_finds_in_its_order(answers: dict[str, Answer], kind: str) -> None:
    outcomes = {case.query: directory(FOLDER).search(case.query) for case in cases(FOLDER)}
    expected = {
        query: (outcome.resolution.step, [hit.entry.source.names[0] for hit in outcome.found])
        for query, outcome in outcomes.items()
    }
    assert answers[kind].found == expected
    assert len(expected) > 50


def test_the_databases_asked_had_different_locales(answers: dict[str, Answer]) -> None:
    assert answers["C"].locale == "C"
    assert answers["natural"].locale not in {"C", "POSIX"}


def test_names_are_listed_in_one_order_everywhere(answers: dict[str, Answer]) -> None:
    # fmt: off
    order = ["ㄱ", "가", "가-가", "가 나", "까", "㈜나", "힣", "a", "Äb", "B", "é", "Z", "10", "3M", "漢字", "-", "★"]
    # fmt: on
    assert answers["C"].by_name == answers["natural"].by_name
    assert answers["C"].by_english_name == answers["natural"].by_english_name
    assert answers["C"].by_name == order
