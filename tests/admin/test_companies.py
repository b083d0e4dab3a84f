"""The same company in other editions, on the form of an exhibitor."""

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client

from exhibitors.models import Exhibitor
from tests.admin.pages import address, form_of, told
from tests.factories import make_edition, make_exhibitor

pytestmark = pytest.mark.django_db


def codes() -> list[str]:
    return list(Exhibitor.objects.order_by("pk").values_list("company_code", flat=True))


def test_the_form_lists_the_linked_and_proposes_the_likely(desk: Client) -> None:
    this = make_exhibitor(make_edition("2024"), "(주)에바", company_code="evar")
    linked = make_exhibitor(make_edition("2023"), "에바차저", company_code="evar")
    likely = make_exhibitor(make_edition("2022"), "에바")
    make_exhibitor(make_edition("2021"), "다른 회사")

    answer = desk.get(form_of(this))

    assert (answer.context["same_company"], answer.context["proposals"]) == ([linked], [likely])
    assert form_of(linked) in answer.content.decode()
    assert form_of(likely) in answer.content.decode()


def test_opening_the_form_links_nobody(desk: Client) -> None:
    this = make_exhibitor(make_edition("2024"), "에바")
    other = make_exhibitor(make_edition("2023"), "에바", company_code="evar")

    desk.get(form_of(this))
    desk.get(address(Exhibitor, "company", this.pk), {"other": other.pk})

    assert codes() == ["", "evar"]


def test_a_click_links_and_is_in_the_history_of_both(desk: Client) -> None:
    this = make_exhibitor(make_edition("2024", name_en="Expo 2024"), "에바")
    other = make_exhibitor(make_edition("2023", name_en="Expo 2023"), "에바", company_code="evar")

    answer = desk.post(address(Exhibitor, "company", this.pk), {"other": other.pk}, follow=True)

    assert told(answer) == ["에바 of Expo 2023 is now linked as the same company."]
    assert codes() == ["evar", "evar"]
    logged = LogEntry.objects.order_by("pk").values_list("object_id", "change_message")
    assert list(logged) == [
        (str(this.pk), "Linked by company code evar"),
        (str(other.pk), "Linked by company code evar"),
    ]


def test_what_the_domain_refuses_is_told_and_changes_nothing(desk: Client) -> None:
    this = make_exhibitor(make_edition("2024"), "에바", company_code="one")
    other = make_exhibitor(make_edition("2023"), "에바", company_code="two")

    answer = desk.post(address(Exhibitor, "company", this.pk), {"other": other.pk}, follow=True)

    assert told(answer) == ["에바 and 에바 have different company codes. Correct one of them by hand."]
    assert (codes(), LogEntry.objects.count()) == (["one", "two"], 0)


def test_an_exhibitor_of_the_same_edition_is_not_another_year_of_it(desk: Client) -> None:
    edition = make_edition()
    this, other = make_exhibitor(edition, "에바"), make_exhibitor(edition, "에바", company_code="evar")

    answer = desk.post(address(Exhibitor, "company", this.pk), {"other": other.pk})

    assert (answer.status_code, codes()) == (404, ["", "evar"])


@pytest.mark.parametrize("bogus", ["", "abc", "0", "9" * 30])
def test_a_bogus_other_changes_nothing(desk: Client, bogus: str) -> None:
    this = make_exhibitor(make_edition("2024"), "에바")

    answer = desk.post(address(Exhibitor, "company", this.pk), {"other": bogus}, follow=True)

    assert (answer.redirect_chain, codes()) == ([(form_of(this), 302)], [""])
