"""The page of columns: guessed, changed, remembered, refused."""

import pytest
from django.test import Client

from exhibitors.models import ImportRun
from tests.admin.import_steps import LIST, choose, columns_of, page_of, totals, upload
from tests.admin.pages import address, list_of, told
from tests.domain.importing.spreadsheets import as_csv, as_xlsx
from tests.factories import make_edition, make_hall, make_import_run

pytestmark = pytest.mark.django_db


def test_columns_are_guessed_shown_with_examples_and_can_be_changed(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv(LIST))

    preview = choose(desk, columns, **{"column-2": "", "column-0": "company_code", "column-3": "", "column-4": ""})
    again = choose(desk, columns, **{"column-2": "introduction_ko", "column-0": "code", "column-3": "", "column-4": ""})

    shown = [
        (column.letters, column.heading, column.examples, field.value())
        for column, field in columns.context["form"].columns
    ]
    assert shown[:3] == [
        ("A", "No.", ("1", "2", "3"), ""),
        ("B", "회사명", ("에바", "백제", "한서"), "name_ko"),
        ("C", "지역", ("경기도", "충청남도"), "region"),
    ]
    assert preview.context["form"].errors == {
        "column-0": ["Select a valid choice. company_code is not one of the available choices."]
    }
    first = again.context["difference"].new[0]
    assert first.values == {
        "company_code": "1",
        "name_ko": "에바",
        "introduction_ko": "경기도",
        "homepage": "http://evar.example",
    }


def test_going_back_keeps_what_was_chosen(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv(LIST))
    choose(desk, columns, **{"column-2": "phone", "makes_drafts": "on", "hall": "혁신관", "creates_missing": "on"})

    back = desk.get(columns.request["PATH_INFO"])

    sent = columns_of(back)
    assert (sent["column-2"], sent["makes_drafts"], sent["hall"], sent["creates_missing"]) == (
        "phone",
        True,
        "혁신관",
        True,
    )
    assert "The columns are as you chose them." in page_of(back)


def test_the_next_file_with_these_headings_gets_the_meanings_that_were_confirmed(desk: Client) -> None:
    edition = make_edition()
    rows = [["Firma", "Ort"], ["에바", "경기도"]]
    choose(desk, upload(desk, edition, as_csv(rows)), **{"column-0": "name_ko", "column-1": "region"})

    answer = upload(desk, edition, as_csv([["Ort", "Firma"], ["서울", "백제"]]))

    sent = columns_of(answer)
    assert (sent["column-0"], sent["column-1"]) == ("region", "name_ko")
    assert "as they were chosen last time" in page_of(answer)


def test_columns_that_do_not_fit_together_are_refused_and_stay_as_chosen(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv(LIST))

    answer = choose(desk, columns, **{"column-1": "", "column-0": "region"})

    assert answer.redirect_chain == []
    assert answer.context["form"].non_field_errors() == [
        "Say which column holds the names of the companies. region: choose one of the columns A, C."
    ]
    assert columns_of(answer)["column-0"] == "region"


def test_a_hall_that_is_not_there_is_refused_without_naming_the_commands_option(desk: Client) -> None:
    answer = choose(desk, upload(desk, make_edition(), as_csv(LIST)), hall="없는 관")

    assert answer.context["form"].non_field_errors() == [
        "The edition has no hall '없는 관'. Correct the name, or have it created."
    ]


def test_without_a_known_heading_the_organiser_says_what_the_columns_mean(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv([["Firma"], ["에바"]]))

    preview = choose(desk, columns, **{"column-0": "name_ko"})

    assert "No row of headings with a name of companies was found." in page_of(columns)
    assert totals(preview) == [1, 0, 0, 0, 0]


def test_another_sheet_and_another_row_can_be_looked_at(desk: Client) -> None:
    content = as_xlsx(LIST, [["제목"], ["상호", "지역"], ["산청", "경남"]], names=["올해", "작년"])
    columns = upload(desk, make_edition(), content)
    page = columns.request["PATH_INFO"]

    sheet = desk.get(page, {"sheet": "1", "row": "3", "of_sheet": "0"})
    row = desk.get(page, {"sheet": "1", "row": "3", "of_sheet": "1"})
    preview = choose(desk, sheet)

    assert (columns.context["look"]["row"], sheet.context["look"]["row"], row.context["look"]["row"]) == (1, 2, 3)
    assert [new.name for new in preview.context["difference"].new] == ["산청"]


def test_an_encoding_can_be_tried_and_is_kept(desk: Client) -> None:
    columns = upload(desk, make_edition(), "name\nGröße\n".encode("windows-1252"))
    page = columns.request["PATH_INFO"]

    looked = desk.get(page, {"sheet": "0", "row": "1", "of_sheet": "0", "encoding": "windows-1252"})
    preview = choose(desk, looked)

    assert looked.context["form"].proposal.columns[0].examples == ("Größe",)
    assert preview.context["difference"].new[0].name == "Größe"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"sheet": "7"}, "The file has no such sheet. Choose another one."),
        ({"sheet": "0", "row": "99"}, "The sheet has no such row. Choose another row of headings."),
        ({"sheet": "9" * 30}, "The file has no such sheet. Choose another one."),
        ({"encoding": "utf-8"}, "The file is not in the encoding utf-8."),
    ],
)
def test_a_place_that_is_not_in_the_file_is_told(desk: Client, query: dict[str, str], sentence: str) -> None:
    run = make_import_run(make_edition(), as_csv(LIST, encoding="cp949"))

    answer = desk.get(address(ImportRun, "columns", run.pk), query, follow=True)

    assert (told(answer), answer.redirect_chain) == ([sentence], [(address(ImportRun, "columns", run.pk), 302)])


@pytest.mark.parametrize(
    "query", [{"sheet": "x"}, {"row": "-1"}, {"sheet": "\x00"}, {"encoding": "nonsense"}, {"row": "0", "sheet": "0"}]
)
def test_nonsense_in_the_address_is_ignored(desk: Client, query: dict[str, str]) -> None:
    run = make_import_run(make_edition(), as_csv(LIST))

    answer = desk.get(address(ImportRun, "columns", run.pk), query)

    assert (answer.status_code, answer.context["look"]["row"]) == (200, 1)


def test_a_file_full_of_markup_is_shown_as_text(desk: Client) -> None:
    bad = "<script>alert(1)</script>"
    edition = make_edition()
    make_hall(edition, name_ko="혁신관")
    columns = upload(desk, edition, as_csv([["회사명", bad, "홈페이지"], [bad, bad, bad]]), f"{bad}.csv")
    preview = choose(desk, columns, skips_problems="")

    assert [bad in page_of(answer) for answer in (columns, preview, desk.get(list_of(ImportRun)))] == [False] * 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page_of(preview)
