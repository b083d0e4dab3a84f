"""The command that loads the sample edition through the import."""

import io
from collections import Counter
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils import translation

from exhibitors.domain import importing, sample
from exhibitors.models import Booth, Collaboration, Edition, Exhibitor, Facility, Hall, Industry, Product, Theme
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

NAMED_BY_THE_PRESS = [
    "웬떡마을",
    "쿠첸",
    "형제파트너",
    "씨티앤에스",
    "산청토기와",
    "한서정공",
    "에바",
    "백제",
    "메디오스",
]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def run(*arguments: str) -> str:
    output = io.StringIO()
    call_command("load_sample", *arguments, stdout=output)
    return output.getvalue()


def test_the_sample_has_ninety_nine_public_exhibitors() -> None:
    assert run() == "Sample edition 2024 loaded: 99 exhibitors, 90 of them invented.\n"

    edition = Edition.objects.get()
    assert (edition.slug, edition.is_public, edition.is_current, edition.is_sample) == ("2024", True, True, True)
    assert edition.exhibitors.public().count() == 99
    assert edition.exhibitors.filter(is_sample=True).count() == 90
    assert Industry.objects.filter(edition=edition).count() == 6
    assert Theme.objects.filter(edition=edition).count() == 1


def test_the_real_companies_have_nothing_that_the_press_did_not_say() -> None:
    run()

    real = Exhibitor.objects.filter(is_sample=False)
    assert sorted(exhibitor.name_ko for exhibitor in real) == sorted(NAMED_BY_THE_PRESS)
    invented = Q(pk__in=[])
    for field in (
        "company_code",
        "name_en",
        "introduction_ko",
        "introduction_en",
        "homepage",
        "phone",
        "email",
        "region",
    ):
        invented |= ~Q(**{field: ""})
    assert not real.filter(invented).exists()
    assert not real.filter(industries__isnull=False).exists()
    assert not real.exclude(booths__number="").exists()
    assert not Product.objects.filter(exhibitor__is_sample=False).exclude(text_ko="", name_en="").exists()
    assert real.get(name_ko="산청토기와").booths.get().hall.name_ko == "혁신관"
    assert [product.name_ko for product in real.get(name_ko="에바").products.all()] == ["전기차충전기"]


def test_booths_are_samples_and_numbers_to_follow_are_not() -> None:
    run()

    assert not Booth.objects.filter(is_sample=False).exclude(number="").exists()
    assert not Booth.objects.filter(is_sample=True, number="").exists()
    assert [hall.code for hall in Hall.objects.filter(is_sample=True)] == ["general"]


def test_facilities_stand_on_sample_booths_and_are_no_exhibitors() -> None:
    run()

    facilities = Facility.objects.select_related("booth")
    assert [facility.slug for facility in facilities] == [
        "buyer-consultation-zone",
        "live-commerce-studio",
        "sangsaeng-market",
        "kbiz-booth",
    ]
    assert all(facility.booth is not None and facility.booth.is_sample for facility in facilities)
    assert not Exhibitor.objects.filter(booths__facilities__isnull=False).exists()


def test_eleven_companies_take_part_in_five_collaborations() -> None:
    run()

    collaborations = Collaboration.objects.all()
    assert Counter(collaboration.is_sample for collaboration in collaborations) == {True: 3, False: 2}
    assert Exhibitor.objects.filter(memberships__isnull=False).count() == 11
    assert [exhibitor.name_ko for exhibitor in collaborations[0].exhibitors.order_by("memberships__position")] == [
        "웬떡마을",
        "쿠첸",
    ]


def test_another_edition_stays_current() -> None:
    current = make_edition("2023", is_current=True)

    run()

    current.refresh_from_db()
    assert current.is_current
    assert not Edition.objects.get(slug="2024").is_current


def test_an_edition_of_the_same_address_is_not_touched() -> None:
    edition = make_edition("2024")

    with pytest.raises(CommandError, match="already an edition '2024'"):
        run()

    assert list(Edition.objects.all()) == [edition]
    assert not Exhibitor.objects.exists()


def test_if_empty_does_nothing_where_an_edition_exists() -> None:
    make_edition("2019")

    assert run("--if-empty") == "There are editions already; the sample was not loaded.\n"

    assert Edition.objects.count() == 1


def test_if_empty_loads_into_an_empty_database() -> None:
    run("--if-empty")

    assert Exhibitor.objects.count() == 99


def test_the_sample_goes_through_the_import_of_organisers() -> None:
    run()
    data = (sample.FOLDER / "exhibitors.csv").read_bytes()

    difference = importing.preview(data, "2024", importing.Options()).difference

    changes = {change.field for row in difference.changed for change in row.changes}
    assert (difference.new, difference.problems, difference.unchanged) == ((), (), 90)
    assert changes == {"company_code"}  # of the nine real companies, whose codes only tie the files together


def test_what_fails_halfway_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample, "FOLDER", sample.FOLDER / "nowhere")

    with pytest.raises(FileNotFoundError):
        run()

    assert not Edition.objects.exists()
