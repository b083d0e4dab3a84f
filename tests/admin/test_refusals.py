"""What a form refuses, it says in a sentence; never a page of error 500, and nothing half done."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.signals import pre_save
from django.test import Client

from exhibitors.domain.errors import DomainError
from exhibitors.models import Booth, Collaboration, Edition, Exhibitor, Facility, Hall, Industry, Product, Theme
from exhibitors.models.picture import MAX_BYTES
from tests.admin.pages import address, errors_of, form_of, submit, told
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_picture,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


def add(model: type, edition: Edition) -> str:
    return f"{address(model, 'add')}?edition={edition.pk}"


def edition_cases() -> Iterator[tuple[dict[str, Any], list[str]]]:
    good = {"slug": "2024", "name_ko": "엑스포"}
    yield good | {"slug": "2023"}, ["Edition with this Address already exists."]
    yield (
        good | {"slug": "Twenty 24"},
        ["Use lower-case letters a–z, digits and single hyphens, for example innovation-1."],
    )
    yield good | {"is_public": "on"}, ["A public edition needs a mail address to which readers can report errors."]
    public = good | {"is_public": "on", "contact_email": "desk@expo.example"}
    yield public | {"is_current": "on"}, ["Another edition is current. Make that one not current first."]
    yield (
        good | {"is_current": "on"},
        ["Another edition is current. Make that one not current first.", "The current edition must be public."],
    )
    yield good | {"starts_on": "2024-10-25", "ends_on": "2024-10-22"}, ["The last day lies before the first day."]
    yield good | {"opens_at": "17:00", "closes_at": "10:00"}, ["The closing time lies before the opening time."]
    yield good | {"name_ko": "two\nlines"}, ["Line breaks and control characters are not allowed here."]


@pytest.mark.parametrize(("fields", "expected"), list(edition_cases()), ids=lambda value: str(value)[:40])
def test_an_edition_says_what_is_wrong(fields: dict[str, Any], expected: list[str], desk: Client) -> None:
    make_edition("2023", is_current=True)

    answer = submit(desk, address(Edition, "add"), **fields)

    assert errors_of(answer) == expected
    assert Edition.objects.count() == 1


PART_CASES: list[tuple[type, Any, dict[str, Any], str]] = [
    (Theme, make_theme, {"code": "cooperation", "name_ko": "새"}, "This edition already has a theme with this code."),
    (Theme, make_theme, {"code": "none", "name_ko": "새"}, "'none' is reserved. Choose another code."),
    (Hall, make_hall, {"code": "innovation", "name_ko": "새"}, "This edition already has a hall with this code."),
    (
        Industry,
        make_industry,
        {"slug": "machinery", "name_ko": "새"},
        "This edition already has an industry with this address.",
    ),
    (Facility, make_facility, {"slug": "desk", "name_ko": "새"}, "This edition already has a facility with this code."),
    (
        Exhibitor,
        lambda edition: make_exhibitor(edition, company_code="c-1"),
        {"name_ko": "새", "company_code": "c-1"},
        "This edition already has an exhibitor with this company code.",
    ),
    (Exhibitor, make_exhibitor, {}, "Give the name in Korean, in English or in both."),
    (Exhibitor, make_exhibitor, {"name_ko": "새", "homepage": "javascript:alert(1)"}, "Enter a valid URL."),
    (Exhibitor, make_exhibitor, {"name_ko": "새", "email": "nobody"}, "Enter a valid email address."),
]


@pytest.mark.parametrize(("model", "make", "fields", "expected"), PART_CASES, ids=lambda value: str(value)[-60:])
def test_a_new_row_says_what_is_wrong(
    model: Any, make: Any, fields: dict[str, Any], expected: str, desk: Client
) -> None:
    edition = make_edition()
    make(edition)

    answer = submit(desk, add(model, edition), **fields)

    assert errors_of(answer) == [expected]
    assert model.objects.count() == 1


def test_a_changed_row_is_checked_over_the_edition_too(desk: Client) -> None:
    edition = make_edition()
    make_hall(edition, "one")
    hall = make_hall(edition, "two")
    make_exhibitor(edition, company_code="c-1")
    exhibitor = make_exhibitor(edition)

    in_hall = submit(desk, form_of(hall), code="one")
    in_exhibitor = submit(desk, form_of(exhibitor), company_code="c-1")

    assert errors_of(in_hall) == ["This edition already has a hall with this code."]
    assert errors_of(in_exhibitor) == ["This edition already has an exhibitor with this company code."]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"number": "a-01"}, "This hall already has a booth with this number."),
        ({"number": " A-01 "}, "This hall already has a booth with this number."),
        ({"number": ""}, "This hall already has a booth with this number."),
        (
            {"number": "A-02", "width": "3", "depth": "3"},
            "Give all four measures of the rectangle, with width and depth above 0, or none.",
        ),
        (
            {"number": "A-02", "x": "0", "y": "0", "width": "0", "depth": "1"},
            "Ensure this value is greater than or equal to 0.01.",
        ),
    ],
)
def test_a_booth_says_what_is_wrong(fields: dict[str, str], expected: str, desk: Client) -> None:
    edition = make_edition()
    hall = make_hall(edition)
    make_booth(hall, "A-01")
    make_booth(hall, "")

    answer = submit(desk, f"{add(Booth, edition)}&hall={hall.pk}", **fields)

    assert expected in errors_of(answer)
    assert Booth.objects.count() == 2


def test_no_choice_of_another_edition_is_taken(desk: Client) -> None:
    edition, other = make_edition("2024"), make_edition("2023")
    theme, hall, industry = make_theme(other), make_hall(other), make_industry(other)
    booth, exhibitor = make_booth(hall), make_exhibitor(other)
    mine = [make_exhibitor(edition), make_exhibitor(edition)]

    refused = [
        submit(desk, add(Hall, edition), code="a", name_ko="새", theme=theme.pk),
        submit(desk, add(Exhibitor, edition), name_ko="새", booth_list=[booth.pk]),
        submit(desk, add(Exhibitor, edition), name_ko="새", industry_list=[industry.pk]),
        submit(desk, add(Facility, edition), slug="a", name_ko="새", booth=booth.pk),
        submit(
            desk,
            add(Collaboration, edition),
            slug="a",
            title_ko="새",
            **{"members-0-exhibitor": mine[0].pk, "members-1-exhibitor": exhibitor.pk},
        ),
        submit(desk, form_of(make_booth(make_hall(edition))), hall=hall.pk),
        submit(desk, form_of(make_product(mine[0])), exhibitor=exhibitor.pk),
    ]

    assert [
        "not one of the" in errors_of(answer)[0] or "not a valid" in errors_of(answer)[0] for answer in refused
    ] == [True] * len(refused)
    assert not Collaboration.objects.exists()


@pytest.mark.parametrize("bogus", ["abc", "0", "9" * 30, "²", "\x00"])
def test_a_bogus_choice_is_refused_and_the_form_shown_again(bogus: str, desk: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)

    answer = submit(desk, form_of(exhibitor), booth_list=[bogus], industry_list=[bogus])
    opened = desk.get(add(Booth, edition), {"hall": bogus, "edition": str(edition.pk)})

    assert len(errors_of(answer)) == 2
    assert opened.status_code == 200


@pytest.mark.parametrize("filled", [0, 1])
def test_a_collaboration_of_fewer_than_two_is_refused(filled: int, desk: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    members = {"members-0-exhibitor": exhibitor.pk} if filled else {}

    answer = submit(desk, add(Collaboration, edition), slug="a", title_ko="사례", **members)

    assert errors_of(answer) == ["A collaboration joins at least two exhibitors. Choose one more."]
    assert not Collaboration.objects.exists()


def test_one_exhibitor_twice_is_not_two(desk: Client) -> None:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    members = {"members-0-exhibitor": exhibitor.pk, "members-1-exhibitor": exhibitor.pk}

    answer = submit(desk, add(Collaboration, edition), slug="a", title_ko="사례", **members)

    assert "This exhibitor already takes part in this collaboration." in errors_of(answer)
    assert not Collaboration.objects.exists()


def test_the_last_but_one_member_cannot_be_taken_out(desk: Client) -> None:
    edition = make_edition()
    collaboration = make_collaboration(edition, [make_exhibitor(edition), make_exhibitor(edition)])

    answer = submit(desk, form_of(collaboration), **{"members-0-DELETE": "on"})

    assert errors_of(answer) == ["A collaboration joins at least two exhibitors. Choose one more."]
    assert collaboration.members.count() == 2


def test_a_third_member_joins_and_a_first_leaves(desk: Client) -> None:
    edition = make_edition()
    one, two, three = (make_exhibitor(edition) for _ in range(3))
    collaboration = make_collaboration(edition, [one, two])

    submit(desk, form_of(collaboration), **{"members-0-DELETE": "on", "members-2-exhibitor": three.pk})

    assert set(collaboration.exhibitors.all()) == {two, three}


def test_a_product_without_a_name_is_refused_and_the_exhibitor_unchanged(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition(), "에바")

    answer = submit(desk, form_of(exhibitor), name_ko="새 이름", **{"products-0-text_ko": "이름 없는 품목"})

    assert errors_of(answer) == ["Give the name in Korean, in English or in both."]
    assert (Exhibitor.objects.get().name_ko, Product.objects.count()) == ("에바", 0)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("logo.png", b"just words", "This is no picture that can be read. Use a PNG, JPEG or WebP file."),
        ("logo.svg", b"<svg/>", "This is no picture that can be read. Use a PNG, JPEG or WebP file."),
        ("logo.png", b"x" * (MAX_BYTES + 1), "The picture is larger than 10 MB. Save it smaller."),
        ("logo.png", b"", "The submitted file is empty."),
    ],
)
def test_a_bad_picture_is_refused_and_what_was_typed_stays(
    name: str, content: bytes, expected: str, desk: Client
) -> None:
    exhibitor = make_exhibitor(make_edition(), "에바")

    answer = submit(desk, form_of(exhibitor), name_ko="새 이름", logo=SimpleUploadedFile(name, content))

    assert errors_of(answer) == [expected]
    assert answer.context["adminform"].form["name_ko"].value() == "새 이름"
    assert Exhibitor.objects.get().name_ko == "에바"


def test_a_picture_under_a_wrong_name_is_taken_for_what_it_is(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())

    submit(desk, form_of(exhibitor), logo=SimpleUploadedFile("../../logo.html", make_picture(), "text/html"))

    assert re.fullmatch(r"pictures/[0-9a-f]{2}/[0-9a-f]{32}-800x533-800\.webp", str(Exhibitor.objects.get().logo.name))


def test_a_logo_is_taken_off_again(desk: Client) -> None:
    exhibitor = make_exhibitor(make_edition())
    submit(desk, form_of(exhibitor), logo=SimpleUploadedFile("logo.png", make_picture()))

    submit(desk, form_of(exhibitor), **{"logo-clear": "on"})

    assert Exhibitor.objects.get().logo.name == ""


@contextmanager
def just_before_saving(what: Callable[[Exhibitor], None]) -> Iterator[None]:
    """Stands for another organiser who was quicker: it happens after the form's check and before its saving."""
    calls = iter([what])

    def once(instance: Exhibitor, **_signal: Any) -> None:
        for call in calls:
            call(instance)

    pre_save.connect(once, sender=Exhibitor)
    try:
        yield
    finally:
        pre_save.disconnect(once, sender=Exhibitor)


def take_its_company_code(exhibitor: Exhibitor) -> None:
    make_exhibitor(exhibitor.edition, company_code=exhibitor.company_code)


def refuse(_exhibitor: Exhibitor) -> None:
    raise DomainError("The domain says no.")


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        (refuse, "The domain says no."),
        (
            take_its_company_code,
            "Somebody else changed the same thing at this moment. Look at it again, then save once more.",
        ),
    ],
)
def test_a_refusal_while_saving_shows_the_form_again_with_what_was_typed(
    what: Callable[[Exhibitor], None], expected: str, desk: Client
) -> None:
    edition = make_edition()
    booth = make_booth(make_hall(edition))
    exhibitor = make_exhibitor(edition, "에바")

    with just_before_saving(what):
        answer = submit(desk, form_of(exhibitor), name_ko="새 이름", company_code="c-1", booth_list=[booth.pk])

    assert errors_of(answer) == [expected]
    assert answer.context["adminform"].form["name_ko"].value() == "새 이름"
    exhibitor.refresh_from_db()
    assert (exhibitor.name_ko, list(exhibitor.booths.all())) == ("에바", [])
    assert told(answer) == []
