"""One row of every subject of the desk."""

from datetime import date
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from exhibitors.domain import exhibitors
from exhibitors.models import Synonym, VainSearch
from tests.factories import (
    make_booth,
    make_collaboration,
    make_edition,
    make_exhibitor,
    make_facility,
    make_hall,
    make_import_run,
    make_industry,
    make_picture,
    make_print_run,
    make_product,
    make_theme,
)


def make_rows() -> list[Any]:
    """One row of every subject, with all that a page may show of it."""
    edition = make_edition(is_sample=True)
    hall = make_hall(edition, theme=make_theme(edition), is_sample=True)
    booth = make_booth(hall, is_sample=True)
    exhibitor = make_exhibitor(
        edition, "에바", booths=[booth], industries=[make_industry(edition)], is_sample=True, state="draft"
    )
    exhibitor.logo = SimpleUploadedFile("logo.png", make_picture())
    exhibitor.save()
    make_product(exhibitor, picture=SimpleUploadedFile("product.png", make_picture()))
    make_exhibitor(make_edition("2023"), "에바", company_code="evar")
    make_collaboration(edition, [exhibitor, make_exhibitor(edition)])
    make_facility(edition, booth=booth)
    Synonym.objects.create(edition=edition, one="건면", other="국수")
    make_import_run(edition)
    make_print_run(edition)
    VainSearch.objects.create(edition=edition, searched_on=date(2024, 10, 22), query="없는말", count=3)
    gone = make_exhibitor(edition, "사라질 업체")
    gone.region = "서울"
    exhibitors.save(gone)
    exhibitors.delete([gone])
    Group.objects.create(name="visitors' guides")
    User.objects.create_user("guide", password="not-a-real-secret-9", is_staff=True)
    return [_sample(model) for model in admin.site._registry]


def _sample(model: type[Model]) -> Any:
    """The first row; of accounts and groups the last, since the first may do everything and are roles."""
    rows = model._default_manager.order_by("pk")
    return rows.last() if model in {User, Group} else rows.first()
