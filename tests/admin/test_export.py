"""Spreadsheets out of the desk: what was ticked, what is listed, and the empty template."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exhibitors.domain import importing
from exhibitors.models import Edition, Exhibitor
from tests.admin.pages import list_of, told
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXPORT, TEMPLATE = "admin:exhibitors_exhibitor_export", "admin:exhibitors_exhibitor_template"
CHOICE = {"form": "csv", "language": "ko", "download": "1"}


def names_in_file(answer: Any) -> list[str]:
    """The Korean names in a downloaded spreadsheet, under the heading."""
    assert answer.headers["Content-Disposition"].startswith("attachment; "), answer
    table = importing.read(content(answer)).sheets[0].rows
    return [row[1] for row in table[1:]]


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def tick(desk: Client, *exhibitors: Exhibitor, query: str = "", **more: Any) -> Any:
    ticked = [exhibitor.pk for exhibitor in exhibitors]
    return desk.post(list_of(Exhibitor, query), {"action": "export_selection", "_selected_action": ticked, **more})


# The selection


def test_the_ticked_are_exported_as_asked(desk: Client) -> None:
    edition = make_edition()
    chosen = [make_exhibitor(edition, "나", state="draft"), make_exhibitor(edition, "가")]
    make_exhibitor(edition, "다")

    asked = tick(desk, *chosen, index="0")
    sent: dict[str, list[str]] = {}
    for name, value in asked.context["hidden"]:
        sent.setdefault(name, []).append(value)
    answer = desk.post(list_of(Exhibitor), {**sent, **CHOICE})

    assert asked.context["what"] == "2 exhibitors of Test Expo 2024."
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert names_in_file(answer) == ["가", "나"]


def test_the_page_proposes_a_workbook_headed_in_the_organisers_language(desk: Client) -> None:
    chosen = make_exhibitor(make_edition())

    english = tick(desk, chosen, index="0").context["form"]
    desk.post(reverse("admin:set_language"), {"language": "ko", "next": "/"})
    korean = tick(desk, chosen, index="0").context["form"]

    assert [(form["form"].value(), form["language"].value()) for form in (english, korean)] == [
        ("xlsx", "en"),
        ("xlsx", "ko"),
    ]


def test_a_workbook_is_named_after_edition_and_time(desk: Client) -> None:
    answer = tick(desk, make_exhibitor(make_edition(), "에바"), form="xlsx", language="en", download="1")

    assert answer.headers["Content-Type"] == XLSX
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="2024-exhibitors-20')
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    assert "no-store" in answer.headers["Cache-Control"]
    assert names_in_file(answer) == ["에바"]


def test_all_pages_of_a_filtered_and_searched_list_are_meant_and_no_more(desk: Client) -> None:
    edition = make_edition()
    for number in range(60):
        make_exhibitor(edition, f"에바{number:02d}")
    make_exhibitor(edition, "가나")
    make_exhibitor(make_edition("2023"), "에바99")
    ticked = Exhibitor.objects.filter(edition=edition)[0]
    query = f"?edition={edition.pk}&q=에바"

    answer = tick(desk, ticked, query=query, select_across="1", **CHOICE)

    assert names_in_file(answer) == [f"에바{number:02d}" for number in range(60)]


def test_a_selection_of_several_editions_is_refused_with_a_sentence(desk: Client) -> None:
    chosen = [make_exhibitor(make_edition(slug)) for slug in ("2023", "2024")]

    for more in ({"index": "0"}, CHOICE):
        answer = tick(desk, *chosen, **more)
        assert answer.status_code == 302
        assert told(desk.get(answer.url)) == [
            "A spreadsheet holds one edition; these exhibitors are of 2. Filter the list by edition."
        ]


@pytest.mark.parametrize("bogus", [{"form": "pdf"}, {"form": ""}, {"language": "fr"}, {"language": "\x00"}])
def test_a_bogus_choice_asks_again(desk: Client, bogus: dict[str, str]) -> None:
    answer = tick(desk, make_exhibitor(make_edition()), **{**CHOICE, **bogus})

    assert answer.context["form"].errors.keys() == bogus.keys()


# The list


def test_the_list_is_exported_under_its_filters_and_its_search(desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    make_exhibitor(edition, "에바", booths=[make_booth(hall, "A-1")])
    make_exhibitor(edition, "에바전자", booths=[make_booth(hall, "A-2")], state="draft")
    make_exhibitor(edition, "에바상사")
    make_exhibitor(make_edition("2023"), "에바")
    query = f"?edition={edition.pk}&hall={hall.pk}&state__exact=public&q=에바"

    page = desk.get(list_of(Exhibitor, query)).content.decode()
    asked = desk.get(reverse(EXPORT) + query)
    answer = desk.post(reverse(EXPORT) + query, CHOICE)

    assert f'href="{reverse(EXPORT)}?edition={edition.pk}&amp;hall={hall.pk}' in page
    assert (asked.context["what"], asked.context["back"]) == (
        "1 exhibitor of Test Expo 2024.",
        list_of(Exhibitor, f"?edition={edition.pk}&hall={hall.pk}&state__exact=public&q=%EC%97%90%EB%B0%94"),
    )
    assert names_in_file(answer) == ["에바"]


def test_a_list_of_several_editions_asks_for_one(desk: Client) -> None:
    for slug in ("2023", "2024"):
        make_exhibitor(make_edition(slug), f"{slug}년 업체")

    asked = desk.get(f"{reverse(EXPORT)}?q=업체")
    choices = {str(edition): address for edition, address in asked.context["choices"]}
    answer = desk.post(choices["Test Expo 2023"], CHOICE)

    assert list(choices) == ["Test Expo 2024", "Test Expo 2023"]
    assert names_in_file(answer) == ["2023년 업체"]


def test_the_only_edition_need_not_be_chosen(desk: Client) -> None:
    make_exhibitor(make_edition(), "에바")

    assert names_in_file(desk.post(reverse(EXPORT), CHOICE)) == ["에바"]


def test_an_edition_without_exhibitors_gives_headings_alone(desk: Client) -> None:
    edition = make_edition()

    assert names_in_file(desk.post(f"{reverse(EXPORT)}?edition={edition.pk}", CHOICE)) == []


@pytest.mark.parametrize("query", ["", "?q=에바", "?edition=abc", "?edition=99", "?edition=" + "9" * 30])
def test_nothing_to_export_is_said_in_the_list(desk: Client, query: str) -> None:
    answer = desk.get(reverse(EXPORT) + query, follow=True)

    assert told(answer) == ["There is no exhibitor to export."]


@pytest.mark.parametrize("query", ["?unknown=1", "?q=%00"])
def test_an_address_that_the_list_refuses_leads_to_the_list(desk: Client, query: str) -> None:
    make_exhibitor(make_edition())

    answer = desk.post(reverse(EXPORT) + query, CHOICE)

    assert (answer.status_code, answer.headers["Location"]) == (302, list_of(Exhibitor, query))


@pytest.mark.parametrize("query", ["?o=99", "?p=2", "?all="])
def test_order_and_page_of_the_list_leave_nobody_out(desk: Client, query: str) -> None:
    edition = make_edition()
    for number in range(51):
        make_exhibitor(edition, f"{number:02d}")

    assert len(names_in_file(desk.post(reverse(EXPORT) + query, CHOICE))) == 51


def test_exporting_a_list_costs_the_same_for_one_row_and_for_thirty(desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    counts = []
    for many in (1, 30):
        for number in range(many):
            make_exhibitor(edition, booths=[make_booth(hall, f"{many}-{number}")])
        with CaptureQueriesContext(connection) as captured:
            written = names_in_file(desk.post(f"{reverse(EXPORT)}?edition={edition.pk}", CHOICE))
        counts.append(len(captured))

    assert len(written) == 31
    assert counts == [16, 16]


# The template


def test_the_template_is_of_the_edition_listed(desk: Client) -> None:
    edition = make_edition()
    make_edition("2023")
    make_hall(edition, name_en="Innovation")

    asked = desk.get(f"{reverse(TEMPLATE)}?edition={edition.pk}")
    answer = desk.post(f"{reverse(TEMPLATE)}?edition={edition.pk}", {**CHOICE, "form": "xlsx", "language": "en"})

    assert asked.context["what"].startswith("A spreadsheet to be filled in, for Test Expo 2024.")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="2024-exhibitors-template.xlsx"'
    sheets = importing.read(content(answer)).sheets
    assert (sheets[0].rows[0][1], sheets[2].rows[0]) == ("Company name (Korean)", ["Innovation"])


def test_the_template_asks_for_the_edition_where_there_are_several(desk: Client) -> None:
    newer, older = make_edition("2024"), make_edition("2023")

    choices = desk.get(f"{reverse(TEMPLATE)}?edition=abc").context["choices"]

    assert choices == [(edition, f"{reverse(TEMPLATE)}?edition={edition.pk}") for edition in (newer, older)]


def test_the_template_needs_an_edition(desk: Client) -> None:
    assert "There is no edition yet." in desk.get(reverse(TEMPLATE)).content.decode()


# Who may


def test_a_reader_of_the_desk_may_export(reader: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "에바")

    assert names_in_file(tick(reader, exhibitor, **CHOICE)) == ["에바"]
    assert names_in_file(reader.post(reverse(EXPORT), CHOICE)) == ["에바"]
    assert names_in_file(reader.post(reverse(TEMPLATE), CHOICE)) == []


def test_who_may_not_see_exhibitors_may_not_export_them(reader: Client, stranger: Client, client: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "에바")
    reader.get("/")
    user = reader.get(reverse("admin:index")).context["user"]
    user.user_permissions.clear()

    pages = [reverse(EXPORT), reverse(TEMPLATE)]
    answers = {page: reader.post(page, CHOICE).status_code for page in pages}
    outside = {who.post(page, CHOICE).status_code for who in (stranger, client) for page in pages}

    assert answers == dict.fromkeys(pages, 403)
    assert tick(reader, exhibitor, **CHOICE).status_code == 403
    assert outside == {302}
    assert Edition.objects.count() == 1
