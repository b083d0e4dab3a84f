"""Suggestions under the fingers: by keyboard, by screen reader, and while a Korean syllable is being composed."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Error, Locator, Page, Route, expect

from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

LIST = "/ko/2024/exhibitors/"
PAUSE = 120  # milliseconds, as in the script
NOON = 12 * 60 * 60


class Box:
    """The search box of a page, with all that it has asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.input = page.locator("[data-suggest]")
        self.list = page.locator("[role=listbox]")
        self.options = self.list.locator("[role=option]")
        self.status = page.locator(".search-box [role=status]")
        self.asked: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Any) -> None:
        if "/suggestions/" in request.url:
            self.asked += parse_qs(urlsplit(request.url).query, keep_blank_values=True)["q"]

    def type(self, text: str) -> None:
        self.input.focus()
        self.page.keyboard.type(text)

    def suggest(self, text: str) -> Locator:
        """Type, and wait for what is suggested."""
        self.type(text)
        expect(self.list).to_be_visible()
        return self.options

    def active(self) -> str | None:
        """The text of the option that is marked, as a screen reader is told."""
        name = self.input.get_attribute("aria-activedescendant")
        marked = self.list.locator("[aria-selected=true]")
        assert marked.count() == (1 if name else 0)
        if not name:
            return None
        assert marked.get_attribute("id") == name
        return marked.locator(".suggestions__text").inner_text().strip()


OpenBox = Callable[..., Box]


@pytest.fixture
def open_box(site: str, browser: Browser) -> Iterator[OpenBox]:
    """A function that opens a page with a search box.

    Nothing may leave the host or complain; a request for suggestions may be given up.
    """
    problems: list[str] = []
    contexts = []

    def open_box(path: str = LIST, *, has_clock: bool = False, **options: Any) -> Box:
        """With a clock no time passes but what `clock.run_for` lets pass."""
        context = browser.new_context(**{"viewport": PHONE, "locale": "ko-KR", "base_url": site, **options})
        contexts.append(context)
        page = context.new_page()
        if has_clock:
            page.clock.install(time=0)
        page.on("pageerror", lambda error: problems.append(f"script error: {error}"))
        page.on("console", lambda line: problems.append(line.text) if line.type in {"error", "warning"} else None)
        page.on("request", lambda request: None if request.url.startswith(site) else problems.append(request.url))
        page.goto(path)
        if has_clock:
            page.clock.pause_at(NOON)  # from here on time passes when a test says so
        return Box(page)

    yield open_box
    for context in contexts:
        context.close()
    assert problems == []


# The pattern of a combobox


def test_a_screen_reader_is_told_what_the_box_is(open_box: OpenBox) -> None:
    box = open_box()
    attributes = {
        name: box.input.get_attribute(name)
        for name in (
            "role",
            "aria-autocomplete",
            "aria-expanded",
            "aria-controls",
            "aria-activedescendant",
            "autocomplete",
        )
    }
    assert attributes == {
        "role": "combobox",
        "aria-autocomplete": "list",
        "aria-expanded": "false",
        "aria-controls": box.list.get_attribute("id"),
        "aria-activedescendant": None,
        "autocomplete": "off",
    }
    assert box.list.get_attribute("aria-label")
    expect(box.list).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", [LIST, "/en/2024/exhibitors/", "/ko/2024/"], ids=["list", "english", "home"])
def test_an_open_list_is_accessible_and_on_the_screen(open_box: OpenBox, path: str, viewport: dict[str, int]) -> None:
    box = open_box(path, viewport=viewport)
    box.suggest("ㅇ")
    box.page.keyboard.press("ArrowDown")

    found = Axe().run(box.page, context=".search-box", options={"resultTypes": ["violations"]})
    sizes = box.options.evaluate_all("rows => rows.map((row) => row.getBoundingClientRect().toJSON())")

    assert [violation["id"] for violation in found.response["violations"]] == []
    assert min(size["height"] for size in sizes) >= 44
    assert all(size["left"] >= 0 and size["right"] <= viewport["width"] for size in sizes)
    assert box.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_the_number_of_suggestions_is_said(open_box: OpenBox) -> None:
    box = open_box("/en/2024/exhibitors/")

    count = box.suggest("ㅇ").count()
    said = box.status.inner_text()
    box.input.fill("듣도보도못한낱말")
    expect(box.list).to_be_hidden()

    assert said == f"{count} suggestions"
    expect(box.status).to_have_text("0 suggestions")
    expect(box.input).to_have_attribute("aria-expanded", "false")


def test_each_suggestion_says_its_kind(open_box: OpenBox) -> None:
    box = open_box("/en/2024/exhibitors/")
    kinds = {text.strip() for text in box.suggest("ㅇ").locator(".suggestions__kind").all_inner_texts()}
    assert "Exhibitor" in kinds
    assert kinds <= {"Exhibitor", "Product", "Hall", "Industry", "Booth"}


def test_a_suggestion_in_korean_is_marked_on_an_english_page(open_box: OpenBox) -> None:
    box = open_box("/en/2024/exhibitors/")
    texts = box.suggest("ㅇ").locator(".suggestions__text")
    languages = {
        text.strip(): language
        for text, language in texts.evaluate_all("rows => rows.map((row) => [row.textContent, row.lang])")
    }
    assert {language for text, language in languages.items() if re.search("[가-힣]", text)} <= {"ko"}
    assert {language for text, language in languages.items() if not re.search("[가-힣]", text)} <= {""}


# The keyboard


def test_arrows_go_through_the_suggestions_and_back_to_the_box(open_box: OpenBox) -> None:
    box = open_box()
    texts = [text.strip() for text in box.suggest("ㅇ").locator(".suggestions__text").all_inner_texts()]

    down = [_pressed(box, "ArrowDown") for _ in range(len(texts) + 2)]
    up = [_pressed(box, "ArrowUp") for _ in range(3)]

    assert down == [*texts, None, texts[0]]
    assert up == [None, texts[-1], texts[-2]]
    expect(box.input).to_be_focused()
    expect(box.input).to_have_value("ㅇ")


def _pressed(box: Box, key: str) -> str | None:
    box.page.keyboard.press(key)
    return box.active()


def test_enter_opens_the_marked_suggestion(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.keyboard.press("ArrowDown")
    address = box.options.first.get_attribute("data-address")
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(f"{re.escape(str(address))}$"))
    assert "/exhibitors/" in str(address)


def test_enter_without_a_mark_searches_what_was_typed(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(r"\?q=%EC%97%90%EB%B0%94$"))


def test_what_is_typed_after_a_mark_is_searched_and_not_the_mark_opened(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    box.type("에")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()
    box.page.keyboard.press("ArrowDown")

    box.type("바")
    assert box.active() is None
    box.page.keyboard.press("Enter")

    expect(box.page).to_have_url(re.compile(r"\?q=%EC%97%90%EB%B0%94$"))


def test_escape_closes_the_list_and_leaves_the_text(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.keyboard.press("ArrowDown")
    box.page.keyboard.press("Escape")
    expect(box.list).to_be_hidden()
    expect(box.input).to_have_value("에바")
    expect(box.input).to_have_attribute("aria-expanded", "false")
    assert box.active() is None


def test_an_arrow_opens_a_closed_list_again_without_asking(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.keyboard.press("Escape")
    box.page.keyboard.press("ArrowDown")
    expect(box.list).to_be_visible()
    assert box.active() == box.options.first.locator(".suggestions__text").inner_text().strip()
    assert box.asked == ["에바"]


def test_tab_closes_the_list_and_goes_on(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.keyboard.press("Tab")
    expect(box.list).to_be_hidden()
    expect(box.page.locator(".search-box__button")).to_be_focused()


# The pointer


def test_a_click_opens_a_suggestion(open_box: OpenBox) -> None:
    box = open_box()
    option = box.suggest("에바").first
    address = option.get_attribute("data-address")
    option.click()
    expect(box.page).to_have_url(re.compile(f"{re.escape(str(address))}$"))


def test_a_click_elsewhere_closes_the_list(open_box: OpenBox) -> None:
    box = open_box()
    box.suggest("에바")
    box.page.locator("h1").click()
    expect(box.list).to_be_hidden()


# What is asked, and when


def test_it_is_asked_once_after_a_pause_in_typing(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)

    for letter in "wentteok":
        box.type(letter)
        box.page.clock.run_for(PAUSE - 1)
    before = list(box.asked)
    box.page.clock.run_for(1)
    expect(box.status).not_to_be_empty()

    assert (before, box.asked) == ([], ["wentteok"])


def test_an_emptied_box_asks_nothing_and_closes(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    box.type("에바")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()
    box.input.fill("")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_hidden()
    assert box.asked == ["에바"]


def test_leaving_the_box_drops_what_was_to_be_asked(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    box.type("에바")
    box.page.keyboard.press("Tab")
    box.page.clock.run_for(10 * PAUSE)
    assert box.asked == []


@pytest.mark.parametrize("is_given_up", [True, False], ids=["first given up", "first answered late"])
def test_the_last_answer_wins(open_box: OpenBox, is_given_up: bool) -> None:
    box = open_box(has_clock=True)
    if not is_given_up:
        box.page.evaluate("AbortController.prototype.abort = () => {}")
    held: list[Route] = []
    box.page.route("**/suggestions/?q=%EC%97%90", lambda route: held.append(route))

    box.type("에")
    box.page.clock.run_for(PAUSE)
    box.type("바")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()
    shown = box.options.all_inner_texts()
    _answer_late(box.page, held[0])

    assert box.asked == ["에", "에바"]
    assert box.options.all_inner_texts() == shown


def _answer_late(page: Page, route: Route) -> None:
    late = {"label": "x", "kind": "exhibitor", "text": "late", "detail": "", "address": "/"}
    try:
        route.fulfill(json={"suggestions": [late], "status": "late"})
    except Error:
        return  # it had been given up
    page.evaluate("fetch(location.href).then((answer) => answer.text())")


@pytest.mark.parametrize("status", [404, 500])
def test_a_server_that_fails_leaves_the_form_as_it_is(site: str, browser: Browser, status: int) -> None:
    context = browser.new_context(locale="ko-KR", base_url=site)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/suggestions/**", lambda route: route.fulfill(status=status, body="<h1>no</h1>"))
    page.goto(LIST)
    box = Box(page)

    with page.expect_response(lambda response: "/suggestions/" in response.url):
        box.type("에바")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"\?q=%EC%97%90%EB%B0%94$"))
    context.close()
    assert errors == []


def test_the_form_works_without_scripts(open_box: OpenBox) -> None:
    box = open_box(java_script_enabled=False)
    box.type("에바")
    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(r"\?q=%EC%97%90%EB%B0%94$"))
    expect(box.page.locator(".card").first).to_be_visible()
    assert box.asked == []


# The Korean input method


class InputMethod:
    """Composes syllables as an input method does, one key after the other."""

    def __init__(self, box: Box) -> None:
        self._box = box
        self._session: CDPSession = box.page.context.new_cdp_session(box.page)
        box.input.evaluate("box => box.addEventListener('compositionend', () => { window.ended = true; })")
        box.input.focus()

    def compose(self, *states: str) -> None:
        """The syllable as it looks after each key."""
        for state in states:
            length = len(state)
            self._session.send(
                "Input.imeSetComposition", {"text": state, "selectionStart": length, "selectionEnd": length}
            )

    def commit(self, syllable: str) -> None:
        self._session.send("Input.insertText", {"text": syllable})

    def enter(self, *, code: int) -> None:
        """The Enter that ends a composition: browsers send it as 229, or as itself while still composing."""
        key = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": code}
        text = {"text": "\r"} if code == 13 else {}
        self._session.send("Input.dispatchKeyEvent", {"type": "keyDown" if text else "rawKeyDown", **key, **text})
        self._session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})

    @property
    def has_ended(self) -> bool:
        return bool(self._box.page.evaluate("window.ended === true"))


def test_nothing_is_asked_while_a_syllable_is_composed(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    keyboard = InputMethod(box)

    keyboard.compose("ㅇ", "에")
    box.page.clock.run_for(10 * PAUSE)
    while_composing = list(box.asked)
    keyboard.commit("에")
    expect(box.list).to_be_visible()
    keyboard.compose("ㅂ", "바")
    box.page.clock.run_for(10 * PAUSE)
    while_composing_the_next = list(box.asked)
    keyboard.commit("바")
    box.page.clock.run_for(10 * PAUSE)
    expect(box.status).not_to_be_empty()

    assert keyboard.has_ended
    assert (while_composing, while_composing_the_next, box.asked) == ([], ["에"], ["에", "에바"])
    expect(box.input).to_have_value("에바")


def test_the_answer_for_a_finished_syllable_is_shown_while_the_next_is_composed(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    held: list[Route] = []
    box.page.route("**/suggestions/**", lambda route: held.append(route))
    keyboard = InputMethod(box)
    with box.page.expect_request("**/suggestions/**"):
        keyboard.compose("ㅇ", "에")
        keyboard.commit("에")
    keyboard.compose("ㅂ")

    held[0].continue_()

    expect(box.list).to_be_visible()
    expect(box.input).to_have_value("에ㅂ")
    assert box.asked == ["에"]


def test_syllables_that_follow_fast_are_asked_together(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    keyboard = InputMethod(box)
    for syllable in "메디오스":
        keyboard.compose(syllable)
        keyboard.commit(syllable)
        box.page.clock.run_for(PAUSE // 2)
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()
    assert (box.asked[0], box.asked[-1], len(box.asked)) == ("메", "메디오스", 3)


def test_a_composition_gives_up_what_was_to_be_asked(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    keyboard = InputMethod(box)
    keyboard.compose("ㅇ", "에")
    keyboard.commit("에")
    keyboard.compose("바")
    keyboard.commit("바")
    box.page.clock.run_for(PAUSE - 1)
    keyboard.compose("ㄴ")
    box.page.clock.run_for(10 * PAUSE)
    assert box.asked == ["에"]


@pytest.mark.parametrize("code", [13, 229])
def test_the_enter_that_ends_a_composition_submits_nothing(open_box: OpenBox, code: int) -> None:
    box = open_box(has_clock=True)
    keyboard = InputMethod(box)

    keyboard.compose("ㅇ", "에")
    keyboard.enter(code=code)
    keyboard.commit("에")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()

    assert urlsplit(box.page.url).query == ""
    expect(box.input).to_have_value("에")

    box.page.keyboard.press("Enter")
    expect(box.page).to_have_url(re.compile(r"\?q=%EC%97%90$"))


def test_arrows_while_composing_are_the_input_methods_own(open_box: OpenBox) -> None:
    box = open_box(has_clock=True)
    box.type("에")
    box.page.clock.run_for(PAUSE)
    expect(box.list).to_be_visible()

    keyboard = InputMethod(box)
    keyboard.compose("ㅂ")
    box.page.keyboard.press("ArrowDown")

    assert box.active() is None
