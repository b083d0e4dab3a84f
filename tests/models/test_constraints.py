"""Rules that the database itself keeps, whoever writes, each with a message that a person can act on."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone, translation

from exhibitors.models import (
    Booth,
    BoothAssignment,
    Collaboration,
    CollaborationMember,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Facility,
    Hall,
    ImportRun,
    Industry,
    PreflightMark,
    PrintRun,
    Product,
    Synonym,
    Theme,
    VainSearch,
)
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_theme,
)

pytestmark = pytest.mark.django_db


def two_current() -> Edition:
    make_edition("2023", is_current=True)
    return Edition(slug="2024", name_ko="둘째", is_public=True, is_current=True, contact_email="a@b.example")


def hidden_current() -> Edition:
    return Edition(slug="2024", name_ko="엑스포", is_current=True)


def ends_before_start() -> Edition:
    return Edition(slug="2024", name_ko="엑스포", starts_on=date(2024, 10, 25), ends_on=date(2024, 10, 22))


def closes_before_opening() -> Edition:
    return Edition(slug="2024", name_ko="엑스포", opens_at=time(17), closes_at=time(10))


def closes_when_opening() -> Edition:
    return Edition(slug="2024", name_ko="엑스포", opens_at=time(10), closes_at=time(10))


def same_theme_code() -> Theme:
    edition = make_edition()
    make_theme(edition, "cooperation")
    return Theme(edition=edition, code="cooperation", name_ko="다른 이름")


def same_hall_code() -> Hall:
    edition = make_edition()
    make_hall(edition, "innovation")
    return Hall(edition=edition, code="innovation", name_ko="다른 이름")


def same_industry_slug() -> Industry:
    edition = make_edition()
    make_industry(edition, "machinery")
    return Industry(edition=edition, slug="machinery", name_ko="다른 이름")


def same_booth_number() -> Booth:
    hall = make_hall(make_edition())
    make_booth(hall, "A-01")
    return Booth(hall=hall, number="A-01")


def same_booth_number_in_other_case() -> Booth:
    hall = make_hall(make_edition())
    make_booth(hall, "a-01")
    return Booth(hall=hall, number="A-01")


def second_blank_booth() -> Booth:
    hall = make_hall(make_edition())
    make_booth(hall, "")
    return Booth(hall=hall, number="")


def half_a_rectangle() -> Booth:
    return Booth(hall=make_hall(make_edition()), number="A-01", x=Decimal(1), y=Decimal(2))


def rectangle_without_place() -> Booth:
    return Booth(hall=make_hall(make_edition()), number="A-01", width=Decimal(3), depth=Decimal(3))


def flat_rectangle() -> Booth:
    hall = make_hall(make_edition())
    return Booth(hall=hall, number="A-01", x=Decimal(0), y=Decimal(0), width=Decimal(0), depth=Decimal(3))


def nameless_exhibitor() -> Exhibitor:
    return Exhibitor(edition=make_edition(), slug="nobody")


def same_exhibitor_slug() -> Exhibitor:
    other = make_exhibitor(make_edition(), "에바", name_en="Evar")
    return Exhibitor(edition=other.edition, slug="evar", name_ko="다른 회사")


def same_company_code() -> Exhibitor:
    other = make_exhibitor(make_edition(), company_code="c-1")
    return Exhibitor(edition=other.edition, slug="other", name_ko="다른 회사", company_code="c-1")


def withdrawn_without_reason() -> Exhibitor:
    return Exhibitor(edition=make_edition(), slug="evar", name_ko="에바", state="withdrawn")


def unknown_state() -> Exhibitor:
    return Exhibitor(edition=make_edition(), slug="evar", name_ko="에바", state="perhaps")


def industry_twice() -> ExhibitorIndustry:
    edition = make_edition()
    industry = make_industry(edition)
    return ExhibitorIndustry(exhibitor=make_exhibitor(edition, industries=[industry]), industry=industry)


def assignment_twice() -> BoothAssignment:
    edition = make_edition()
    booth = make_booth(make_hall(edition))
    return BoothAssignment(exhibitor=make_exhibitor(edition, booths=[booth]), booth=booth)


def nameless_product() -> Product:
    return Product(exhibitor=make_exhibitor(make_edition()), text_ko="이름 없는 품목")


def same_collaboration_slug() -> Collaboration:
    edition = make_edition()
    make_collaboration(edition, [], slug="joined")
    return Collaboration(edition=edition, slug="joined", title_ko="다른 사례")


def member_twice() -> CollaborationMember:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    return CollaborationMember(collaboration=make_collaboration(edition, [exhibitor]), exhibitor=exhibitor)


def same_facility_code() -> Facility:
    edition = make_edition()
    make_facility(edition, "desk")
    return Facility(edition=edition, slug="desk", name_ko="다른 시설")


def synonym_twice() -> Synonym:
    edition = make_edition()
    Synonym.objects.create(edition=edition, one="건면", other="국수")
    return Synonym(edition=edition, one="건면", other="국수")


def search_counted_twice() -> VainSearch:
    edition, day = make_edition(), date(2024, 10, 22)
    VainSearch.objects.create(edition=edition, searched_on=day, query="건면")
    return VainSearch(edition=edition, searched_on=day, query="건면")


def finding_marked_twice() -> PreflightMark:
    values = {"edition": make_edition(), "check_code": "logo-missing", "key": "1", "reason": "x"}
    PreflightMark.objects.create(**values, marked_at=timezone.now())
    return PreflightMark(**values, marked_at=timezone.now())


def mark_without_reason() -> PreflightMark:
    return PreflightMark(edition=make_edition(), check_code="logo-missing", key="1", marked_at=timezone.now())


NUMBER_TAKEN = "This hall already has a booth with this number."


def import_in_no_state() -> ImportRun:
    return ImportRun(edition_slug="2024", file_name="list.csv", size=1, state="lost")


def imported_at_no_moment() -> ImportRun:
    return ImportRun(edition_slug="2024", file_name="list.csv", size=1, state="applied")


def imported_before_it_was() -> ImportRun:
    return ImportRun(edition_slug="2024", file_name="list.csv", size=1, applied_at=timezone.now())


A_MOMENT = "An import that was carried out has its moment, and no other has."
RECTANGLE = "Give all four measures of the rectangle, with width and depth above 0, or none."


def print_run_number_twice() -> PrintRun:
    run = PrintRun.objects.create(edition=make_edition(), number=1, order="hall")
    return PrintRun(edition=run.edition, number=1, order="name")


def print_run_in_no_order() -> PrintRun:
    return PrintRun(edition=make_edition(), number=1, order="size")


A_NAME = "Give the name in Korean, in English or in both."
CASES: list[tuple[Callable[[], models.Model], str]] = [
    (two_current, "Another edition is current. Make that one not current first."),
    (hidden_current, "The current edition must be public."),
    (ends_before_start, "The last day lies before the first day."),
    (closes_before_opening, "The closing time lies before the opening time."),
    (closes_when_opening, "The closing time lies before the opening time."),
    (same_theme_code, "This edition already has a theme with this code."),
    (same_hall_code, "This edition already has a hall with this code."),
    (same_industry_slug, "This edition already has an industry with this address."),
    (same_booth_number, NUMBER_TAKEN),
    (same_booth_number_in_other_case, NUMBER_TAKEN),
    (second_blank_booth, NUMBER_TAKEN),
    (half_a_rectangle, RECTANGLE),
    (rectangle_without_place, RECTANGLE),
    (flat_rectangle, RECTANGLE),
    (nameless_exhibitor, A_NAME),
    (same_exhibitor_slug, "This edition already has an exhibitor with this address."),
    (same_company_code, "This edition already has an exhibitor with this company code."),
    (withdrawn_without_reason, "Say why the exhibitor is withdrawn."),
    (unknown_state, "The state is draft, public or withdrawn."),
    (industry_twice, "This exhibitor is already listed under this industry."),
    (assignment_twice, "This exhibitor already stands on this booth."),
    (nameless_product, A_NAME),
    (same_collaboration_slug, "This edition already has a collaboration with this address."),
    (member_twice, "This exhibitor already takes part in this collaboration."),
    (same_facility_code, "This edition already has a facility with this code."),
    (synonym_twice, "This edition already has this synonym."),
    (search_counted_twice, "This search is counted on this day already."),
    (finding_marked_twice, "This finding is marked as intended already."),
    (mark_without_reason, "Say why this is intended."),
    (import_in_no_state, "The state is uploaded, previewed, imported, undone or abandoned."),
    (imported_at_no_moment, A_MOMENT),
    (imported_before_it_was, A_MOMENT),
    (print_run_number_twice, "This edition already has a print run with this number."),
    (print_run_in_no_order, "The order is by hall, booth number, name or industry."),
]
IDS = [make.__name__ for make, _message in CASES]


@pytest.mark.parametrize("make", [make for make, _message in CASES], ids=IDS)
def test_the_database_refuses(make: Callable[[], models.Model]) -> None:
    row = make()

    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize(("make", "message"), CASES, ids=IDS)
def test_the_check_before_saving_says_what_to_do(make: Callable[[], models.Model], message: str) -> None:
    row = make()

    with translation.override("en"):
        with pytest.raises(ValidationError) as caught:
            row.validate_constraints()
        messages = caught.value.messages

    assert messages == [message]


def test_every_constraint_of_our_own_is_tried_here() -> None:
    with translation.override("en"):
        messages = {
            str(constraint.violation_error_message)
            for model in apps.get_app_config("exhibitors").get_models()
            for constraint in model._meta.constraints
        }

    assert messages == {message for _make, message in CASES}


def test_without_dates_and_hours_an_edition_is_fine() -> None:
    edition = make_edition(starts_on=None, ends_on=None, opens_at=None, closes_at=None)

    edition.full_clean()


def test_one_day_is_an_expo_too() -> None:
    make_edition(starts_on=date(2024, 10, 22), ends_on=date(2024, 10, 22)).full_clean()


def test_many_editions_may_be_not_current() -> None:
    make_edition("2022")
    make_edition("2023")
    make_edition("2024", is_current=True)

    assert Edition.objects.filter(is_current=True).count() == 1


def test_the_same_codes_are_free_in_another_edition() -> None:
    for edition in (make_edition("2023"), make_edition("2024")):
        hall = make_hall(edition, "innovation")
        make_theme(edition, "cooperation")
        make_industry(edition, "machinery")
        make_booth(hall, "A-01")
        make_exhibitor(edition, "에바", name_en="Evar", company_code="evar")
        make_facility(edition, "desk")

    assert sorted(Exhibitor.objects.values_list("slug", flat=True)) == ["evar", "evar"]


def test_the_same_booth_number_is_free_in_another_hall() -> None:
    edition = make_edition()
    for code in ("one", "two"):
        make_booth(make_hall(edition, code), "A-01")
        make_booth(Hall.objects.get(code=code), "")

    assert Booth.objects.filter(number="A-01").count() == 2


def test_many_exhibitors_without_a_company_code_are_no_conflict() -> None:
    edition = make_edition()
    make_exhibitor(edition)
    make_exhibitor(edition)

    assert Exhibitor.objects.filter(company_code="").count() == 2


def test_a_whole_rectangle_is_kept_to_the_centimetre() -> None:
    booth = make_booth(
        make_hall(make_edition()), x=Decimal("12.25"), y=Decimal("0"), width=Decimal("3"), depth=Decimal("2.5")
    )

    booth.refresh_from_db()

    measures = (booth.x, booth.y, booth.width, booth.depth)
    assert [str(measure) for measure in measures] == ["12.25", "0.00", "3.00", "2.50"]
