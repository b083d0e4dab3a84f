"""A site of the first version, with data in it, migrated to this one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import DjangoDbBlocker
from reversion.models import Version

from exhibitors.domain import exhibitors, indexing, migrating
from exhibitors.domain.directory import Directory
from exhibitors.models import Edition, Exhibitor, sqlite_trigrams, trigram
from tests.databases import all_rows, copied, unblocked_at_both_ends, using
from tests.domain.search.stored import search

FIRST = ("exhibitors", "0001_initial")

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Upgraded:
    """A database, and the rows of our own tables there before and after it was migrated."""

    database: str
    before: dict[str, list[dict[str, object]]]
    after: dict[str, list[dict[str, object]]]


@pytest.fixture(scope="module")
def upgraded(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Upgraded]:
    with unblocked_at_both_ends(django_db_blocker, copied("", "first", tmp_path_factory.mktemp("first"))) as name:
        with django_db_blocker.unblock(), using(name):
            call_command("migrate", *FIRST, verbosity=0)
            fill(MigrationExecutor(connection).loader.project_state(FIRST).apps)
            before = named_rows()
            call_command("migrate", verbosity=0)
            after = named_rows()
        yield Upgraded(name, before, after)


def fill(apps: Any) -> None:
    """What an organiser of the first version had entered, through that version's models."""
    made = {name: apps.get_model("exhibitors", name).objects.create for name in MODELS}
    edition = made["Edition"](slug="2024", name_ko="옛 엑스포", starts_on=date(2024, 10, 22), is_public=True)
    theme = made["Theme"](edition=edition, code="cooperation", name_ko="교차협력관")
    halls = [made["Hall"](edition=edition, code=f"h{n}", name_ko=f"교차협력{n}관", theme=theme) for n in (1, 2)]
    industry = made["Industry"](edition=edition, slug="food", name_ko="식품·음료")
    for number, name in enumerate(["웬떡마을", "쿠첸", "메디오스"]):
        exhibitor = made["Exhibitor"](edition=edition, slug=f"e{number}", name_ko=name, state="public")
        booth = made["Booth"](hall=halls[number % 2], number=f"A-{number}", number_key=f"a-{number}")
        made["BoothAssignment"](booth=booth, exhibitor=exhibitor)
        made["ExhibitorIndustry"](exhibitor=exhibitor, industry=industry)
        made["Product"](exhibitor=exhibitor, name_ko=f"약밥{number}호", position=number)


MODELS = (
    "Edition",
    "Theme",
    "Hall",
    "Industry",
    "Exhibitor",
    "Booth",
    "BoothAssignment",
    "ExhibitorIndustry",
    "Product",
)


def named_rows() -> dict[str, list[dict[str, object]]]:
    """The rows of our own tables, by column: later versions add some, and stored ones are computed anew."""
    named = {}
    with connection.cursor() as cursor:
        for table, rows in all_rows().items():
            if table.startswith("exhibitors_"):
                columns = [one.name for one in connection.introspection.get_table_description(cursor, table)]
                named[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    return named


def test_every_row_of_the_first_version_is_there(upgraded: Upgraded) -> None:
    lengths = {table: len(rows) for table, rows in upgraded.before.items() if rows}

    assert lengths == {
        "exhibitors_edition": 1,
        "exhibitors_theme": 1,
        "exhibitors_hall": 2,
        "exhibitors_industry": 1,
        "exhibitors_exhibitor": 3,
        "exhibitors_booth": 3,
        "exhibitors_boothassignment": 3,
        "exhibitors_exhibitorindustry": 3,
        "exhibitors_product": 3,
    }
    for table, rows in upgraded.before.items():
        assert [without(row, indexing.COLUMNS) for row in rows] == [
            {column: row[column] for column in without(old, indexing.COLUMNS)}
            for row, old in zip(upgraded.after[table], rows, strict=True)
        ]


def without(row: dict[str, object], columns: list[str]) -> dict[str, object]:
    return {column: value for column, value in row.items() if column not in columns}


def test_search_finds_what_the_first_version_stored(upgraded: Upgraded) -> None:
    with using(upgraded.database):
        directory = Directory(Edition.objects.get())
        found = {text: search(directory, text)[1] for text in ("ㅇㄸㅁㅇ", "약밥2", "교차협력2관", "식품음료")}

        assert found == {
            "ㅇㄸㅁㅇ": ["웬떡마을"],
            "약밥2": ["메디오스"],
            "교차협력2관": ["쿠첸"],
            "식품음료": ["메디오스", "웬떡마을", "쿠첸"],
        }
        assert list(indexing.stale(Exhibitor.objects.all())) == []
        assert sqlite_trigrams.is_true(connection) if connection.vendor == "sqlite" else trigram.has_indexes(connection)


def test_the_desk_is_ready(upgraded: Upgraded) -> None:
    with using(upgraded.database):
        assert migrating.is_up_to_date()
        rights = {group.name: group.permissions.count() for group in Group.objects.order_by("name")}
        assert list(rights) == ["administrator", "editor", "reader"]
        assert all(rights.values())
        # Each old row has a first version, so that its first change has a way back.
        assert Version.objects.get_for_model(Exhibitor).count() == 3
        exhibitor = Exhibitor.objects.get(name_ko="쿠첸")
        exhibitor.name_en = "Cuchen"
        exhibitors.save(exhibitor)
        assert search(Directory(exhibitor.edition), "cuchen")[1] == ["쿠첸"]
