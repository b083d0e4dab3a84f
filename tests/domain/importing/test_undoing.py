"""An import taken back: the edition is what it was, as long as nobody touched what the import wrote."""

import threading
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from reversion.models import Version

from exhibitors.domain import booths, exhibitors, indexing, parts
from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import Options, runs, undoing
from exhibitors.domain.importing.choices import Choices
from exhibitors.domain.importing.errors import RunClosedError
from exhibitors.models import (
    Booth,
    BoothAssignment,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Hall,
    ImportRun,
    Industry,
)
from tests.domain.history.truth import begin, untold
from tests.domain.importing.spreadsheets import Cells, as_csv
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_import_run,
    make_industry,
    make_organiser,
    make_product,
)

pytestmark = pytest.mark.django_db

HEAD = ["업체코드", "회사명", "회사명(영문)", "전시관", "부스", "업종", "주요품목", "소개", "지역", "홈페이지"]
FILE = [
    HEAD,
    ["1", "도담 커피", "Dodam", "수출관", "C-1", "음료", "원두", "새 소개", "부산", "https://dodam.example"],
    ["2", "나래로봇", "", "혁신관", "A-2", "", "", "", "", ""],
    ["3", "가람상회", "Garam", "새 관", "Z-1; Z-2", "새 업종", "건면", "", "대구", ""],
    ["4", "해솔식품", "", "", "", "", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def _english() -> Any:
    with translation.override("en"):
        yield


def state() -> dict[str, Any]:
    """All that an import writes, but for moments and keys of links."""
    left_out = {"updated_at", "search_version"}
    return {
        "exhibitors": [
            {name: value for name, value in row.items() if name not in left_out}
            for row in Exhibitor.objects.order_by("pk").values()
        ],
        "halls": list(Hall.objects.order_by("pk").values()),
        "industries": list(Industry.objects.order_by("pk").values()),
        "booths": list(Booth.objects.order_by("pk").values()),
        "standing": sorted(BoothAssignment.objects.values_list("exhibitor", "booth")),
        "listed": sorted(ExhibitorIndustry.objects.values_list("exhibitor", "industry")),
    }


def make_before() -> Edition:
    edition = make_edition()
    hall = make_hall(edition)
    make_hall(edition, "export", "수출관")
    food = make_industry(edition, "food", "식품")
    make_industry(edition, "drinks", "음료")
    make_exhibitor(
        edition,
        "도담커피",
        company_code="1",
        booths=[make_booth(hall, "A-1")],
        industries=[food],
        introduction_ko="옛 소개",
        region="서울",
    )
    make_exhibitor(edition, "나래로봇", company_code="2", booths=[make_booth(hall, "A-2")])
    make_exhibitor(edition, "솔빛정밀", company_code="9", state="withdrawn", state_reason="사정")
    begin()
    return edition


MEANINGS = dict(
    zip(
        HEAD,
        (
            "code",
            "name_ko",
            "name_en",
            "hall",
            "booth",
            "industry",
            "main_products_ko",
            "introduction_ko",
            "region",
            "homepage",
        ),
        strict=True,
    )
)


def imported(edition: Edition, rows: Cells = FILE) -> ImportRun:
    run = make_import_run(edition, as_csv(rows))
    meanings = {index: MEANINGS[str(heading)] for index, heading in enumerate(rows[0])}
    token = runs.choose(run, Choices(0, 0, meanings, Options(create=True))).token
    runs.apply(run, token)
    return run


def test_an_import_is_taken_back_whole() -> None:
    edition = make_before()
    before = state()
    run = imported(edition)
    assert (len(run.created), len(run.changed), state() != before) == (2, 1, True)

    undoing.undo(run, by=make_organiser("kim"))

    assert state() == before
    assert (untold(), list(indexing.stale(Exhibitor.objects.all()))) == ([], [])
    run.refresh_from_db()
    assert (run.state, str(run.undone_by)) == ("undone", "kim")
    assert run.undone_at is not None


def test_a_file_can_be_imported_again_after_it_was_undone() -> None:
    edition = make_before()
    undoing.undo(imported(edition))
    run = imported(edition)
    assert (len(run.created), len(run.changed)) == (2, 1)


def test_the_later_of_two_imports_is_undone_first() -> None:
    edition = make_before()
    before = state()
    first = imported(edition)
    between = state()
    second = imported(edition, [[*HEAD[:2], "지역"], ["1", "도담 커피", "인천"]])

    assert [obstacle.name for obstacle in undoing.obstacles(first)] == ["Dodam"]
    undoing.undo(second)
    assert state() == between
    undoing.undo(first)
    assert state() == before


def test_each_thing_that_was_changed_since_is_told_and_nothing_is_undone() -> None:
    edition = make_before()
    run = imported(edition)
    kim = make_organiser("kim")
    dodam, garam, haesol = (Exhibitor.objects.get(company_code=code) for code in "134")
    dodam.region = "광주"
    exhibitors.save(dodam, by=kim)
    make_product(garam, "건면")
    exhibitors.delete([haesol], by=kim)
    make_collaboration(edition, [garam, dodam])
    after = state()

    found = undoing.obstacles(run)
    with pytest.raises(DomainError, match=r"Nothing was undone\.$"):
        undoing.undo(run)

    assert [(obstacle.name, obstacle.reason.split(", ")[0], obstacle.is_gone) for obstacle in found] == [
        ("Dodam", "Edited", False),
        ("Garam", "A product was added.", False),
        ("Garam", "It takes part in a collaboration.", False),
        ("해솔식품", "Deleted", True),
    ]
    assert found[0].reason.endswith(", kim")
    assert state() == after
    run.refresh_from_db()
    assert run.state == "applied"


def test_bulk_changes_and_moves_are_changes_too() -> None:
    edition = make_before()
    run = imported(edition)
    exhibitors.withdraw(Exhibitor.objects.filter(company_code="3"), reason="사정")
    booths.assign({Exhibitor.objects.get(company_code="1"): []})
    assert [obstacle.name for obstacle in undoing.obstacles(run)] == ["Dodam", "Garam"]


def test_what_others_need_by_now_stays() -> None:
    edition = make_before()
    run = imported(edition)
    own = Exhibitor.objects.get(company_code="2")
    exhibitors.save(
        own, booth_list=[Booth.objects.get(number="Z-1")], industries=[Industry.objects.get(name_ko="새 업종")]
    )

    undoing.undo(run)

    assert Hall.objects.filter(name_ko="새 관").exists()
    assert Industry.objects.filter(name_ko="새 업종").exists()
    assert list(Booth.objects.filter(hall__name_ko="새 관").values_list("number", flat=True)) == ["Z-1"]
    assert not Exhibitor.objects.filter(company_code="3").exists()


def test_a_booth_that_was_removed_since_cannot_come_back_and_the_rest_does() -> None:
    edition = make_before()
    run = imported(edition)
    parts.delete(Booth.objects.get(number="A-1"))
    lost = undoing.undo(run)
    back = Exhibitor.objects.get(company_code="1")
    assert (back.region, list(back.booths.all())) == ("서울", [])
    assert lost == ("1 booths that were assigned are deleted.",)


def test_halls_and_booths_that_somebody_has_worked_on_since_stay() -> None:
    edition = make_before()
    run = imported(edition)
    booth, hall = Booth.objects.get(number="Z-1"), Hall.objects.get(name_ko="새 관")
    booth.x = booth.y = Decimal(0)
    booth.width = booth.depth = Decimal(3)
    parts.save(booth)
    hall.description_ko = "두 시간 걸려 쓴 글"
    parts.save(hall)

    assert undoing.undo(run) == ()

    assert list(Booth.objects.filter(hall=hall)) == [booth]
    assert Hall.objects.get(pk=hall.pk).description_ko == "두 시간 걸려 쓴 글"


def test_booths_of_one_spelling_are_not_mixed_up() -> None:
    edition = make_edition()
    hall = make_hall(edition)
    plain, wide = make_booth(hall, "A-1"), make_booth(hall, "Ａ-1")
    one = make_exhibitor(edition, "에바", booths=[plain], region="서울")
    other = make_exhibitor(edition, "백제", booths=[wide], region="서울")
    begin()
    run = imported(edition, [["회사명", "지역"], ["에바", "부산"], ["백제", "부산"]])

    undoing.undo(run)

    assert (list(one.booths.all()), list(other.booths.all())) == ([plain], [wide])


def test_halls_and_industries_stay_for_who_may_not_delete_them() -> None:
    edition = make_before()
    run = imported(edition)
    undoing.undo(run, may_delete_places=False)
    assert Hall.objects.filter(name_ko="새 관").exists()
    assert Industry.objects.filter(name_ko="새 업종").exists()
    assert not Booth.objects.filter(number="Z-1").exists()


def test_of_what_was_not_known_before_nothing_is_undone() -> None:
    edition = make_before()
    run = imported(edition)
    Version.objects.get_for_model(Exhibitor).filter(revision__lt=run.revision_id).delete()
    with pytest.raises(DomainError, match="is not known"):
        undoing.undo(run)
    assert Exhibitor.objects.filter(company_code="3").exists()


@pytest.mark.parametrize("state_of_run", ["uploaded", "previewed", "abandoned", "undone"])
def test_only_an_applied_run_is_undone(state_of_run: str) -> None:
    edition = make_before()
    run = imported(edition)
    applied_at = run.applied_at if state_of_run == "undone" else None
    ImportRun.objects.filter(pk=run.pk).update(state=state_of_run, applied_at=applied_at)
    with pytest.raises(RunClosedError):
        undoing.undo(run)
    assert Exhibitor.objects.filter(company_code="3").exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_undo_at_once_one_is_told() -> None:
    run = imported(make_before())
    outcomes: list[str] = []

    def press() -> None:
        try:
            undoing.undo(ImportRun.objects.get(pk=run.pk))
            outcomes.append("undone")
        except RunClosedError:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["told", "undone"]


def test_looking_for_obstacles_costs_the_same_for_few_and_for_many() -> None:
    costs = []
    for rows in (1, 30):
        edition = make_edition(f"20{rows:02d}")
        run = imported(edition, [["회사명"], *([f"업체{number}"] for number in range(rows))])
        with CaptureQueriesContext(connection) as captured:
            undoing.obstacles(run)
        costs.append(len(captured))
    assert costs == [5, 5]
