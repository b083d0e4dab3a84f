"""One selection, every form: whatever is filtered, screen, paper, files and open data hold the same exhibitors."""

import csv
import io
import re
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibitors.domain import importing
from exhibitors.domain.criteria import INITIALS
from exhibitors.models import NO_VALUE, Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

WORDS = ("가람", "까치", "나루", "㈜라온", "마루", "Basalt", "24시", "★별", "하늘", "쌍용", "Öl", "삼성")
HALLS = ("one", "two", "three")
INDUSTRIES = ("food", "machinery", "tools")
PUBLIC, ALL = 40, 52


@pytest.fixture
def edition() -> Edition:
    """An edition that has everything: none, one or several halls and industries, drafts, withdrawn, facilities."""
    edition = make_edition()
    theme = make_theme(edition)
    halls = [make_hall(edition, code, f"{code}관", theme=theme if code != "three" else None) for code in HALLS]
    booths = [make_booth(hall, f"A-{number}") for hall in halls for number in range(4)]
    industries = [make_industry(edition, slug, f"{slug}업") for slug in INDUSTRIES]
    make_facility(edition, booth=booths[0])
    for number in range(ALL):
        exhibitor = make_exhibitor(
            edition,
            f"{WORDS[number % len(WORDS)]} {token(number)}",
            name_en=("", f"Alpha {token(number)}", "", f"9 Lives {token(number)}")[number % 4],
            booths=booths[number % 11 : number % 11 + number % 3],
            industries=industries[: number % 4],
            state=state(number),
            state_reason="no longer" if state(number) == Exhibitor.State.WITHDRAWN else "",
        )
        make_product(exhibitor, "전기밥솥" if number % 5 else "약밥")
    make_exhibitor(make_edition("2023"), "가람", booths=[])
    return edition


def token(number: int) -> str:
    """A part of a name that stands in no other, nor anywhere else on a page."""
    return f"zq{number:03d}"


def state(number: int) -> Exhibitor.State:
    if number < PUBLIC:
        return Exhibitor.State.PUBLIC
    return Exhibitor.State.DRAFT if number % 2 else Exhibitor.State.WITHDRAWN


SELECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "q": st.sampled_from([*WORDS, "ㄱㄹ", "ㅅㅅ", "밥솥", "alpha", "A-2", "없는말", "qkqthx", "zq0", "가람 나루"]),
        "exact": st.just("1"),
        "theme": st.lists(st.sampled_from(["cooperation", "unknown"]), max_size=2),
        "hall": st.lists(st.sampled_from([*HALLS, NO_VALUE, "unknown"]), max_size=3),
        "industry": st.lists(st.sampled_from([*INDUSTRIES, NO_VALUE, ""]), max_size=2),
        "initial": st.lists(st.sampled_from(INITIALS), max_size=3),
        "sort": st.sampled_from(["name", "booth", "name_en", "relevance", "random"]),
    },
)
SLOW = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)


@SLOW
@given(selection=SELECTIONS, language=st.sampled_from(["ko", "en"]))
def test_every_form_holds_the_same_exhibitors(
    client: Client, edition: Edition, selection: dict[str, Any], language: str
) -> None:
    screen = on_screen(client, selection, language)
    assert in_csv(client, selection, language) == screen
    assert in_workbook(client, selection, language) == screen
    assert in_json(client, selection, language) == screen
    assert in_print(client, selection, language) == set(screen)
    assert set(in_open_data(client, selection)) == set(screen)
    if language == "ko":
        assert in_open_data(client, selection) == screen
    assert len(screen) == len(set(screen))


@SLOW
@given(selection=SELECTIONS, initial=st.sampled_from(INITIALS))
def test_every_count_on_the_page_is_the_length_of_the_list_it_opens(
    client: Client, edition: Edition, selection: dict[str, Any], initial: str
) -> None:
    counts = client.get("/ko/2024/exhibitors/", selection).context["counts"]
    assert counts.total == length(client, selection)
    alone = {name: value for name, value in selection.items() if name not in {"hall", "theme"}}
    for hall in (*HALLS, NO_VALUE):
        assert counts.halls.get(hall, 0) == length(client, {**alone, "hall": hall}), hall
    assert counts.themes.get("cooperation", 0) == length(client, {**alone, "theme": "cooperation"})
    for industry in (*INDUSTRIES, NO_VALUE):
        assert counts.industries.get(industry, 0) == length(client, {**selection, "industry": industry}), industry
    assert counts.initials.get(initial, 0) == length(client, {**selection, "initial": initial})


def test_without_filters_every_form_holds_all_that_is_public(client: Client, edition: Edition) -> None:
    public = set(Exhibitor.objects.filter(edition=edition, state="public").values_list("slug", flat=True))
    assert len(public) == PUBLIC
    assert set(on_screen(client, {}, "ko")) == public
    assert in_print(client, {}, "ko") == public
    assert set(in_csv(client, {}, "ko")) == public
    assert set(in_open_data(client, {})) == public


def on_screen(client: Client, selection: dict[str, Any], language: str) -> list[str]:
    """The exhibitors on all pages of the list, in order."""
    slugs: list[str] = []
    for page in range(1, 99):
        response = client.get(f"/{language}/2024/exhibitors/", {**selection, "page": page})
        assert response.status_code == 200
        html = response.content.decode()
        slugs += re.findall(rf'href="/{language}/2024/exhibitors/([a-z0-9-]+)/"', html)
        if 'rel="next"' not in html:
            return slugs
    raise AssertionError("the pages do not end")


def in_print(client: Client, selection: dict[str, Any], language: str) -> set[str]:
    response = client.get(f"/{language}/2024/print/booths/", selection)
    assert response.status_code == 200
    page = response.content.decode().split("</header>", 1)[1]  # the head repeats what was searched
    rows = Exhibitor.objects.values_list("slug", "name_ko")
    return {slug for slug, name in rows if name.rsplit(" ", 1)[-1] in page and "zq" in name}


def in_csv(client: Client, selection: dict[str, Any], language: str) -> list[str]:
    rows = csv.DictReader(io.StringIO(downloaded(client, "csv", selection, language).decode("utf-8-sig")))
    return [slug_of(row["Page in the directory" if language == "en" else "안내 페이지"]) for row in rows]


def in_workbook(client: Client, selection: dict[str, Any], language: str) -> list[str]:
    rows = importing.read(downloaded(client, "xlsx", selection, language)).sheets[0].rows
    column = rows[0].index("Page in the directory" if language == "en" else "안내 페이지")
    return [slug_of(row[column]) for row in rows[1:]]


def in_json(client: Client, selection: dict[str, Any], language: str) -> list[str]:
    response = client.get(f"/{language}/2024/exhibitors.json", selection)
    assert response.status_code == 200
    return [item["id"] for item in response.json()["items"]]


def in_open_data(client: Client, selection: dict[str, Any]) -> list[str]:
    """The exhibitors on all pages of seven, by way of the links from page to page."""
    response = client.get("/api/v1/editions/2024/exhibitors/", {**selection, "per_page": 7})
    answer = response.json()
    slugs = [item["id"] for item in answer["items"]]
    while answer["next"]:
        answer = client.get(answer["next"]).json()
        assert 0 < len(answer["items"]) <= 7
        slugs += [item["id"] for item in answer["items"]]
    assert answer["total"] == len(slugs)
    return slugs


def length(client: Client, selection: dict[str, Any]) -> int:
    response = client.get("/api/v1/editions/2024/exhibitors/", {**selection, "per_page": 200})
    assert response.status_code == 200
    return len(response.json()["items"])


def downloaded(client: Client, ending: str, selection: dict[str, Any], language: str) -> bytes:
    response = client.get(f"/{language}/2024/exhibitors.{ending}", selection)
    assert response.status_code == 200
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def slug_of(address: str) -> str:
    match = re.fullmatch(r"http://testserver/(?:ko|en)/2024/exhibitors/([a-z0-9-]+)/", address)
    assert match is not None
    return match[1]
