"""The command that removes what the sample invented, and nothing else."""

import io
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.utils import translation

from exhibitors.domain import booths, sample
from exhibitors.models import (
    Booth,
    BoothMove,
    Collaboration,
    CollaborationMember,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    Industry,
    Product,
)
from tests.factories import make_booth, make_edition, make_exhibitor, make_product

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def edition() -> Edition:
    return sample.load().edition


def run() -> list[str]:
    output = io.StringIO()
    call_command("remove_sample", stdout=output)
    return output.getvalue().splitlines()


def test_the_invented_goes_and_the_real_stays(edition: Edition) -> None:
    products = Product.objects.filter(exhibitor__is_sample=True).count()
    sample_booths = Booth.objects.filter(is_sample=True).count()
    real_halls = list(Hall.objects.filter(is_sample=False))

    printed = run()

    assert printed == [
        "Exhibitors removed: 90",
        f"Products removed: {products}",
        "Collaborations removed: 3",
        f"Booths removed: {sample_booths}",
        "Halls removed: 1",
    ]
    assert edition.exhibitors.count() == 9
    assert Product.objects.count() == 10
    assert Collaboration.objects.count() == 2
    assert list(Hall.objects.all()) == real_halls
    assert Industry.objects.count() == 6
    assert list(Facility.objects.values_list("booth", flat=True)) == [None] * 4
    assert set(BoothMove.objects.values_list("exhibitor__is_sample", flat=True)) == {False}
    assert not Booth.objects.exclude(number="").exists()
    edition.refresh_from_db()
    assert (edition.is_sample, edition.is_public) == (False, True)


def test_nothing_is_left_that_is_marked_as_a_sample(edition: Edition) -> None:
    run()

    for model in (Edition, Hall, Booth, Exhibitor, Collaboration):
        assert not model._default_manager.filter(is_sample=True).exists()


def test_the_about_text_no_longer_speaks_of_a_sample(edition: Edition) -> None:
    assert all(heading in getattr(edition, name) for name, heading in sample.NOTES.items())

    run()

    edition.refresh_from_db()
    assert "표본" not in edition.about_ko
    assert "sample" not in edition.about_en
    assert edition.about_ko.endswith("5,961개사를 지원했습니다.")


def test_an_organisers_exhibitor_keeps_its_booth_and_hall(edition: Edition) -> None:
    booth = Booth.objects.filter(hall__code="general", is_sample=True).exclude(number="").first()
    assert booth is not None
    real = make_exhibitor(edition, "한빛테크", booths=[booth])
    make_product(real)

    printed = run()

    assert printed[-2:] == [
        f"Booth General Hall {booth.number} is kept: an exhibitor stands on it.",
        "Hall General Hall is kept: it has booths of yours.",
    ]
    booth.refresh_from_db()
    assert (booth.is_sample, booth.hall.is_sample) == (False, False)
    assert list(real.booths.all()) == [booth]
    assert real.products.count() == 1


def test_an_organisers_booth_in_a_sample_hall_stays(edition: Edition) -> None:
    booth = make_booth(Hall.objects.get(code="general"), "Z-1")

    printed = run()

    assert printed[-1] == "Hall General Hall is kept: it has booths of yours."
    assert Booth.objects.filter(pk=booth.pk).exists()


def test_a_real_collaboration_stays_without_the_invented_member(edition: Edition) -> None:
    collaboration = Collaboration.objects.filter(is_sample=False).first()
    invented = edition.exhibitors.filter(is_sample=True).first()
    assert collaboration is not None
    assert invented is not None
    CollaborationMember.objects.create(collaboration=collaboration, exhibitor=invented, position=9)

    printed = run()

    assert printed[-1] == f"Collaboration '{collaboration}' is kept, without the sample {invented}."
    assert collaboration.exhibitors.count() == 2


def test_a_facility_that_an_organiser_has_placed_stays_there(edition: Edition) -> None:
    facility = Facility.objects.get(slug="kbiz-booth")
    facility.booth = make_booth(Hall.objects.get(code="innovation"), "K-1")
    facility.save()

    run()

    facility.refresh_from_db()
    assert facility.booth is not None
    assert facility.booth.number == "K-1"


def test_moves_of_real_exhibitors_are_kept_though_their_booth_goes(edition: Edition) -> None:
    booth = (
        Booth.objects.filter(is_sample=True, assignments__isnull=True).first()
        or Booth.objects.filter(is_sample=True).first()
    )
    assert booth is not None
    real = make_exhibitor(edition, "한빛테크", booths=[booth])
    booths.assign({real: []})

    run()

    assert [(move.kind, move.booth_number) for move in BoothMove.objects.filter(exhibitor=real).order_by("pk")] == [
        ("joined", booth.number),
        ("left", booth.number),
    ]


def test_other_editions_stay_as_they_are(edition: Edition) -> None:
    other = make_edition("2023")
    make_exhibitor(other, "한빛테크")

    run()

    assert other.exhibitors.count() == 1


def test_a_second_run_has_nothing_to_remove(edition: Edition) -> None:
    run()
    before = list(Exhibitor.objects.values())

    assert run() == [
        "Exhibitors removed: 0",
        "Products removed: 0",
        "Collaborations removed: 0",
        "Booths removed: 0",
        "Halls removed: 0",
    ]
    assert list(Exhibitor.objects.values()) == before
