"""What holds for every kind of public page, in both languages: its head, and that it needs nothing from elsewhere."""

import html
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from exhibitors import urls
from exhibitors.models import Edition, Exhibitor
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_organiser,
    make_picture,
    make_print_run,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

SITE = "https://expo.example.kr"
PAGES = {
    "editions": "",
    "home": "2024/",
    "exhibitors": "2024/exhibitors/",
    "exhibitor": "2024/exhibitors/cloud-works/",
    "halls": "2024/halls/",
    "hall": "2024/halls/innovation/",
    "theme": "2024/themes/cooperation/",
    "industries": "2024/industries/",
    "industry": "2024/industries/machinery/",
    "collaboration": "2024/collaborations/joined/",
    "changes": "2024/changes/",
    "print_booths": "2024/print/booths/",
    "print_directory": "2024/print/directory/",
    "print_pages": "2024/print/pages/",
    "print_signs": "2024/print/signs/",
    "print_run": "2024/print/runs/1/",
    "print_run_errata": "2024/print/runs/1/errata/",
    "run_check": "2024/r/1/",
    "booth": "2024/b/innovation/A-01/",
}
PRINTED = [
    "print_booths",
    "print_directory",
    "print_pages",
    "print_signs",
    "print_run",
    "print_run_errata",
    "run_check",
]
NO_PAGES = {"suggestions", "changes_feed", "exhibitors_csv", "exhibitors_xlsx", "exhibitors_json"}
EVERY_PAGE = [(name, language) for name in PAGES for language in ("ko", "en")]


@pytest.fixture(autouse=True)
def edition(settings: Settings) -> Edition:
    """An edition with one row of each kind, all of whose texts name another host."""
    settings.BASE_URL = SITE
    edition = make_edition(about_ko='<img src="https://elsewhere.example/x.png"> ![x](https://elsewhere.example/y.png)')
    hall = make_hall(edition, name_en="Innovation Hall", theme=make_theme(edition))
    exhibitor = make_exhibitor(
        edition,
        "구름공방",
        name_en="Cloud Works",
        booths=[make_booth(hall)],
        industries=[make_industry(edition)],
        homepage="https://elsewhere.example/",
        introduction_ko='<script src="https://elsewhere.example/x.js"></script>',
        main_products_ko="구름 모형",
    )
    make_product(exhibitor, text_ko='<iframe src="//elsewhere.example/"></iframe>')
    make_print_run(edition)
    make_collaboration(edition, [exhibitor], story_ko="<style>@import 'https://elsewhere.example/x.css'</style>")
    return edition


class Page(HTMLParser):
    """What a page says about itself, and what it loads or runs."""

    RESOURCES = {"stylesheet", "icon", "preload", "modulepreload", "manifest", "preconnect", "dns-prefetch", "prefetch"}

    def __init__(self, client: Client, address: str, status: int = 200) -> None:
        super().__init__()
        response = client.get(address)
        assert response.status_code == status
        self.title = ""
        self.meta: dict[str, str] = {}
        self.links: dict[str, str] = {}
        self.loaded: list[str] = []
        self.run: list[str] = []
        self.scripts: list[tuple[str, str]] = []
        self._open = ("", "")
        self.feed(response.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        self._open = (tag, own.get("type", ""))
        if tag == "meta":
            self.meta[own.get("name") or own.get("property", "")] = own.get("content", "")
        if tag == "link" and (own["rel"] == "canonical" or "hreflang" in own):
            self.links[own.get("hreflang", "canonical")] = own["href"]
        elif tag == "link" and own["rel"] in self.RESOURCES:
            self.loaded.append(own["href"])
        self.loaded += [
            own[name] for name in ("src", "srcset", "poster", "data", "action", "background") if name in own
        ]
        if tag == "script" and "src" in own:
            self.scripts.append((own.get("type", ""), own.get("fetchpriority", "")))
        self.run += [f"{name}={own[name]}" for name in own if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        tag, kind = self._open
        if tag == "title" and not self.title:
            self.title = data
        if (tag == "script" and kind != "application/ld+json" and data.strip()) or (tag == "style"):
            self.run.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._open = ("", "")


def test_every_address_of_an_edition_is_tried_here() -> None:
    assert {pattern.name for pattern in urls.urlpatterns} == (set(PAGES) | NO_PAGES) - {"editions"}


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_a_page_names_its_address_and_languages(client: Client, name: str, language: str) -> None:
    page = Page(client, f"/{language}/{PAGES[name]}")
    assert page.links == {
        "canonical": f"{SITE}/{language}/{PAGES[name]}",
        "ko": f"{SITE}/ko/{PAGES[name]}",
        "en": f"{SITE}/en/{PAGES[name]}",
        "x-default": f"{SITE}/en/{PAGES[name]}",
    }


def test_a_page_that_holds_both_languages_has_one_address(client: Client) -> None:
    own = f"{SITE}/api/v1/"
    assert Page(client, "/api/v1/").links == {"canonical": own, "ko": own, "en": own, "x-default": own}


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_a_page_can_be_passed_on(client: Client, name: str, language: str) -> None:
    page = Page(client, f"/{language}/{PAGES[name]}")
    shown = {key.removeprefix("og:"): value for key, value in page.meta.items() if key.startswith("og:")}
    locales = {"ko": ("ko_KR", "en_GB"), "en": ("en_GB", "ko_KR")}
    assert len(page.meta["description"]) > 5
    assert shown.pop("image:alt") != ""
    assert shown == {
        "type": "website",
        "site_name": {"ko": "엑스포 참가업체 안내", "en": "Expo directory"}[language],
        "title": page.title,
        "description": page.meta["description"],
        "url": page.links["canonical"],
        "locale": locales[language][0],
        "locale:alternate": locales[language][1],
        "image": f"{SITE}/static/img/og.png",
        "image:width": "1200",
        "image:height": "630",
    }


@pytest.mark.parametrize(("name", "language"), EVERY_PAGE)
def test_a_page_loads_nothing_from_elsewhere_and_runs_nothing_of_its_own(
    client: Client, name: str, language: str
) -> None:
    page = Page(client, f"/{language}/{PAGES[name]}")
    elsewhere = [
        address for address in page.loaded if urlsplit(address).netloc or not address.startswith(("/", "data:"))
    ]
    assert page.loaded != []
    assert (elsewhere, page.run) == ([], [])


def test_scripts_let_the_page_and_its_looks_come_first(client: Client) -> None:
    scripts = [script for path in PAGES.values() for script in Page(client, f"/ko/{path}").scripts]
    assert set(scripts) == {("module", "low")}


def test_no_two_pages_have_the_same_title_or_description(client: Client) -> None:
    pages = [Page(client, f"/en/{path}") for path in PAGES.values()]
    assert len({page.title for page in pages}) == len(pages)
    print_and_overviews = {PAGES[name] for name in ("halls", "industries", *PRINTED)}
    told = [
        Page(client, f"/en/{path}").meta["description"] for path in PAGES.values() if path not in print_and_overviews
    ]
    assert len(set(told)) == len(told)


def test_only_what_is_for_paper_is_kept_from_search_engines(client: Client) -> None:
    kept_out = [name for name, path in PAGES.items() if "robots" in Page(client, f"/ko/{path}").meta]
    assert kept_out == PRINTED


def test_a_sample_keeps_all_lists_from_search_engines(client: Client, edition: Edition) -> None:
    make_exhibitor(edition, "지어낸업체", is_sample=True)
    shown = [name for name, path in PAGES.items() if "robots" not in Page(client, f"/ko/{path}").meta]
    assert shown == ["editions", "home", "exhibitor"]


def test_the_logo_stands_for_an_exhibitor(client: Client, edition: Edition) -> None:
    logo = ContentFile(make_picture(600, 300), "logo.png")
    exhibitor = make_exhibitor(edition, "바람공방", logo=logo, logo_alt_en="A windmill")
    page = Page(client, f"/en/2024/exhibitors/{exhibitor.slug}/")
    assert page.meta["og:image"] == f"{SITE}{exhibitor.logo.url}"
    assert [page.meta[f"og:image:{name}"] for name in ("width", "height", "alt")] == ["600", "300", "A windmill"]


def test_our_own_picture_is_as_large_as_pages_say() -> None:
    picture = Path(__file__).resolve().parents[2] / "static/img/og.png"
    with Image.open(picture) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("?utm_source=mail", ""),
        ("?q=구름&hall=innovation&page=2", ""),
        ("?sort=booth&page=2", ""),
        ("?page=2", "?page=2"),
        ("?page=2&utm_source=mail", "?page=2"),
        ("?page=99", "?page=2"),
        ("?page=1", ""),
    ],
)
def test_a_filtered_list_stands_under_the_whole_ones_address(
    client: Client, edition: Edition, asked: str, canonical: str
) -> None:
    for number in range(30):
        make_exhibitor(edition, f"구름{number}", booths=[edition.halls.get().booths.get()])
    page = Page(client, f"/ko/2024/exhibitors/{asked}")
    assert page.links["canonical"] == f"{SITE}/ko/2024/exhibitors/{canonical}"
    assert page.links["en"] == f"{SITE}/en/2024/exhibitors/{canonical}"


def test_the_root_without_a_current_edition_stands_under_the_archives_address(client: Client) -> None:
    assert Page(client, "/").links["canonical"] == f"{SITE}/ko/"


def test_without_a_public_address_the_host_asked_for_stands_in(client: Client, settings: Settings) -> None:
    settings.BASE_URL = ""
    assert Page(client, "/ko/2024/").links["canonical"] == "http://testserver/ko/2024/"


def test_a_withdrawn_exhibitor_and_a_preview_are_kept_from_search_engines(client: Client, edition: Edition) -> None:
    gone = make_exhibitor(edition, state=Exhibitor.State.WITHDRAWN, state_reason="ill")
    draft = make_exhibitor(edition, state=Exhibitor.State.DRAFT)
    assert Page(client, gone.get_absolute_url(), 410).meta["robots"] == "noindex"
    client.force_login(make_organiser())
    assert Page(client, draft.get_absolute_url()).meta["robots"] == "noindex"


def test_hostile_names_are_text_in_the_head(client: Client, edition: Edition) -> None:
    name = "\"><script>alert(1)</script> & 'x'"
    exhibitor = make_exhibitor(edition, name)
    page = Page(client, exhibitor.get_absolute_url())
    assert page.meta["og:title"] == f"{name} – 2024 시험 엑스포"
    assert html.escape(page.meta["description"]) != page.meta["description"]
    assert page.run == []
