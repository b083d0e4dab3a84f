"""A difference is written whole or not at all, and once."""

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from exhibitors.domain import importing, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.exhibitors import withdraw
from exhibitors.models import (
    Booth,
    BoothAssignment,
    BoothMove,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Hall,
    Industry,
)
from tests.domain.importing.spreadsheets import compare_rows, import_rows
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db

Execute = Callable[..., Any]

LIST = [
    ["업체코드", "회사명", "영문명", "전시관", "부스", "업종", "주요품목", "소개", "홈페이지"],
    [
        "7",
        "(주)에바",
        "EVAR Inc.",
        "수출관",
        "C-1; C-2",
        "생활가전; 기계설비",
        "전기차충전기",
        "첫 줄\n둘째 줄",
        "evar.example",
    ],
    ["", "백제", "", "수출관", "", "식품·음료", "건면", "", ""],
    ["", "", "Acme", "", "", "", "", "", ""],
]


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def stored() -> list[object]:
    """Everything that an import may write, with its moments."""
    tables = (Hall, Industry, Booth, Exhibitor, ExhibitorIndustry, BoothAssignment, BoothMove)
    return [list(model._default_manager.order_by("pk").values()) for model in tables]


def booths_of(exhibitor: Exhibitor) -> list[str]:
    return [str(booth) for booth in exhibitor.booths.order_by("number_key")]


def test_a_new_list_stands_in_the_edition_as_written(edition: Edition) -> None:
    import_rows(LIST)

    evar, baekje, acme = Exhibitor.objects.filter(edition=edition).order_by("pk")
    assert (evar.company_code, evar.name_ko, evar.name_en, evar.slug) == ("7", "(주)에바", "EVAR Inc.", "evar-inc")
    assert (evar.main_products_ko, evar.introduction_ko) == ("전기차충전기", "첫 줄\n둘째 줄")
    assert (evar.homepage, evar.state, evar.is_sample) == ("http://evar.example", "public", False)
    assert (evar.name_key, evar.initial, evar.initial_en) == ("에바", "ㅇ", "E")
    assert [booths_of(exhibitor) for exhibitor in (evar, baekje, acme)] == [
        ["수출관 C-1", "수출관 C-2"],
        ["수출관 number to follow"],
        [],
    ]
    assert sorted(industry.name_ko for industry in evar.industries.all()) == ["기계설비", "생활가전"]
    assert (acme.name_ko, acme.name_en) == ("", "Acme")
    assert baekje.slug.startswith("x-")
    assert Exhibitor.objects.exclude(sort_key="").count() == 3


def test_the_second_run_changes_nothing(edition: Edition) -> None:
    import_rows(LIST)
    before = stored()

    second = import_rows(LIST)

    assert (second.new, second.changed, second.unchanged) == ((), (), 3)
    assert stored() == before


def test_only_what_changed_is_changed(edition: Edition) -> None:
    import_rows(LIST)
    yesterday = timezone.now() - timedelta(days=1)
    Exhibitor.objects.update(updated_at=yesterday, created_at=yesterday, region="경기도")
    rows = [
        ["업체코드", "회사명", "소개", "부스", "업종"],
        ["7", "에바코리아", "새 소개", "수출관 C-2; 수출관 C-3", "식품·음료"],
    ]

    import_rows(rows)

    evar = Exhibitor.objects.get(company_code="7")
    assert (evar.name_ko, evar.name_en, evar.introduction_ko) == ("에바코리아", "EVAR Inc.", "새 소개")
    assert (evar.region, evar.slug, evar.created_at) == ("경기도", "evar-inc", yesterday)
    assert evar.updated_at > yesterday
    assert evar.name_key == "에바코리아"
    assert booths_of(evar) == ["수출관 C-2", "수출관 C-3"]
    assert [industry.name_ko for industry in evar.industries.all()] == ["식품·음료"]
    assert set(Exhibitor.objects.exclude(pk=evar.pk).values_list("updated_at", flat=True)) == {yesterday}


def test_moves_are_logged_for_those_who_moved(edition: Edition) -> None:
    import_rows(LIST)
    BoothMove.objects.all().delete()
    organiser = make_organiser()

    importing.apply(
        compare_rows([["회사명", "부스"], ["백제", "수출관 C-1"], ["에바", "수출관 C-1; 수출관 C-2"]]), by=organiser
    )

    assert [
        (move.exhibitor_name, move.kind, move.booth_number, move.moved_by) for move in BoothMove.objects.order_by("pk")
    ] == [
        ("백제", "left", "", organiser),
        ("백제", "joined", "C-1", organiser),
    ]


def test_positions_and_colours_continue(edition: Edition) -> None:
    make_hall(edition, position=4, colour="blue")
    make_industry(edition, position=9)

    import_rows([["회사명", "전시관", "업종"], ["가", "수출관", "식품"], ["나", "North", "음료"]])

    assert list(Hall.objects.order_by("position").values_list("code", "name_ko", "position", "colour")) == [
        ("innovation", "혁신관", 4, "blue"),
        ("hall-1", "수출관", 5, "teal"),
        ("north", "North", 6, "violet"),
    ]
    assert list(Industry.objects.order_by("position").values_list("slug", "name_ko", "position")) == [
        ("machinery", "기계설비", 9),
        ("industry-1", "식품", 10),
        ("industry-2", "음료", 11),
    ]


def test_a_missing_edition_is_created_hidden() -> None:
    import_rows(LIST, "2030")

    edition = Edition.objects.get()
    assert (edition.slug, edition.name_ko, edition.is_public, edition.is_current) == ("2030", "2030", False, False)
    assert edition.exhibitors.count() == 3


def test_other_editions_stay_as_they_are(edition: Edition) -> None:
    other = make_edition("2023")
    make_exhibitor(other, "백제", company_code="7", booths=[make_booth(make_hall(other, "export", "수출관"), "C-1")])
    before = list(Exhibitor.objects.filter(edition=other).values())

    import_rows(LIST)

    assert list(Exhibitor.objects.filter(edition=other).values()) == before
    assert Hall.objects.filter(edition=other).count() == 1


@pytest.mark.parametrize(("draft", "state"), [(False, "public"), (True, "draft")])
def test_new_exhibitors_are_public_unless_drafts_are_asked_for(edition: Edition, draft: bool, state: str) -> None:
    make_exhibitor(edition, "백제", state=Exhibitor.State.DRAFT, state_reason="확인 중")

    import_rows([["회사명", "지역"], ["에바", ""], ["백제", "경기도"]], draft=draft)

    assert Exhibitor.objects.get(name_ko="에바").state == state
    baekje = Exhibitor.objects.get(name_ko="백제")
    assert (baekje.state, baekje.state_reason, baekje.region) == ("draft", "확인 중", "경기도")


def test_a_withdrawn_exhibitor_stays_withdrawn(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "백제")
    withdraw(Exhibitor.objects.filter(pk=exhibitor.pk), reason="참가 취소")

    import_rows([["회사명", "지역"], ["백제", "경기도"]])

    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.state_reason, exhibitor.region) == ("withdrawn", "참가 취소", "경기도")


def test_equal_names_and_codes_get_addresses_of_their_own(edition: Edition) -> None:
    make_exhibitor(edition, "에이씨엠이", name_en="Acme")

    import_rows([["code", "name", "name_en"], ["1", "에이", "Acme"], ["2", "비", "ACME"], ["K-7", "씨", ""]])

    assert list(Exhibitor.objects.order_by("pk").values_list("slug", flat=True)) == ["acme", "acme-2", "acme-3", "k-7"]


def test_an_existing_booth_is_found_in_any_case(edition: Edition) -> None:
    booth = make_booth(make_hall(edition), "a-1")

    import_rows([["회사명", "전시관", "부스"], ["가", "혁신관", "A-1"], ["나", "혁신관", "Ａ-1"]])

    assert list(Booth.objects.all()) == [booth]
    assert booth.exhibitors.count() == 2


# All or nothing


def test_problems_stop_the_whole_file(edition: Edition) -> None:
    difference = compare_rows([*LIST, ["", "", "", "", "A-9", "", "", "", ""]])

    with pytest.raises(DomainError, match="1 rows have problems"):
        importing.apply(difference)

    assert stored() == [[]] * 7


def test_problem_rows_can_be_left_out(edition: Edition) -> None:
    import_rows([["회사명", "홈페이지"], ["에바", "no address"], ["백제", ""]], skip_problems=True)

    assert [exhibitor.name_ko for exhibitor in Exhibitor.objects.all()] == ["백제"]


def change_a_name(edition: Edition) -> None:
    exhibitor = edition.exhibitors.get()
    exhibitor.name_ko = "바뀐 이름"
    exhibitor.save()


def swap_a_booth(edition: Edition) -> None:
    assignment = BoothAssignment.objects.get()
    BoothAssignment.objects.create(exhibitor=assignment.exhibitor, booth=Booth.objects.get(number="A-2"))
    assignment.delete()


def rename_a_hall(edition: Edition) -> None:
    edition.halls.update(name_ko="수출관")


def link_an_industry(edition: Edition) -> None:
    ExhibitorIndustry.objects.create(exhibitor=edition.exhibitors.get(), industry=make_industry(edition))


@pytest.mark.parametrize(
    "someone_else",
    [
        change_a_name,
        swap_a_booth,
        rename_a_hall,
        link_an_industry,
        lambda edition: make_exhibitor(edition, "새 업체"),
        lambda edition: edition.exhibitors.update(updated_at=timezone.now()),
        lambda edition: make_industry(edition, "food", "식품"),
        lambda edition: make_booth(edition.halls.get(), "A-3"),
    ],
)
def test_an_edition_that_changed_meanwhile_is_not_overwritten(edition: Edition, someone_else: object) -> None:
    hall = make_hall(edition)
    make_booth(hall, "A-2")
    make_exhibitor(edition, "백제", booths=[make_booth(hall, "A-1")])
    difference = compare_rows([["회사명", "지역"], ["백제", "경기도"], ["에바", "경기도"]])
    someone_else(edition)  # type: ignore[operator]
    before = stored()

    with pytest.raises(importing.EditionChangedError, match="changed while the file"):
        importing.apply(difference)

    assert stored() == before


def test_what_does_not_matter_may_change_meanwhile(edition: Edition) -> None:
    difference = compare_rows(LIST)
    make_exhibitor(make_edition("2023"), "백제")

    importing.apply(difference)

    assert edition.exhibitors.count() == 3


def test_a_deleted_exhibitor_or_edition_is_told(edition: Edition) -> None:
    exhibitor = make_exhibitor(edition, "백제")
    difference = compare_rows([["회사명", "지역"], ["백제", "경기도"]])
    exhibitor.delete()

    with pytest.raises(importing.EditionChangedError):
        importing.apply(difference)

    difference = compare_rows(LIST)
    edition.delete()
    with pytest.raises(importing.EditionChangedError):
        importing.apply(difference)


def test_an_edition_made_meanwhile_is_told() -> None:
    difference = compare_rows(LIST, "2030")
    make_edition("2030")

    with pytest.raises(importing.EditionChangedError):
        importing.apply(difference)

    assert Exhibitor.objects.count() == 0


def test_an_error_halfway_leaves_nothing(edition: Edition) -> None:
    difference = compare_rows(LIST)

    def fail_at_booths(execute: Execute, sql: str, *arguments: Any) -> Any:
        if sql.startswith("INSERT INTO") and "boothassignment" in sql:
            raise DomainError("halfway")
        return execute(sql, *arguments)

    with connection.execute_wrapper(fail_at_booths), pytest.raises(DomainError, match="halfway"):
        importing.apply(difference)

    assert not Exhibitor.objects.exists()
    assert not edition.halls.exists()


@pytest.mark.django_db(transaction=True)
def test_a_product_renamed_just_before_the_lock_is_found_by_its_new_name() -> None:
    exhibitor = make_exhibitor(make_edition(), "백제")
    product = make_product(exhibitor, "건면")
    difference = compare_rows([["회사명", "지역"], ["백제", "경기도"]])

    def rename_first(execute: Execute, sql: str, *arguments: Any) -> Any:
        if connection.in_atomic_block and product.name_ko == "건면":
            product.name_ko = "국수"
            parts.save(product)
        return execute(sql, *arguments)

    with connection.execute_wrapper(rename_first):
        importing.apply(difference)

    assert Exhibitor.objects.get().region == "경기도"
    assert list(indexing.stale(Exhibitor.objects.all())) == []


def add_booth_before(table: str, edition: Edition) -> Callable[..., Any]:
    """A wrapper of queries: before the first one that reads the table, somebody stands on a booth of a new hall."""
    waiting = [edition]

    def wrapper(execute: Execute, sql: str, *arguments: Any) -> Any:
        if f'FROM "exhibitors_{table}"' in sql and waiting:
            booth = make_booth(make_hall(waiting.pop(), "new", "새 관"))
            make_exhibitor(booth.hall.edition, "산청", booths=[booth], industries=[make_industry(edition, "new")])
        return execute(sql, *arguments)

    return wrapper


@pytest.mark.parametrize("table", ["industry", "booth", "boothassignment", "exhibitorindustry"])
def test_a_snapshot_during_which_somebody_adds_something_is_refused_later(table: str) -> None:
    edition = make_edition()
    with connection.execute_wrapper(add_booth_before(table, edition)):
        difference = compare_rows([["회사명"], ["에바"]])

    with pytest.raises(importing.EditionChangedError):
        importing.apply(difference)

    assert Exhibitor.objects.get().name_ko == "산청"


@pytest.mark.parametrize("table", ["hall", "industry", "booth"])
def test_what_somebody_adds_while_the_writing_is_prepared_stops_it(table: str) -> None:
    edition = make_edition()
    difference = compare_rows([["회사명"], ["에바"]])

    with (
        connection.execute_wrapper(add_booth_before(table, edition)),
        pytest.raises(importing.EditionChangedError),
    ):
        importing.apply(difference)

    assert Exhibitor.objects.get().name_ko == "산청"


@pytest.mark.parametrize("gone", [Booth, Hall, Industry])
def test_what_somebody_removes_before_the_writing_stops_it(gone: type[Booth | Hall | Industry]) -> None:
    edition = make_edition()
    booth, industry = make_booth(make_hall(edition)), make_industry(edition)
    if gone is Hall:
        booth.delete()
    difference = compare_rows(
        [["회사명", "전시관", "부스", "업종"], ["에바", "혁신관", "" if gone is Hall else "A-01", industry.name_ko]]
    )
    gone.objects.all().delete()

    with pytest.raises(importing.EditionChangedError):
        importing.apply(difference)

    assert not Exhibitor.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_imports_at_once_one_is_told_to_try_again() -> None:
    make_edition()
    differences = [compare_rows([["회사명"], [name]]) for name in ("에바", "백제")]
    barrier = threading.Barrier(2)
    outcomes: list[str] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            importing.apply(differences[number])
            outcomes.append("imported")
        except importing.EditionChangedError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["imported", "told"]
    assert Exhibitor.objects.count() == 1


def test_the_number_of_statements_does_not_grow_with_each_row(edition: Edition) -> None:
    def statements(rows: int) -> int:
        names = [[f"업체{rows}-{number}", "A홀", f"{rows}-{number}", "식품"] for number in range(rows)]
        difference = compare_rows([["회사명", "전시관", "부스", "업종"], *names])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            importing.apply(difference)
        return len(queries)

    import_rows([["회사명", "전시관", "부스", "업종"], ["가", "A홀", "0", "식품"]])

    assert statements(1) == statements(30)
