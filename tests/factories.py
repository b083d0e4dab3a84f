"""Plain functions that build rows for tests through the domain's own verbs."""

import io
import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.models import Group, User
from PIL import Image

from exhibitors.domain import exhibitors as verbs
from exhibitors.domain import parts, print_runs
from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.importing import runs
from exhibitors.models import (
    Booth,
    Collaboration,
    CollaborationMember,
    Edition,
    Exhibitor,
    Facility,
    Hall,
    ImportRun,
    Industry,
    PrintRun,
    Product,
    Theme,
)

_numbers = itertools.count(1)


def make_edition(slug: str = "2024", **values: Any) -> Edition:
    defaults = {
        "name_ko": f"{slug} 시험 엑스포",
        "name_en": f"Test Expo {slug}",
        "venue_ko": "시험장",
        "venue_en": "Test Hall",
        "starts_on": date(2024, 10, 22),
        "ends_on": date(2024, 10, 25),
        "contact_email": "desk@expo.example",
        "is_public": True,
    }
    return Edition.objects.create(slug=slug, **defaults | values)


def make_theme(edition: Edition, code: str = "cooperation", name_ko: str = "교차협력관", **values: Any) -> Theme:
    return Theme.objects.create(edition=edition, code=code, name_ko=name_ko, **values)


def make_hall(edition: Edition, code: str = "innovation", name_ko: str = "혁신관", **values: Any) -> Hall:
    return Hall.objects.create(edition=edition, code=code, name_ko=name_ko, **values)


def make_booth(hall: Hall, number: str = "A-01", **values: Any) -> Booth:
    return Booth.objects.create(hall=hall, number=number, **values)


def make_industry(edition: Edition, slug: str = "machinery", name_ko: str = "기계설비", **values: Any) -> Industry:
    return Industry.objects.create(edition=edition, slug=slug, name_ko=name_ko, **values)


def make_exhibitor(
    edition: Edition,
    name_ko: str | None = None,
    *,
    booths: Sequence[Booth] = (),
    industries: Sequence[Industry] = (),
    **values: Any,
) -> Exhibitor:
    """A public exhibitor, saved as an organiser's form saves it."""
    name = f"시험업체{next(_numbers):04d}" if name_ko is None else name_ko
    exhibitor = Exhibitor(edition=edition, name_ko=name, **{"state": Exhibitor.State.PUBLIC, **values})
    verbs.save(exhibitor, industries=industries, booth_list=booths)
    return exhibitor


def make_product(exhibitor: Exhibitor, name_ko: str = "시험품", **values: Any) -> Product:
    product = Product(exhibitor=exhibitor, name_ko=name_ko, **values)
    parts.save(product)
    return product


def make_collaboration(
    edition: Edition,
    exhibitors: Sequence[Exhibitor],
    slug: str = "joined",
    title_ko: str = "함께 만든 품목",
    **values: Any,
) -> Collaboration:
    collaboration = Collaboration.objects.create(edition=edition, slug=slug, title_ko=title_ko, **values)
    for position, exhibitor in enumerate(exhibitors):
        CollaborationMember.objects.create(collaboration=collaboration, exhibitor=exhibitor, position=position)
    return collaboration


def make_facility(edition: Edition, slug: str = "desk", name_ko: str = "안내 데스크", **values: Any) -> Facility:
    return Facility.objects.create(edition=edition, slug=slug, name_ko=name_ko, **values)


def make_import_run(
    edition: Edition | None,
    content: bytes = "회사명,지역\n에바,경기도\n".encode(),
    *,
    file_name: str = "list.csv",
    new_slug: str = "",
    by: User | None = None,
) -> ImportRun:
    return runs.start(content, file_name=file_name, edition=edition, new_slug=new_slug, by=by)


def make_print_run(edition: Edition, order: Order = Order.HALL, **criteria: Any) -> PrintRun:
    return print_runs.freeze(edition, Criteria(**criteria), order)


def make_organiser(username: str = "organiser", **values: Any) -> User:
    return User.objects.create_superuser(username, password="not-a-real-secret-9", **values)


def make_account(username: str, *role_names: str, **values: Any) -> User:
    """An organiser's account that may do what its roles may do."""
    user = User.objects.create_user(username, password="not-a-real-secret-9", is_staff=True, **values)
    user.groups.set(Group.objects.filter(name__in=role_names))
    return user


def make_picture(width: int = 900, height: int = 600, picture_format: str = "PNG", colour: str = "#0b50d0") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(buffer, picture_format)
    return buffer.getvalue()
