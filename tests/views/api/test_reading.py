"""How the open data is read: from any site, by any method that only reads, once where nothing changed."""

import pytest
from django.test import Client

from exhibitors.models import Edition
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db

LIST = "/api/v1/editions/2024/exhibitors/"
JSON = "/ko/2024/exhibitors.json"
OPEN = [LIST, JSON, "/api/v1/", "/api/v1/openapi.json", "/api/v1/editions/"]
METHODS = "GET, HEAD, OPTIONS"


@pytest.fixture(autouse=True)
def _edition() -> None:
    make_exhibitor(make_edition(), "에바", name_en="EVA")


@pytest.mark.parametrize("address", OPEN)
def test_what_did_not_change_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("address", [LIST, JSON])
def test_what_changed_is_sent(client: Client, address: str) -> None:
    first = client.get(address)
    make_exhibitor(Edition.objects.get(), "나")
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert len(again.json()["items"]) == 2


@pytest.mark.parametrize("address", OPEN)
def test_any_site_may_read(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("address", [*OPEN, "/api/", "/api/v1/nothing/", "/api/v2/editions/"])
def test_browsers_are_told_beforehand_what_they_may(client: Client, address: str) -> None:
    response = client.options(address, headers={"origin": "https://elsewhere.example"})
    assert (response.status_code, response.content) == (204, b"")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == METHODS
    assert response["Access-Control-Allow-Headers"] == "If-None-Match"


@pytest.mark.parametrize("address", ["/ko/2024/exhibitors/", "/ko/2024/exhibitors.csv", "/ko/2024/", "/admin/login/"])
def test_other_pages_are_not_for_other_sites(client: Client, address: str) -> None:
    response = client.get(address, headers={"origin": "https://elsewhere.example"})
    b"".join(response)
    assert response.status_code == 200
    assert "Access-Control-Allow-Origin" not in response


@pytest.mark.parametrize("address", OPEN)
def test_head_is_get_without_its_content(client: Client, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head.content) == (200, b"")
    assert (head["ETag"], head["Content-Length"]) == (get["ETag"], get["Content-Length"])
    assert client.head(address, headers={"if-none-match": get["ETag"]}).status_code == 304


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", [*OPEN, "/api/v1/nothing/"])
def test_nothing_can_be_written(client: Client, address: str, method: str) -> None:
    response = getattr(client, method)(address)
    assert response.status_code == 405
    assert response["Allow"] == METHODS
    assert response.json() == {"detail": "Open data is read, with GET, HEAD, OPTIONS."}


@pytest.mark.parametrize("address", [LIST, "/api/v1/", "/api/v1/openapi.json"])
def test_the_readers_language_is_no_matter(client: Client, address: str) -> None:
    korean = client.get(address, headers={"accept-language": "ko"})
    client.cookies["django_language"] = "en"
    english = client.get(address, headers={"accept-language": "en"})
    assert korean.content == english.content
    assert "Accept-Language" not in korean.get("Vary", "")
    assert "Content-Language" not in korean


@pytest.mark.parametrize("address", ["/api/v1/nothing/", "/api/v2/editions/", "/api/v1/editions/%00/"])
def test_an_unknown_address_is_answered_in_json(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert response.json() == {"detail": "Not Found"}
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_root_leads_to_the_explanation(client: Client) -> None:
    assert client.get("/api/")["Location"] == "/api/v1/"


def test_a_forgotten_slash_is_added(client: Client) -> None:
    response = client.get("/api/v1/editions?x=1")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/editions/?x=1")
    assert response["Access-Control-Allow-Origin"] == "*"


def test_korean_is_sent_as_it_is(client: Client) -> None:
    assert '"name_ko": "에바"' in client.get(LIST).content.decode()
