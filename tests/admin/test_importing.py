"""An import at the desk from the file to the result, and when it refuses to write."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from exhibitors.domain import exhibitors as verbs
from exhibitors.models import Exhibitor, ImportRun
from tests.admin.import_steps import LIST, SECTIONS, apply, choose, names, page_of, totals, upload
from tests.admin.pages import address, list_of, told
from tests.domain.importing.spreadsheets import as_csv, as_xlsx
from tests.factories import make_account, make_edition, make_exhibitor, make_hall, make_industry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (as_csv(LIST), "참가업체.csv"),
        (as_csv(LIST, encoding="cp949"), "list.csv"),
        (as_csv(LIST, separator="\t", encoding="utf-16"), "list.txt"),
        (as_xlsx(LIST), "list.xlsx"),
        (
            "<html><table>{}</table></html>".format(
                "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in LIST)
            ).encode("cp949"),
            "list.xls",
        ),
    ],
    ids=["csv", "cp949", "utf-16", "xlsx", "html"],
)
def test_a_list_goes_from_the_file_into_the_edition(desk: Client, content: bytes, name: str) -> None:
    edition = make_edition()
    baekje = make_exhibitor(edition, "백제", region="경기도")
    make_exhibitor(edition, "한서")
    make_exhibitor(edition, "산청")

    columns = upload(desk, edition, content, name)
    preview = choose(desk, columns, creates_missing="on")
    before = names()
    result = apply(desk, preview)

    run = ImportRun.objects.get()
    assert [answer.redirect_chain[-1] for answer in (columns, preview, result)] == [
        (address(ImportRun, "columns", run.pk), 302),
        (address(ImportRun, "preview", run.pk), 302),
        (address(ImportRun, "change", run.pk), 302),
    ]
    assert (totals(preview), before) == ([1, 1, 1, 1, 0], ["백제", "산청", "한서"])
    assert names() == ["백제", "산청", "에바", "한서"]
    assert told(result) == ["Imported: new 1 · changed 1 · unchanged 1."]
    baekje.refresh_from_db()
    assert (baekje.region, run.file_name, run.state) == ("충청남도", name, "applied")


def test_the_preview_shows_every_row_and_says_what_changes(desk: Client) -> None:
    edition = make_edition()
    baekje = make_exhibitor(edition, "백제", region="경기도")
    hanseo = make_exhibitor(edition, "한서", state="withdrawn", state_reason="취소")
    sancheong = make_exhibitor(edition, "산청")
    rows = [*LIST, [4, "쿠첸", "", "", "", "no address"]]
    preview = choose(desk, upload(desk, edition, as_csv(rows)), creates_missing="on", skips_problems="on")

    pages = {name: page_of(desk.get(preview.request["PATH_INFO"], {"section": name})) for name in SECTIONS}

    assert [text in pages["new"] for text in ("에바", "경기도", "혁신관 A-1", "http://evar.example")] == [True] * 4
    assert "<del>경기도</del> → <ins>충청남도</ins>" in pages["changed"]
    assert f'<a href="{address(Exhibitor, "change", baekje.pk)}">백제</a>' in pages["changed"]
    assert [text in pages["unchanged"] for text in (hanseo.name_ko, "withdrawn, stays so")] == [True, True]
    withdraw = address(Exhibitor, "state", sancheong.pk, "withdraw")
    assert f'<a href="{withdraw}?back=' in pages["missing"]
    assert [
        text in pages["problems"] for text in ("<td>5</td>", "F 홈페이지", "no address", "This is no web address.")
    ] == [True] * 4
    assert "no web address: 1 row" in pages["new"]


def test_withdrawing_who_is_missing_asks_for_the_reason_and_leads_back(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, "산청")
    preview = choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on")
    missing = desk.get(preview.request["PATH_INFO"], {"section": "missing"})
    link = page_of(missing).split("?back=")[0].rsplit('"', 1)[1]
    back = missing.context["back"]

    asked = desk.get(link, {"back": back})
    answer = desk.post(f"{link}?back={back.replace('&', '%26')}", {"apply": "1", "reason": "불참"}, follow=True)

    assert asked.context["title"] == "Withdraw these exhibitors?"
    assert answer.redirect_chain == [(back, 302)]
    assert Exhibitor.objects.get().state == "withdrawn"
    assert totals(answer) == [3, 0, 0, 0, 0]


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "\\\\x"])
def test_no_way_back_leads_elsewhere(desk: Client, back: str) -> None:
    exhibitor = make_exhibitor(make_edition())
    page = address(Exhibitor, "state", exhibitor.pk, "make_draft")

    answer = desk.post(f"{page}?back={back}", {"apply": "1", "reason": ""})

    assert answer["Location"] == address(Exhibitor, "change", exhibitor.pk)


def test_the_result_links_to_what_was_created_and_lists_what_was_left_out(desk: Client, organiser: User) -> None:
    edition = make_edition()
    rows = [*LIST, [4, "쿠첸", "", "", "", "no address"]]
    preview = choose(desk, upload(desk, edition, as_csv(rows)), creates_missing="on", skips_problems="on")

    result = apply(desk, preview)
    problems = desk.get(result.request["PATH_INFO"], {"section": "problems"})

    evar = Exhibitor.objects.get(name_ko="에바")
    assert [(tab.label, tab.total) for tab in result.context["tabs"]] == [
        ("New", 3),
        ("Changed", 0),
        ("Not in the file", 0),
        ("Problems", 1),
    ]
    assert f'<a href="{address(Exhibitor, "change", evar.pk)}">에바</a>' in page_of(result)
    assert "This is no web address." in page_of(problems)
    run = result.context["run"]
    assert (run.started_by, run.applied_by) == (organiser, organiser)
    logged = LogEntry.objects.filter(content_type__model="importrun").order_by("pk")
    assert [entry.get_change_message() for entry in logged] == ["Added.", "new 3 · with problems 1"]


def test_who_was_deleted_since_is_counted(desk: Client) -> None:
    result = apply(desk, choose(desk, upload(desk, make_edition(), as_csv(LIST)), creates_missing="on"))
    verbs.delete([Exhibitor.objects.get(name_ko="한서")])

    answer = desk.get(result.request["PATH_INFO"])

    assert (answer.context["deleted_since"], len(answer.context["exhibitors"])) == (1, 2)
    assert "1 of this page was deleted since." in page_of(answer)


def test_the_list_of_runs_tells_who_when_what_and_with_what_outcome(desk: Client) -> None:
    edition = make_edition()
    apply(desk, choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on"))
    upload(desk, None, as_csv(LIST), "other.csv", new_slug="2030")

    answer = desk.get(list_of(ImportRun))

    rows = [(run.file_name, run.get_state_display()) for run in answer.context["cl"].result_list]
    assert rows == [("other.csv", "uploaded"), ("list.csv", "imported")]
    page = page_of(answer)
    assert [text in page for text in ("organiser", "2030", str(edition), "new 3")] == [True] * 4
    assert [str(run) for run in desk.get(list_of(ImportRun, f"?edition={edition.pk}")).context["cl"].result_list] == [
        "list.csv"
    ]


def test_a_change_of_the_edition_meanwhile_is_told_with_a_new_preview_and_nothing_written(desk: Client) -> None:
    edition = make_edition()
    preview = choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on")
    make_exhibitor(edition, "한서", region="서울")

    refused = apply(desk, preview)
    before = names()
    result = apply(desk, refused)

    assert refused.redirect_chain == [(preview.request["PATH_INFO"], 302)]
    assert told(refused)[0].startswith("The edition, or what was chosen for this file, has changed")
    assert (before, totals(preview), totals(refused)) == (["한서"], [3, 0, 0, 0, 0], [2, 0, 1, 0, 0])
    assert (names(), told(result)) == (["백제", "에바", "한서"], ["Imported: new 2 · unchanged 1."])


@pytest.mark.parametrize("token", ["", "nonsense", "0" * 64, "\x00"])
def test_a_bogus_token_writes_nothing(desk: Client, token: str) -> None:
    preview = choose(desk, upload(desk, make_edition(), as_csv(LIST)), creates_missing="on")

    answer = apply(desk, preview, token=token)

    assert (answer.redirect_chain, names()) == ([(preview.request["PATH_INFO"], 302)], [])


def test_the_second_of_two_is_told_that_it_is_imported(desk: Client) -> None:
    preview = choose(desk, upload(desk, make_edition(), as_csv(LIST)), creates_missing="on")
    apply(desk, preview)

    again = apply(desk, preview)
    run = again.context["run"]
    others = [desk.get(address(ImportRun, step, run.pk), follow=True) for step in ("columns", "preview")]
    left_out = desk.post(address(ImportRun, "preview", run.pk), follow=True)
    abandoned = desk.post(address(ImportRun, "abandon", run.pk), follow=True)

    sentence = "This file was imported already. Nothing was written a second time."
    assert [told(answer) for answer in (again, *others, left_out, abandoned)] == [[sentence]] * 5
    assert {answer.redirect_chain[-1][0] for answer in (again, *others, left_out, abandoned)} == {
        address(ImportRun, "change", run.pk)
    }
    assert (names(), ImportRun.objects.get().state) == (["백제", "에바", "한서"], "applied")


def test_an_abandoned_import_stays_in_the_list_and_cannot_go_on(desk: Client) -> None:
    preview = choose(desk, upload(desk, make_edition(), as_csv(LIST)), creates_missing="on")
    run = preview.context["run"]

    answer = desk.post(address(ImportRun, "abandon", run.pk), follow=True)
    late = apply(desk, preview)

    assert told(answer) == ["“list.csv” was abandoned. Nothing was imported."]
    assert [str(row) for row in answer.context["cl"].result_list] == ["list.csv"]
    assert told(late) == ["This import was abandoned. Upload the file again."]
    assert "This import was abandoned, and nothing was written." in page_of(late)
    assert names() == []


def test_an_editor_creates_exhibitors_and_booths_but_no_halls_and_industries() -> None:
    editor = Client(headers={"accept-language": "en"})
    editor.force_login(make_account("editor", "editor"))
    edition = make_edition()

    refused = apply(editor, choose(editor, upload(editor, edition, as_csv(LIST)), creates_missing="on"))
    before = names()
    make_hall(edition, name_ko="혁신관")
    make_industry(edition, name_ko="기계설비")
    imported = apply(editor, choose(editor, upload(editor, edition, as_csv(LIST)), creates_missing="on"))

    sentence = "This file would create halls, industries or an edition. Ask an administrator, or correct their names."
    assert (told(refused), before) == ([sentence], [])
    assert told(imported)[0].startswith("Imported: new ")
    assert "에바" in names()


@pytest.mark.parametrize("step", ["apply", "abandon"])
def test_opening_an_address_that_writes_does_nothing(desk: Client, step: str) -> None:
    run = choose(desk, upload(desk, make_edition(), as_csv(LIST)), creates_missing="on").context["run"]

    answer = desk.get(address(ImportRun, step, run.pk))

    assert (answer.status_code, names(), ImportRun.objects.get().state) == (405, [], "previewed")


def test_an_open_run_says_where_it_stands(desk: Client) -> None:
    columns = upload(desk, make_edition(), as_csv(LIST))
    page = address(ImportRun, "change", columns.context["run"].pk)

    first = page_of(desk.get(page))
    choose(desk, columns, creates_missing="on")
    second = page_of(desk.get(page))

    assert ["Go on with the columns" in first, "Go on with the preview" in second] == [True, True]


@pytest.mark.parametrize("bogus", ["0", "999", "abc", "9" * 30])
def test_a_run_that_is_not_there_is_not_found(desk: Client, bogus: str) -> None:
    pages = [f"{list_of(ImportRun)}{bogus}/{step}/" for step in ("change", "columns", "preview", "file")]

    answers = [desk.get(page, follow=True) for page in pages]

    assert {answer.status_code for answer in answers} == {404}
