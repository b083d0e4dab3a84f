"""Fixtures that every test may ask for, and what keeps the tests apart from each other and from the site's data."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from exhibitors.domain import kept, membership
from exhibitors.domain.search import vain, vocabulary
from tests import databases
from tests.light import light_settings
from tests.runner import DATABASE_ALONE

# Django and the tests stay in memory for good: looking them through for garbage took a twentieth of the time.
gc.set_threshold(100_000, 50, 100)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL leave out what asks no database: it has run on SQLite's side already."""
    if os.environ.get(DATABASE_ALONE):
        asking = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(asking)])
        items[:] = asking


def _asks_a_database(item: pytest.Item) -> bool:
    """What is skipped for one database's sake is told apart by that, whether it is marked or not."""
    fixtures = {"db", "transactional_db", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or any(item.get_closest_marker(name) for name in ("django_db", "skipif"))


@pytest.fixture
def real_data() -> Path:
    """The folder of real lists, which are never committed."""
    folder = Path(os.environ.get("EXPO_REAL_DATA") or "nowhere")
    if not folder.is_dir():
        pytest.skip("EXPO_REAL_DATA names no folder of real lists")
    return folder


@pytest.fixture(scope="session")
def model_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a migrated database without rows, for tests that need one of their own."""
    model = databases.model(tmp_path_factory.mktemp("model"))
    with databases.unblocked_at_both_ends(django_db_blocker, model) as name:
        yield name


@pytest.fixture
def own_database(db: None, model_database: str, tmp_path: Path) -> Iterator[str]:
    """Lead everything to a migrated database that nobody has in a transaction, and yield its name.

    Its rows are seen by other processes, and emptying nothing it costs less than a transactional test.
    """
    with databases.copied(model_database, "own", tmp_path) as name, databases.using(name):
        yield name


@pytest.fixture(scope="session", autouse=True)
def _light_settings() -> Iterator[None]:
    """No hashed static files, which collectstatic would have to make first, and no deliberately slow passwords."""
    # WhiteNoise warns where it is missing.
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with light_settings():
        yield


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def _search_memory() -> Iterator[None]:
    """What a process remembers of an edition would outlive the test's database."""
    yield
    vain.forget()
    vocabulary.forget()
    membership.forget()
    kept.forget()


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """A test that activates a language leaves none behind."""
    yield
    translation.deactivate()
