"""The open data explains itself: to programs in OpenAPI, to people on a page of our own."""

import re

import pytest
from django.test import Client

from expo.requests import Handler
from tests.factories import make_edition
from tests.page_store.asking import ask

pytestmark = pytest.mark.django_db

PATHS = [
    "/api/v1/editions/",
    "/api/v1/editions/{edition}/",
    "/api/v1/editions/{edition}/halls/",
    "/api/v1/editions/{edition}/industries/",
    "/api/v1/editions/{edition}/exhibitors/",
    "/api/v1/editions/{edition}/exhibitors/{exhibitor}/",
    "/api/v1/editions/{edition}/products/",
    "/api/v1/editions/{edition}/collaborations/",
    "/api/v1/editions/{edition}/collaborations/{collaboration}/",
]
FILTERS = ["page", "per_page", "q", "exact", "theme", "hall", "industry", "initial", "sort"]


def test_openapi_lists_every_address_and_every_filter(client: Client) -> None:
    document = client.get("/api/v1/openapi.json").json()
    assert document["info"]["version"] == "1"
    assert list(document["paths"]) == PATHS
    parameters = document["paths"][PATHS[4]]["get"]["parameters"]
    asked = [parameter for parameter in parameters if parameter["in"] == "query"]
    assert [parameter["name"] for parameter in asked] == FILTERS
    assert [parameter["required"] for parameter in asked] == [False] * len(FILTERS)
    assert asked[0]["schema"]["type"] == "integer"
    assert asked[5]["schema"]["type"] == "array"
    assert list(document["paths"][PATHS[5]]["get"]["responses"]) == ["200", "404", "410"]


def test_openapi_says_what_everything_is(client: Client) -> None:
    schemas = client.get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert {"Edition", "Hall", "Industry", "Exhibitor", "Product", "Collaboration"} <= schemas.keys()
    assert [name for name, schema in schemas.items() if not schema.get("description")] == []


def test_the_page_lists_what_openapi_lists_in_both_languages(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    korean, english = page.split('<section lang="en"')
    for part in (korean, english):
        codes = re.findall(r"<dt><code>([^<]+)</code></dt>", part)
        assert codes == [*PATHS, *FILTERS]
    assert "The halls of an edition, with their themes." in english


def test_the_page_loads_nothing_from_elsewhere_and_runs_nothing(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    told = re.sub(r'<link rel="(canonical|alternate)"[^>]+>', "", page)  # where the page stands, not what it loads
    assert re.findall(r'(?:src|href)="(?:https?:)?//', told) == []
    assert "<script" not in page
    assert "style=" not in page


@pytest.mark.parametrize("address", ["/api/v1/docs", "/api/v1/docs/", "/api/v1/redoc/"])
def test_the_librarys_own_page_is_off(client: Client, address: str) -> None:
    assert client.get(address, follow=True).status_code == 404


def test_every_page_leads_to_it(client: Client) -> None:
    make_edition()
    for address in ("/ko/", "/en/2024/", "/ko/2024/exhibitors/"):
        assert 'href="/api/v1/"' in client.get(address).content.decode()


def test_what_it_leads_to_is_there(client: Client) -> None:
    page = client.get("/api/v1/").content.decode()
    links = set(re.findall(r'<a [^>]*href="(/[^"]*)"', page))
    assert links == {"/api/v1/editions/", "/api/v1/openapi.json", "/ko/", "/en/"}
    assert {client.get(link).status_code for link in links} == {200}


def test_a_site_below_a_path_is_documented_too() -> None:
    page = ask(Handler(), "/api/v1/", SCRIPT_NAME="/below")
    assert page.status == 200
    assert "<code>/below/api/v1/editions/{edition}/exhibitors/</code>" in page.text
