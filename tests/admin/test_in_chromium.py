"""The desk in a real browser under its own policy: Django's scripts run, and nothing complains."""

import os
from base64 import b32decode
from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from exhibitors.domain.importing import Options, runs
from exhibitors.domain.importing.choices import Choices
from exhibitors.models import Booth, Edition, Exhibitor, Facility, Hall, ImportRun, PreflightMark
from tests.admin.pages import address, form_of, list_of
from tests.admin.signing_in import code_of
from tests.browser.conftest import follow
from tests.domain.importing.spreadsheets import as_csv, as_xlsx
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_import_run,
    make_industry,
    make_organiser,
)
from tests.runner import find_chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OpenDesk = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    program = os.environ.get("EXPO_CHROMIUM") or find_chromium()
    if not program:
        pytest.skip("EXPO_CHROMIUM names no Chromium, and none was found")
    # Playwright's loop runs in this thread, and Django would take that for an asynchronous caller.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_desk(chromium: Browser, live_server: LiveServer) -> Iterator[OpenDesk]:
    """A function that signs an organiser in and opens a page; breaches of the policy fail the test at its end."""
    make_organiser()
    complaints: list[str] = []
    contexts = []

    def open_desk(path: str, width: int = 1280) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 900},
            locale="en-GB",
            timezone_id="Asia/Seoul",
            base_url=live_server.url,
        )
        contexts.append(context)
        context.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        page = context.new_page()
        page.goto("/admin/login/")
        page.fill("#id_username", "organiser")
        page.fill("#id_password", "not-a-real-secret-9")
        page.click("input[type=submit]")
        page.goto(path)
        return page

    yield open_desk
    for context in contexts:
        context.close()
    assert [text for text in complaints if "favicon" not in text and "404" not in text] == []


def make_two_editions() -> Edition:
    for slug in ("2023", "2024"):
        edition = make_edition(slug)
        hall = make_hall(edition, name_en="Innovation")
        for number in ("A-1", "A-2", "B-1"):
            make_booth(hall, number)
        make_industry(edition)
    return edition


def choose(page: Page, field: str, typed: str) -> list[str]:
    """Type into an autocompletion, take the first that it offers, and return all that it offered."""
    page.locator(f".field-{field} .select2-selection").click()
    with page.expect_response(lambda response: f"term={typed}" in response.url):
        page.keyboard.type(typed)
    page.locator(".select2-results__option.loading-results").wait_for(state="detached")
    offered = page.locator(".select2-results__option")
    texts = offered.all_text_contents()
    offered.first.click()
    return texts


def test_booths_are_offered_as_one_types_and_saved_as_chosen(open_desk: OpenDesk) -> None:
    edition = make_two_editions()

    page = open_desk(f"{address(Exhibitor, 'add')}?edition={edition.pk}")
    page.fill("#id_name_ko", "에바")
    offered = choose(page, "booth_list", "a-")
    page.get_by_role("button", name="Save and continue editing").click()

    assert offered == ["Innovation A-1", "Innovation A-2"]
    page.locator(".field-booth_list .select2-selection__choice", has_text="Innovation A-1").wait_for()
    assert list(Exhibitor.objects.get().booths.all()) == list(Booth.objects.filter(hall__edition=edition)[:1])


def test_one_more_product_is_added_by_a_click(open_desk: OpenDesk) -> None:
    exhibitor = make_exhibitor(make_two_editions())

    page = open_desk(form_of(exhibitor))
    page.fill("#id_products-0-name_ko", "하나")
    page.get_by_role("button", name="Add another Product").click()
    page.fill("#id_products-1-name_ko", "둘")
    page.get_by_role("button", name="Save", exact=True).click()

    assert sorted(exhibitor.products.values_list("name_ko", flat=True)) == ["둘", "하나"]


def test_a_missing_booth_is_added_in_a_window_of_its_own(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    hall = Hall.objects.get(edition=edition)

    page = open_desk(f"{address(Facility, 'add')}?edition={edition.pk}")
    with page.expect_popup() as opened:
        page.locator("#add_id_booth").click()
    window = opened.value
    assert choose(window, "hall", "inno") == ["Innovation"]
    window.fill("#id_number", "Z-9")
    with window.expect_event("close"):
        window.get_by_role("button", name="Save", exact=True).click()

    page.locator(".field-booth .select2-selection__rendered", has_text="Z-9").wait_for()
    assert Booth.objects.get(number="Z-9").hall == hall


def test_withdrawing_from_the_list_goes_through_the_reason(open_desk: OpenDesk) -> None:
    exhibitor = make_exhibitor(make_two_editions())

    page = open_desk(list_of(Exhibitor))
    page.locator("#action-toggle").check()
    page.select_option("select[name=action]", "withdraw")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Reason").fill("bankrupt")
    page.get_by_role("button", name="Withdraw").click()

    page.locator(".messagelist .success").wait_for()
    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.state_reason) == ("withdrawn", "bankrupt")


def test_a_finding_is_marked_as_intended_and_opened_again(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    booth = Booth.objects.filter(hall__edition=edition).first()
    assert booth is not None
    for name in ("에바", "백제"):
        make_exhibitor(edition, name, booths=[booth])

    page = open_desk(address(Edition, "preflight", edition.pk))
    shared = page.locator("#check-booth-shared")
    shared.get_by_text("Intended …").click()
    shared.get_by_label("Intended, because").fill("공동관")
    shared.get_by_role("button", name="Mark as intended").click()
    page.locator(".messagelist .success").wait_for()
    is_open = shared.get_attribute("open")
    shared.locator("summary").first.click()
    shared.locator(".preflight__intended > summary").click()
    reason = shared.locator(".preflight__reason").inner_text()
    shared.get_by_role("button", name="Not intended after all").click()
    page.locator(".messagelist .success").wait_for()

    assert is_open is None
    assert reason.startswith("Intended, because “공동관” (organiser, ")
    assert PreflightMark.objects.count() == 0
    assert shared.get_by_text("is shared: 백제, 에바").is_visible()


def test_on_paper_nothing_of_the_findings_is_folded_away_and_nothing_is_to_press(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    for number in range(12):
        make_exhibitor(edition, f"업체{number:02d}")

    page = open_desk(address(Edition, "preflight", edition.pk))
    last = page.get_by_text("업체11 has no logo.")
    on_screen = last.is_visible()
    page.emulate_media(media="print")

    assert (on_screen, last.is_visible()) == (False, True)
    assert [page.locator(name).first.is_visible() for name in (".preflight__intend", "#header")] == [False, False]


def test_booths_are_renumbered_from_the_list_after_a_preview(open_desk: OpenDesk) -> None:
    hall = Hall.objects.get(edition=make_two_editions())

    page = open_desk(list_of(Booth, f"?edition={hall.edition_id}&hall={hall.pk}"))
    page.locator("#action-toggle").check()
    page.select_option("select[name=action]", "renumber")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("Count on").check()
    page.get_by_label("How many further").fill("1")
    page.get_by_role("button", name="Preview").click()
    page.get_by_role("button", name="Renumber").click()

    page.locator(".messagelist .success", has_text="3 booths were renumbered.").wait_for()
    assert [booth.number for booth in hall.booths.all()] == ["A-2", "A-3", "B-2"]


def test_exhibitors_are_searched_and_ticked_for_the_next_edition(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    for name in ("가온", "나래", "다솜"):
        make_exhibitor(edition, name)

    page = open_desk(address(Edition, "next", edition.pk))
    page.get_by_label("가온").check()
    page.get_by_label("Search", exact=True).fill("ㄴㄹ")
    page.keyboard.press("Enter")
    page.get_by_label("나래").check()
    page.get_by_role("button", name="Start the edition").click()

    page.locator(".messagelist .success", has_text="2 exhibitors came along as drafts.").wait_for()
    assert sorted(Exhibitor.objects.filter(edition__slug="2025").values_list("name_ko", flat=True)) == ["가온", "나래"]


def test_the_ticked_and_the_template_are_downloaded(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    make_exhibitor(edition, "에바")

    page = open_desk(list_of(Exhibitor, f"?edition={edition.pk}"))
    page.locator("#action-toggle").check()
    page.select_option("select[name=action]", "export_selection")
    page.get_by_role("button", name="Go").click()
    page.get_by_label("CSV (.csv)").check()
    with page.expect_download() as ticked:
        page.get_by_role("button", name="Download").click()
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_role("link", name="Empty template").click()
    with page.expect_download() as template:
        page.get_by_role("button", name="Download").click()

    assert ticked.value.suggested_filename.startswith("2024-exhibitors-20")
    assert "에바" in ticked.value.path().read_text("utf-8-sig")
    assert template.value.suggested_filename == "2024-exhibitors-template.xlsx"


def test_a_list_is_imported_step_by_step(open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    make_exhibitor(edition, "백제", region="서울")
    content = as_xlsx([["회사명", "지역", "비고"], ["에바", "경기도", "하나"], ["백제", "충청남도", "둘"]])

    page = open_desk(list_of(Exhibitor, f"?edition={edition.pk}"))
    page.get_by_role("link", name="Import a spreadsheet").click()
    page.set_input_files("#id_file", {"name": "목록.xlsx", "mimeType": "application/x", "buffer": content})
    page.get_by_role("button", name="Upload and go on").click()
    page.get_by_label("Column C 비고").select_option("introduction (Korean)")
    page.get_by_role("button", name="Preview").click()
    follow(page, page.get_by_role("link", name="Changed 1"))
    shown = page.locator(".import-texts li").all_inner_texts()
    page.get_by_role("button", name="Import exactly this").click()

    page.locator(".messagelist .success").wait_for()
    assert shown == ["region: 서울 → 충청남도", "introduction (Korean): – → 둘"]
    assert page.get_by_role("link", name="에바").get_attribute("href") == form_of(Exhibitor.objects.get(name_ko="에바"))
    assert Exhibitor.objects.get(name_ko="에바").introduction_ko == "하나"


def import_pages(edition: Edition) -> list[str]:
    """The pages of an open import, and of one that is done, with names as long as they may be."""
    rows = [["회사명", "홈페이지", "W" * 150], ["W" * 150, "", "x"], ["나" * 150, "W" * 300, "x"]]
    runs_of = [make_import_run(edition, as_csv(rows), file_name="W" * 150) for _ in range(2)]
    for run in runs_of:
        found = runs.choose(run, Choices(0, 0, {0: "name_ko", 1: "homepage"}, Options(skip_problems=True)))
    runs.apply(run, found.token)
    steps = [address(ImportRun, "columns", runs_of[0].pk)]
    steps += [
        f"{address(ImportRun, 'preview', runs_of[0].pk)}?section={name}" for name in ("new", "missing", "problems")
    ]
    return [*steps, form_of(run), f"{form_of(run)}?section=problems"]


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_the_desk_is_wider_than_the_screen(width: int, open_desk: OpenDesk) -> None:
    edition = make_two_editions()
    exhibitor = make_exhibitor(
        edition, "가" * 150, name_en="W" * 150, booths=list(Booth.objects.filter(hall__edition=edition))
    )
    pages = [
        list_of(Exhibitor),
        form_of(exhibitor),
        form_of(edition),
        list_of(Booth),
        address(Exhibitor, "state", exhibitor.pk, "withdraw"),
        address(Hall, "add"),
        address(Edition, "preflight", edition.pk),
        f"{address(Edition, 'preflight', edition.pk)}?check=too-long",
        address(Booth, "create"),
        address(Edition, "next", edition.pk),
        address(Exhibitor, "export") + f"?edition={edition.pk}",
        address(Exhibitor, "template") + f"?edition={edition.pk}",
        list_of(ImportRun),
        address(ImportRun, "add"),
        *import_pages(edition),
    ]

    page = open_desk("/admin/", width)
    widths = {}
    for path in pages:
        page.goto(path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")

    assert {path: found for path, found in widths.items() if found > width} == {}


# Signing in


def complete_set_up(page: Page) -> None:
    """Type the key into an app, and the app's code into the page."""
    key = b32decode((page.locator(".secret-key").text_content() or "").replace(" ", "")).hex()
    page.get_by_label("Code of the app").fill(code_of(key))
    follow(page, page.get_by_role("button", name="Set up"))


def test_two_step_sign_in_is_set_up_with_what_the_screen_shows(open_desk: OpenDesk, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True

    page = open_desk(list_of(Exhibitor), 375)
    picture = page.get_by_role("img", name="QR code with the key below")
    loaded = picture.evaluate("image => image.complete && image.naturalWidth > 100")
    width = page.evaluate("document.documentElement.scrollWidth")
    complete_set_up(page)
    codes = page.locator(".recovery-codes code").all_text_contents()
    page.get_by_role("link", name="I have written them down").click()

    assert (loaded, width, len(codes)) == (True, 375, 10)
    page.get_by_role("heading", name="Select Exhibitor to change").wait_for()


def test_a_lost_phone_is_no_end(open_desk: OpenDesk, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    page = open_desk("/admin/")
    complete_set_up(page)
    code = page.locator(".recovery-codes code").first.text_content() or ""

    page = open_desk("/admin/")
    page.get_by_text("The phone is lost or broken").click()
    page.get_by_label("Recovery code").fill(code.upper())
    page.get_by_role("button", name="Use the recovery code").click()

    page.get_by_text("You used a recovery code. 9 are left.").wait_for()


def test_an_account_is_made_in_the_form(open_desk: OpenDesk) -> None:
    page = open_desk("/admin/auth/user/add/")
    page.fill("#id_username", "kim")
    page.get_by_label("Editor").check()
    page.fill("#id_password1", "three quiet lanterns")
    page.fill("#id_password2", "three quiet lanterns")
    page.get_by_role("button", name="Save", exact=True).click()

    page.locator(".messagelist .success").wait_for()
    assert [group.name for group in User.objects.get(username="kim").groups.all()] == ["editor"]
