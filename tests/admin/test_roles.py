"""What comes of the roles at the desk; which page each may open and send, `tests/test_matrix.py` tells of all."""

import pytest
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from exhibitors.models import Exhibitor, Product, Synonym
from tests.admin.pages import address, fields_of, form_of, list_of, submit, told
from tests.admin.rows import make_rows
from tests.admin.signing_in import browser
from tests.factories import make_account, make_booth, make_edition, make_exhibitor, make_hall, make_product

pytestmark = pytest.mark.django_db


def client_of(*role_names: str) -> Client:
    client = browser()
    client.force_login(make_account("person", *role_names))
    return client


def pages_of(row: Model) -> list[str]:
    name = f"admin:{row._meta.app_label}_{row._meta.model_name}"
    own = (reverse(f"{name}_{action}", args=[row.pk]) for action in ("change", "delete", "history"))
    return [reverse(f"{name}_changelist"), reverse(f"{name}_add"), *own]


def test_an_account_without_a_role_may_do_nothing() -> None:
    rows = make_rows()
    client = client_of()

    assert {client.get(page).status_code for row in rows for page in pages_of(row)} == {403}
    assert client.get(reverse("admin:index")).context["app_list"] == []


@pytest.mark.parametrize(("role", "apps"), [("administrator", ["exhibitors", "auth"]), ("editor", ["exhibitors"])])
def test_the_front_of_the_desk_shows_what_one_may_open(role: str, apps: list[str]) -> None:
    shown = client_of(role).get(reverse("admin:index")).context["app_list"]

    assert [app["app_label"] for app in shown] == apps


def test_an_editor_enters_an_exhibitor_with_booth_and_product_publishes_and_deletes_it() -> None:
    edition = make_edition()
    booth = make_booth(make_hall(edition))
    client = client_of("editor")
    new = f"{address(Exhibitor, 'add')}?edition={edition.pk}"

    submit(client, new, name_ko="에바", booth_list=[str(booth.pk)], **{"products-0-name_ko": "충전기"})
    exhibitor = Exhibitor.objects.get()
    ticked = {"action": "publish", "_selected_action": [exhibitor.pk], "index": "0"}
    published = client.post(list_of(Exhibitor), ticked, follow=True)
    exhibitor.refresh_from_db()

    assert told(published) == ["Publish: 1 exhibitor changed."]
    assert (exhibitor.state, list(exhibitor.booths.all()), exhibitor.products.count()) == ("public", [booth], 1)
    for row in (exhibitor.products.get(), exhibitor):  # what hangs on it goes first, by the same hand
        client.post(address(type(row), "delete", row.pk), {"post": "yes"})
    assert not Exhibitor.objects.exists()


def test_an_editor_is_offered_halls_and_industries_but_no_way_to_add_them() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, booths=[make_booth(make_hall(edition))])

    page = client_of("editor").get(form_of(exhibitor)).content.decode()

    assert ["add_id_booth_list" in page, "add_id_industry_list" in page] == [True, False]


def test_an_editor_makes_a_synonym_of_a_vain_search() -> None:
    edition = make_edition()
    client = client_of("editor")

    submit(client, f"{address(Synonym, 'add')}?edition={edition.pk}", one="건면", other="국수")

    assert Synonym.objects.get().edition == edition


def test_a_reader_cannot_send_what_no_form_offers() -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "에바")
    product = make_product(exhibitor)
    values = fields_of(client_of("editor").get(form_of(exhibitor))) | {"name_ko": "다른 이름"}
    User.objects.all().delete()
    client = client_of("reader")

    answers = [
        client.post(form_of(exhibitor), values),
        client.post(f"{address(Exhibitor, 'add')}?edition={edition.pk}", values),
        client.post(address(Product, "delete", product.pk), {"post": "yes"}),
        client.post(address(Exhibitor, "state", exhibitor.pk, "withdraw"), {"reason": "x", "apply": "1"}),
    ]

    exhibitor.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * 4
    assert (exhibitor.name_ko, exhibitor.state, Product.objects.count()) == ("에바", "public", 1)
