"""A whole edition entered by hand, starting from nothing."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from exhibitors.models import (
    Booth,
    BoothMove,
    Collaboration,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Product,
    Theme,
)
from tests.admin.pages import address, form_of, list_of, submit, told
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_picture,
    make_product,
)

pytestmark = pytest.mark.django_db


def add(model: type, edition: Edition) -> str:
    return f"{address(model, 'add')}?edition={edition.pk}"


def enter_exhibitor(desk: Client, edition: Edition, name: str, booth: Booth, industry: Industry) -> Exhibitor:
    submit(
        desk,
        add(Exhibitor, edition),
        name_ko=name,
        booth_list=[booth.pk],
        industry_list=[industry.pk],
        homepage="evar.example",
        logo=SimpleUploadedFile("logo.png", make_picture()),
        logo_alt_ko="로고",
        **{
            "products-0-name_ko": "전기차충전기",
            "products-0-picture": SimpleUploadedFile("product.jpg", make_picture(picture_format="JPEG")),
        },
    )
    return Exhibitor.objects.get(name_ko=name)


def test_an_edition_is_entered_from_nothing_to_its_public_page(desk: Client, organiser: User) -> None:
    assert b"There is no edition yet" in desk.get(address(Hall, "add")).content

    submit(
        desk, address(Edition, "add"), slug="2024", name_ko="2024 스마트 비즈 엑스포", contact_email="desk@expo.example"
    )
    edition = Edition.objects.get()
    submit(desk, add(Theme, edition), code="cooperation", name_ko="교차협력관")
    theme = Theme.objects.get()
    for number in ("1", "2"):
        submit(desk, add(Hall, edition), code=f"cooperation-{number}", name_ko=f"교차협력{number}관", theme=theme.pk)
    first, second = Hall.objects.order_by("code")
    submit(desk, add(Industry, edition), slug="food", name_ko="식품·음료")
    industry = Industry.objects.get()
    for hall, number in ((first, "A-01"), (first, "A-02"), (second, "")):
        submit(desk, f"{add(Booth, edition)}&hall={hall.pk}", number=number)
    one, two, later = Booth.objects.all()
    rice, cooker = (
        enter_exhibitor(desk, edition, name, booth, industry) for name, booth in (("웬떡마을", one), ("쿠첸", two))
    )
    submit(
        desk,
        add(Collaboration, edition),
        slug="rice-cake-kit",
        title_ko="떡 밀키트",
        **{"members-0-exhibitor": rice.pk, "members-1-exhibitor": cooker.pk, "members-1-position": 1},
    )
    submit(desk, add(Facility, edition), slug="desk", name_ko="안내 데스크", booth=later.pk)
    submit(desk, form_of(edition), is_public="on", is_current="on")
    answer = desk.post(
        list_of(Exhibitor), {"action": "publish", "_selected_action": [rice.pk, cooker.pk], "index": "0"}, follow=True
    )

    assert told(answer) == ["Publish: 2 exhibitors changed."]
    assert [(booth.hall, booth.number) for booth in (one, two, later)] == [
        (first, "A-01"),
        (first, "A-02"),
        (second, ""),
    ]
    stored = Exhibitor.objects.get(name_ko="웬떡마을")
    assert (stored.state, stored.homepage, stored.logo_alt_ko) == ("public", "https://evar.example", "로고")
    assert (list(stored.booths.all()), list(stored.industries.all())) == ([one], [industry])
    assert (stored.logo.width, Product.objects.get(exhibitor=stored).picture.width) == (800, 800)
    assert list(Collaboration.objects.get().exhibitors.order_by("memberships__position")) == [rice, cooker]
    assert Facility.objects.get().booth == later
    assert set(BoothMove.objects.values_list("moved_by", "kind")) == {(organiser.pk, "joined")}
    page = Client().get("/ko/2024/exhibitors/")
    assert [name in page.content.decode() for name in ("웬떡마을", "쿠첸")] == [True, True]


def test_the_edition_is_asked_for_where_there_are_several(desk: Client) -> None:
    older, newer = make_edition("2023", starts_on=None, ends_on=None), make_edition("2024")

    answer = desk.get(address(Exhibitor, "add"), {"_popup": "1"})

    base = f"{address(Exhibitor, 'add')}?_popup=1"
    assert [edition for edition, _address in answer.context["choices"]] == [newer, older]
    assert answer.context["choices"][0][1] == f"{base}&edition={newer.pk}"
    assert f'href="{base}&amp;edition={older.pk}"' in answer.content.decode()


def test_the_only_edition_is_taken_without_asking(desk: Client) -> None:
    edition = make_edition()

    answer = desk.get(address(Hall, "add"))

    assert answer["Location"] == f"{address(Hall, 'add')}?edition={edition.pk}"


def test_the_edition_by_which_the_list_is_filtered_is_taken_without_asking(desk: Client) -> None:
    make_edition("2023")
    edition = make_edition("2024")

    answer = desk.get(address(Hall, "add"), {"_changelist_filters": f"edition={edition.pk}"})

    assert answer.context["adminform"].form.edition == edition


@pytest.mark.parametrize("bogus", ["abc", "0", "-1", "999999", "9" * 30, "1 OR 1", "²", ""])
def test_an_edition_that_does_not_exist_is_asked_for_again(desk: Client, bogus: str) -> None:
    make_edition("2023")
    make_edition("2024")

    assert len(desk.get(address(Hall, "add"), {"edition": bogus}).context["choices"]) == 2
    assert len(desk.post(address(Hall, "add"), {"edition": bogus, "code": "a"}).context["choices"]) == 2
    assert desk.get(address(Hall, "add"), {"_changelist_filters": f"edition={bogus}"}).status_code == 200


def test_save_and_add_another_stays_in_the_edition_and_the_hall(desk: Client) -> None:
    make_edition("2023")
    edition = make_edition("2024")
    hall = make_hall(edition)

    answer = submit(desk, f"{add(Booth, edition)}&hall={hall.pk}", number="A-01", _addanother="1")

    assert answer.redirect_chain == [(f"{address(Booth, 'add')}?edition={edition.pk}&hall={hall.pk}", 302)]
    form = answer.context["adminform"].form
    assert (form.initial["hall"], form["number"].value()) == (str(hall.pk), None)


def test_save_and_add_another_after_a_change_does_so_too(desk: Client) -> None:
    make_edition("2023")
    industry = make_industry(make_edition("2024"))

    answer = submit(desk, form_of(industry), _addanother="1")

    assert answer.redirect_chain == [(f"{address(Industry, 'add')}?edition={industry.edition_id}", 302)]


def test_a_form_sent_with_another_edition_than_the_row_has_changes_it_not(desk: Client) -> None:
    edition, other = make_edition("2024"), make_edition("2023")
    hall = make_hall(edition)

    submit(desk, form_of(hall), edition=other.pk, name_ko="새 이름")

    hall.refresh_from_db()
    assert (hall.edition, hall.name_ko) == (edition, "새 이름")


def test_changing_an_exhibitor_moves_it_and_logs_the_move(desk: Client, organiser: User) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    old, new = make_booth(hall, "A-1"), make_booth(hall, "A-2")
    exhibitor = make_exhibitor(edition, "에바", name_en="Evar", booths=[old])

    submit(desk, form_of(exhibitor), booth_list=[new.pk], name_en="Evar Charging")

    exhibitor.refresh_from_db()
    assert (exhibitor.slug, exhibitor.name_en, list(exhibitor.booths.all())) == ("evar", "Evar Charging", [new])
    moves = BoothMove.objects.filter(moved_by=organiser).order_by("pk").values_list("kind", "booth_number")
    assert list(moves) == [("left", "A-1"), ("joined", "A-2")]
    assert b"A-2" in desk.get(form_of(exhibitor)).content


def test_saving_without_a_change_moves_nobody(desk: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(
        edition,
        "에바",
        booths=[make_booth(make_hall(edition))],
        industries=[make_industry(edition)],
        company_code="evar",
    )
    make_product(exhibitor)
    before = dict[str, object](Exhibitor.objects.values().get())

    submit(desk, form_of(exhibitor))

    after = dict[str, object](Exhibitor.objects.values().get())
    assert {name for name in after if after[name] != before[name]} == {"updated_at"}
    assert BoothMove.objects.count() == 1
    assert list(exhibitor.products.values_list("name_ko", flat=True)) == ["시험품"]


def test_a_new_exhibitor_is_a_draft_or_public_but_not_withdrawn(desk: Client) -> None:
    edition = make_edition()

    form = desk.get(add(Exhibitor, edition)).context["adminform"].form
    refused = submit(desk, add(Exhibitor, edition), name_ko="에바", state="withdrawn", state_reason="x")

    assert ([value for value, _label in form.fields["state"].choices], form["state"].value()) == (
        ["draft", "public"],
        "draft",
    )
    assert refused.context["adminform"].form.errors.keys() == {"state"}


def test_the_state_of_a_stored_exhibitor_does_not_change_by_its_form(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), state="draft", state_reason="로고 없음")

    submit(desk, form_of(exhibitor), state="public", state_reason="아직 로고 없음")

    exhibitor.refresh_from_db()
    assert (exhibitor.state, exhibitor.state_reason) == ("draft", "아직 로고 없음")


def test_every_saving_is_in_the_history(desk: Client, organiser: User) -> None:
    edition = make_edition()
    submit(desk, add(Exhibitor, edition), name_ko="에바")

    entries = LogEntry.objects.filter(user=organiser)
    assert [(entry.object_repr, entry.is_addition()) for entry in entries] == [("에바", True)]


def test_products_are_changed_and_deleted_inside_the_exhibitor(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    stays, goes = make_product(exhibitor, name_ko="하나"), make_product(exhibitor, name_ko="둘", position=1)

    submit(desk, form_of(exhibitor), **{"products-0-name_ko": "새 이름", "products-1-DELETE": "on"})

    assert list(Product.objects.values_list("pk", "name_ko")) == [(stays.pk, "새 이름")]
    assert not Product.objects.filter(pk=goes.pk).exists()


def test_a_product_is_added_by_itself_too(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())

    submit(desk, f"{address(Product, 'add')}?exhibitor={exhibitor.pk}", name_en="Charger")

    assert list(exhibitor.products.values_list("name_en", flat=True)) == ["Charger"]


def test_deleting_an_exhibitor_logs_who_left(desk: Client, organiser: User) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition, "에바", booths=[make_booth(make_hall(edition), "A-1")])

    desk.post(address(Exhibitor, "delete", exhibitor.pk), {"post": "yes"})

    assert not Exhibitor.objects.exists()
    move = BoothMove.objects.latest("pk")
    assert (move.kind, move.exhibitor_name, move.moved_by) == ("left", "에바", organiser)


def test_deleting_several_found_by_a_search_logs_who_left(desk: Client) -> None:
    edition = make_edition()
    booth = make_booth(make_hall(edition), "A-1")
    gone = [make_exhibitor(edition, name, booths=[booth]) for name in ("에바하나", "에바둘")]
    stays = make_exhibitor(edition, "가나", booths=[booth])

    desk.post(
        list_of(Exhibitor, "?q=에바"),
        {"action": "delete_selected", "_selected_action": [row.pk for row in gone], "post": "yes"},
    )

    assert list(Exhibitor.objects.all()) == [stays]
    assert BoothMove.objects.filter(kind="left").count() == 2


def test_an_exhibitor_with_products_is_not_deleted_and_the_page_says_why(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    make_product(exhibitor, name_ko="전기차충전기")

    page = desk.get(address(Exhibitor, "delete", exhibitor.pk)).content.decode()
    desk.post(address(Exhibitor, "delete", exhibitor.pk), {"post": "yes"})

    assert "전기차충전기" in page
    assert "protected" in page
    assert Exhibitor.objects.filter(pk=exhibitor.pk).exists()


def test_the_front_page_lists_the_subjects_in_the_order_of_work(desk: Client) -> None:
    apps = desk.get(reverse("admin:index")).context["app_list"]

    assert [app["app_label"] for app in apps] == ["exhibitors", "auth"]
    assert [entry["object_name"] for entry in apps[0]["models"]] == [
        "Edition",
        "Theme",
        "Hall",
        "Industry",
        "Booth",
        "Exhibitor",
        "Product",
        "Collaboration",
        "Facility",
        "ImportRun",
        "PrintRun",
        "BoothMove",
        "Synonym",
        "VainSearch",
    ]
