"""Every address of the site, by every method, in every role: exactly what the tables allow is answered."""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import reversion
from django.db import transaction
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from exhibitors.domain import history
from exhibitors.models import Exhibitor
from tests.addresses import all_addresses
from tests.admin.rows import make_rows
from tests.factories import make_account, make_edition

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "reader", "editor", "administrator")

# A line names addresses and what they answer to each of ROLES, in this order: a status, or `in`, which is 302 to the
# sign-in page. {a,b} stands for both. An address that the resolver has and a table has not fails the test.
SETS = {
    "DAILY": "exhibitor,product,booth",
    "PLAN": "edition,theme,hall,industry,collaboration,facility",
    "WRITTEN": "importrun,printrun,boothmove,vainsearch",
}
GET = """
root editions home exhibitors exhibitor halls hall theme            200 200 200 200
industries industry collaboration booth suggestions                 200 200 200 200
exhibitors_{csv,xlsx,json} changes changes_feed                     200 200 200 200
print_{booths,directory,pages,signs,run,run_errata} run_check       200 200 200 200
robots sitemap sitemap_part picture static                          200 200 200 200
draft hidden_edition                                                404 200 200 200
nothing share_code                                                  404 404 404 404

open_data api:{openapi-json,api-root,editions,edition}              200 200 200 200
api:{halls,industries,exhibitors,exhibitor,products}                200 200 200 200
api:{collaborations,collaboration}                                  200 200 200 200
api/                                                                302 302 302 302
^api/v[0-9]+/.*/$ hidden_edition_data                               404 404 404 404

admin:login                                                         200 302 302 302
admin:logout                                                        405 405 405 405
admin:set_language                                                  302 302 302 302
admin:second_factor{,_check}                                         in 302 302 302
admin:second_factor_{set_up,codes}                                   in 200 200 200
admin:{index,app_list,jsi18n,password_change,password_change_done}   in 200 200 200
admin:autocomplete                                                   in 403 403 403
admin:view_on_site                                                   in 302 302 302
admin:(?P<url>.*)$                                                   in 404 404 404

admin:exhibitors_{DAILY,PLAN,synonym,WRITTEN}_changelist             in 200 200 200
admin:exhibitors_{DAILY,PLAN,synonym,WRITTEN}_{change,history}       in 200 200 200
admin:exhibitors/{DAILY,PLAN,synonym,WRITTEN}/<path:object_id>/      in 302 302 302
admin:exhibitors_{DAILY,PLAN,synonym}_deleted                        in 200 200 200
admin:exhibitors_{DAILY,PLAN,synonym}_restore                        in 405 405 405

admin:exhibitors_{DAILY,synonym,importrun,printrun}_add              in 403 200 200
admin:exhibitors_{PLAN}_add                                          in 403 403 200
admin:exhibitors_{boothmove,vainsearch}_add                          in 403 403 403
admin:exhibitors_{DAILY}_delete                                      in 403 200 200
admin:exhibitors_{PLAN,synonym,vainsearch}_delete                    in 403 403 200
admin:exhibitors_{importrun,printrun,boothmove}_delete               in 403 403 403

admin:exhibitors_exhibitor_{export,template}                         in 200 200 200
admin:exhibitors_exhibitor_state admin:exhibitors_booth_create       in 403 200 200
admin:exhibitors_exhibitor_company                                   in 403 302 302
admin:exhibitors_importrun_{columns,file}                            in 403 200 200
admin:exhibitors_importrun_{preview,undo}                            in 403 302 302
admin:exhibitors_importrun_{apply,abandon}                           in 403 405 405
admin:exhibitors_edition_preflight                                   in 200 200 200
admin:exhibitors_edition_{intend,reopen}                             in 405 405 405
admin:exhibitors_edition_next_of_newest                              in 302 302 302
admin:exhibitors_edition_next                                        in 403 403 200

admin:auth_{user,group}_{changelist,add,change,delete,history}       in 403 403 200
admin:auth_user_password_change                                      in 403 403 200
admin:auth/{user,group}/<path:object_id>/                            in 302 302 302
"""

# An empty form: 200 is the page that asks for what is missing, 302 a deed that needs no more, or a refusal in words.
POST = """
root editions home exhibitors exhibitor halls hall theme            405 405 405 405
industries industry collaboration booth suggestions                 405 405 405 405
exhibitors_{csv,xlsx,json} changes changes_feed                     405 405 405 405
print_{booths,directory,pages,signs,run,run_errata} run_check       405 405 405 405
robots sitemap sitemap_part picture static share_code               405 405 405 405
draft hidden_edition                                                405 405 405 405
nothing                                                             404 404 404 404

open_data api:{openapi-json,api-root,editions,edition}              405 405 405 405
api:{halls,industries,exhibitors,exhibitor,products}                405 405 405 405
api:{collaborations,collaboration}                                  405 405 405 405
api/ ^api/v[0-9]+/.*/$ hidden_edition_data                          405 405 405 405

admin:{login,logout}                                                200 200 200 200
admin:set_language                                                  302 302 302 302
admin:second_factor{,_check}                                         in 302 302 302
admin:second_factor_{set_up,codes}                                   in 200 200 200
admin:{index,app_list,password_change}                               in 200 200 200
admin:{password_change_done,jsi18n,autocomplete}                     in 405 405 405
admin:view_on_site                                                   in 302 302 302
admin:(?P<url>.*)$                                                   in 404 404 404

admin:exhibitors_{DAILY,PLAN,synonym,WRITTEN}_changelist             in 200 200 200
admin:exhibitors_{DAILY,PLAN,synonym,WRITTEN}_history                in 405 405 405
admin:exhibitors/{DAILY,PLAN,synonym,WRITTEN}/<path:object_id>/      in 302 302 302
admin:exhibitors_{DAILY,PLAN,synonym}_deleted                        in 405 405 405
admin:exhibitors_{DAILY}_restore                                     in 403 302 302
admin:exhibitors_{PLAN,synonym}_restore                              in 403 403 302

admin:exhibitors_{DAILY,synonym,importrun,printrun}_add              in 403 200 200
admin:exhibitors_{PLAN}_add                                          in 403 403 200
admin:exhibitors_{boothmove,vainsearch}_add                          in 403 403 403
admin:exhibitors_{DAILY}_change                                      in 403 200 200
admin:exhibitors_{PLAN,synonym}_change                               in 403 403 200
admin:exhibitors_{WRITTEN}_change                                    in 403 403 403
admin:exhibitors_{DAILY}_delete                                      in 403 200 200
admin:exhibitors_{PLAN,synonym,vainsearch}_delete                    in 403 403 200
admin:exhibitors_{importrun,printrun,boothmove}_delete               in 403 403 403

admin:exhibitors_exhibitor_{export,template}                         in 200 200 200
admin:exhibitors_exhibitor_state admin:exhibitors_booth_create       in 403 200 200
admin:exhibitors_exhibitor_company                                   in 403 302 302
admin:exhibitors_importrun_columns                                   in 403 200 200
admin:exhibitors_importrun_{preview,undo,apply,abandon}              in 403 302 302
admin:exhibitors_importrun_file                                      in 405 405 405
admin:exhibitors_edition_{preflight,next_of_newest}                  in 405 405 405
admin:exhibitors_edition_{intend,reopen}                             in 403 302 302
admin:exhibitors_edition_next                                        in 403 403 200

admin:auth_{user,group}_{changelist,add,change,delete}               in 403 403 200
admin:auth_{user,group}_history                                      in 403 403 200
admin:auth_user_password_change                                      in 403 403 200
admin:auth/{user,group}/<path:object_id>/                            in 302 302 302
"""

# No address has one of these, but for the question that browsers ask of the open data before they read it elsewhere.
OTHERS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")


def read_table(text: str) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for line in filter(None, text.splitlines()):
        *names, _, _, _, _ = words = line.split()
        for name in (one for pattern in names for one in expand(pattern)):
            assert name not in rows, f"{name} stands in the table twice"
            rows[name] = words[-len(ROLES) :]
    return rows


def expand(pattern: str) -> Iterator[str]:
    """One name for each choice of what stands in braces."""
    parts = [SETS.get(part, part) for part in re.split(r"([{,}])", pattern)]
    pieces = re.split(r"\{([^}]*)\}", "".join(parts))
    for chosen in product(*(piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces))):
        yield "".join(chosen)


@pytest.fixture
def addresses(settings: Settings) -> dict[str, str]:
    rows = make_rows()
    with reversion.create_revision():
        for row in rows:
            if type(row) in history.KEPT:
                reversion.add_to_revision(row)
    make_edition("2031", is_public=False)
    draft = Exhibitor.objects.get(state="draft")
    (settings.STATIC_ROOT / "site.css").write_text("p {}")
    return all_addresses(rows) | {
        "static": "/static/site.css",
        "draft": draft.get_absolute_url(),
        "hidden_edition": "/ko/2031/",
        "hidden_edition_data": "/api/v1/editions/2031/",
        "nothing": "/ko/2024/nothing/",
    }


@pytest.fixture
def clients(settings: Settings, tmp_path: Any) -> list[Client]:
    """A browser for each of ROLES, shown pages without a text: what is asked here is who is let in."""
    engine: dict[str, Any] = settings.TEMPLATES[0]
    options = engine["OPTIONS"] | {"loaders": ["tests.blank_templates.Loader"]}
    settings.TEMPLATES = [engine | {"APP_DIRS": False, "OPTIONS": options}]
    settings.STATIC_ROOT = tmp_path
    clients = [Client(raise_request_exception=False) for _ in ROLES]
    for role, client in zip(ROLES[1:], clients[1:], strict=True):
        client.force_login(make_account(role, role))
    return clients


def answer(client: Client, method: str, address: str) -> str:
    """A status, or `in` for the way to the sign-in page. Whatever was written is taken back."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        response = client.generic(method, address)
        if response.streaming:
            response.getvalue()  # which closes the file that it reads
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    leads_in = response.status_code == 302 and response["Location"].startswith(f"{reverse('admin:login')}?next=")
    return "in" if leads_in else str(response.status_code)


@pytest.mark.parametrize(("method", "table"), [("GET", GET), ("POST", POST)])
def test_each_role_is_answered_as_the_table_says(
    clients: list[Client], addresses: dict[str, str], method: str, table: str
) -> None:
    found = {name: [answer(client, method, address) for client in clients] for name, address in addresses.items()}

    assert found == read_table(table)


def test_head_is_answered_as_get_is_but_for_a_sign_in_page_that_leads_on(
    clients: list[Client], addresses: dict[str, str]
) -> None:
    asked = (clients[0], clients[-1])

    found = {name: [answer(client, "HEAD", address) for client in asked] for name, address in addresses.items()}

    expected = {name: row[:1] + row[-1:] for name, row in read_table(GET).items()}
    assert found == expected | {"admin:login": ["200", "200"]}


def test_no_other_method_is_answered(clients: list[Client], addresses: dict[str, str]) -> None:
    asked = [(method, name) for method in OTHERS for name in addresses]

    found = {(method, name): [answer(client, method, addresses[name]) for client in clients] for method, name in asked}

    assert found == {
        (method, name): ["204" if is_asked_before(method, name) else "405"] * len(ROLES) for method, name in asked
    }


def is_asked_before(method: str, name: str) -> bool:
    return method == "OPTIONS" and bool(re.match("api|.api|open_data$|exhibitors_json$|hidden_edition_data$", name))
