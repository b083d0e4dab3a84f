"""The stored columns: true to the names, and quick to put right."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import indexing
from exhibitors.models import Exhibitor
from tests.factories import make_edition, make_exhibitor


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

    fields: list[Any] = [Exhibitor._meta.get_field(column) for column in indexing.COLUMNS]
    assert [field.name for field in fields if len(getattr(exhibitor, field.name)) > field.max_length] == []


@pytest.mark.django_db
def test_refresh_puts_right_what_is_stale_and_leaves_the_rest() -> None:
    edition = make_edition()
    stale, fresh = make_exhibitor(edition, "에바"), make_exhibitor(edition, "가나")
    Exhibitor.objects.filter(pk=stale.pk).update(sort_key="old", initial="Z", name_key="")
    before = Exhibitor.objects.get(pk=fresh.pk).updated_at

    changed = indexing.refresh(Exhibitor.objects.all())

    assert changed == 1
    assert Exhibitor.objects.get(pk=stale.pk).initial == "ㅇ"
    assert Exhibitor.objects.get(pk=fresh.pk).updated_at == before


@pytest.mark.django_db
def test_refresh_writes_in_bulk() -> None:
    edition = make_edition()
    for _ in range(30):
        make_exhibitor(edition)
    Exhibitor.objects.update(sort_key="old")

    with CaptureQueriesContext(connection) as captured:
        indexing.refresh(Exhibitor.objects.all())

    writes = [query for query in captured.captured_queries if query["sql"].startswith("UPDATE")]
    assert len(writes) == 1


@pytest.mark.django_db
def test_nothing_to_refresh_writes_nothing() -> None:
    make_exhibitor(make_edition())

    assert indexing.refresh(Exhibitor.objects.all()) == 0
