"""The stored columns: true to the names, and quick to put right."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import booths, indexing, parts, sample
from exhibitors.domain import exhibitors as verbs
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.models import Booth, Edition, Exhibitor, Hall, Industry, Product, Theme
from tests.domain.importing.spreadsheets import import_rows
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)
from tests.two_at_once import at_once


def filled(name_ko: str, name_en: str = "") -> Exhibitor:
    exhibitor = Exhibitor(name_ko=name_ko, name_en=name_en)
    indexing.fill(exhibitor)
    return exhibitor


@pytest.mark.parametrize(
    ("name_ko", "name_en", "initial", "initial_en"),
    [
        ("웬떡마을", "", "ㅇ", "ㅇ"),
        ("(주)까치", "Magpie Co., Ltd.", "ㄱ", "M"),
        ("", "Evar", "E", "E"),
        ("3M", "", "0-9", "0-9"),
        ("★", "", "#", "#"),
    ],
)
def test_a_missing_name_is_stood_in_for(name_ko: str, name_en: str, initial: str, initial_en: str) -> None:
    exhibitor = filled(name_ko, name_en)

    assert (exhibitor.initial, exhibitor.initial_en) == (initial, initial_en)


def test_hangul_sorts_before_latin_before_digits() -> None:
    names = ["3M", "Evar", "하나", "(주)가나", "abc", "★"]

    assert sorted(names, key=lambda name: filled(name).sort_key) == ["(주)가나", "하나", "abc", "Evar", "3M", "★"]


def test_fill_tells_whether_anything_changed() -> None:
    exhibitor = Exhibitor(name_ko="에바")

    assert [indexing.fill(exhibitor), indexing.fill(exhibitor)] == [True, False]
    exhibitor.name_ko = "가나"
    assert indexing.fill(exhibitor) is True


@pytest.mark.parametrize("sign", ["\ufdfa", "㎏", "㈜", "ﬃ", "㍿", "가"])
def test_the_longest_name_fits_its_columns(sign: str) -> None:
    exhibitor = filled(sign * 150)

    fields: list[Any] = [Exhibitor._meta.get_field(column) for column in indexing.NAME_COLUMNS]
    assert [field.name for field in fields if len(getattr(exhibitor, field.name)) > field.max_length] == []


@pytest.mark.django_db
def test_refresh_puts_right_what_is_stale_and_leaves_the_rest() -> None:
    edition = make_edition()
    stale, fresh = make_exhibitor(edition, "에바"), make_exhibitor(edition, "가나")
    Exhibitor.objects.filter(pk=stale.pk).update(sort_key="old", initial="Z", name_key="")
    before = Exhibitor.objects.get(pk=fresh.pk).updated_at

    changed = indexing.refresh([stale.pk, fresh.pk])

    assert changed == 1
    assert Exhibitor.objects.get(pk=stale.pk).initial == "ㅇ"
    assert Exhibitor.objects.get(pk=fresh.pk).updated_at == before


@pytest.mark.django_db
def test_refresh_writes_in_bulk() -> None:
    edition = make_edition()
    for _ in range(25):  # SQLite takes 999 values a statement
        make_exhibitor(edition)
    Exhibitor.objects.update(sort_key="old")

    with CaptureQueriesContext(connection) as captured:
        indexing.refresh(Exhibitor.objects.values_list("pk", flat=True))

    written = [query["sql"].split()[0] for query in captured.captured_queries if "SELECT" not in query["sql"][:8]]
    assert [verb for verb in written if verb in {"INSERT", "UPDATE"}] == ["INSERT", "UPDATE"]


@pytest.mark.django_db
def test_nothing_to_refresh_writes_nothing() -> None:
    make_exhibitor(make_edition())

    pks = list(Exhibitor.objects.values_list("pk", flat=True))
    with CaptureQueriesContext(connection) as captured:
        assert indexing.refresh(pks) == 0
    assert [query["sql"] for query in captured.captured_queries if query["sql"].startswith(("INSERT", "UPDATE"))] == []


# Every way of writing but the desk's, which tests/admin/test_stored_columns.py goes through


def stale() -> list[str]:
    return [str(exhibitor) for exhibitor in indexing.stale(Exhibitor.objects.all())]


def found(typed: str, edition: str = "2024") -> list[str]:
    directory = Directory(Edition.objects.get(slug=edition))
    return [row.name_ko for row in find(directory, Criteria(query=typed, is_exact=True))]


def make_two(edition: Edition) -> tuple[Exhibitor, Exhibitor]:
    hall = make_hall(edition, theme=make_theme(edition))
    industry = make_industry(edition)
    one, other = (
        make_exhibitor(edition, name, booths=[make_booth(hall, number)], industries=[industry])
        for name, number in (("도담커피", "A-1"), ("나래로봇", "B-1"))
    )
    make_product(one, "드립백")
    return one, other


@pytest.mark.django_db
@pytest.mark.parametrize("column", indexing.COLUMNS)
def test_a_column_that_somebody_else_wrote_is_told(column: str) -> None:
    make_two(make_edition())
    value = 0 if column == "search_version" else "x"
    Exhibitor.objects.filter(name_ko="도담커피").update(**{column: value})
    assert stale() == ["도담커피"]


@pytest.mark.django_db
def test_telling_what_is_stale_changes_nothing() -> None:
    make_two(make_edition())
    Exhibitor.objects.update(head_keys="x")
    assert (len(stale()), len(stale())) == (2, 2)


def as_an_older_version_left_it(name: str) -> None:
    make_exhibitor(make_edition(), name)
    Exhibitor.objects.update(name_plain="", name_keys="", head_keys="", initials="", search_version=0)


@pytest.mark.django_db
def test_an_upgrade_leaves_nobody_unfindable() -> None:
    as_an_older_version_left_it("도담커피")
    assert found("ㄷㄷㅋㅍ") == []
    call_command("migrate", verbosity=0)
    assert (stale(), found("ㄷㄷㅋㅍ")) == ([], ["도담커피"])


@pytest.mark.django_db
def test_a_migration_that_stops_halfway_leaves_the_columns_alone() -> None:
    as_an_older_version_left_it("도담커피")
    MigrationRecorder(connection).migration_qs.filter(app="exhibitors").exclude(name="0001_initial").delete()
    indexing.refresh_after_migration(plan=[])
    assert stale() == ["도담커피"]


@pytest.mark.django_db
def test_nothing_is_rebuilt_where_nothing_was_migrated() -> None:
    as_an_older_version_left_it("도담커피")
    indexing.refresh_after_migration()
    assert stale() == ["도담커피"]


@pytest.mark.django_db
def test_verbs_on_exhibitors_leave_no_stale_column() -> None:
    edition = make_edition()
    one, other = make_two(edition)
    food, hall = make_industry(edition, "food", "식품·음료"), make_hall(edition, "export", "수출관")
    steps: list[tuple[Callable[[], object], str, list[str]]] = [
        (lambda: verbs.save(one, industries=[food]), "음료", ["도담커피"]),
        (lambda: booths.assign({one: [], other: [make_booth(hall, "C-1")]}), "C-1", ["나래로봇"]),
        (lambda: verbs.save(one, industries=[], booth_list=[Booth.objects.get(number="A-1")]), "A-1", ["도담커피"]),
        (lambda: verbs.make_draft(Exhibitor.objects.filter(pk=one.pk), reason=""), "도담", []),
        (lambda: verbs.publish(Exhibitor.objects.all()), "도담", ["도담커피"]),
        (lambda: verbs.withdraw(Exhibitor.objects.filter(pk=other.pk), reason="사정"), "나래", []),
        (lambda: verbs.delete([other]), "나래", []),
    ]
    for number, (step, typed, expected) in enumerate(steps):
        step()
        assert (number, stale(), found(typed)) == (number, [], expected)


@pytest.mark.django_db
def test_verbs_on_parts_leave_no_stale_column() -> None:
    edition = make_edition()
    _one, other = make_two(edition)
    booth, product = Booth.objects.get(number="A-1"), Product.objects.get()
    hall, theme, industry = Hall.objects.get(), Theme.objects.get(), Industry.objects.get()
    changes: list[tuple[indexing.Part, dict[str, object], str, list[str]]] = [
        (booth, {"number": "Z-9"}, "Z-9", ["도담커피"]),
        (hall, {"name_ko": "별빛관"}, "별빛관", ["나래로봇", "도담커피"]),
        (theme, {"name_en": "Starlight"}, "starlight", ["나래로봇", "도담커피"]),
        (industry, {"name_ko": "먹거리"}, "먹거리", ["나래로봇", "도담커피"]),
        (product, {"name_ko": "수제비누"}, "수제비누", ["도담커피"]),
        (product, {"exhibitor": other}, "수제비누", ["나래로봇"]),
    ]
    for part, values, typed, expected in changes:
        for name, value in values.items():
            setattr(part, name, value)
        parts.save(part)
        assert (typed, stale(), found(typed)) == (typed, [], expected)
    parts.delete(product)
    assert (stale(), found("수제비누")) == ([], [])


@pytest.mark.django_db
def test_an_import_leaves_no_stale_column() -> None:
    make_edition()
    head = ["업체코드", "회사명", "전시관", "부스", "업종", "주요품목", "소개"]
    first = ["1", "도담커피", "혁신관", "A-1", "식품·음료", "드립백", "바닷가 언덕"]
    changed = ["1", "도담커피", "수출관", "C-7", "생활용품", "수제비누", "산골 마을"]

    import_rows([head, first, ["2", "나래로봇", "", "", "", "", ""]])
    new = (stale(), found("A-1"), found("음료"), found("바닷가"))
    import_rows([head, changed])
    after = (stale(), found("A-1"), found("C-7"), found("생활용품"), found("수제비누"), found("산골"))

    assert new == ([], ["도담커피"], ["도담커피"], ["도담커피"])
    assert after == ([], [], ["도담커피"], ["도담커피"], ["도담커피"], ["도담커피"])


@pytest.mark.django_db
def test_the_sample_leaves_no_stale_column() -> None:
    own = make_exhibitor(make_edition("2020"), "도담커피")
    loaded = sample.load()
    product = Product.objects.filter(exhibitor__is_sample=True).exclude(name_ko="").order_by("pk")[0]

    after_loading = (stale(), product.exhibitor.name_ko in found(product.name_ko, loaded.edition.slug))
    sample.remove()

    assert after_loading == ([], True)
    assert stale() == []
    assert list(Exhibitor.objects.filter(edition=own.edition)) == [own]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 25])
def test_renaming_a_hall_costs_the_same_for_one_exhibitor_and_for_many(rows: int) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    for number in range(rows):
        make_product(make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")]))
    hall.name_ko = "별빛관"

    with CaptureQueriesContext(connection) as captured:
        parts.save(hall)

    assert len(captured) == 16


# Two at once


def rename_hall() -> None:
    hall = Hall.objects.get()
    hall.name_ko = "별빛관"
    parts.save(hall)


def rename_industry() -> None:
    industry = Industry.objects.get()
    industry.name_ko = "먹거리"
    parts.save(industry)


def move_into_hall() -> None:
    booths.assign({Exhibitor.objects.get(name_ko="홀로상회"): [Booth.objects.get(number="B-1")]})


def list_under_industry() -> None:
    verbs.save(Exhibitor.objects.get(name_ko="홀로상회"), industries=[Industry.objects.get()])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (rename_hall, move_into_hall),
        (move_into_hall, rename_hall),
        (rename_industry, list_under_industry),
        (list_under_industry, rename_industry),
    ],
)
def test_of_two_writes_at_once_neither_leaves_a_stale_column(
    one: Callable[[], object], other: Callable[[], object]
) -> None:
    edition = make_edition()
    make_two(edition)
    make_exhibitor(edition, "홀로상회")

    at_once(one, other)

    assert stale() == []


@pytest.mark.django_db
def test_exhibitors_stand_in_the_order_of_their_first_booths_those_without_last() -> None:
    edition = make_edition()
    far, near = make_hall(edition, "far", position=10), make_hall(edition, "near", position=2)
    none = make_exhibitor(edition)
    by_number = make_exhibitor(edition, booths=[make_booth(near, "A-10")])
    first = make_exhibitor(edition, booths=[make_booth(far, "A-1"), make_booth(near, "A-2")])
    to_follow = make_exhibitor(edition, booths=[make_booth(near, "")])
    last = make_exhibitor(edition, booths=[make_booth(far, "A-0")])

    assert list(Exhibitor.objects.order_by("first_booth")) == [first, by_number, to_follow, last, none]

    near.position = 20
    parts.save(near)
    assert list(Exhibitor.objects.order_by("first_booth")) == [last, first, by_number, to_follow, none]
