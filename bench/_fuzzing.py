"""What bench/fuzz.py does once Django is ready: rows, requests and uploads."""

import logging
import tempfile
from collections import Counter
from functools import partial
from random import Random
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.signals import got_request_exception
from django.test import Client
from django.test.utils import setup_test_environment

from exhibitors.models import Edition, Exhibitor
from tests.addresses import all_addresses
from tests.admin.rows import make_rows
from tests.factories import make_account
from tests.fuzzing import uploads
from tests.fuzzing.files import Files, Made
from tests.fuzzing.requests import Requests, forms_of, send

ROWS_LAST = 2000  # requests: some delete, sign out or close accounts
ROLES = ("reader", "editor", "administrator")


def prepare() -> None:
    logging.disable()  # what is wrong is told by the watch
    setup_test_environment()  # pages tell their forms, mail goes nowhere
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "localhost"]
    settings.MEDIA_ROOT = tempfile.mkdtemp(dir=settings.VAR_DIR)
    call_command("migrate", verbosity=0)


def ask(watch: Any, count: int, seed: int) -> Counter[int]:
    """Send requests; return how often each status was answered."""
    from expo.wsgi import application  # noqa: PLC0415 it reads the settings that were prepared

    got_request_exception.connect(watch.note_exception)
    random, statuses = Random(seed), Counter[int]()  # noqa: S311 to be the same again, not to be secret
    requests = None
    for number in range(count):
        if number % ROWS_LAST == 0 or requests is None:
            requests = _fresh(random)
        asked = requests.make()
        status = watch.measure(asked, partial(send, application, asked))
        statuses[status or 0] += 1
        if status and status >= 500:
            watch.complain(f"status {status}", asked)
    return statuses


def _fresh(random: Random) -> Requests:
    """Requests for rows and accounts as they are at the beginning."""
    rows = _rows()
    sessions = []
    for role in ROLES:
        sessions += [
            _client(f"{role}-{number}", role).cookies[settings.SESSION_COOKIE_NAME].value for number in (1, 2, 3)
        ]
    addresses = all_addresses(rows)
    at_desk = [address for name, address in addresses.items() if name.startswith("admin:")]
    return Requests(random, addresses, sessions, forms_of(_client("author", "administrator"), at_desk))


def _rows() -> list[Any]:
    call_command("flush", verbosity=0, interactive=False)
    return make_rows()


def _client(name: str, role: str) -> Client:
    client = Client(raise_request_exception=False, SERVER_NAME="localhost")
    client.force_login(make_account(name, role))
    return client


def upload(watch: Any, count: int, seed: int) -> Counter[str]:
    """Take files through the forms of the desk; return how often each outcome was."""
    files, outcomes = Files(Random(seed)), Counter[str]()  # noqa: S311 to be the same again, not to be secret
    _rows()
    desk = Desk(_client("administrator", "administrator"))
    for number in range(count):
        made = files.make()
        what = f"file {number}: {made.name}, {len(made.content)} bytes"
        outcome = watch.measure(what, partial(desk.take_in, made))
        outcomes[outcome or uploads.ERROR] += 1
        if outcome == uploads.ERROR:
            watch.complain("error", what)
    return outcomes


class Desk:
    """An administrator's browser, for an edition that fills up with what was uploaded."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.edition = Edition.objects.get(slug="2024")
        self.exhibitor = Exhibitor.objects.filter(edition=self.edition)[0]

    def take_in(self, made: Made) -> str:
        return uploads.take_in(self.client, made, self.edition, self.exhibitor)
