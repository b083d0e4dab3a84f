"""Every page of the desk lives under the strict content security policy: nothing inline, nothing from elsewhere."""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, URLResolver, reverse
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from exhibitors.domain import history
from exhibitors.models import Edition, Exhibitor
from tests.admin.pages import address, list_of
from tests.admin.rows import make_rows
from tests.admin.signing_in import browser, code_of, make_device, sign_in, wrong_code_of
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall

pytestmark = pytest.mark.django_db


class Inline(HTMLParser):
    """Collects what the policy would block."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags = 0
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        names = dict(attrs)
        self.found += [f"{tag} {name}=" for name in names if name == "style" or name.startswith("on")]
        self.found += [f"{tag} {name}={value}" for name, value in attrs if _is_elsewhere(name, value)]
        if tag == "style":
            self.found.append("<style>")
        if tag == "script" and "src" not in names:
            self._script = names.get("type") or "text/javascript"

    def handle_data(self, data: str) -> None:
        if self._script not in {None, "application/json"} and data.strip():
            self.found.append(f"<script>{data.strip()[:40]}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


def _is_elsewhere(name: str, value: str | None) -> bool:
    text = (value or "").strip().casefold()
    if name in {"href", "src", "action", "formaction"} and text.startswith("javascript:"):
        return True
    return name in {"src", "action", "formaction"} and text.startswith(("http:", "https:", "//"))


def blocked(page: str) -> list[str]:
    parser = Inline()
    parser.feed(page)
    parser.close()
    assert parser.tags > 3, "this is no page"
    return parser.found


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color:red">',
        "<style>p {}</style>",
        "<script>alert(1)</script>",
        '<a onclick="x()">',
        '<a href="javascript:x()">',
        '<script src="https://elsewhere.example/x.js"></script>',
        '<form action="//elsewhere.example">',
    ],
)
def test_the_check_itself_sees_what_is_inline(bad: str) -> None:
    assert len(blocked(f"<html><body><main><p>{bad}</p></main></body></html>")) == 1


def all_pages(edition: Edition, row: Any) -> list[str]:
    name = f"{row._meta.app_label}_{row._meta.model_name}"
    lists = [reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_changelist") + "?q=x&o=1&_facets=True"]
    forms = [reverse(f"admin:{name}_{action}", args=[row.pk]) for action in ("change", "history", "delete")]
    new = reverse(f"admin:{name}_add")
    lists += [reverse(f"admin:{name}_deleted")] if type(row) in history.KEPT else []
    return [*lists, *forms, new, f"{new}?edition={edition.pk}", f"{new}?edition={edition.pk}&_popup=1"]


WRITTEN_BY_THE_SITE = re.compile("boothmove|vainsearch/add|(importrun|printrun)/[0-9]+/delete")


def test_nothing_is_inline_on_any_page_of_any_subject(desk: Client) -> None:
    rows = make_rows()
    edition = Edition.objects.get(slug="2024")

    found, seen = {}, 0
    for page in (page for row in rows for page in all_pages(edition, row)):
        answer = desk.get(page)
        if answer.status_code == 403 and WRITTEN_BY_THE_SITE.search(page):
            continue
        assert answer.status_code == 200, page
        seen += 1
        found[page] = blocked(answer.content.decode())

    assert {page: things for page, things in found.items() if things} == {}
    assert seen == len(rows) * 8 - 9 + len(history.KEPT)


# Addresses that answer a plain GET by something else than a page.
NO_PAGES = {
    "autocomplete": 403,
    "exhibitors_boothmove_add": 403,
    "exhibitors_boothmove_delete": 403,
    "exhibitors_edition_intend": 405,
    "exhibitors_edition_next_of_newest": 302,
    "exhibitors_edition_reopen": 405,
    "exhibitors_exhibitor_company": 302,
    "exhibitors_importrun_abandon": 405,
    "exhibitors_importrun_apply": 405,
    "exhibitors_importrun_delete": 403,
    "exhibitors_importrun_preview": 302,
    "exhibitors_importrun_undo": 302,
    "exhibitors_printrun_delete": 403,
    "exhibitors_vainsearch_add": 403,
    "login": 302,
    "logout": 405,
    "second_factor": 302,
    "second_factor_check": 302,
    "set_language": 302,
    "view_on_site": 302,
    **{f"exhibitors_{model._meta.model_name}_restore": 405 for model in history.KEPT},
}


def named_addresses(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[tuple[str, set[str]]]:
    """Every name of an address of the desk, with the arguments that it takes."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from named_addresses(pattern.url_patterns)
        elif pattern.name:
            yield pattern.name, {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}


def arguments(name: str, takes: set[str], rows: list[Any]) -> dict[str, Any]:
    """Values for the arguments of an address; a new kind of argument needs one here."""
    own = (row for row in rows if name.startswith(f"{row._meta.app_label}_{row._meta.model_name}_"))
    row = next(own, rows[0])
    values = {
        "app_label": "exhibitors",
        "content_type_id": ContentType.objects.get_for_model(row).pk,
        "id": row.pk,
        "object_id": row.pk,
        "pk": row.pk,
        "step": "withdraw",
        "version_pk": 1,
    }
    return {argument: values[argument] for argument in takes}


def test_no_address_of_the_desk_is_left_out(desk: Client) -> None:
    rows = make_rows()
    answers = {
        name: desk.get(reverse(f"admin:{name}", kwargs=arguments(name, takes, rows)))
        for name, takes in named_addresses(admin.site.urls[0])
    }
    pages = {name: answer for name, answer in answers.items() if answer.status_code == 200}
    for no_page in ("jsi18n", "exhibitors_importrun_file"):  # a script, a download
        pages.pop(no_page)

    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 200} == NO_PAGES
    assert {name: things for name, page in pages.items() if (things := blocked(page.content.decode()))} == {}
    assert {"index", "auth_user_password_change", "second_factor_set_up", "exhibitors_exhibitor_state"} <= set(pages)


def test_nothing_is_inline_on_the_pages_of_signing_in(organiser: User, settings: Settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client, guesser = browser(), browser("198.51.100.9")
    check, set_up, codes, status = (
        reverse(f"admin:second_factor{name}") for name in ("_check", "_set_up", "_codes", "")
    )
    sign_in(client)
    answers = [client.get(set_up), client.post(set_up, {"code": "x"})]
    device = make_device(organiser)
    answers += [
        client.get(check),
        client.post(check, {"code": wrong_code_of(device.key)}),
        client.post(check, {"recovery_code": "x"}),
    ]
    TOTPDevice.objects.update(throttling_failure_count=0)
    client.post(check, {"code": code_of(device.key)})
    answers += [client.get(status), client.post(status, {"renew": "1"}, follow=True), client.get(codes)]
    locked = [sign_in(guesser, password="wrong") for _ in range(5)][-1]

    assert [answer.status_code for answer in (*answers, locked)] == [200] * len(answers) + [429]
    assert [blocked(answer.content.decode()) for answer in (*answers, locked)] == [[]] * (len(answers) + 1)


def test_nothing_is_inline_on_the_pages_between(desk: Client, client: Client) -> None:
    make_rows()
    exhibitor = Exhibitor.objects.filter(state="draft").get()
    ticked = {"_selected_action": [exhibitor.pk], "index": "0"}
    new = f"{address(Exhibitor, 'add')}?edition={exhibitor.edition_id}"
    answers = [
        client.get(reverse("admin:login")),
        client.post(reverse("admin:login"), {"username": "nobody", "password": "wrong"}),
        desk.get(reverse("admin:index")),
        desk.get(reverse("admin:app_list", args=["exhibitors"])),
        desk.get(reverse("admin:password_change")),
        desk.get(address(Exhibitor, "state", exhibitor.pk, "withdraw")),
        desk.get(address(Exhibitor, "state", exhibitor.pk, "publish")),
        desk.post(list_of(Exhibitor), {"action": "withdraw", **ticked}),
        desk.post(list_of(Exhibitor), {"action": "delete_selected", **ticked}),
        desk.post(new, {"products-TOTAL_FORMS": 1, "products-INITIAL_FORMS": 0, "products-0-text_ko": "x"}),
        desk.post(reverse("admin:auth_group_add"), {"name": "readers", "_popup": "1"}),
        desk.post(reverse("admin:logout")),
    ]

    assert [answer.status_code for answer in answers] == [200] * len(answers)
    assert [blocked(answer.content.decode()) for answer in answers] == [[]] * len(answers)


def test_the_policy_is_sent_and_allows_nothing_inline(desk: Client) -> None:
    policy = desk.get(reverse("admin:index"))["Content-Security-Policy"]

    assert ["script-src 'self'" in policy, "style-src 'self'" in policy, "unsafe" in policy] == [True, True, False]


def test_a_name_full_of_markup_is_shown_as_text(desk: Client, organiser: User) -> None:
    edition = make_edition(name_ko="<script>alert(1)</script>", name_en="<script>alert(1)</script>")
    hall = make_hall(edition, name_ko="<b onclick=x>", name_en="<b onclick=x>")
    exhibitor = make_exhibitor(
        edition,
        "<script>alert(2)</script>",
        name_en='"><img src=x onerror=alert(3)>',
        booths=[make_booth(hall, "<i>")],
        state="withdrawn",
        state_reason="<script>alert(4)</script>",
    )
    pages = [
        list_of(Exhibitor),
        address(Exhibitor, "change", exhibitor.pk),
        address(Exhibitor, "state", exhibitor.pk, "publish"),
        list_of(type(hall)),
        address(type(hall), "add"),
        list_of(Edition),
        f"{list_of(Exhibitor)}?edition={edition.pk}",
    ]
    make_edition("2023")

    assert [blocked(desk.get(page).content.decode()) for page in pages] == [[]] * len(pages)
