"""The preview: sections, pages, queries, and what stops it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.models import ImportRun
from tests.admin.import_steps import LIST, SECTIONS, apply, choose, many, names, page_of, upload
from tests.admin.pages import address, told
from tests.domain.importing.spreadsheets import as_csv
from tests.factories import make_edition, make_exhibitor, make_import_run

pytestmark = pytest.mark.django_db


def test_a_long_section_is_paged_and_every_row_is_on_a_page(desk: Client) -> None:
    preview = choose(desk, upload(desk, make_edition(), many(250)))
    page = preview.request["PATH_INFO"]

    rows = [line.row for number in (1, 2, 3) for line in desk.get(page, {"page": number}).context["page"].items]

    assert rows == list(range(2, 252))
    assert preview.context["page_links"] == [(1, ""), (2, "?section=new&page=2"), (3, "?section=new&page=3")]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"section": "nonsense"}, ("new", 1)),
        ({"section": "\x00", "page": "\x00"}, ("new", 1)),
        ({"section": "new", "page": "-1"}, ("new", 1)),
        ({"section": "new", "page": "9" * 30}, ("new", 1)),
        ({"section": "new", "page": "99"}, ("new", 3)),
        ({"section": "changed", "page": "2"}, ("changed", 1)),
    ],
)
def test_a_page_that_is_not_there_is_the_nearest_one(
    desk: Client, query: dict[str, str], shown: tuple[str, int]
) -> None:
    preview = choose(desk, upload(desk, make_edition(), many(250)))

    answer = desk.get(preview.request["PATH_INFO"], query)

    assert (answer.context["section"], answer.context["page"].number) == shown


@pytest.mark.parametrize("section", SECTIONS)
def test_the_preview_costs_the_same_for_one_row_and_for_many(desk: Client, section: str) -> None:
    def queries(number: int) -> int:
        edition = make_edition(f"e{number}")
        for index in range(number):
            make_exhibitor(edition, f"업체 {index:04}", region="서울" if index % 2 else "경기도")
            make_exhibitor(edition, f"없는 업체 {index}")
        preview = choose(desk, upload(desk, edition, many(2 * number)))
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(preview.request["PATH_INFO"], {"section": section}).status_code == 200
        return len(captured)

    # Session, organiser, run, its file, the edition with its rows in 8, namesakes; for the state of those without a row
    expected = 14 if section == "missing" else 13
    assert (queries(1), queries(30)) == (expected, expected)


def test_problems_stop_the_import_until_they_are_left_out(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv([*LIST, [4, "쿠첸", "", "", "", "no address"]]))
    preview = choose(desk, columns, creates_missing="on")

    pressed = apply(desk, preview)
    without = desk.post(preview.request["PATH_INFO"], follow=True)
    result = apply(desk, without)

    assert (preview.context["section"], "Import exactly this" in page_of(preview)) == ("problems", False)
    assert told(pressed) == ["1 rows have problems. Correct them, or leave these rows out."]
    assert "Import exactly this" in page_of(without)
    assert (names(), told(result)) == (["백제", "에바", "한서"], ["Imported: new 3 · with problems 1."])


def test_a_file_that_changes_nothing_offers_nothing_to_import(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, "에바")

    preview = choose(desk, upload(desk, edition, as_csv([["회사명"], ["에바"]])))

    assert "Nothing would change" in page_of(preview)
    assert "Import exactly this" not in page_of(preview)


def test_a_preview_before_the_columns_leads_to_them(desk: Client) -> None:
    run = make_import_run(make_edition())

    answer = desk.get(address(ImportRun, "preview", run.pk), follow=True)

    assert answer.redirect_chain == [(address(ImportRun, "columns", run.pk), 302)]
    assert told(answer) == ["Say first what the columns mean."]


def test_what_else_is_created_is_named_but_not_without_end(desk: Client) -> None:
    rows = [["회사명", "전시관", "부스"], *[[f"업체 {number}", "혁신관", f"A-{number}"] for number in range(250)]]

    preview = choose(desk, upload(desk, make_edition(), as_csv(rows)), creates_missing="on")

    halls, booths = preview.context["creations"]
    assert halls == ("Halls", 1, ["혁신관"])
    assert booths[:2] == ("Booths", 250)
    assert (len(booths[2]), booths[2][:2], booths[2][-1]) == (201, ["혁신관 A-0", "혁신관 A-1"], "…")
    assert "What else is created: Halls 1, Booths 250" in page_of(preview)
