"""Print runs at the desk: who may freeze, what is refused, and that nobody changes or deletes one."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from exhibitors.domain import print_runs
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.models import Edition, PrintRun
from tests.admin.pages import address, form_of, list_of, told
from tests.factories import (
    make_account,
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_print_run,
)

pytestmark = pytest.mark.django_db

FREEZE = address(PrintRun, "add")


@pytest.fixture
def edition() -> Edition:
    edition = make_edition()
    make_exhibitor(edition, "에바", booths=[make_booth(make_hall(edition))], industries=[make_industry(edition)])
    return edition


def send(client: Client, among: Edition, **values: Any) -> Any:
    return client.post(FREEZE, {"edition": among.pk, "order": "hall"} | values, follow=True)


def complaints(response: Any) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}


def test_an_organiser_freezes_a_list_with_its_filters(desk: Client, edition: Edition, organiser: User) -> None:
    answer = send(
        desk, edition, order="name", selection="hall=innovation&sort=name_en", name="for the printing house", note="x"
    )

    run = PrintRun.objects.get()
    assert told(answer) == ["Print run 1 is frozen."]
    assert (run.order, run.name, run.note, run.frozen_by) == ("name", "for the printing house", "x", organiser)
    assert print_runs.criteria_of(run) == Criteria(halls=("innovation",), sort=Sort.NAME_EN)
    assert '<a href="/en/2024/print/runs/1/">Print</a>' in answer.content.decode()
    assert '<a href="/en/2024/print/runs/1/errata/">Errata sheet</a>' in answer.content.decode()


@pytest.mark.parametrize(
    "selection",
    [
        "https://expo.example/ko/2024/exhibitors/?industry=machinery&page=2",
        "/en/2024/print/booths/?by=name&industry=machinery",
        "?industry=machinery",
        "industry=machinery",
    ],
)
def test_the_whole_address_of_a_list_may_be_pasted(desk: Client, edition: Edition, selection: str) -> None:
    send(desk, edition, selection=selection)

    assert print_runs.criteria_of(PrintRun.objects.get()) == Criteria(industries=("machinery",))


def test_the_form_is_filled_in_by_the_link_above_a_list(desk: Client, edition: Edition) -> None:
    make_edition("2025")
    form = desk.get(f"{FREEZE}?edition={edition.pk}&order=booth&selection=hall%3Dinnovation").context["form"]

    assert [form[name].value() for name in ("edition", "order", "selection")] == [
        edition.pk,
        "booth",
        "hall=innovation",
    ]


@pytest.mark.parametrize("query", ["?order=size", "?edition=abc", "?edition=999999999999999999999", "?selection=%00"])
def test_a_bogus_link_still_opens_the_form(desk: Client, edition: Edition, query: str) -> None:
    assert desk.get(FREEZE + query).context["form"]["order"].value() == "hall"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (
            {"selection": "hall=nowhere"},
            {"selection": ["This edition has no filter value “nowhere”."]},
        ),
        (
            {"selection": "sort=size"},
            {"selection": ["This order is not known. The list is in its usual order."]},
        ),
        (
            {"selection": "initial=Z"},
            {"__all__": ["This selection holds no exhibitor. Nothing was frozen."]},
        ),
        (
            {"order": "size"},
            {"order": ["Select a valid choice. size is not one of the available choices."]},
        ),
        ({"name": "x" * 121}, {"name": ["Ensure this value has at most 120 characters (it has 121)."]}),
        ({"name": "a\x00b"}, {"name": ["Null characters are not allowed."]}),
        ({"edition": ""}, {"edition": ["This field is required."]}),
    ],
)
def test_what_is_not_understood_is_refused(
    desk: Client, edition: Edition, values: dict[str, str], expected: dict[str, list[str]]
) -> None:
    answer = send(desk, edition, **values)

    assert (answer.status_code, complaints(answer)) == (200, expected)
    assert not PrintRun.objects.exists()


def test_a_run_is_neither_changed_nor_deleted_by_anybody(desk: Client, edition: Edition) -> None:
    run = make_print_run(edition)
    before = PrintRun.objects.values().get()

    ticked = {"action": "delete_selected", "_selected_action": [run.pk], "index": "0", "post": "yes"}
    answers = [
        desk.post(form_of(run), {"name": "other", "order": "name"}),
        desk.post(address(PrintRun, "delete", run.pk), {"post": "yes"}),
    ]
    desk.post(list_of(PrintRun), ticked)

    assert [answer.status_code for answer in answers] == [403, 403]
    assert PrintRun.objects.values().get() == before


@pytest.mark.parametrize(
    ("role", "expected"),
    [("administrator", (200, 200, 200, 1)), ("editor", (200, 200, 200, 1)), ("reader", (200, 403, 403, 0))],
)
def test_who_may_freeze(edition: Edition, role: str, expected: tuple[int, int, int, int]) -> None:
    client = Client()
    client.force_login(make_account("person", role))

    answers = [client.get(list_of(PrintRun)), client.get(FREEZE), send(client, edition)]

    assert (*[answer.status_code for answer in answers], PrintRun.objects.count()) == expected


def test_a_stranger_is_sent_to_sign_in(stranger: Client, client: Client, edition: Edition) -> None:
    for one in (stranger, client):
        for answer in (one.get(list_of(PrintRun)), one.get(FREEZE), one.post(FREEZE, {"edition": edition.pk})):
            assert (answer.status_code, answer["Location"].startswith("/admin/login/")) == (302, True)
    assert not PrintRun.objects.exists()


def test_the_list_tells_of_each_run_how_many_it_holds_and_leads_to_the_paper(desk: Client, edition: Edition) -> None:
    make_print_run(edition)
    make_exhibitor(edition)
    make_print_run(edition)

    page = desk.get(list_of(PrintRun))

    assert [(str(run), run.total) for run in page.context["cl"].result_list] == [
        ("Print run 2", 2),
        ("Print run 1", 1),
    ]
    assert 'href="/en/2024/print/runs/2/errata/"' in page.content.decode()
    assert 'class="addlink">Freeze the booth list …' in page.content.decode()


def test_the_page_of_a_run_leads_to_the_list_as_it_is_now(desk: Client, edition: Edition) -> None:
    run = make_print_run(edition, halls=("innovation",))

    page = desk.get(form_of(run)).content.decode()

    assert '<a href="/en/2024/print/booths/?hall=innovation&amp;by=hall">hall=innovation</a>' in page
