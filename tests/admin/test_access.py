"""Who may enter the desk, and what a reader of it may not do."""

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from exhibitors.models import BoothMove, Exhibitor
from tests.admin.pages import address, form_of, list_of
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_product

pytestmark = pytest.mark.django_db

SUBJECTS = sorted(
    (model for model in admin.site._registry if model._meta.app_label == "exhibitors"),
    key=lambda model: model.__name__,
)


def all_pages(exhibitor: Exhibitor) -> list[str]:
    lists = [list_of(model) for model in SUBJECTS]
    forms = [address(model, "add") for model in SUBJECTS]
    lists += [address(Exhibitor, action) for action in ("export", "template")]
    own = [address(Exhibitor, action, exhibitor.pk) for action in ("change", "delete", "history", "company")]
    steps = [address(Exhibitor, "state", exhibitor.pk, step) for step in ("publish", "make_draft", "withdraw")]
    return [reverse("admin:index"), reverse("admin:autocomplete"), *lists, *forms, *own, *steps]


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(client: Client) -> None:
    exhibitor = make_exhibitor(make_edition())

    answers = {page: client.get(page) for page in all_pages(exhibitor)}

    assert {page: answer.status_code for page, answer in answers.items() if answer.status_code != 302} == {}
    assert {answer["Location"].split("?")[0] for answer in answers.values()} == {reverse("admin:login")}


def test_an_account_that_is_no_organisers_is_refused(stranger: Client) -> None:
    exhibitor = make_exhibitor(make_edition())

    answers = [stranger.get(page) for page in all_pages(exhibitor)]

    assert {answer.status_code for answer in answers} == {302}
    assert {answer["Location"].split("?")[0] for answer in answers} == {reverse("admin:login")}


def test_a_stranger_changes_nothing_by_posting(client: Client, stranger: Client) -> None:
    exhibitor = make_exhibitor(make_edition("2024"), "에바")
    other = make_exhibitor(make_edition("2023"), "에바")

    for browser in (client, stranger):
        browser.post(
            list_of(Exhibitor), {"action": "withdraw", "_selected_action": exhibitor.pk, "reason": "x", "apply": "1"}
        )
        browser.post(address(Exhibitor, "state", exhibitor.pk, "withdraw"), {"reason": "x", "apply": "1"})
        browser.post(address(Exhibitor, "company", exhibitor.pk), {"other": other.pk})
        browser.post(address(Exhibitor, "delete", exhibitor.pk), {"post": "yes"})

    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.company_code) == ("public", "")


def test_an_organiser_without_any_right_sees_no_subject(reader: Client) -> None:
    reader.get("/")
    user = reader.get(reverse("admin:index")).context["user"]
    user.user_permissions.clear()
    exhibitor = make_exhibitor(make_edition())

    assert reader.get(reverse("admin:index")).context["app_list"] == []
    assert {reader.get(list_of(model)).status_code for model in SUBJECTS} == {403}
    assert reader.get(form_of(exhibitor)).status_code == 403


@pytest.mark.parametrize("model", SUBJECTS, ids=lambda model: model.__name__)
def test_a_reader_sees_lists_but_no_way_to_add(model: type[Model], reader: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])

    answer = reader.get(list_of(model))

    assert answer.status_code == 200
    assert answer.context["has_add_permission"] is False
    assert reader.get(address(model, "add"), {"edition": edition.pk}).status_code == 403
    assert reader.get(address(model, "add")).status_code == 403


def test_a_reader_reads_an_exhibitor_whole_and_has_nothing_to_press(reader: Client) -> None:
    edition = make_edition()
    booth, industry = (
        make_booth(make_hall(edition, name_en="Innovation"), "A-01"),
        make_industry(edition, name_en="Machinery"),
    )
    exhibitor = make_exhibitor(edition, "에바", name_en="Evar", booths=[booth], industries=[industry])
    make_product(exhibitor, name_ko="전기차충전기")
    make_exhibitor(make_edition("2023"), "에바")

    answer = reader.get(form_of(exhibitor))

    page = answer.content.decode()
    assert [
        text in page for text in ("Innovation A-01", "Machinery", "전기차충전기", "Perhaps the same, by the name")
    ] == [True] * 4
    assert [text in page for text in ("It is the same: link", "/state/withdraw/", 'name="_save"')] == [False] * 3


def test_a_reader_changes_nothing_by_posting(reader: Client) -> None:
    exhibitor = make_exhibitor(make_edition("2024"), "에바")
    other = make_exhibitor(make_edition("2023"), "에바")

    answers = [
        reader.post(form_of(exhibitor), {"name_ko": "새 이름"}),
        reader.post(address(Exhibitor, "state", exhibitor.pk, "withdraw"), {"reason": "x", "apply": "1"}),
        reader.post(address(Exhibitor, "company", exhibitor.pk), {"other": other.pk}),
        reader.post(address(Exhibitor, "delete", exhibitor.pk), {"post": "yes"}),
    ]
    reader.post(list_of(Exhibitor), {"action": "publish", "_selected_action": exhibitor.pk, "index": "0"})

    exhibitor.refresh_from_db()
    assert [answer.status_code for answer in answers] == [403] * 4
    assert (exhibitor.name_ko, exhibitor.state, exhibitor.company_code) == ("에바", "public", "")


def test_the_log_of_moves_cannot_be_changed_even_by_an_administrator(desk: Client) -> None:
    edition = make_edition()
    make_exhibitor(edition, booths=[make_booth(make_hall(edition))])
    move = BoothMove.objects.get()

    assert desk.get(address(BoothMove, "add")).status_code == 403
    assert desk.post(form_of(move), {"exhibitor_name": "x"}).status_code == 403
    assert desk.post(address(BoothMove, "delete", move.pk), {"post": "yes"}).status_code == 403
    assert desk.get(form_of(move)).status_code == 200
    assert "delete_selected" not in desk.get(list_of(BoothMove)).content.decode()
