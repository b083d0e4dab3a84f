"""An import at the desk: upload → columns → preview → result, and every way on which it refuses."""

import io
import zipfile
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from exhibitors.domain import exhibitors as verbs
from exhibitors.models import Edition, Exhibitor, ImportRun
from tests.admin.pages import address, list_of, told
from tests.domain.importing.spreadsheets import DATA, Cells, as_csv, as_xlsx, with_member
from tests.factories import make_edition, make_exhibitor, make_hall, make_import_run

pytestmark = pytest.mark.django_db

LIST: Cells = [
    ["No.", "회사명", "지역", "전시관", "부스", "홈페이지"],
    [1, "에바", "경기도", "혁신관", "A-1", "evar.example"],
    [2, "백제", "충청남도", "", "", ""],
    [3, "한서", "", "", "", ""],
]
UPLOAD = address(ImportRun, "add")


def upload(desk: Client, edition: Edition | None, content: bytes, name: str = "list.csv", **fields: Any) -> Any:
    sent = {"edition": edition.pk if edition else "", "file": SimpleUploadedFile(name, content), **fields}
    return desk.post(UPLOAD, sent, follow=True)


def columns_of(answer: Any) -> dict[str, Any]:
    """What the page of columns would send as it stands."""
    form, look = answer.context["form"], answer.context["look"]
    fields = {field.html_name: field.value() for field in form if field.value() not in {None, False, ""}}
    return {"sheet": look["sheet"], "row": look["row"], "encoding": look["encoding"], **fields}


def choose(desk: Client, answer: Any, **changes: Any) -> Any:
    run = answer.context["run"]
    return desk.post(address(ImportRun, "columns", run.pk), columns_of(answer) | changes, follow=True)


def apply(desk: Client, answer: Any, **changes: Any) -> Any:
    page = address(ImportRun, "apply", answer.context["run"].pk)
    return desk.post(page, {"token": answer.context["token"]} | changes, follow=True)


def totals(answer: Any) -> list[int]:
    """New, changed, unchanged, not in the file, problems."""
    return [tab.total for tab in answer.context["tabs"]]


def names() -> list[str]:
    return sorted(Exhibitor.objects.values_list("name_ko", flat=True))


def page_of(answer: Any) -> str:
    return answer.content.decode()


# The walk


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


SECTIONS = ("new", "changed", "unchanged", "missing", "problems")


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


# The upload


@pytest.mark.parametrize("name", ["list.csv", "../../etc/passwd", "x" * 300 + ".csv"])
def test_the_uploaded_file_can_be_had_back(desk: Client, name: str) -> None:
    run = upload(desk, make_edition(), as_csv(LIST), name).context["run"]

    answer = desk.get(address(ImportRun, "file", run.pk))

    assert answer.content == as_csv(LIST)
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff"


def bomb() -> bytes:
    return with_member(as_xlsx(LIST), {"xl/sharedStrings.xml": lambda old: old + b" " * 40_000_000})


def encrypted_zip() -> bytes:
    data = bytearray(as_xlsx(LIST))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        start = next(info.header_offset for info in archive.infolist() if info.filename == "xl/workbook.xml")
    central = data.rfind(b"PK\x01\x02", 0, data.rfind(b"xl/workbook.xml"))
    data[start + 6] |= 1
    data[central + 8] |= 1
    return bytes(data)


def with_entities() -> bytes:
    head = b'<!DOCTYPE x [<!ENTITY a "b">]>'
    return with_member(as_xlsx(LIST), {"xl/workbook.xml": lambda old: old.replace(b"?>", b"?>" + head, 1)})


DAMAGED = "The workbook is damaged or was not transferred whole. Save it again in Excel."
SWOLLEN = "The workbook unpacks to far more than a list of exhibitors. Save only the list as a new workbook."
NO_SPREADSHEET = "This is no spreadsheet that can be read. Save it as an Excel workbook (.xlsx) or as CSV."
BAD_FILES = {
    "nothing": (b"", "The submitted file is empty."),
    "blank": (b"\n,\n", "The file is empty: no sheet has a row with text."),
    "truncated": (as_xlsx(LIST)[:-200], DAMAGED),
    "bomb": (
        bomb(),
        "The workbook unpacks to far more than a list of exhibitors. Save only the list as a new workbook.",
    ),
    "password": (
        (DATA / "password.xlsx").read_bytes(),
        "The workbook is protected by a password. Save it without one.",
    ),
    "encrypted": (encrypted_zip(), "The workbook is protected by a password. Save it without one."),
    "entities": (with_entities(), "The workbook holds XML entities, which no Excel writes. Save it again in Excel."),
    "large": (b"a," * (11 * 512 * 1024), "The file is larger than 10 MB. Divide it."),
    "long": (
        as_csv([["회사명"], *[[f"업체{number}"] for number in range(10_001)]]),
        "The sheet has more than 10000 rows. Divide it.",
    ),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, NO_SPREADSHEET),
    "NUL": (b"\x00" * 5000, NO_SPREADSHEET),
    "no workbook": (
        with_member(b"PK\x05\x06" + b"\x00" * 18, {"a.xml": lambda _old: b"<a/>"}),
        "This is no Excel workbook. Save it as an Excel workbook (.xlsx) or as CSV.",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_refused_on_the_page_with_the_reason(desk: Client, content: bytes, sentence: str) -> None:
    answer = upload(desk, make_edition(), content)

    assert (answer.status_code, answer.redirect_chain) == (200, [])
    assert answer.context["form"].errors == {"file": [sentence]}
    assert not ImportRun.objects.exists()


def test_a_refusal_is_in_the_organisers_language(desk: Client) -> None:
    desk.cookies["django_language"] = "ko"

    answer = upload(desk, make_edition(), (DATA / "password.xlsx").read_bytes())

    assert answer.context["form"].errors == {"file": ["엑셀 파일에 암호가 걸려 있습니다. 암호를 풀고 저장하세요."]}


def test_nul_characters_in_cells_are_dropped(desk: Client) -> None:
    preview = choose(desk, upload(desk, make_edition(), "회사명,지역\n에\x00바,경기\x00도\n".encode()))
    apply(desk, preview)

    assert Exhibitor.objects.values_list("name_ko", "region").get() == ("에바", "경기도")


NO_SLUG = "Use lower-case letters a–z, digits and single hyphens, for example innovation-1."
NO_CHOICE = "Select a valid choice. That choice is not one of the available choices."


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, {"edition": ["Choose an edition, or write the address of a new one below."]}),
        ({"new_slug": "2024"}, {"new_slug": ["There is an edition with this address. Choose it above."]}),
        ({"new_slug": "Twenty 24"}, {"new_slug": [NO_SLUG]}),
        ({"new_slug": "\x00"}, {"new_slug": [NO_SLUG]}),
        (
            {"edition": "{edition}", "new_slug": "2030"},
            {"new_slug": ["Choose an edition above, or write the address of a new one: not both."]},
        ),
        *(
            (
                {"edition": bogus},
                {"edition": ["Select a valid choice. That choice is not one of the available choices."]},
            )
            for bogus in ("x", "9" * 30, "\x00", "-1")
        ),
    ],
)
def test_an_edition_that_makes_no_sense_is_refused(
    desk: Client, fields: dict[str, str], errors: dict[str, list[str]]
) -> None:
    edition = make_edition()
    sent = {name: text.format(edition=edition.pk) for name, text in fields.items()}

    answer = desk.post(UPLOAD, {"file": SimpleUploadedFile("list.csv", as_csv(LIST)), **sent})

    assert {name: list(own)[:1] for name, own in answer.context["form"].errors.items()} == errors
    assert not ImportRun.objects.exists()


def test_a_file_is_needed(desk: Client) -> None:
    answer = desk.post(UPLOAD, {"edition": make_edition().pk})

    assert answer.context["form"].errors == {"file": ["This field is required."]}


def test_a_new_edition_is_created_hidden_when_the_file_is_imported(desk: Client) -> None:
    columns = upload(desk, None, as_csv(LIST), new_slug="2030")
    preview = choose(desk, columns)
    before = Edition.objects.count()
    apply(desk, preview)

    edition = Edition.objects.get()
    assert (before, edition.slug, edition.is_public, len(names())) == (0, "2030", False, 3)
    assert ("Editions", 1, ["2030"]) in preview.context["creations"]


def test_the_edition_that_led_here_is_proposed(desk: Client) -> None:
    first, _newest = make_edition("2023"), make_edition("2024")

    for page in (list_of(Exhibitor, f"?edition={first.pk}"), address(Edition, "change", first.pk)):
        link = f"{UPLOAD}?edition={first.pk}"
        assert f'href="{link}"' in page_of(desk.get(page))
        assert desk.get(link).context["form"]["edition"].value() == first.pk


# The columns


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


# The preview


def many(number: int) -> bytes:
    return as_csv([["회사명", "지역"], *[[f"업체 {index:04}", "경기도"] for index in range(number)]])


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


# Applying


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


# Who may


def every_step(browser: Client, run: ImportRun, edition: Edition) -> list[int]:
    token = {"token": run.fingerprint}
    answers = [
        browser.get(UPLOAD),
        browser.post(UPLOAD, {"edition": edition.pk, "file": SimpleUploadedFile("x.csv", as_csv(LIST))}),
        browser.get(address(ImportRun, "columns", run.pk)),
        browser.post(address(ImportRun, "columns", run.pk), {"sheet": 0, "row": 1, "column-1": "name_ko"}),
        browser.get(address(ImportRun, "preview", run.pk)),
        browser.post(address(ImportRun, "preview", run.pk)),
        browser.post(address(ImportRun, "apply", run.pk), token),
        browser.post(address(ImportRun, "abandon", run.pk)),
        browser.get(address(ImportRun, "file", run.pk)),
    ]
    return [answer.status_code for answer in answers]


def previewed_run(desk: Client, edition: Edition) -> ImportRun:
    return ImportRun.objects.get(
        pk=choose(desk, upload(desk, edition, as_csv(LIST)), creates_missing="on").context["run"].pk
    )


def test_strangers_reach_nothing(desk: Client, client: Client, stranger: Client) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)

    for browser in (client, stranger):
        assert every_step(browser, run, edition) == [302] * 9
        assert browser.get(list_of(ImportRun)).status_code == 302
        assert browser.get(address(ImportRun, "change", run.pk)).status_code == 302
    assert (names(), ImportRun.objects.count(), ImportRun.objects.get().state) == ([], 1, "previewed")


def test_readers_see_the_runs_and_their_results_and_press_nothing(desk: Client, reader: Client) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)

    steps = every_step(reader, run, edition)
    opened = page_of(reader.get(address(ImportRun, "change", run.pk)))
    make_exhibitor(edition, "산청")
    apply(desk, desk.get(address(ImportRun, "preview", run.pk)))
    result = page_of(reader.get(address(ImportRun, "change", run.pk), {"section": "missing"}))

    assert steps == [403] * 9
    assert [text in opened for text in ("Nothing was imported yet.", "Go on with", "Abandon", "Download")] == [
        True,
        False,
        False,
        False,
    ]
    assert [text in result for text in ("산청", "/withdraw/", "Download")] == [True, False, False]
    assert "Import a spreadsheet" not in page_of(reader.get(list_of(ImportRun))) + page_of(
        reader.get(list_of(Exhibitor))
    )
    assert "Import a spreadsheet" not in page_of(reader.get(address(Edition, "change", edition.pk)))


def test_editors_import_into_an_edition_but_make_none(desk: Client) -> None:
    edition = make_edition()
    editor = Client(headers={"accept-language": "en"})
    user = User.objects.create_user("editor", password="not-a-real-secret-9", is_staff=True)
    grant(user, "add_exhibitor", "change_exhibitor")
    editor.force_login(user)

    refused = upload(editor, None, as_csv(LIST), new_slug="2030")
    result = apply(editor, choose(editor, upload(editor, edition, as_csv(LIST)), creates_missing="on"))

    assert refused.context["form"].errors == {"edition": ["This field is required."]}
    assert (names(), result.context["run"].applied_by) == (["백제", "에바", "한서"], user)


@pytest.mark.parametrize("right", ["add_exhibitor", "change_exhibitor"])
def test_one_of_the_two_rights_is_not_enough(desk: Client, right: str) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)
    half = Client()
    user = User.objects.create_user("half", password="not-a-real-secret-9", is_staff=True)
    grant(user, right)
    half.force_login(user)

    assert every_step(half, run, edition) == [403] * 9
    assert half.get(list_of(ImportRun)).status_code == 403


def test_every_post_needs_its_token_against_forgery(desk: Client, organiser: User) -> None:
    edition = make_edition()
    run = previewed_run(desk, edition)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(organiser)

    answers = every_step(strict, run, edition)

    assert answers == [200, 403, 200, 403, 200, 403, 403, 403, 200]
    assert (names(), ImportRun.objects.get().state) == ([], "previewed")


def test_no_form_changes_or_deletes_a_run(desk: Client) -> None:
    run = make_import_run(make_edition())

    assert desk.post(address(ImportRun, "change", run.pk), {"file_name": "x"}).status_code == 403
    assert desk.post(address(ImportRun, "delete", run.pk), {"post": "yes"}).status_code == 403
    assert ImportRun.objects.get().file_name == "list.csv"


def grant(user: User, *rights: str) -> None:
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))


def test_a_file_full_of_markup_is_shown_as_text(desk: Client) -> None:
    bad = "<script>alert(1)</script>"
    edition = make_edition()
    make_hall(edition, name_ko="혁신관")
    columns = upload(desk, edition, as_csv([["회사명", bad, "홈페이지"], [bad, bad, bad]]), f"{bad}.csv")
    preview = choose(desk, columns, skips_problems="")

    assert [bad in page_of(answer) for answer in (columns, preview, desk.get(list_of(ImportRun)))] == [False] * 3
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page_of(preview)
