"""The booth list as PDF, read back: the rows of the page for print, whole, in order, with a head on every page."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone, translation
from pypdf import PdfReader
from pytest_django import Settings

from exhibitors.domain.booth_list import Order
from exhibitors.models import Edition, Hall
from tests.browser import editions, paper
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_print_run,
)
from tests.management.printed import (
    embedded_fonts,
    expect,
    outline_of,
    print_pdf,
    sizes_of,
    skip_without_pdf,
    text_of,
)

pytestmark = pytest.mark.django_db

MOMENT = datetime(2024, 10, 21, 9, 30, tzinfo=timezone.get_fixed_timezone(9 * 60))

NAMES = re.compile("가온|다리|똠뷁|안내소|초안업체|철수업체|지난해")


@pytest.fixture(autouse=True)
def _pdf(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """The page and the PDF are made at the same moment, in English sentences; no style is misunderstood."""
    skip_without_pdf()
    monkeypatch.setattr(timezone, "now", lambda: MOMENT)
    with translation.override("en"), caplog.at_level("WARNING", logger="weasyprint"):
        yield
    messages = [record.getMessage() for record in caplog.get_records("call") if record.name == "weasyprint"]
    assert [message for message in messages if not message.startswith(".notdef glyph")] == []


@pytest.fixture
def edition() -> Edition:
    """Two halls; a draft, a withdrawn exhibitor and one of another year that must not be printed."""
    edition = make_edition()
    first = make_hall(edition, "first", "첫관", name_en="First Hall", position=1)
    second = make_hall(edition, "second", "둘째관", name_en="Second Hall", position=2)
    metal = make_industry(edition, "metal", "금속", name_en="Metal")
    make_exhibitor(edition, "가온", name_en="Middle", booths=[make_booth(first, "A-10")], industries=[metal])
    make_exhibitor(edition, "다리", booths=[make_booth(first, "A-2"), make_booth(second, "B-1")])
    make_exhibitor(edition, "똠뷁", name_en="Café", industries=[metal], main_products_ko="펲, 샾")
    make_facility(edition, "desk", "안내소", booth=make_booth(second, "B-2"))
    make_exhibitor(edition, "초안업체", state="draft", booths=[make_booth(first, "A-3")])
    make_exhibitor(edition, "철수업체", state="withdrawn", state_reason="사정", booths=[make_booth(first, "A-4")])
    make_exhibitor(make_edition("2023"), "지난해")
    return edition


def test_the_sample_edition(client: Client, tmp_path: Path) -> None:
    call_command("load_sample", verbosity=0)
    korean, english = tmp_path / "ko.pdf", tmp_path / "en.pdf"

    said = print_pdf(korean)
    print_pdf(english, "--language=en", "--by=name", "--paper=a3")

    pages = paper.read_pages(korean, paper.A4)
    expected = expect(client, "/ko/2024/print/booths/?by=hall")
    rows = paper.check(pages, expected)
    assert sum(rows) == len(expected.names)
    assert min(rows) > 0
    assert len(pages) > 1
    assert said == f"Exhibitors: 99, pages: {len(pages)}\n"
    expected = expect(client, "/en/2024/print/booths/?by=name")
    assert sum(paper.check(paper.read_pages(english, paper.A3), expected)) == len(expected.names) == 103


@pytest.mark.parametrize("by", ["hall", "booth", "name", "industry"])
def test_each_order_holds_the_rows_of_the_page(client: Client, edition: Edition, tmp_path: Path, by: str) -> None:
    print_pdf(tmp_path / "list.pdf", f"--by={by}")

    expected = expect(client, f"/ko/2024/print/booths/?by={by}")
    assert paper.check(paper.read_pages(tmp_path / "list.pdf"), expected) == [len(expected.names)]
    assert expected.names.count("똠뷁") == 1
    assert "가온" in expected.names


def test_the_longest_values_are_whole_and_no_row_is_cut(client: Client, tmp_path: Path) -> None:
    editions.make_hard_edition()

    print_pdf(tmp_path / "list.pdf", "--by=name", edition="2020")

    expected = expect(client, "/ko/2020/print/booths/?by=name")
    assert sum(paper.check(paper.read_pages(tmp_path / "list.pdf"), expected)) == len(expected.names)


def test_large_print_has_no_smaller_row_than_18_points(edition: Edition, tmp_path: Path) -> None:
    print_pdf(tmp_path / "list.pdf", "--large", "--paper=a3")

    running, page_number, row, section, title = 14, 16, 18, 22, 26
    assert sizes_of(tmp_path / "list.pdf") == {running, page_number, row, section, title}
    (page,) = paper.read_pages(tmp_path / "list.pdf", paper.A3)
    assert NAMES.findall(page) == ["다리", "가온", "다리", "안내소", "똠뷁"]


def test_every_font_is_in_the_file(edition: Edition, tmp_path: Path) -> None:
    print_pdf(tmp_path / "list.pdf")

    fonts = embedded_fonts(tmp_path / "list.pdf")
    assert fonts == dict.fromkeys(fonts, True)
    assert len(fonts) >= 2  # normal and bold


def test_the_file_says_what_it_is(edition: Edition, tmp_path: Path) -> None:
    print_pdf(tmp_path / "list.pdf", "--language=en")

    reader = PdfReader(tmp_path / "list.pdf")
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creation_date) == ("Booth list – Test Expo 2024", MOMENT)
    assert reader.trailer["/Root"]["/Lang"] == "en"  # type: ignore[index]
    assert outline_of(tmp_path / "list.pdf") == [
        "Test Expo 2024 Booth list",
        "First Hall",
        "Second Hall",
        "Booth to follow",
    ]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--selection", "hall=second"], ["다리", "안내소"]),
        (["--selection", "/ko/2024/exhibitors/?industry=metal&page=2"], ["가온", "똠뷁"]),
        (["--selection", "https://expo.example/ko/2024/print/booths/?industry=metal&by=name"], ["가온", "똠뷁"]),
        (["--selection", "q=A-2"], ["다리", "다리"]),
        (["--selection", "by=name", "--by=hall"], ["다리", "가온", "다리", "안내소", "똠뷁"]),
    ],
)
def test_filters_are_those_of_the_page(
    edition: Edition, tmp_path: Path, arguments: list[str], names: list[str]
) -> None:
    print_pdf(tmp_path / "list.pdf", *arguments)

    assert NAMES.findall(text_of(tmp_path / "list.pdf")) == names


def test_every_page_names_the_filters_and_the_moment(client: Client, edition: Edition, tmp_path: Path) -> None:
    print_pdf(tmp_path / "list.pdf", "--language=en", "--selection=hall=second&hall=first")

    (text,) = paper.read_pages(tmp_path / "list.pdf")
    running = "TestExpo2024·Boothlist·FirstHall·SecondHall·Asof2024-10-2109:30"
    assert text.count(running) == 2  # sections
    assert text.endswith("1/1") or text.startswith("1/1")


def test_a_hidden_edition_is_marked_as_a_preview(edition: Edition, tmp_path: Path) -> None:
    Edition.objects.filter(pk=edition.pk).update(is_public=False)

    print_pdf(tmp_path / "list.pdf", "--language=en", "--by=booth")

    assert text_of(tmp_path / "list.pdf").count("Asof2024-10-2109:30·Preview") == 1


def test_a_print_run_is_printed_as_it_was_frozen(
    client: Client, edition: Edition, tmp_path: Path, settings: Settings
) -> None:
    settings.BASE_URL = "https://expo.example.kr"
    make_print_run(edition, Order.BOOTH, halls=("first",))
    make_exhibitor(edition, "나중에", booths=[make_booth(Hall.objects.get(code="first"), "A-5")])

    said = print_pdf(tmp_path / "run.pdf", "--run=1", "--paper=a3")

    pages = paper.read_pages(tmp_path / "run.pdf", paper.A3)
    expected = expect(client, "/ko/2024/print/runs/1/")
    assert paper.check(pages, expected) == [2]
    assert expected.names == ["다리", "가온"]
    assert expected.foot.endswith("https://expo.example.kr/ko/2024/r/1/")
    assert said == "Exhibitors: 2, pages: 1\n"


def test_the_code_of_a_print_run_is_once_on_every_page(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.BASE_URL = "https://expo.example.kr"
    make_print_run(editions.make_hard_edition())

    print_pdf(tmp_path / "run.pdf", "--run=1", edition="2020")

    pages = paper.read_pages(tmp_path / "run.pdf")
    rows = paper.check(pages, expect(client, "/ko/2020/print/runs/1/"))  # the foot of each page among them
    assert len(rows) > 1
    assert paper.count_codes(tmp_path / "run.pdf") == [1] * len(rows)


@pytest.mark.parametrize(
    ("base", "arguments", "complaint"),
    [
        ("https://expo.example.kr", ["--run=2"], "Edition '2024' has no print run 2."),
        ("https://expo.example.kr", ["--run=1", "--by=name"], "A print run has its own order and filters"),
        ("https://expo.example.kr", ["--run=1", "--selection=q=a"], "A print run has its own order and filters"),
        ("", ["--run=1"], "A print run's QR code leads to this site: set EXPO_BASE_URL"),
    ],
)
def test_a_print_run_that_cannot_be_printed_is_told(
    edition: Edition, tmp_path: Path, settings: Settings, base: str, arguments: list[str], complaint: str
) -> None:
    settings.BASE_URL = base
    make_print_run(edition)

    with pytest.raises(CommandError, match=f"^{re.escape(complaint)}"):
        print_pdf(tmp_path / "run.pdf", "--language=en", *arguments)

    assert list(tmp_path.iterdir()) == []


def test_what_was_searched_instead_is_told(edition: Edition, tmp_path: Path) -> None:
    said = print_pdf(tmp_path / "list.pdf", "--selection=q=rkdhs", "--language=en")

    assert said == (
        "“rkdhs” finds nothing, so “가온” was searched: the same keys in the other layout.\nExhibitors: 1, pages: 1\n"
    )


def test_a_character_that_no_font_has_is_told(edition: Edition, tmp_path: Path) -> None:
    make_exhibitor(edition, "글리프없음", main_products_ko="\ue000")  # for private use: no font gives it a meaning

    said = print_pdf(tmp_path / "list.pdf")

    assert said.startswith("No installed font has these characters; the PDF shows boxes in their place: \ue000\n")


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(edition: Edition, tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_text("mine")

    with pytest.raises(CommandError, match=r"list\.pdf is there already\. Replace it with --overwrite\."):
        print_pdf(path)
    kept = path.read_text()
    print_pdf(path, "--overwrite")

    assert kept == "mine"
    assert path.read_bytes().startswith(b"%PDF-")
    assert [file.name for file in tmp_path.iterdir()] == ["list.pdf"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--edition=2030"], "There is no edition '2030'."),
        (["--selection=hall=third"], "This edition has no filter value “third”."),
        (["--selection=halls=first"], "There is no filter “halls”. The filters are: q, theme, hall, industry, "),
        (["--selection=sort=size"], "This order is not known."),
        (["--selection=paper=b5"], "This paper is not known."),
        (["--selection=q=zzzzzzzz"], "No exhibitor matches this selection."),
    ],
)
def test_what_cannot_be_printed_is_said_and_leaves_nothing(
    edition: Edition, tmp_path: Path, arguments: list[str], complaint: str
) -> None:
    with pytest.raises(CommandError, match=f"^{re.escape(complaint)}"):
        print_pdf(tmp_path / "list.pdf", "--language=en", *arguments)

    assert list(tmp_path.iterdir()) == []
