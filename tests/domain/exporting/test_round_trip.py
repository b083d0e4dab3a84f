"""What was exported and is imported again changes nothing, whatever an edition holds."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibitors.domain.exporting import Format
from exhibitors.domain.importing.cells import clean
from exhibitors.domain.importing.comparing import IDENTIFYING
from exhibitors.domain.importing.rows import is_kept_once, reread
from exhibitors.models import Edition, Exhibitor
from tests.domain.exporting.spreadsheets import NO_CHANGES, WAYS, changes, exported, read_again
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db

LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
NASTY = st.sampled_from("=+-@'\"&;,/|~()[]{}<>_#.·–— 가나홀관부스번1２Aａ\u200b\u00a0\u2028")
ONE_LINE = st.text(LETTERS, max_size=12) | st.text(NASTY, max_size=12)
LINES = st.text(LETTERS | NASTY | st.sampled_from("\n\r\t\v;"), max_size=40)


def nonblank(texts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return texts.filter(lambda text: bool(clean(text)))


NAMES = nonblank(st.sampled_from(["에바", "(주)에바", "EVAR", "Evar Inc.", "회사명(국문)", "★", "없음"]) | ONE_LINE)
NUMBERS = (
    st.sampled_from(["", "A-1", "A-01", "B-2", "1~3", "J2/3", "12번", "부스 7", "미정", "혁신관", "Hall 5 C10", "A; B"])
    | ONE_LINE
)
HALLS = st.lists(
    nonblank(st.sampled_from(["혁신관", "A홀", "Hall A", "A", "전시장", "main", "NA", "h0"]) | ONE_LINE),
    min_size=1,
    max_size=4,
)
INDUSTRIES = st.lists(
    nonblank(st.sampled_from(["의류", "의류·패션", "의류; 패션", "의류/패션", "가구, 침구 및 소품", "i1"]) | ONE_LINE),
    max_size=5,
)
PHONES = st.sampled_from(["", "+82-2-000-0000", "02-000-0000", "1588", "내선 12", "문의: 데스크", "a@b"]) | ONE_LINE
HOMEPAGES = st.sampled_from(
    ["", "https://firm.example", "HTTP://Firm.example/A", "http://me@firm.example", "http://firm.example/?a=1&copy;=2"]
)
EMAILS = st.sampled_from(["", "desk@firm.example", "-a@firm.example", '"a;b"@firm.example'])
EXHIBITORS = st.lists(
    st.fixed_dictionaries(
        {
            "names": st.tuples(NAMES, NAMES) | st.tuples(NAMES, st.just("")) | st.tuples(st.just(""), NAMES),
            "company_code": st.sampled_from(["", "", "1", "007", "-", "=A1"]) | ONE_LINE,
            "main_products_ko": ONE_LINE,
            "main_products_en": ONE_LINE,
            "introduction_ko": LINES,
            "introduction_en": LINES,
            "homepage": HOMEPAGES,
            "phone": PHONES,
            "email": EMAILS,
            "region": ONE_LINE,
            "state": st.sampled_from(["draft", "public", "withdrawn"]),
            "places": st.lists(st.tuples(st.integers(0, 3), NUMBERS), max_size=4),
            "industries": st.sets(st.integers(0, 4), max_size=3),
        }
    ),
    max_size=5,
)


def told_apart(exhibitors: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without those whose code and names read as those of another: nobody could tell which is which."""
    kept: dict[tuple[str, ...], dict[str, Any]] = {}
    codes: set[str] = set()
    for values in exhibitors:
        values["name_ko"], values["name_en"] = values.pop("names")
        code, korean, english = (reread(name, values[name]) for name in IDENTIFYING)
        if values["company_code"] not in codes:
            kept.setdefault((code, "" if is_kept_once(korean, english) else korean, english), values)
            codes |= {values["company_code"]} - {""}
    return list(kept.values())


def make_all(halls: list[str], industries: list[str], exhibitors: list[dict[str, Any]]) -> Edition:
    edition = make_edition()
    rooms = [make_hall(edition, f"h{number}", name) for number, name in enumerate(halls)]
    kinds = [make_industry(edition, f"i{number}", name) for number, name in enumerate(industries)]
    stands: dict[tuple[int, str], Any] = {}
    for values in told_apart(exhibitors):
        places = {(hall % len(rooms), number.casefold()): number for hall, number in values.pop("places")}
        for (hall, key), number in places.items():
            if (hall, key) not in stands:
                stands[hall, key] = make_booth(rooms[hall], number)
        make_exhibitor(
            edition,
            booths=[stands[place] for place in places],
            industries=[kinds[number] for number in values.pop("industries") if number < len(kinds)],
            state_reason="부도",
            **values,
        )
    return edition


@given(HALLS, INDUSTRIES, EXHIBITORS, st.sampled_from(WAYS), st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_edition_that_is_exported_and_imported_again_is_unchanged(
    halls: list[str],
    industries: list[str],
    exhibitors: list[dict[str, Any]],
    way: tuple[Format, str],
    create: bool,
) -> None:
    with transaction.atomic():
        edition = make_all(halls, industries, exhibitors)
        found = read_again(exported(edition, *way), create=create).difference
        count = Exhibitor.objects.count()
        transaction.set_rollback(True)

    assert changes(found) == NO_CHANGES
    assert found.unchanged == count
