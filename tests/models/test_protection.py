"""Nothing that a person wrote is deleted because something else was."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from exhibitors.domain import booths as booth_verbs
from exhibitors.models import (
    Booth,
    BoothMove,
    Edition,
    Exhibitor,
    Hall,
    Industry,
    Theme,
)
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_industry,
    make_organiser,
    make_print_run,
    make_product,
    make_theme,
)

pytestmark = pytest.mark.django_db


def edition_with(make: Callable[[Edition], object]) -> Edition:
    edition = make_edition()
    make(edition)
    return edition


def theme_with_hall() -> Theme:
    theme = make_theme(make_edition())
    make_hall(theme.edition, theme=theme)
    return theme


def hall_with_booth() -> Hall:
    return make_booth(make_hall(make_edition())).hall


def industry_with_exhibitor() -> Industry:
    industry = make_industry(make_edition())
    make_exhibitor(industry.edition, industries=[industry])
    return industry


def booth_with_exhibitor() -> Booth:
    booth = make_booth(make_hall(make_edition()))
    make_exhibitor(booth.hall.edition, booths=[booth])
    return booth


def booth_with_facility() -> Booth:
    booth = make_booth(make_hall(make_edition()))
    make_facility(booth.hall.edition, booth=booth)
    return booth


def exhibitor_with_product() -> Exhibitor:
    return make_product(make_exhibitor(make_edition())).exhibitor


def edition_with_print_run() -> Edition:
    edition = make_edition()
    make_exhibitor(edition)
    make_print_run(edition)
    edition.exhibitors.all().delete()
    return edition


def exhibitor_in_collaboration() -> Exhibitor:
    edition = make_edition()
    exhibitor = make_exhibitor(edition)
    make_collaboration(edition, [exhibitor, make_exhibitor(edition)])
    return exhibitor


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda: edition_with(make_theme), id="edition with theme"),
        pytest.param(lambda: edition_with(make_hall), id="edition with hall"),
        pytest.param(lambda: edition_with(make_industry), id="edition with industry"),
        pytest.param(lambda: edition_with(make_exhibitor), id="edition with exhibitor"),
        pytest.param(lambda: edition_with(make_facility), id="edition with facility"),
        pytest.param(lambda: edition_with(lambda row: make_collaboration(row, [])), id="edition with collaboration"),
        theme_with_hall,
        hall_with_booth,
        industry_with_exhibitor,
        booth_with_exhibitor,
        booth_with_facility,
        exhibitor_with_product,
        exhibitor_in_collaboration,
        edition_with_print_run,
    ],
)
def test_what_holds_something_cannot_be_deleted(make: Callable[[], models.Model]) -> None:
    row = make()

    with pytest.raises(ProtectedError), transaction.atomic():
        row.delete()

    assert type(row)._default_manager.filter(pk=row.pk).exists()


def test_only_links_that_mean_nothing_alone_go_by_cascade() -> None:
    cascades = {
        (model.__name__, field.name)
        for model in apps.get_app_config("exhibitors").get_models()
        for field in model._meta.fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE
    }

    assert cascades == {
        ("BoothAssignment", "exhibitor"),
        ("BoothMove", "edition"),
        ("CollaborationMember", "collaboration"),
        ("ExhibitorIndustry", "exhibitor"),
        ("ImportFile", "run"),
        ("PreflightMark", "edition"),
        ("VainSearch", "edition"),
    }


def test_the_log_of_moves_outlives_exhibitor_booth_and_organiser() -> None:
    organiser = make_organiser()
    booth = make_booth(make_hall(make_edition(), name_ko="혁신관"), "A-01")
    exhibitor = make_exhibitor(booth.hall.edition, "에바")
    booth_verbs.assign({exhibitor: [booth]}, by=organiser)
    booth_verbs.assign({exhibitor: []}, by=organiser)

    exhibitor.delete()
    booth.delete()
    organiser.delete()

    moves = list(BoothMove.objects.order_by("pk").values_list("kind", "exhibitor_name", "hall_name", "booth_number"))
    assert moves == [("joined", "에바", "혁신관", "A-01"), ("left", "에바", "혁신관", "A-01")]
    assert {(move.exhibitor, move.booth, move.moved_by) for move in BoothMove.objects.all()} == {(None, None, None)}
    assert all(move.moved_at <= timezone.now() for move in BoothMove.objects.all())
