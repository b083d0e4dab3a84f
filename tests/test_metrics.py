"""What is counted, and that strangers cannot make it more."""

import threading
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from exhibitors.domain.importing import Options, runs
from exhibitors.domain.importing.choices import Choices
from exhibitors.models import Edition
from expo import metrics
from tests import failing_urls
from tests.domain.importing.spreadsheets import as_csv
from tests.factories import make_edition, make_import_run
from tests.wsgi import ask, site

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-at-least-32-characters"


@pytest.fixture(autouse=True)
def _counting(settings: Settings) -> Iterator[None]:
    """The connection of the tests was made before anything was counted."""
    settings.METRICS_TOKEN = TOKEN
    metrics.meter().watch_statements(connection)
    yield
    connection.execute_wrappers.clear()


def read() -> dict[str, float]:
    lines = metrics.page().decode().splitlines()
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines if line[0] != "#")}


def new_since(before: dict[str, float], start: str) -> dict[str, float]:
    return {
        name: value - before.get(name, 0)
        for name, value in read().items()
        if name.startswith(start) and value != before.get(name, 0)
    }


def test_a_request_is_counted_by_view_method_and_status() -> None:
    make_edition()
    application, before = site(), read()

    for _ in range(3):
        ask(application, "/ko/2024/exhibitors/?q=typed-words")
    ask(application, "/en/2024/exhibitors/nobody/", "HEAD")

    assert new_since(before, "expo_requests_total") == {
        'expo_requests_total{method="GET",status="200",view="exhibitors"}': 3,
        'expo_requests_total{method="HEAD",status="404",view="exhibitor"}': 1,
    }
    assert new_since(before, "expo_request_seconds_count") == {
        'expo_request_seconds_count{view="exhibitor"}': 1,
        'expo_request_seconds_count{view="exhibitors"}': 3,
    }


def test_strangers_make_no_new_labels() -> None:
    application = site()
    ask(application, "/ko/nothing/here", "FIRST")
    before = read()

    for number in range(20):
        ask(application, f"/ko/nothing/here-{number}/?x={number}", f"METHOD{number}", HTTP_HOST=f"host{number}.example")

    assert read().keys() == before.keys() | {'expo_requests_total{method="other",status="400",view="unknown"}'}


def test_what_is_in_progress_is_told_while_it_is() -> None:
    told = ask(site(), "/metrics", HTTP_AUTHORIZATION=f"Bearer {TOKEN}").text

    assert "\nexpo_requests_in_progress 1.0\n" in told
    assert read()["expo_requests_in_progress"] == 0


def test_a_statement_that_the_database_refuses_is_counted_by_kind() -> None:
    make_edition()
    before = read()

    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.create(slug="2024", starts_on="2024-01-01", ends_on="2024-01-02")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")

    kind = "operational" if connection.vendor == "sqlite" else "other"
    assert new_since(before, "expo_database_errors_total") == {
        'expo_database_errors_total{kind="integrity"}': 1,
        f'expo_database_errors_total{{kind="{kind}"}}': 1,
    }


def test_a_connection_is_watched_once_however_often_it_is_made_anew() -> None:
    metrics.meter().watch_statements(connection)

    assert len(connection.execute_wrappers) == 1


def test_a_request_that_got_no_connection_is_counted(settings: Settings) -> None:
    settings.ROOT_URLCONF = failing_urls.__name__
    application, before = site(), read()
    # A thread of its own has no connection yet.
    asking = threading.Thread(target=ask, args=(application, "/without-database/"))

    asking.start()
    asking.join()

    assert new_since(before, "expo_database_errors_total") == {'expo_database_errors_total{kind="connection"}': 1}


def test_an_import_counts_when_it_was_applied() -> None:
    run = make_import_run(make_edition(), as_csv([["회사명"], ["에바"]]))
    before = read()
    token = runs.choose(run, Choices(0, 0, {0: "name_ko"}, Options())).token
    previewed = new_since(before, "expo_imports")

    runs.apply(run, token)

    assert (previewed, new_since(before, "expo_imports")) == ({}, {"expo_imports_applied_total": 1})
