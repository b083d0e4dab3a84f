"""What holds for any text that a spreadsheet may bring."""

import contextlib
import csv
import io
import unicodedata

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibitors.domain import importing
from exhibitors.domain.importing import FileRefusedError, booth_cells, files
from exhibitors.domain.importing.cells import clean, one_line
from exhibitors.domain.importing.industry_cells import Known, find_rule
from exhibitors.domain.importing.problems import Fault
from tests.domain.importing.spreadsheets import DATA, as_xlsx, compare_rows

TEXT = st.text(max_size=60)
WORDS = st.text(st.sampled_from("가나홀관 Hall;,/&~-–—()A12부스\n.|"), max_size=40)


@given(TEXT)
@settings(deadline=None)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = clean(text)

    if not once.startswith("'") and "&" not in once:  # both are taken off layer by layer
        assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert once == once.strip()


@given(TEXT)
@settings(deadline=None)
def test_one_line_has_one_line(text: str) -> None:
    assert "\n" not in one_line(clean(text))


@given(WORDS)
@settings(deadline=None)
def test_any_booth_cell_gives_booths_or_a_reason(text: str) -> None:
    found = booth_cells.parse(clean(text))

    if not isinstance(found, Fault):
        assert all(booth.number.strip() and len(booth.number) <= 60 for booth in found)
        assert "\n" not in "".join(booth.number + booth.hall for booth in found)


def never(_name: str) -> bool:
    return False


@given(st.lists(WORDS, max_size=8))
@settings(deadline=None)
def test_any_column_of_industries_splits_into_names(cells: list[str]) -> None:
    cleaned = [clean(cell) for cell in cells]
    rule = find_rule(cleaned, Known(never, never, never))

    for cell in cleaned:
        assert all(name.strip() for name in rule.split(cell))


PRINTABLE = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('\n\t,;"'), max_size=20)


@given(st.lists(st.lists(PRINTABLE, min_size=2, max_size=4), min_size=1, max_size=6))
@settings(deadline=None)
def test_what_csv_writes_is_read_back(rows: list[list[str]]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerows([["회사명", "부스", "업종", "지역"], *rows])

    (sheet,) = files.read(file.getvalue().encode("utf-8-sig")).sheets

    assert sheet.rows[1:] == rows


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<table><tr><td>"):
        with contextlib.suppress(FileRefusedError):
            files.read(start + data)


WORKBOOKS = [as_xlsx([["회사명", "부스"], ["시험업체", 5604]]), (DATA / "exhibitors.xls").read_bytes()]


@given(st.sampled_from(WORKBOOKS), st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), min_size=1))
@settings(max_examples=200, deadline=None)
def test_a_workbook_with_any_bytes_changed_is_read_or_refused(workbook: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(workbook)
    for position, value in changes:
        data[position % len(data)] = value

    with contextlib.suppress(FileRefusedError):
        files.read(bytes(data))


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=25) | WORDS


@pytest.mark.django_db
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_rows_can_be_imported_and_the_second_run_changes_nothing(
    rows: list[tuple[str, str, str, str, str]],
) -> None:
    table = [["업체코드", "회사명", "전시관", "부스", "업종"], *rows]

    with transaction.atomic():
        importing.apply(compare_rows(table, "any", skip_problems=True))
        second = compare_rows(table, "any", skip_problems=True)
        transaction.set_rollback(True)

    assert (second.new, second.changed) == ((), ())


LIKELY = st.tuples(
    st.sampled_from(["", "", "1", "2", "main"]),
    st.sampled_from(["에바", "(주)에바", "EVAR", "Acme", "ACME Inc.", "백제", "전시장", ""]),
    st.sampled_from(["", "EVAR", "Evar Inc.", "Acme"]),
    st.sampled_from(["", "A홀", "Hall A", "A", "a; B홀", "전시장", "main", "Main Hall", "혁신관", "NA"]),
    st.sampled_from(["", "A-1", "a-1", "A-1, A-2", "혁신관 A-1", "전시장", "Hall A", "A홀; B홀 2", "미정", "C1/2"]),
    st.sampled_from(["", "의류", "의류; 패션", "의류/패션", "의류, 패션", "의류·패션", "가구, 침구 및 소품", "패션"]),
)


@pytest.mark.django_db
@given(st.lists(LIKELY, min_size=1, max_size=12), st.sampled_from(["", "A홀", "전시장"]))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_likely_list_can_be_imported_and_the_second_run_changes_nothing(
    rows: list[tuple[str, ...]], hall: str
) -> None:
    table = [["업체코드", "회사명", "영문명", "전시관", "부스", "업종"], *rows]

    with transaction.atomic():
        first = compare_rows(table, "any", skip_problems=True, hall=hall)
        importing.apply(first)
        second = compare_rows(table, "any", skip_problems=True, hall=hall)
        strict = compare_rows(table, "any", create=False, skip_problems=True, hall="")
        transaction.set_rollback(True)

    assert (second.new, second.changed, second.unchanged) == ((), (), len(first.new))
    assert (strict.new, strict.changed) == ((), ()) or hall
