"""Freezing booth lists: what is kept, that it stays, and what has changed since."""

from datetime import datetime

import pytest
from django.utils import timezone, translation

from exhibitors.domain import booths, exhibitors, parts, print_runs
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.errors import DomainError
from exhibitors.models import Edition, Exhibitor, PrintRun
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_print_run,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def told(run: PrintRun) -> list[tuple[str, str]]:
    """Kind and Korean name of each difference."""
    errata = print_runs.errata(run, print_runs.sheet_of(run))
    return [(difference.kind.value, difference.row.subject.name_ko) for difference in errata.differences]


def moments(run: PrintRun) -> list[datetime | None]:
    return [difference.at for difference in print_runs.errata(run, print_runs.sheet_of(run)).differences]


def test_a_run_keeps_who_where_and_what_in_both_languages(edition: Edition) -> None:
    organiser = make_organiser()
    hall = make_hall(edition, name_en="Innovation")
    food = make_industry(edition, "food", "식품", name_en="Food")
    exhibitor = make_exhibitor(
        edition, "에바", name_en="Evar", booths=[make_booth(hall, "A-1")], industries=[food], main_products_ko="충전기"
    )
    make_facility(edition, name_ko="안내소")

    run = print_runs.freeze(edition, Criteria(), Order.HALL, name=" 인쇄소용 ", note="쉿", by=organiser)

    sheet = print_runs.sheet_of(PrintRun.objects.get())
    row, facility = sheet.rows
    assert (run.number, run.name, run.note, run.order, run.frozen_by) == (1, "인쇄소용", "쉿", "hall", organiser)
    assert (row.subject.pk, row.subject.slug) == (exhibitor.pk, "evar")
    assert (row.subject.name_ko, row.subject.name_en, row.subject.main_products_ko) == ("에바", "Evar", "충전기")
    assert [(b.hall.code, b.hall.name_ko, b.hall.name_en, b.number) for b in row.booths] == [
        ("innovation", "혁신관", "Innovation", "A-1")
    ]
    assert [(line.industry.name_ko, line.industry.name_en) for line in row.subject.lines] == [("식품", "Food")]
    assert (facility.key, facility.subject.name_ko, sheet.total) == (f"facility-{facility.subject.pk}", "안내소", 1)


def test_numbers_count_within_the_edition(edition: Edition) -> None:
    other = make_edition("2023")
    make_exhibitor(edition)
    make_exhibitor(other)

    assert [make_print_run(one).number for one in (edition, edition, other, edition)] == [1, 2, 1, 3]


def test_drafts_and_withdrawn_exhibitors_and_other_editions_are_not_frozen(edition: Edition) -> None:
    make_exhibitor(edition, "공개")
    make_exhibitor(edition, "초안", state="draft")
    make_exhibitor(edition, "취소", state="withdrawn", state_reason="사정")
    make_exhibitor(make_edition("2023"), "작년")

    sheet = print_runs.sheet_of(make_print_run(edition))

    assert [row.subject.name_ko for row in sheet.rows] == ["공개"]


def test_a_selection_is_kept_in_one_way_of_writing_it(edition: Edition) -> None:
    for code in ("b", "a"):
        make_exhibitor(edition, booths=[make_booth(make_hall(edition, code))])

    first = print_runs.freeze(edition, Criteria(halls=("b", "a", "b"), sort=Sort.BOOTH), Order.BOOTH)
    second = print_runs.freeze(edition, Criteria(halls=("a", "b")), Order.BOOTH)

    assert first.criteria == second.criteria
    stored = PrintRun.objects.get(pk=first.pk)
    assert print_runs.criteria_of(stored) == Criteria(halls=("a", "b"), sort=Sort.NAME)


def test_filters_are_kept_as_they_are_called_in_both_languages(edition: Edition) -> None:
    hall = make_hall(edition, name_en="Innovation")
    make_exhibitor(edition, "에바", booths=[make_booth(hall)])

    run = make_print_run(edition, halls=("innovation", "none"), query="에바", initials=("ㅇ",))

    filters = [(one.name_ko, one.name_en) for one in print_runs.sheet_of(run).filters]
    assert filters == [
        ("“에바”", "“에바”"),
        ("혁신관", "Innovation"),
        ("전시관 미정", "Hall to follow"),
        ("ㅇ", "ㅇ"),
    ]


def test_an_empty_selection_is_not_frozen(edition: Edition) -> None:
    make_exhibitor(edition, "초안", state="draft")

    with translation.override("en"), pytest.raises(DomainError, match="holds no exhibitor"):
        print_runs.freeze(edition, Criteria(), Order.HALL)

    assert not PrintRun.objects.exists()


def test_whatever_changes_the_sheet_stays(edition: Edition) -> None:
    hall = make_hall(edition)
    exhibitor = make_exhibitor(edition, "에바", booths=[make_booth(hall, "A-1")])
    make_exhibitor(edition, "백제")
    run = make_print_run(edition)
    before = PrintRun.objects.values().get()

    booths.assign({exhibitor: [make_booth(hall, "A-2")]})
    exhibitor.name_ko = "에바2"
    exhibitors.save(exhibitor)
    exhibitors.delete([Exhibitor.objects.get(name_ko="백제")])
    hall.name_ko = "다른관"
    parts.save(hall)
    print_runs.errata(run, print_runs.sheet_of(run))

    assert PrintRun.objects.values().get() == before


# What has changed since


def test_without_changes_there_is_no_difference(edition: Edition) -> None:
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))], industries=[make_industry(edition)])
    make_facility(edition)

    for order in Order:
        run = make_print_run(edition, order)
        errata = print_runs.errata(run, print_runs.sheet_of(run))
        assert (errata.total, errata.differences, errata.renamed) == (0, (), ())


@pytest.mark.parametrize("order", list(Order))
def test_every_kind_of_change_is_told_in_every_order(edition: Edition, order: Order) -> None:
    hall = make_hall(edition)
    names = ("옮김", "개명", "취소", "초안", "삭제", "그대로", "바뀜")
    rows = {name: make_exhibitor(edition, name, booths=[make_booth(hall, name)]) for name in names}
    run = make_print_run(edition, order)

    booths.assign({rows["옮김"]: [make_booth(hall, "Z-1")]})
    rows["개명"].name_ko = "새이름"
    rows["바뀜"].main_products_ko = "떡"
    exhibitors.save(rows["개명"])
    exhibitors.save(rows["바뀜"])
    exhibitors.withdraw(Exhibitor.objects.filter(name_ko="취소"), reason="비밀 사정")
    exhibitors.make_draft(Exhibitor.objects.filter(name_ko="초안"), reason="비밀 사정")
    exhibitors.delete([rows["삭제"]])
    make_exhibitor(edition, "새업체")
    make_exhibitor(edition, "새초안", state="draft")

    found = told(run)

    assert sorted(found) == sorted(
        [
            ("withdrawn", "취소"),
            ("gone", "삭제"),
            ("gone", "초안"),
            ("moved", "옮김"),
            ("new", "새업체"),
            ("renamed", "개명"),
            ("changed", "바뀜"),
        ]
    )
    assert [kind for kind, _name in found] == ["withdrawn", "gone", "gone", "moved", "new", "renamed", "changed"]


def test_who_moves_out_of_the_hall_that_was_printed_has_moved_and_is_not_gone(edition: Edition) -> None:
    one, two = make_hall(edition, "one"), make_hall(edition, "two", "둘째관")
    exhibitor = make_exhibitor(edition, "에바", booths=[make_booth(one, "A-1")])
    run = make_print_run(edition, halls=("one",))

    booths.assign({exhibitor: [make_booth(two, "B-1")]})

    (difference,) = print_runs.errata(run, print_runs.sheet_of(run)).differences
    assert (difference.kind, difference.new and [b.hall.code for b in difference.new.booths]) == ("moved", ["two"])


def test_who_moves_into_the_hall_that_was_printed_is_new_there(edition: Edition) -> None:
    one, two = make_hall(edition, "one"), make_hall(edition, "two", "둘째관")
    make_exhibitor(edition, "에바", booths=[make_booth(one, "A-1")])
    guest = make_exhibitor(edition, "백제", booths=[make_booth(two, "B-1")])
    run = make_print_run(edition, halls=("one",))

    booths.assign({guest: [make_booth(one, "A-2")]})

    assert told(run) == [("new", "백제")]


def test_who_is_public_again_is_no_difference(edition: Edition) -> None:
    make_exhibitor(edition, "에바")
    run = make_print_run(edition)
    exhibitors.withdraw(Exhibitor.objects.all(), reason="사정")
    exhibitors.publish(Exhibitor.objects.all())

    assert told(run) == []


def test_facilities_move_and_go_too(edition: Edition) -> None:
    hall = make_hall(edition)
    make_exhibitor(edition)
    desk = make_facility(edition, "desk", "안내소", booth=make_booth(hall, "A-1"))
    rest = make_facility(edition, "rest", "쉼터")
    run = make_print_run(edition)

    desk.booth = make_booth(hall, "A-2")
    desk.save()
    rest.delete()

    assert told(run) == [("gone", "쉼터"), ("moved", "안내소")]


def test_a_hall_and_an_industry_under_another_name_are_told_once(edition: Edition) -> None:
    hall, food = make_hall(edition), make_industry(edition, "food", "식품")
    for number in range(3):
        make_exhibitor(edition, booths=[make_booth(hall, f"A-{number}")], industries=[food])
    run = make_print_run(edition)

    hall.name_ko, food.name_ko = "새관", "먹거리"
    parts.save(hall)
    parts.save(food)

    errata = print_runs.errata(run, print_runs.sheet_of(run))
    assert errata.differences == ()
    assert [(part.old.name_ko, part.new.name_ko) for part in errata.renamed] == [("혁신관", "새관"), ("식품", "먹거리")]


def test_the_moments_come_from_the_log_and_the_history(edition: Edition) -> None:
    hall = make_hall(edition)
    names = ("옮김", "개명", "취소")
    rows = {name: make_exhibitor(edition, name, booths=[make_booth(hall, name)]) for name in names}
    run = make_print_run(edition)
    start = timezone.now()
    booths.assign({rows["옮김"]: [make_booth(hall, "Z-1")]})
    rows["개명"].name_ko = "새이름"
    exhibitors.save(rows["개명"])
    renamed_by = timezone.now()
    rows["개명"].region = "서울"  # a later change of something else does not move the moment
    exhibitors.save(rows["개명"])
    exhibitors.withdraw(Exhibitor.objects.filter(name_ko="취소"), reason="사정")

    withdrawn, moved, renamed = (at or start for at in moments(run))

    assert start < moved < renamed < renamed_by < withdrawn < timezone.now()


def test_a_renumbering_has_its_moment_as_well(edition: Edition) -> None:
    booth = make_booth(make_hall(edition), "A-1")
    make_exhibitor(edition, booths=[booth])
    run = make_print_run(edition)
    start = timezone.now()
    booth.number = "A-9"
    parts.save(booth)

    (moment,) = moments(run)

    assert moment is not None
    assert start < moment < timezone.now()


def test_what_was_so_before_has_no_moment(edition: Edition) -> None:
    make_exhibitor(edition, "에바", booths=[make_booth(make_hall(edition, "one"), "A-1")])
    run = make_print_run(edition)
    Exhibitor.objects.update(name_ko="이름")  # past the history

    assert (told(run), moments(run)) == ([("renamed", "에바")], [None])
