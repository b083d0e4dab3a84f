"""Rows are compared with the edition: new, changed field by field, unchanged, or a problem."""

from typing import Any

import pytest

from exhibitors.domain.errors import DomainError
from exhibitors.domain.importing import cells
from exhibitors.domain.importing.differences import Difference
from exhibitors.domain.importing.problems import Reason
from exhibitors.models import Edition, Exhibitor
from tests.domain.importing.spreadsheets import compare_rows
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def problems(difference: Difference) -> list[tuple[int, Reason, str]]:
    return [(problem.row, problem.reason, problem.heading) for problem in difference.problems]


def changes(difference: Difference) -> dict[str, tuple[str, str]]:
    (changed,) = difference.changed
    return {change.field: (change.old, change.new) for change in changed.changes}


def booths_of(difference: Difference) -> list[list[tuple[str, str]]]:
    return [sorted((place.hall, place.number) for place in new.places) for new in difference.new]


def test_a_row_that_the_edition_does_not_have_is_new(edition: Edition) -> None:
    make_exhibitor(make_edition("2023"), "에바")

    difference = compare_rows([["회사명"], ["에바"]])

    assert [(new.row, new.name) for new in difference.new] == [(2, "에바")]
    assert (difference.rows_read, difference.unchanged, difference.problems) == (1, 0, ())


def test_an_exhibitor_that_is_as_the_row_says_is_unchanged(edition: Edition) -> None:
    hall, industry = make_hall(edition), make_industry(edition)
    make_exhibitor(
        edition,
        "에바",
        introduction_ko="첫 줄\r\n둘째 줄 ",
        homepage="https://evar.example",
        region="경기도",
        booths=[make_booth(hall, "A-1")],
        industries=[industry],
    )

    difference = compare_rows(
        [
            ["회사명", "소개", "홈페이지", "지역", "전시관", "부스", "업종"],
            ["에바", "첫 줄\n둘째  줄", "evar.example", "", "혁신관", "a-1", "기계 설비"],
        ],
        create=False,
    )

    assert (difference.unchanged, difference.new, difference.changed, difference.problems) == (1, (), (), ())


def test_changes_are_told_field_by_field(edition: Edition) -> None:
    hall = make_hall(edition)
    make_exhibitor(
        edition,
        "에바",
        company_code="7",
        region="경기도",
        phone="02-0000-0001",
        booths=[make_booth(hall, "A-2"), make_booth(hall, "A-10")],
        industries=[make_industry(edition)],
    )

    difference = compare_rows(
        [
            ["업체코드", "회사명", "영문명", "지역", "전시관", "부스", "업종"],
            ["7", "이브이에바", "EVAR", "", "수출관", "", "식품; 음료"],
        ]
    )

    assert changes(difference) == {
        "name_ko": ("에바", "이브이에바"),
        "name_en": ("", "EVAR"),
        "booths": ("혁신관 A-2, 혁신관 A-10", "수출관 number to follow"),
        "industries": ("기계설비", "식품, 음료"),
    }


def test_a_blank_cell_changes_nothing(edition: Edition) -> None:
    make_exhibitor(
        edition,
        "에바",
        name_en="EVAR",
        region="경기도",
        booths=[make_booth(make_hall(edition))],
        industries=[make_industry(edition)],
    )

    difference = compare_rows(
        [["회사명", "영문명", "지역", "전시관", "부스", "업종", "소개"], ["에바", "", "-", "", "", "", ""]]
    )

    assert (difference.unchanged, difference.changed) == (1, ())


def test_another_address_is_a_change_and_a_missing_scheme_is_none(edition: Edition) -> None:
    make_exhibitor(edition, "에바", homepage="https://evar.example")

    assert compare_rows([["회사명", "홈페이지"], ["에바", "evar.example"]]).unchanged == 1
    assert changes(compare_rows([["회사명", "홈페이지"], ["에바", "http://evar.example"]])) == {
        "homepage": ("https://evar.example", "http://evar.example")
    }


def test_a_latin_name_already_known_as_english_is_not_repeated_in_korean(edition: Edition) -> None:
    make_exhibitor(edition, "", name_en="SK")

    assert compare_rows([["회사명"], ["SK"]]).unchanged == 1


# Keys


def test_the_same_key_twice_is_a_problem_that_names_the_first_row(edition: Edition) -> None:
    rows = [["회사명", "부스"], ["에바", "A-1"], ["백제", "A-2"], ["(주)에바", "A-3"], ["에바", "A-4"]]

    difference = compare_rows(rows)

    assert [new.row for new in difference.new] == [2, 3]
    assert problems(difference) == [
        (4, Reason.REPEATED_IN_FILE, "회사명"),
        (5, Reason.REPEATED_IN_FILE, "회사명"),
    ]
    assert difference.problems[0].message == "The same company already stands in row 2. Leave one of the two."


def test_a_repeated_row_is_a_problem_even_where_the_first_is_one_too(edition: Edition) -> None:
    difference = compare_rows([["회사명", "홈페이지"], ["에바", "no address"], ["에바", ""]])

    assert [(row, reason) for row, reason, _heading in problems(difference)] == [
        (2, Reason.NOT_A_HOMEPAGE),
        (3, Reason.REPEATED_IN_FILE),
    ]


def test_companies_of_one_name_are_told_apart_by_their_codes(edition: Edition) -> None:
    rows = [["업체코드", "회사명"], ["1", "에바"], ["2", "에바"], ["2", "백제"], ["", "에바"]]

    difference = compare_rows(rows)

    assert [new.row for new in difference.new] == [2, 3]
    assert problems(difference) == [
        (4, Reason.REPEATED_IN_FILE, "업체코드"),
        (5, Reason.REPEATED_IN_FILE, "회사명"),
    ]


def test_a_code_is_filled_in_where_the_name_has_none(edition: Edition) -> None:
    make_exhibitor(edition, "에바")

    assert changes(compare_rows([["업체코드", "회사명"], ["7", "에바"]])) == {"company_code": ("", "7")}


def test_a_name_that_two_exhibitors_have_is_a_problem(edition: Edition) -> None:
    make_exhibitor(edition, "에바", company_code="1")
    make_exhibitor(edition, "주식회사 에바", company_code="2")

    assert problems(compare_rows([["회사명"], ["에바"]])) == [(2, Reason.SEVERAL_IN_EDITION, "회사명")]


def test_two_rows_about_one_exhibitor_are_a_problem(edition: Edition) -> None:
    make_exhibitor(edition, "에바", company_code="1")

    difference = compare_rows([["업체코드", "회사명"], ["1", "이름 바뀐 에바"], ["", "에바"]])

    assert problems(difference) == [(3, Reason.REPEATED_IN_FILE, "회사명")]


def test_a_withdrawn_exhibitor_stays_withdrawn_and_is_named(edition: Edition) -> None:
    make_exhibitor(edition, "에바", state=Exhibitor.State.WITHDRAWN, state_reason="취소")

    difference = compare_rows([["회사명", "지역"], ["에바", "경기도"]])

    assert [(row.row, row.name) for row in difference.withdrawn] == [(2, "에바")]
    assert changes(difference) == {"region": ("", "경기도")}


# Halls and booths


def test_halls_answer_to_code_name_and_short_name(edition: Edition) -> None:
    make_hall(edition, "a", "A홀", name_en="Hall A")
    make_hall(edition, "innovation", "혁신관", name_en="Innovation Hall")
    rows = [
        ["회사명", "전시관"],
        *[
            [f"업체{number}", hall]
            for number, hall in enumerate(["A", "a홀", "HALL A", "innovation", "혁신 관", "Innovation hall"])
        ],
    ]

    difference = compare_rows(rows, create=False)

    assert [hall for ((hall, _number),) in booths_of(difference)] == [
        "a",
        "a",
        "a",
        "innovation",
        "innovation",
        "innovation",
    ]


def test_a_hall_that_two_halls_answer_to_is_a_problem(edition: Edition) -> None:
    make_hall(edition, "one", "특별관")
    make_hall(edition, "two", "특별관")

    assert problems(compare_rows([["회사명", "전시관"], ["가", "특별관"]])) == [(2, Reason.HALL_AMBIGUOUS, "전시관")]


def test_what_is_unknown_is_a_problem_unless_it_may_be_created(edition: Edition) -> None:
    make_booth(make_hall(edition), "A-1")
    rows = [
        ["회사명", "전시관", "부스", "업종"],
        ["가", "수출관", "B-1", ""],
        ["나", "혁신관", "A-2", ""],
        ["다", "", "Z-9", ""],
        ["라", "", "", "식품"],
        ["마", "혁신관", "A-1", ""],
    ]

    assert problems(compare_rows(rows, create=False)) == [
        (2, Reason.HALL_UNKNOWN, "전시관"),
        (3, Reason.BOOTH_UNKNOWN, "부스"),
        (4, Reason.HALL_MISSING, "부스"),
        (5, Reason.INDUSTRY_UNKNOWN, "업종"),
    ]
    created = compare_rows(rows)
    assert created.problems == ()
    assert [(hall.code, hall.name_ko, hall.name_en) for hall in created.new_halls] == [
        ("hall-1", "수출관", ""),
        ("main", "전시장", "Exhibition hall"),
    ]
    assert [(booth.hall, booth.number) for booth in created.new_booths] == [
        ("innovation", "A-2"),
        ("hall-1", "B-1"),
        ("main", "Z-9"),
    ]
    assert [(industry.code, industry.name_ko) for industry in created.new_industries] == [("industry-1", "식품")]


def test_nothing_is_created_for_rows_that_are_left_out(edition: Edition) -> None:
    difference = compare_rows(
        [["회사명", "전시관", "부스", "업종", "홈페이지"], ["가", "수출관", "B-1", "식품", "no address"]]
    )

    assert (difference.new_halls, difference.new_booths, difference.new_industries) == ((), (), ())


def test_one_spelling_of_a_new_hall_meets_the_other(edition: Edition) -> None:
    difference = compare_rows([["회사명", "전시관"], ["가", "A홀"], ["나", "Hall A"], ["다", "A"]])

    assert [(hall.name_ko, hall.name_en) for hall in difference.new_halls] == [("A홀", "")]


def test_a_new_hall_with_an_english_name_has_it_in_both_languages(edition: Edition) -> None:
    (hall,) = compare_rows([["회사명", "전시관"], ["가", "North Hall"]]).new_halls

    assert (hall.code, hall.name_ko, hall.name_en) == ("north-hall", "North Hall", "North Hall")


@pytest.mark.parametrize("hall", ['Westgate", loggedin: false, columns: {', "<b>A</b>", "function(x)", "가" * 81])
def test_what_cannot_be_a_halls_name_is_a_problem(edition: Edition, hall: str) -> None:
    assert problems(compare_rows([["회사명", "전시관", "부스"], ["가", hall, "1"]])) == [
        (2, Reason.HALL_NAME, "전시관")
    ]


def test_halls_and_booths_of_equal_number_pair_up(edition: Edition) -> None:
    rows = [["회사명", "전시관", "부스"], ["가", "A홀; B홀", "1; 2"], ["나", "A홀", "3, 4"], ["다", "A홀; B홀", ""]]

    assert booths_of(compare_rows(rows)) == [
        [("hall-1", "1"), ("hall-2", "2")],
        [("hall-1", "3"), ("hall-1", "4")],
        [("hall-1", ""), ("hall-2", "")],
    ]


def test_as_many_parts_as_halls_pair_up_whatever_they_hold(edition: Edition) -> None:
    rows = [
        ["회사명", "전시관", "부스"],
        ["가", "A홀; B홀", "1; 1"],
        ["나", "A홀; B홀", "2; 미정"],
        ["다", "A홀; A홀; B홀", "3; 4; 5"],
        ["라", "A홀; B홀", "6, 7; 8"],
        ["마", "A홀; B홀", "미정; 미정"],
    ]

    assert booths_of(compare_rows(rows)) == [
        [("hall-1", "1"), ("hall-2", "1")],
        [("hall-1", "2"), ("hall-2", "")],
        [("hall-1", "3"), ("hall-1", "4"), ("hall-2", "5")],
        [("hall-1", "6"), ("hall-1", "7"), ("hall-2", "8")],
        [("hall-1", ""), ("hall-2", "")],
    ]


def test_a_range_among_paired_booths_is_a_problem(edition: Edition) -> None:
    assert problems(compare_rows([["회사명", "전시관", "부스"], ["가", "A홀; B홀", "1; 2~3"]])) == [
        (2, Reason.BOOTH_RANGE, "부스")
    ]


def test_halls_and_booths_that_do_not_pair_are_a_problem(edition: Edition) -> None:
    assert problems(compare_rows([["회사명", "전시관", "부스"], ["가", "A홀; B홀", "1; 2; 3"]])) == [
        (2, Reason.HALLS_AND_BOOTHS, "전시관")
    ]


def test_the_hall_is_taken_out_of_the_booth_cell(edition: Edition) -> None:
    rows = [["Company", "Stand"], ["A Co", "Hall 5, Stand C10"], ["B Co", "혁신관 A-12"], ["C Co", "혁신관"]]
    make_hall(edition)

    assert booths_of(compare_rows(rows)) == [[("hall-5", "C10")], [("innovation", "A-12")], [("innovation", "")]]


def test_a_hall_cell_and_a_booth_cell_that_contradict_are_a_problem(edition: Edition) -> None:
    make_hall(edition)
    make_hall(edition, "export", "수출관")
    rows = [
        ["회사명", "전시관", "부스"],
        ["가", "혁신관", "수출관 A-1"],
        ["나", "혁신관", "혁신관 A-1"],
        ["다", "혁신관", "체험존 3"],
    ]

    difference = compare_rows(rows)

    assert problems(difference) == [(2, Reason.HALL_CONTRADICTED, "부스")]
    assert booths_of(difference) == [[("innovation", "A-1")], [("innovation", "체험존 3")]]


def test_a_number_without_a_hall_goes_where_it_exists_once(edition: Edition) -> None:
    innovation, export = make_hall(edition), make_hall(edition, "export", "수출관")
    make_booth(innovation, "A-1")
    make_booth(innovation, "B-1")
    make_booth(export, "B-1")
    rows = [["회사명", "부스"], ["가", "A-1"], ["나", "B-1"]]

    difference = compare_rows(rows, create=False)

    assert booths_of(difference) == [[("innovation", "A-1")]]
    assert problems(difference) == [(3, Reason.HALL_MISSING, "부스")]


def test_a_number_without_a_hall_stays_with_the_exhibitor_that_has_it(edition: Edition) -> None:
    innovation, export = make_hall(edition), make_hall(edition, "export", "수출관")
    make_booth(innovation, "B-1")
    make_exhibitor(edition, "나", booths=[make_booth(export, "B-1")])

    assert compare_rows([["회사명", "부스"], ["나", "B-1"]]).unchanged == 1


def test_the_hall_for_rows_without_one_comes_first(edition: Edition) -> None:
    make_booth(make_hall(edition), "A-1")
    make_hall(edition, "export", "수출관")

    difference = compare_rows([["회사명", "전시관", "부스"], ["가", "", "A-1"], ["나", "혁신관", "A-1"]], hall="수출관")

    assert booths_of(difference) == [[("export", "A-1")], [("innovation", "A-1")]]


def test_an_unknown_hall_for_rows_without_one_is_refused_at_once(edition: Edition) -> None:
    with pytest.raises(DomainError, match="no hall '수출관'"):
        compare_rows([["회사명"], ["가"]], create=False, hall="수출관")


def test_a_hall_alone_moves_only_who_does_not_stand_in_it(edition: Edition) -> None:
    innovation = make_hall(edition)
    make_exhibitor(edition, "가", booths=[make_booth(innovation, "A-1")])
    make_exhibitor(edition, "나", booths=[make_booth(make_hall(edition, "export", "수출관"), "B-1")])

    difference = compare_rows([["회사명", "전시관"], ["가", "혁신관"], ["나", "혁신관"]], create=False)

    assert difference.unchanged == 1
    assert changes(difference) == {"booths": ("수출관 B-1", "혁신관 number to follow")}


# What the edition has already


@pytest.mark.parametrize(
    "number", ["1~3", "J2/3", "12번", "부스 7", "A-1, A-2", "A; B", "수출관 B-1", "혁신관", "A&amp;1", "ａ-1"]
)
def test_a_booth_that_is_called_as_no_cell_could_is_not_parsed_where_the_exhibitor_has_it(
    edition: Edition, number: str
) -> None:
    hall = make_hall(edition)
    make_exhibitor(edition, "가", booths=[make_booth(hall, number)])

    difference = compare_rows([["회사명", "전시관", "부스"], ["가", "혁신관", cells.written(number)]], create=False)

    assert (difference.unchanged, difference.problems) == (1, ())


def test_cells_are_known_in_either_language_and_with_the_code_of_a_hall_that_shares_its_name(edition: Edition) -> None:
    one = make_hall(edition, "one", "특별관", name_en="Special")
    two = make_hall(edition, "two", "특별관")
    make_exhibitor(
        edition,
        "가",
        booths=[make_booth(one, "1~2"), make_booth(two, "")],
        industries=[
            make_industry(edition, "a", "의류; 패션", name_en="Fashion"),
            make_industry(edition, "b", "가구|침구"),
        ],
    )

    for row in (
        ["가", "one; two", "1~2; 미정", "가구|침구; 의류; 패션"],
        ["가", "Special; two", "1~2; TBD", "Fashion; 가구|침구"],
    ):
        difference = compare_rows([["회사명", "전시관", "부스", "업종"], row], create=False)
        assert (difference.unchanged, difference.problems) == (1, ())


def test_other_cells_of_such_an_exhibitor_are_parsed_as_ever(edition: Edition) -> None:
    hall = make_hall(edition)
    make_booth(hall, "A-2")
    make_exhibitor(edition, "가", booths=[make_booth(hall, "1~3")])

    moved = compare_rows([["회사명", "전시관", "부스"], ["가", "혁신관", "A-2"]], create=False)

    assert changes(moved) == {"booths": ("혁신관 1~3", "혁신관 A-2")}
    assert problems(compare_rows([["회사명", "전시관", "부스"], ["나", "혁신관", "1~3"]])) == [
        (2, Reason.BOOTH_RANGE, "부스")
    ]


@pytest.mark.parametrize(
    ("field", "heading", "stored"),
    [
        ("homepage", "홈페이지", "http://me@firm.example"),
        ("phone", "전화", "내선 12"),
        ("introduction_ko", "회사소개", "가" * 5001),
    ],
)
def test_a_text_that_an_import_refuses_is_no_problem_where_it_is_stored_already(
    edition: Edition, field: str, heading: str, stored: str
) -> None:
    values: dict[str, Any] = {field: stored}
    make_exhibitor(edition, "가", **values)

    difference = compare_rows([["회사명", heading], ["가", stored], ["나", stored]])

    assert difference.unchanged == 1
    assert [(row, found) for row, _reason, found in problems(difference)] == [(3, heading)]


def test_a_name_without_letters_is_no_problem_where_it_is_stored_already(edition: Edition) -> None:
    make_exhibitor(edition, "★")

    difference = compare_rows([["회사명"], ["★"], ["☆"]])

    assert (difference.unchanged, problems(difference)) == (1, [(3, Reason.NAME_WITHOUT_LETTERS, "회사명")])


def test_names_to_the_letter_tell_exhibitors_apart_that_a_similar_name_does_not(edition: Edition) -> None:
    for name, english in (("에바", ""), ("(주)에바", ""), ("", "Nara"), ("나라", "Nara")):
        make_exhibitor(edition, name, name_en=english)
    rows = [
        ["회사명", "영문명", "지역"],
        ["(주)에바", "", "서울"],
        ["에바", "", ""],
        ["", "Nara", ""],
        ["나라", "Nara", ""],
    ]

    difference = compare_rows(rows)

    assert [changed.name for changed in difference.changed] == ["(주)에바"]
    assert (difference.unchanged, difference.problems) == (3, ())
    assert problems(compare_rows([["회사명"], ["주식회사 에바"]])) == [(2, Reason.SEVERAL_IN_EDITION, "회사명")]


def test_the_same_name_to_the_letter_twice_in_the_file_is_a_problem(edition: Edition) -> None:
    make_exhibitor(edition, "에바")
    make_exhibitor(edition, "(주)에바")

    assert problems(compare_rows([["회사명"], ["에바"], ["에바"]])) == [(3, Reason.REPEATED_IN_FILE, "회사명")]


@pytest.mark.parametrize(
    ("field", "stored"),
    [
        ("name_ko", "에바\u2028전자"),
        ("name_ko", "'=에바"),
        ("company_code", "A  1"),
        ("main_products_ko", "떡\u2028약밥"),
        ("homepage", "HTTP://firm.example"),
    ],
)
def test_what_only_a_cell_writes_otherwise_is_no_change(edition: Edition, field: str, stored: str) -> None:
    heading = {
        "name_ko": "회사명(국문)",
        "company_code": "업체코드",
        "main_products_ko": "주요품목",
        "homepage": "홈페이지",
    }
    values: dict[str, Any] = {"name_ko": "에바", "name_en": "EVAR", field: stored}
    make_exhibitor(edition, **values)

    difference = compare_rows(
        [["영문명", "회사명(국문)", heading[field]], ["EVAR", cells.written(values["name_ko"]), cells.written(stored)]]
    )

    assert (difference.unchanged, difference.problems) == (1, ())


# Industries


def test_industries_answer_to_slug_and_names(edition: Edition) -> None:
    make_industry(edition, "food", "식품·음료", name_en="Food and beverage")
    rows = [["회사명", "업종"], ["가", "식품 음료"], ["나", "food"], ["다", "FOOD AND BEVERAGE"]]

    assert [new.industries for new in compare_rows(rows, create=False).new] == [("food",)] * 3


def test_an_industry_that_is_too_long_says_so(edition: Edition) -> None:
    assert problems(compare_rows([["회사명", "업종"], ["가", "가" * 81]])) == [(2, Reason.INDUSTRY_TOO_LONG, "업종")]


def test_an_industry_that_two_answer_to_is_a_problem(edition: Edition) -> None:
    make_industry(edition, "one", "식품")
    make_industry(edition, "two", "식품")

    assert problems(compare_rows([["회사명", "업종"], ["가", "식품"]])) == [(2, Reason.INDUSTRY_AMBIGUOUS, "업종")]


# Editions


def test_a_missing_edition_is_refused_unless_it_may_be_created() -> None:
    with pytest.raises(DomainError, match="no edition '2030'"):
        compare_rows([["회사명"], ["가"]], "2030", create=False)

    assert compare_rows([["회사명"], ["가"]], "2030").creates_edition


@pytest.mark.parametrize("slug", ["2030 엑스포", "Expo", "a" * 41, "a--b"])
def test_a_new_edition_needs_a_proper_address(slug: str) -> None:
    with pytest.raises(DomainError):
        compare_rows([["회사명"], ["가"]], slug)


def test_rows_are_counted_once_under_each_reason(edition: Edition) -> None:
    difference = compare_rows(
        [
            ["회사명", "홈페이지", "이메일", "부스"],
            ["가", "x y", "x y", "A~B"],
            ["나", "x y", "", ""],
            ["다", "", "", ""],
        ]
    )

    assert difference.problem_rows == 2
    assert difference.rows_by_reason == {
        Reason.NOT_A_HOMEPAGE: 2,
        Reason.BOOTH_RANGE: 1,
        Reason.NOT_AN_EMAIL: 1,
    }
    assert [new.row for new in difference.new] == [4]
