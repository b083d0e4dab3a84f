"""A full disk on SQLite: pages go on, and what could not be saved comes back and is saved when there is room again."""

import html
import re

import pytest
from django.db import connection
from django.test import Client

from exhibitors.models import Hall
from tests.admin.pages import fields_of, form_of
from tests.factories import make_edition, make_hall, make_organiser
from tests.page_store.asking import ask, make_store

LONG = "가나다라마바사아자차카타파하 " * 400  # no page of the file has so much left over
TEXT_AREA = r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>'


def pragma(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {sql}")
        return int(cursor.fetchone()[0])


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL is tested by taking it away")
@pytest.mark.usefixtures("own_database")
def test_without_room_pages_are_shown_and_a_form_is_kept_until_there_is_some(client: Client) -> None:
    hall = make_hall(make_edition())
    client.force_login(make_organiser())
    client.raise_request_exception = False
    typed = fields_of(client.get(form_of(hall))) | {"description_ko": LONG.strip(), "_save": "Save"}
    store, _ = make_store()
    page = ask(store)

    pragma(f"max_page_count = {pragma('page_count') - pragma('freelist_count')}")
    refused = client.post(form_of(hall), typed)
    store.watch.expire()

    assert (refused.status_code, refused["Retry-After"]) == (503, "5")
    assert ask(store) == page
    assert (ask(store, "/ko/2024/").status, Hall.objects.get().description_ko) == (200, "")
    kept = {name: html.unescape(text) for name, text in re.findall(TEXT_AREA, refused.text, re.DOTALL)}
    assert kept == typed

    pragma("max_page_count = 100000")
    assert client.post(form_of(hall), kept).status_code == 302
    assert Hall.objects.get().description_ko == LONG.strip()
