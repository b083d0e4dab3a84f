"""The reader of printed lists: it accepts sound paper and finds each way in which paper can be wrong."""

from dataclasses import replace

import pytest

from tests.browser.paper import Expected, MisprintError, Section, check, check_pages, squash

pytestmark = pytest.mark.browser

HALL_A = Section(head="A관부스", rows=("A-1가", "A-2나", "A-3다"), names=("가", "나", "다"))
HALL_B = Section(head="B관부스", rows=("B-1라",), names=("라",))
LIST = Expected(top="목록", sections=(HALL_A, HALL_B))

SOUND = ["1/2목록A관부스A-1가A-2나", "2/2A관부스A-3다B관부스B-1라"]


def test_sound_paper_is_accepted() -> None:
    assert check(SOUND, LIST) == [2, 2]


def test_the_page_number_may_come_last() -> None:
    assert check(["목록A관부스A-1가A-2나1/2", "A관부스A-3다B관부스B-1라2/2"], LIST) == [2, 2]


def test_the_foot_of_every_page_may_come_first_or_last() -> None:
    with_foot = replace(LIST, foot="변경")
    assert check(["1/2변경목록A관부스A-1가A-2나", "2/2A관부스A-3다B관부스B-1라변경"], with_foot) == [2, 2]
    with pytest.raises(MisprintError, match="page 2 lacks '변경'"):
        check(["1/2변경목록A관부스A-1가A-2나", "2/2A관부스A-3다B관부스B-1라"], with_foot)


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        (["1/1목록A관부스A-1가A-2나A-3다"], "1 rows were not printed"),
        (["1/2목록A관부스A-1가A-2나", "2/2A-3다B관부스B-1라"], "where a head or a whole row should stand"),
        (["1/2목록A관부스A-1가A-2", "2/2A관부스나A-3다B관부스B-1라"], "where row 'A-2나' should stand"),
        (["1/2목록A관부스A-1가A-2나A-3다B관부스", "2/2B관부스B-1라"], "a head without a whole row below"),
        (["1/2목록A관부스A-1가A-2나", "A관부스A-3다B관부스B-1라"], "page 2 lacks '2/2'"),
        (["1/2A관부스A-1가A-2나", "2/2A관부스A-3다B관부스B-1라"], "page 1 lacks"),
        ([SOUND[0], f"{SOUND[1]}라"], "goes on after the last row"),
        (["1/1목록A관부스A-1가A-3다A-2나B관부스B-1라"], "where row 'A-2나' should stand"),
    ],
    ids=["lost row", "no head", "cut row", "orphaned head", "no number", "no top", "too much", "wrong order"],
)
def test_each_fault_is_found(pages: list[str], message: str) -> None:
    with pytest.raises(MisprintError, match=message):
        check(pages, LIST)


def test_a_row_may_go_on_on_the_next_page_where_a_section_has_pages_of_its_own() -> None:
    check_pages(["1/3목록A관부스A-1가A-", "2/3A관부스2나A-3다", "3/3B관부스B-1라"], LIST)


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        (["1/2목록A관부스A-1가A-2나A-3다", "2/2A관부스"], "page 2 has 'A관부스' where"),
        (["1/3목록A관부스A-1가A-2나A-3다", "2/3A관부스다", "3/3B관부스B-1라"], "page 2 has 'A관부스다' where"),
        (["1/2목록A관부스A-1가A-2나A-3다B관부스B-1라", "2/2"], "page 1 has"),
        (["1/1목록A관부스A-1가"], "'A-2나A-3다' was not printed"),
    ],
    ids=["empty page", "half a line on both pages", "two on a page", "lost"],
)
def test_each_fault_of_such_pages_is_found(pages: list[str], message: str) -> None:
    with pytest.raises(MisprintError, match=message):
        check_pages(pages, LIST)


def test_blanks_composition_and_dashes_do_not_matter() -> None:
    assert squash("가 나\n다 ㈜ – ‒") == squash("가나다(주)-—")
