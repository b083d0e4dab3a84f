"""The upload of a spreadsheet: what is taken in, and what is refused with which sentence."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from exhibitors.models import Edition, Exhibitor, ImportRun
from tests.admin.import_steps import LIST, apply, choose, names, page_of, upload
from tests.admin.pages import address, list_of
from tests.domain.importing.spreadsheets import DATA, as_csv, as_xlsx, with_member
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

UPLOAD = address(ImportRun, "add")


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
            for bogus in ("x", "9" * 30, "-1")
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
