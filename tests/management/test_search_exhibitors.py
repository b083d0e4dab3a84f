"""The command that searches for operators: a JSON line a query."""

import io
import json
import sys
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from exhibitors.domain.search import vain
from exhibitors.models import Edition, Exhibitor, Synonym
from tests.factories import make_booth, make_edition, make_exhibitor, make_facility, make_hall, make_product
from tests.processes import finish, start

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition() -> Edition:
    return make_edition()


def run(*queries: str, edition: str = "2024") -> list[dict[str, Any]]:
    output = io.StringIO()
    call_command("search_exhibitors", *queries, edition=edition, stdout=output)
    return [json.loads(line) for line in output.getvalue().split("\n")[:-1]]


def pipe(monkeypatch: pytest.MonkeyPatch, lines: bytes) -> list[dict[str, Any]]:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines), encoding="ascii"))
    return run()


def names(answer: dict[str, Any]) -> list[str]:
    return [row["name_ko"] for row in answer["exhibitors"]]


def test_a_line_says_how_a_query_was_understood_and_what_it_found(edition: Edition) -> None:
    booth = make_booth(make_hall(edition), "D-05A")
    make_exhibitor(edition, "(주)도담커피", name_en="Dodam", booths=[booth], main_products_ko="드립백, 원두")
    make_exhibitor(edition, "나래로봇")

    assert run("ehekazjvl emflqqor") == [
        {
            "query": "ehekazjvl emflqqor",
            "step": "layout",
            "understood": {
                "query": "도담커피 드립백",
                "words": ["도담커피", "드립백"],
                "other_layout": None,
                "word_counts": {},
            },
            "exhibitors": [
                {
                    "slug": "dodam",
                    "name_ko": "(주)도담커피",
                    "name_en": "Dodam",
                    "why": [
                        {"field": "name", "value": "(주)도담커피", "synonym": None},
                        {"field": "product", "value": "드립백", "synonym": None},
                    ],
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("typed", "step", "found"),
    [
        ("도담", "typed", ["도담커피"]),
        ("ehekazjvl", "layout", ["도담커피"]),
        ("도담커피에서", "josa", ["도담커피"]),
        ("도담커퓌", "typo", ["도담커피"]),
        ("듣도보도못한낱말", "nothing", []),
        ("!!", "no_query", []),
        ("", "no_query", []),
    ],
)
def test_each_step_has_its_word(edition: Edition, typed: str, step: str, found: list[str]) -> None:
    make_exhibitor(edition, "도담커피")
    (answer,) = run(typed)
    assert (answer["query"], answer["step"], names(answer)) == (typed, step, found)
    assert list(answer) == ["query", "step", "understood", "exhibitors"]


def test_what_a_page_would_offer_is_said(edition: Edition) -> None:
    make_exhibitor(edition, "다품상회")
    make_exhibitor(edition, "EV충전소")
    make_facility(edition, name_ko="다품쉼터")

    consonants, words = run("ㄷㅍ", "다품 충전소")

    assert (names(consonants), consonants["understood"]["other_layout"]) == (["다품상회"], "ev")
    assert (names(words), words["understood"]["word_counts"]) == ([], {"다품": 1, "충전소": 1})


def test_a_synonym_is_named(edition: Edition) -> None:
    make_product(make_exhibitor(edition, "가람상회"), "건면")
    Synonym.objects.create(edition=edition, one="국수", other="건면")
    (answer,) = run("국수")
    assert answer["exhibitors"][0]["why"] == [{"field": "product", "value": "건면", "synonym": "건면"}]


def test_nothing_is_left_out_and_the_order_is_that_of_the_page(edition: Edition) -> None:
    for number in range(60):
        make_exhibitor(edition, f"도담커피{number:02d}")
    make_exhibitor(edition, "커피")
    make_exhibitor(edition, "초안커피", state=Exhibitor.State.DRAFT)
    make_exhibitor(make_edition("2023"), "커피")

    (answer,) = run("커피")

    assert names(answer) == ["커피", *(f"도담커피{number:02d}" for number in range(60))]


def test_a_hidden_edition_is_searched(db: None) -> None:
    make_exhibitor(make_edition(is_public=False), "도담커피")
    assert names(run("도담")[0]) == ["도담커피"]


def test_an_unknown_edition_is_one_sentence(edition: Edition) -> None:
    with pytest.raises(CommandError, match=r"^There is no edition '1999'.$"):
        run("도담", edition="1999")


def test_operators_leave_no_trace_among_what_visitors_missed(edition: Edition) -> None:
    run("듣도보도못한낱말")
    assert vain.flush() == 0


def test_lines_come_from_standard_input(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    make_exhibitor(edition, "도담커피")

    answers = pipe(monkeypatch, "도담\r\n\n  커피 도담\n없는낱말이다".encode())

    assert [(answer["query"], names(answer)) for answer in answers] == [
        ("도담", ["도담커피"]),
        ("", []),
        ("  커피 도담", ["도담커피"]),
        ("없는낱말이다", []),
    ]


ODD = [
    b"\xff\xfe\xfd",
    b"\x00",
    "도".encode() + b"\x00" + "담".encode(),
    "도담".encode("cp949"),
    "도담".encode("utf-16"),
    b"\xed\xa0\x80",
    b"a" * 100_000,
    b"%_\\'\"",
    "\u2028\u0085\x0b\x0c".encode(),
    "😀\ufeff".encode(),
]


def test_any_bytes_get_their_line(edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    make_exhibitor(edition, "도담커피")
    lines = [line for line in ODD if b"\n" not in line]
    answers = pipe(monkeypatch, b"\n".join(lines))
    assert [answer["query"].encode("utf-8", "surrogateescape") for answer in answers] == lines


@pytest.mark.django_db(transaction=True)
def test_each_line_is_answered_before_the_next_is_asked(edition: Edition) -> None:
    make_exhibitor(edition, "도담커피")
    process = start("from django.core.management import call_command as c; c('search_exhibitors', edition='2024')")
    assert process.stdin is not None
    assert process.stdout is not None

    process.stdin.write("도담\n")
    process.stdin.flush()
    first = json.loads(process.stdout.readline())
    rest = finish(process, "없는낱말이다\n")

    assert (names(first), names(json.loads(rest))) == (["도담커피"], [])
