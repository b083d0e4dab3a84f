"""The history at the desk, the way back, and two organisers on one record."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from reversion.models import Version

from exhibitors.domain import exhibitors, parts
from exhibitors.models import Collaboration, Exhibitor, Hall, Product, Theme
from tests.admin.pages import address, errors_of, fields_of, form_of, list_of, submit, told
from tests.domain.history.truth import begin, untold
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_hall,
    make_organiser,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague() -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(make_organiser("colleague"))
    return client


def page_of(client: Client, row: Exhibitor | Hall | Product) -> str:
    response = client.get(address(type(row), "history", row.pk))
    assert response.status_code == 200
    return response.content.decode()


def first_version(row: Exhibitor | Hall | Product) -> Version:
    return Version.objects.get_for_object(row).order_by("pk")[0]


# What is kept


def test_whatever_the_desk_writes_is_kept_with_who_did_it(desk: Client, organiser: User) -> None:
    edition = make_edition()
    hall = make_hall(edition, theme=make_theme(edition))
    one, two = (make_exhibitor(edition, name, booths=[make_booth(hall, name)]) for name in ("가", "나"))
    make_product(one)
    story = make_collaboration(edition, [one, two])
    begin()
    last = Version.objects.latest("pk").pk

    submit(desk, form_of(one), name_en="One", **{"products-0-name_ko": "새 이름"})
    submit(desk, form_of(one), **{"products-0-DELETE": "on"})
    submit(desk, form_of(hall), name_ko="수출관")
    submit(desk, form_of(edition), venue_ko="코엑스")
    submit(desk, form_of(story), **{"members-1-DELETE": "", "members-0-position": "9"})
    submit(desk, f"{address(Theme, 'add')}?edition={edition.pk}", code="new", name_ko="새 주제")
    desk.post(list_of(Exhibitor), {"action": "publish", "_selected_action": [one.pk]})
    desk.post(
        list_of(Collaboration),
        {
            "form-TOTAL_FORMS": "1",
            "form-INITIAL_FORMS": "1",
            "form-0-id": story.pk,
            "form-0-position": "7",
            "_save": "Save",
        },
    )
    desk.post(address(Collaboration, "delete", story.pk), {"post": "yes"})
    desk.post(address(Exhibitor, "delete", two.pk), {"post": "yes"})

    assert untold() == []
    ours = Version.objects.filter(pk__gt=last)
    assert set(ours.values_list("revision__user", flat=True)) == {organiser.pk}
    assert (Collaboration.objects.count(), list(Exhibitor.objects.all())) == (0, [one])


def test_a_page_tells_who_changed_what_field_by_field(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피")
    submit(desk, form_of(exhibitor), region="서울 <b>")
    desk.post(address(Exhibitor, "state", exhibitor.pk, "withdraw"), {"apply": "1", "reason": "부도"})

    page = page_of(desk, exhibitor)

    assert "region:</span>" in page
    assert "<ins>서울 &lt;b&gt;</ins>" in page
    assert "<ins>부도</ins>" in page
    assert page.count("organiser</td>") == 2
    assert page.index("Withdrawn") < page.index("Edited")


def test_a_row_without_a_history_says_so(desk: Client) -> None:
    assert "Nothing is recorded yet." in page_of(desk, make_hall(make_edition()))


def test_a_page_costs_the_same_for_few_and_for_many_changes(
    desk: Client, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    exhibitor = make_exhibitor(make_edition())
    for number in range(30):
        if number in (1, 29):
            with django_assert_num_queries(9):  # type: ignore[operator]
                page_of(desk, exhibitor)
        exhibitor.region = f"서울 {number}"
        exhibitors.save(exhibitor)


# The way back


def test_an_older_version_is_restored_by_a_click(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피")
    submit(desk, form_of(exhibitor), name_ko="나래로봇")
    address_of_first = address(Exhibitor, "restore", first_version(exhibitor).pk)
    assert f'action="{address_of_first}"' in page_of(desk, exhibitor)

    response = desk.post(address_of_first, follow=True)

    assert told(response) == ["도담커피 is restored."]
    assert Exhibitor.objects.get().name_ko == "도담커피"


def test_a_deleted_row_is_listed_and_comes_back(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피")
    desk.post(address(Exhibitor, "delete", exhibitor.pk), {"post": "yes"})
    page = desk.get(address(Exhibitor, "deleted")).content.decode()
    version = Version.objects.get_deleted(Exhibitor).get()

    response = desk.post(address(Exhibitor, "restore", version.pk), follow=True)

    assert "도담커피" in page
    assert told(response) == ["도담커피 is restored."]
    assert str(Exhibitor.objects.get().pk) == version.object_id
    assert address(Exhibitor, "deleted") in desk.get(list_of(Exhibitor)).content.decode()


def test_what_cannot_come_back_says_why(desk: Client) -> None:
    edition = make_edition()
    gone = make_exhibitor(edition, "도담커피", name_en="Dodam")
    exhibitors.delete([gone])
    make_exhibitor(edition, "도담상회", name_en="Dodam")
    version = Version.objects.get_deleted(Exhibitor).get()

    response = desk.post(address(Exhibitor, "restore", version.pk), follow=True)

    assert told(response) == ["This edition already has an exhibitor with this address."]
    assert Exhibitor.objects.count() == 1


def test_nothing_comes_back_by_a_link(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    assert desk.get(address(Exhibitor, "restore", first_version(exhibitor).pk)).status_code == 405


def test_a_version_of_another_kind_of_row_is_none(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    for pk in (first_version(exhibitor).pk, 10**15):
        assert desk.post(address(Hall, "restore", pk)).status_code == 404


def test_readers_see_the_history_and_restore_nothing(reader: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피", region="서울")
    exhibitor.region = "부산"
    exhibitors.save(exhibitor)
    version = first_version(exhibitor)

    page = page_of(reader, exhibitor)

    assert "<ins>부산</ins>" in page
    assert "Restore" not in page
    assert reader.post(address(Exhibitor, "restore", version.pk)).status_code == 403
    exhibitors.delete([exhibitor])
    assert "Restore" not in reader.get(address(Exhibitor, "deleted")).content.decode()
    assert reader.post(address(Exhibitor, "restore", version.pk)).status_code == 403


def test_strangers_see_nothing_of_it(stranger: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    pages = [address(Exhibitor, "history", exhibitor.pk), address(Exhibitor, "deleted")]
    for page in pages:
        assert stranger.get(page).headers["Location"].startswith(reverse("admin:login"))
    assert stranger.post(address(Exhibitor, "restore", first_version(exhibitor).pk)).status_code == 302


# Two organisers on one record


def both_open(desk: Client, colleague: Client, row: Exhibitor | Hall) -> tuple[dict[str, object], dict[str, object]]:
    return fields_of(colleague.get(form_of(row))), fields_of(desk.get(form_of(row)))


def test_the_second_is_told_what_the_first_changed_and_nothing_is_saved(desk: Client, colleague: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "도담커피", region="서울")
    first, second = both_open(desk, colleague, exhibitor)
    colleague.post(form_of(exhibitor), first | {"region": "부산"})

    response = desk.post(form_of(exhibitor), second | {"phone": "02-123-4567"})

    told_lines = errors_of(response)
    assert told_lines[0] == "Somebody else saved while this form was open:"
    assert told_lines[1].startswith("colleague, ")
    assert told_lines[1].endswith("region: “서울” → “부산”")
    assert "Nothing of yours is saved yet." in told_lines[2]
    exhibitor.refresh_from_db()
    assert (exhibitor.region, exhibitor.phone) == ("부산", "")
    assert 'value="02-123-4567"' in response.content.decode()


def test_who_was_told_saves_at_the_second_press(desk: Client, colleague: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), region="서울")
    first, second = both_open(desk, colleague, exhibitor)
    colleague.post(form_of(exhibitor), first | {"region": "부산"})
    refused = desk.post(form_of(exhibitor), second | {"phone": "02-123-4567"})

    desk.post(form_of(exhibitor), fields_of(refused) | {"region": "부산"}, follow=True)

    exhibitor.refresh_from_db()
    assert (exhibitor.region, exhibitor.phone) == ("부산", "02-123-4567")


def test_a_product_that_the_first_changed_is_told_too(desk: Client, colleague: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    product = make_product(exhibitor, "드립백")
    parts.save(product)
    _first, second = both_open(desk, colleague, exhibitor)
    submit(colleague, form_of(product), name_ko="콜드브루")

    told_lines = errors_of(desk.post(form_of(exhibitor), second))

    assert "name (Korean): “드립백” → “콜드브루”" in told_lines[1]
    assert Product.objects.get().name_ko == "콜드브루"


def test_import_and_bulk_count_as_somebody_else(desk: Client, colleague: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    _first, second = both_open(desk, colleague, exhibitor)
    exhibitors.withdraw(Exhibitor.objects.all(), reason="부도")

    told_lines = errors_of(desk.post(form_of(exhibitor), second))

    assert any("“부도”" in line for line in told_lines)
    assert Exhibitor.objects.get().state == "withdrawn"


def test_halls_are_guarded_as_well(desk: Client, colleague: Client) -> None:
    hall = make_hall(make_edition())
    begin()
    first, second = both_open(desk, colleague, hall)
    colleague.post(form_of(hall), first | {"name_ko": "수출관"})
    assert "“혁신관” → “수출관”" in errors_of(desk.post(form_of(hall), second | {"name_ko": "미래관"}))[1]


def test_one_organiser_saves_as_often_as_needed(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    for region in ("서울", "부산", "대구"):
        submit(desk, form_of(exhibitor), region=region)
    exhibitor.refresh_from_db()
    assert exhibitor.region == "대구"


@pytest.mark.parametrize("token", ["", "x", "-1", "9" * 40, "0x1"])
def test_a_form_with_a_bogus_token_saves_as_one_without(desk: Client, token: str) -> None:
    exhibitor = make_exhibitor(make_edition())
    submit(desk, form_of(exhibitor), seen_version=token, region="서울")
    exhibitor.refresh_from_db()
    assert exhibitor.region == "서울"
