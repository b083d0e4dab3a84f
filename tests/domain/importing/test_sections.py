"""A preview cut into sections and pages: every row stands on one of them, every change is seen."""

import pytest

from exhibitors.domain.importing import sections
from exhibitors.domain.importing.sections import Line, Section, Text
from tests.domain.importing.spreadsheets import Cells, compare_rows
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db

LIST: Cells = [
    ["회사명", "영문", "전시관", "부스", "업종", "지역", "홈페이지"],
    ["에바", "Evar", "혁신관", "A-2", "기계설비", "경기도", ""],
    ["백제", "", "", "", "", "충청남도", ""],
    ["한서", "", "", "", "", "", ""],
    ["쿠첸", "", "", "", "", "", "no address"],
]


def lines(section: Section, rows: Cells = LIST, *, create: bool = True) -> list[object]:
    return list(sections.page_of(compare_rows(rows, create=create), section, 1).items)


def test_each_section_tells_what_happens_to_its_rows() -> None:
    edition = make_edition()
    hall = make_hall(edition, name_ko="혁신관")
    booth, industry = make_booth(hall, "A-1"), make_industry(edition, name_ko="식품")
    baekje = make_exhibitor(edition, "백제", region="경기도", booths=[booth], industries=[industry])
    hanseo = make_exhibitor(edition, "한서", state="withdrawn", state_reason="취소")
    make_exhibitor(edition, "산청")

    found = {section: lines(section) for section in Section}

    assert found[Section.NEW] == [
        Line(
            2,
            "에바",
            texts=(
                Text("name (English)", "Evar"),
                Text("region", "경기도"),
                Text("booths", "혁신관 A-2"),
                Text("industries", "기계설비"),
            ),
        )
    ]
    assert found[Section.CHANGED] == [Line(3, "백제", baekje.pk, (Text("region", "충청남도", "경기도"),))]
    assert found[Section.UNCHANGED] == [Line(4, "한서", hanseo.pk, is_withdrawn=True)]
    assert [exhibitor.name for exhibitor in found[Section.MISSING]] == ["산청"]  # type: ignore[attr-defined]
    assert found[Section.PROBLEMS] == [
        sections.ProblemLine(
            5, "G", "홈페이지", "no address", "This is no web address. Write one address like www.example.com."
        )
    ]


def test_a_row_with_problems_still_stands_for_its_exhibitor() -> None:
    make_exhibitor(make_edition(), "쿠첸")

    assert lines(Section.MISSING) == []


def test_exhibitors_of_one_name_are_not_missing_where_the_file_has_it() -> None:
    edition = make_edition()
    for name in ("(주)에바", "에바(주)", "산청"):
        make_exhibitor(edition, name)

    names = [missing.name for missing in compare_rows([["회사명"], ["에바"]]).missing]

    assert names == ["산청"]


def test_missing_exhibitors_come_by_name_drafts_too_but_no_withdrawn_ones() -> None:
    edition = make_edition()
    make_exhibitor(edition, "하나", state="draft")
    make_exhibitor(edition, "가나")
    make_exhibitor(edition, "다나", state="withdrawn", state_reason="취소")

    names = [missing.name for missing in compare_rows([["회사명"], ["에바"]]).missing]

    assert names == ["가나", "하나"]


def test_the_commands_options_are_not_told_to_readers_of_pages() -> None:
    make_edition()

    found = lines(Section.PROBLEMS, [["회사명", "전시관"], ["에바", "혁신관"]], create=False)

    assert [problem.message for problem in found] == [  # type: ignore[attr-defined]
        "The edition has no hall '혁신관'. Correct the name, or have it created."
    ]


def test_a_hundred_rows_make_a_page_and_every_row_is_on_one() -> None:
    make_edition()
    difference = compare_rows([["회사명"], *[[f"업체 {number}"] for number in range(250)]])

    pages = [sections.page_of(difference, Section.NEW, number) for number in (1, 2, 3)]

    assert [(page.number, page.pages, page.total, len(page.items)) for page in pages] == [
        (1, 3, 250, 100),
        (2, 3, 250, 100),
        (3, 3, 250, 50),
    ]
    assert [line.row for page in pages for line in page.items] == list(range(2, 252))


@pytest.mark.parametrize(("asked", "given"), [(0, 1), (-5, 1), (4, 3), (10**30, 3)])
def test_a_page_that_is_not_there_is_the_nearest_one(asked: int, given: int) -> None:
    assert sections.cut(Section.NEW, range(250), asked).number == given


def test_an_empty_section_is_one_empty_page() -> None:
    page = sections.cut(Section.NEW, [], 1)

    assert (page.pages, page.total, list(page.items)) == (1, 0, [])


def test_problems_are_read_first_while_they_stop_the_import() -> None:
    make_edition()

    assert sections.first_section(compare_rows(LIST)) == Section.PROBLEMS
    assert sections.first_section(compare_rows(LIST, skip_problems=True)) == Section.NEW


def test_with_nothing_new_the_first_section_with_rows_is_read() -> None:
    make_exhibitor(make_edition(), "에바")

    assert sections.first_section(compare_rows([["회사명"], ["에바"]])) == Section.UNCHANGED


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("", "가", ("", "가")),
        ("가 나", "가\n나", ("가 나", "가 ⏎ 나")),
        ("x" * 300 + "old", "x" * 300 + "new", ("…" + "x" * 40 + "old", "…" + "x" * 40 + "new")),
        ("x" * 300, "x" * 301, ("…" + "x" * 40, "…" + "x" * 41)),
        ("a" + "x" * 300, "b" + "x" * 300, ("a" + "x" * 159 + "…", "b" + "x" * 159 + "…")),
        ("", "x" * 300, ("", "x" * 160 + "…")),
    ],
)
def test_where_two_texts_differ_is_shown(old: str, new: str, shown: tuple[str, str]) -> None:
    assert sections.differing_parts(old, new) == shown
