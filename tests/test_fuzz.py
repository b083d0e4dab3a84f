"""A small slice of bench/fuzz.py: whatever is asked or uploaded, nothing is an error of ours."""

import io
import re
import zipfile
from random import Random

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client

from exhibitors.domain import importing
from exhibitors.domain.errors import DomainError
from exhibitors.models import Edition, Exhibitor
from exhibitors.models.picture import encode
from expo.requests import Handler
from tests.addresses import all_addresses
from tests.admin.rows import make_rows
from tests.factories import make_account
from tests.fuzzing import uploads
from tests.fuzzing.files import Files, Made
from tests.fuzzing.requests import Requests, forms_of, send
from tests.page_store.asking import left_as_it_was, make_store

pytestmark = pytest.mark.django_db

SEED = 20241022
ROLES = ("reader", "editor", "administrator")
FORMS = (
    "admin:exhibitors_exhibitor_change",
    "admin:exhibitors_collaboration_change",
    "admin:exhibitors_booth_create",
    "admin:exhibitors_importrun_columns",
    "admin:auth_user_change",
)


def client_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(make_account(f"a-{role}", role))
    return client


def test_no_generated_request_is_an_error_of_ours() -> None:
    store, _ = make_store(Handler())
    clients = [client_of(role) for role in ROLES]
    sessions = [client.cookies[django_settings.SESSION_COOKIE_NAME].value for client in clients]
    addresses = all_addresses(make_rows())
    forms = forms_of(clients[-1], [addresses[name] for name in FORMS])
    requests = Requests(Random(SEED), addresses, sessions, forms)

    statuses = {}
    with left_as_it_was():
        for asked in (requests.make() for _ in range(200)):
            with transaction.atomic():
                statuses[str(asked)] = send(store, asked)
                transaction.set_rollback(True)

    assert [asked for asked, status in statuses.items() if status >= 500] == []
    assert {200, 302, 400, 403, 404, 405} <= set(statuses.values())


def test_no_broken_file_is_an_error_of_ours() -> None:
    """Past the forms, which cost more than the files; the whole run goes through them."""
    files = Files(Random(SEED))

    outcomes = [read(made) for made in (files.make() for _ in range(50))]

    assert set(outcomes) == {uploads.TAKEN, uploads.REFUSED}


def test_no_file_depends_on_the_moment_in_which_it_is_made() -> None:
    files = Files(Random(SEED))
    archives = [zipfile.ZipFile(io.BytesIO(data)) for data in (files.spreadsheets["list.xlsx"], files.nest(b"x"))]

    years = {member.date_time[0] for archive in archives for member in archive.infolist()}
    made_at = set(re.findall(rb"\d{4}-\d\d-\d\d", archives[0].read("docProps/core.xml")))

    assert (years, made_at) == ({1980}, {b"2024-10-22"})


def read(made: Made) -> str:
    try:
        if made.is_picture:
            encode(made.content)
        else:
            importing.parse(*importing.choose_sheet(importing.read(made.content)))
    except (DomainError, ValidationError):
        return uploads.REFUSED
    return uploads.TAKEN


def test_a_file_goes_through_the_forms_of_the_desk() -> None:
    make_rows()
    edition = Edition.objects.get(slug="2024")
    exhibitor = Exhibitor.objects.filter(edition=edition)[0]
    client, files = client_of("administrator"), Files(Random(SEED))
    whole = [Made(name, content, is_picture=False) for name, content in list(files.spreadsheets.items())[:1]]
    whole += [Made(name, content, is_picture=True) for name, content in list(files.pictures.items())[:1]]
    broken = [Made("x", made.content[:50], made.is_picture) for made in whole]

    outcomes = [uploads.take_in(client, made, edition, exhibitor) for made in (*whole, *broken)]

    assert outcomes == [uploads.TAKEN, uploads.TAKEN, uploads.REFUSED, uploads.REFUSED]
