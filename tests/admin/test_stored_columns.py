"""What the desk writes, search reads at once: after every kind of write stored columns equal freshly built ones."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from exhibitors.domain import indexing
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find
from exhibitors.models import Booth, Edition, Exhibitor, Hall, Industry, Product, Theme
from tests.admin.pages import address, form_of, list_of, submit
from tests.factories import (
    make_booth,
    make_edition,
    make_exhibitor,
    make_hall,
    make_industry,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db

Write = Callable[[Client], object]


@pytest.fixture(autouse=True)
def edition() -> Edition:
    """Two exhibitors with all that they are searched by, and one beside them."""
    edition = make_edition()
    theme = make_theme(edition, name_ko="교차협력관")
    make_theme(edition, "other-theme", name_ko="별마당", position=5)
    hall = make_hall(edition, theme=theme)
    make_hall(edition, "export", "수출관", position=5)
    industries = [make_industry(edition), make_industry(edition, "food", "식품·음료", position=5)]
    for name, number in (("도담커피", "A-1"), ("나래로봇", "B-1")):
        exhibitor = make_exhibitor(edition, name, booths=[make_booth(hall, number)], industries=industries)
        make_product(exhibitor, f"{name} 세트")
    make_exhibitor(edition, "홀로상회")
    return edition


def named(model: type[Model], text: str) -> Any:
    field = "number" if model is Booth else "name_ko"
    return model._default_manager.get(**{field: text})


def change(model: type[Model], text: str, **values: Any) -> Write:
    return lambda desk: submit(desk, form_of(named(model, text)), **values)


def delete(model: type[Model], text: str) -> Write:
    return lambda desk: desk.post(address(model, "delete", named(model, text).pk), {"post": "yes"}, follow=True)


def act(action: str, *names: str, **more: str) -> Write:
    """An action of the list of exhibitors."""

    def write(desk: Client) -> None:
        ticked = [named(Exhibitor, name).pk for name in names]
        desk.post(list_of(Exhibitor), {"action": action, "_selected_action": ticked, "index": "0", **more})

    return write


def reorder(model: type[Model]) -> Write:
    """Turn the order of a list round, in the list itself."""

    def write(desk: Client) -> None:
        formset = desk.get(list_of(model)).context["cl"].formset
        values = dict(formset.management_form.initial)
        data = {f"form-{name}": value for name, value in values.items()} | {"_save": "Save"}
        for number, form in enumerate(formset.forms):
            data |= {f"form-{number}-id": form.instance.pk, f"form-{number}-position": 100 - form.instance.position}
        answer = desk.post(list_of(model), data, follow=True)
        assert "changed successfully" in answer.content.decode()

    return write


def add_exhibitor(desk: Client) -> None:
    edition = Edition.objects.get()
    submit(
        desk,
        f"{address(Exhibitor, 'add')}?edition={edition.pk}",
        name_ko="새로온상회",
        state="public",
        booth_list=[named(Booth, "A-1").pk],
        industry_list=[named(Industry, "식품·음료").pk],
        **{"products-0-name_ko": "처음보는품목", "products-0-text_ko": "처음보는설명"},
    )


def move_product(desk: Client) -> None:
    submit(desk, form_of(named(Product, "도담커피 세트")), exhibitor=named(Exhibitor, "홀로상회").pk)


def move_booth(desk: Client) -> None:
    submit(desk, form_of(named(Booth, "A-1")), hall=named(Hall, "수출관").pk)


def move_hall(desk: Client) -> None:
    submit(desk, form_of(named(Hall, "혁신관")), theme=named(Theme, "별마당").pk)


def move_exhibitor(desk: Client) -> None:
    submit(desk, form_of(named(Exhibitor, "도담커피")), booth_list=[named(Booth, "B-1").pk], industry_list=[])


def link_company(desk: Client) -> None:
    other = make_exhibitor(make_edition("2023"), "도담", company_code="dodam")
    desk.post(address(Exhibitor, "company", named(Exhibitor, "도담커피").pk), {"other": other.pk})


def withdraw_on_its_page(desk: Client) -> None:
    page = address(Exhibitor, "state", named(Exhibitor, "도담커피").pk, "withdraw")
    desk.post(page, {"apply": "1", "reason": "사정"})


def renumber(desk: Client) -> None:
    rule = {"rule_name": "prefix", "old_prefix": "A-", "new_prefix": "Z-"}
    fields = {"action": "renumber", "_selected_action": [named(Booth, "A-1").pk], **rule}
    seen = desk.post(list_of(Booth), {**fields, "look": "1"})
    desk.post(list_of(Booth), {**fields, "apply": "1", "fingerprint": seen.context["preview"].fingerprint})


def assign(action: str, model: type[Model], part: str, *names: str) -> Write:
    """An action of the list of exhibitors that leaves nothing else beside the hall or industry."""
    return lambda desk: act(action, *names, part=named(model, part).pk, others="replace", apply="1")(desk)


def both(*writes: Write) -> Write:
    def write(desk: Client) -> None:
        for one in writes:
            one(desk)

    return write


DODAM, NARAE, ALONE = "도담커피", "나래로봇", "홀로상회"
WRITES: dict[str, tuple[Write, str, list[str]]] = {
    # what is done; then a query, and whom it must find
    "exhibitor added": (add_exhibitor, "처음보는품목", ["새로온상회"]),
    "exhibitor added, its text": (add_exhibitor, "처음보는설명", ["새로온상회"]),
    "exhibitor added, its booth": (add_exhibitor, "A-1", [DODAM, "새로온상회"]),
    "exhibitor renamed": (change(Exhibitor, DODAM, name_ko="다른이름"), "ㄷㄹㅇㄹ", ["다른이름"]),
    "exhibitor's texts": (
        change(Exhibitor, DODAM, main_products_ko="수제비누", introduction_ko="바닷가언덕"),
        "바닷가언덕",
        [DODAM],
    ),
    "exhibitor moved": (move_exhibitor, "B-1", [NARAE, DODAM]),
    "exhibitor's product added": (
        change(Exhibitor, ALONE, **{"products-0-name_ko": "수제비누"}),
        "수제비누",
        [ALONE],
    ),
    "exhibitor's product renamed": (
        change(Exhibitor, DODAM, **{"products-0-name_ko": "수제비누"}),
        "수제비누",
        [DODAM],
    ),
    "exhibitor's product deleted": (change(Exhibitor, DODAM, **{"products-0-DELETE": "on"}), "세트", [NARAE]),
    "product renamed": (change(Product, "도담커피 세트", name_ko="수제비누"), "수제비누", [DODAM]),
    "product's text": (change(Product, "도담커피 세트", text_en="soap bubbles"), "bubbles", [DODAM]),
    "product goes to another": (move_product, "도담커피 세트", [ALONE]),
    "product deleted": (delete(Product, "도담커피 세트"), "세트", [NARAE]),
    "booth renumbered": (change(Booth, "A-1", number="Z-77"), "z77", [DODAM]),
    "booth without a number": (change(Booth, "A-1", number=""), "A-1", []),
    "booth moved": (move_booth, "수출관", [DODAM]),
    "hall renamed": (change(Hall, "혁신관", name_ko="별빛관"), "별빛관", [NARAE, DODAM]),
    "hall named in English": (change(Hall, "혁신관", name_en="Starlight"), "starlight", [NARAE, DODAM]),
    "hall's theme": (move_hall, "별마당", [NARAE, DODAM]),
    "theme renamed": (change(Theme, "교차협력관", name_ko="함께관"), "함께관", [NARAE, DODAM]),
    "industry renamed": (change(Industry, "식품·음료", name_ko="먹거리"), "먹거리", [NARAE, DODAM]),
    "halls reordered": (reorder(Hall), "혁신관", [NARAE, DODAM]),
    "themes reordered": (reorder(Theme), "교차협력관", [NARAE, DODAM]),
    "industries reordered": (reorder(Industry), "음료", [NARAE, DODAM]),
    "exhibitor deleted": (delete(Exhibitor, ALONE), ALONE, []),
    "exhibitors deleted": (act("delete_selected", ALONE, post="yes"), ALONE, []),
    "withdrawn": (act("withdraw", DODAM, apply="1", reason="사정"), "도담", []),
    "withdrawn on its page": (withdraw_on_its_page, "도담", []),
    "hall assigned": (assign("assign_hall", Hall, "수출관", DODAM), "수출관", [DODAM]),
    "hall assigned, the old one": (assign("assign_hall", Hall, "수출관", DODAM), "A-1", []),
    "industry assigned": (assign("assign_industry", Industry, "식품·음료", ALONE), "음료", [NARAE, DODAM, ALONE]),
    "industry assigned instead": (assign("assign_industry", Industry, "기계설비", DODAM), "음료", [NARAE]),
    "industry removed": (assign("remove_industry", Industry, "식품·음료", DODAM), "음료", [NARAE]),
    "booths renumbered": (renumber, "Z-1", [DODAM]),
    "draft and public again": (both(act("make_draft", DODAM, apply="1"), act("publish", DODAM)), "도담", [DODAM]),
    "company linked": (link_company, "도담", [DODAM]),
}


def found(typed: str) -> list[str]:
    edition = Edition.objects.get(slug="2024")
    return [row.name_ko for row in find(Directory(edition), Criteria(query=typed, is_exact=True))]


@pytest.mark.parametrize("name", WRITES)
def test_what_was_written_is_searched_at_once(desk: Client, name: str) -> None:
    write, typed, expected = WRITES[name]

    write(desk)

    assert [str(exhibitor) for exhibitor in indexing.stale(Exhibitor.objects.all())] == []
    assert found(typed) == expected


def test_every_subject_that_is_searched_by_has_been_written() -> None:
    """The parts that the desk saves by their own verb are all in the table above."""
    subjects = {name.partition(" ")[0].rstrip("s").replace("'", "") for name in WRITES}
    assert {part.__name__.lower() for part in indexing.Part.__args__} <= {
        {"industrie": "industry"}.get(subject, subject) for subject in subjects
    }
