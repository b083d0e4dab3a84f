"""Booths of a hall created in one step from a pattern."""

from typing import Any

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Permission, User
from django.test import Client

from exhibitors.models import Booth, Hall
from tests.admin.pages import address, form_of, list_of, told
from tests.admin.test_policy import blocked
from tests.factories import make_booth, make_edition, make_hall

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> Hall:
    return make_hall(make_edition(), name_en="Innovation")


def page() -> str:
    return address(Booth, "create")


def post(desk: Client, hall: Hall, pattern: str, **more: Any) -> Any:
    return desk.post(page(), {"hall": hall.pk, "pattern": pattern, **more}, follow=True)


def numbers() -> list[str]:
    return list(Booth.objects.values_list("number", flat=True))


def test_the_list_and_the_form_of_a_hall_lead_to_the_page(desk: Client, hall: Hall) -> None:
    edition = hall.edition
    here = f"{page()}?edition={edition.pk}&hall={hall.pk}"

    linked = f'href="{here.replace("&", "&amp;")}"'
    assert linked in desk.get(list_of(Booth, f"?edition={edition.pk}&hall={hall.pk}&q=x")).content.decode()
    assert linked in desk.get(form_of(hall)).content.decode()
    assert f'href="{page()}"' in desk.get(list_of(Booth, "?edition=x&hall=0")).content.decode()
    assert desk.get(here).context["form"]["hall"].value() == hall.pk


def test_halls_of_the_edition_alone_are_offered(desk: Client, hall: Hall) -> None:
    other = make_hall(make_edition("2023"), name_en="Export")

    offered = desk.get(f"{page()}?edition={hall.edition_id}").context["form"].fields["hall"].queryset
    everywhere = desk.get(page()).context["form"].fields["hall"].queryset

    assert (list(offered), list(everywhere)) == ([hall], [hall, other])


def test_a_preview_tells_what_is_new_and_what_is_there_and_creates_nothing(desk: Client, hall: Hall) -> None:
    make_booth(hall, "A-02")

    seen = post(desk, hall, "A-01…A-03", look="1").content.decode()

    assert ["2 new booths:" in seen, "A-01, A-03" in seen, "1 is there already and stays as it is:" in seen] == [
        True,
        True,
        True,
    ]
    assert numbers() == ["A-02"]


def test_booths_are_created_told_and_logged(desk: Client, organiser: User, hall: Hall) -> None:
    make_booth(hall, "A-02")

    answer = post(desk, hall, "A-01…A-40", apply="1")

    assert len(numbers()) == 40
    assert told(answer) == ["39 booths were created.", "1 was there already."]
    assert answer.redirect_chain == [(list_of(Booth, f"?edition={hall.edition_id}&hall={hall.pk}"), 302)]
    assert LogEntry.objects.filter(user=organiser, action_flag=ADDITION).count() == 39


def test_what_the_preview_sends_is_what_it_showed(desk: Client, hall: Hall) -> None:
    seen = post(desk, hall, "A-01…A-02\nB-1", look="1")

    assert f'<input type="hidden" name="hall" value="{hall.pk}" id="id_hall">' in seen.content.decode()
    assert '<input type="hidden" name="pattern" value="A-01…A-02\nB-1"' in seen.content.decode()


def test_all_there_already_leaves_nothing_to_press(desk: Client, hall: Hall) -> None:
    make_booth(hall, "A-02")

    seen = post(desk, hall, "a-02", look="1").content.decode()

    assert ["The hall has all of these booths already." in seen, 'name="apply"' in seen] == [True, False]


@pytest.mark.parametrize("button", ["look", "apply"])
@pytest.mark.parametrize(
    ("pattern", "complaint"),
    [
        ("", "This field is required."),
        (" \n ", "This field is required."),
        (",", "Write at least one booth number."),
        ("A-01a…A-05a", "&#x27;A-01a…A-05a&#x27;: both ends of a range must end in digits, as in A-01…A-40."),
        ("A-9…A-1", "&#x27;A-9…A-1&#x27;: the range runs backwards. Write the lower number first."),
        ("A-1…A-1001", "These are more than 1,000 booths at once."),
        ("A\x00", "Null characters are not allowed."),
    ],
)
def test_what_is_not_understood_is_said_and_creates_nothing(
    desk: Client, hall: Hall, button: str, pattern: str, complaint: str
) -> None:
    answer = post(desk, hall, pattern, **{button: "1"})

    assert answer.context["form"].errors.keys() == {"pattern"}
    assert complaint in answer.content.decode()
    assert numbers() == []


@pytest.mark.parametrize("bogus", ["", "abc", "0", "9" * 30, "²"])
def test_what_is_no_hall_is_asked_for_again(desk: Client, hall: Hall, bogus: str) -> None:
    answer = desk.post(page(), {"hall": bogus, "pattern": "A-1", "apply": "1"})

    assert answer.context["form"].errors.keys() == {"hall"}
    assert numbers() == []


@pytest.mark.parametrize("query", ["?edition=abc&hall=abc", "?edition=0", f"?hall={'9' * 30}", "?unknown=1"])
def test_bogus_parameters_show_the_page_as_without(desk: Client, hall: Hall, query: str) -> None:
    answer = desk.get(page() + query)

    assert (answer.status_code, list(answer.context["form"].fields["hall"].queryset)) == (200, [hall])


def test_who_may_not_add_booths_is_refused(client: Client, stranger: Client, reader: Client, hall: Hall) -> None:
    for browser in (client, stranger, reader):
        browser.post(page(), {"hall": hall.pk, "pattern": "A-1", "apply": "1"})

    assert numbers() == []
    assert [client.get(page()).status_code, stranger.get(page()).status_code] == [302, 302]
    assert reader.get(page()).status_code == 403
    assert page() not in reader.get(list_of(Booth)).content.decode()
    assert page() not in reader.get(form_of(hall)).content.decode()


def test_who_may_add_booths_needs_no_other_right_and_is_led_somewhere(client: Client, hall: Hall) -> None:
    user = User.objects.create_user("editor", password="not-a-real-secret-9", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["add_booth", "view_booth"]))
    client.force_login(user)

    answer = post(client, hall, "A-1", apply="1")

    assert (answer.status_code, numbers()) == (200, ["A-1"])


def test_nothing_is_inline_and_names_are_text(desk: Client) -> None:
    hall = make_hall(make_edition(), name_ko="<b onclick=x>", name_en="<b onclick=x>")
    make_booth(hall, "<i style=x>")

    answers = [
        desk.get(page()),
        post(desk, hall, "<script>x, <i style=x>", look="1"),
        post(desk, hall, "<script>…", look="1"),
    ]

    assert [blocked(answer.content.decode()) for answer in answers] == [[], [], []]
