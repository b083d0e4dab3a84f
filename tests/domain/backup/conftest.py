"""A site that was backed up, and others to restore it into."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from exhibitors.domain import backup
from tests.databases import all_rows, copied, unblocked_at_both_ends, using
from tests.domain.backup.sites import NOW, Original, files, fill, site


@pytest.fixture(scope="session")
def original(
    model_database: str, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Original]:
    folder = tmp_path_factory.mktemp("original")
    with unblocked_at_both_ends(django_db_blocker, copied(model_database, "source", folder)) as name:
        with django_db_blocker.unblock(), site(name, folder):
            fill()
            made = backup.make(folder, now=NOW)
            told = Original(name, folder, made.path, made.manifest, all_rows(), files(folder / "media"))
        yield told


@pytest.fixture
def unchanged(original: Original) -> Iterator[None]:
    """The original site, which a test must leave as it is."""
    with site(original.database, original.folder):
        yield
        assert (all_rows(), files(original.folder / "media")) == (original.rows, original.files)


@pytest.fixture(scope="module")
def restored(
    original: Original,
    model_database: str,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[str, Path]]:
    """The database and the folder of another site, restored from the backup."""
    folder = tmp_path_factory.mktemp("restored")
    with unblocked_at_both_ends(django_db_blocker, copied(model_database, "restored", folder)) as name:
        with django_db_blocker.unblock(), site(name, folder):
            backup.restore(original.path)
        yield name, folder


@pytest.fixture
def elsewhere(own_database: str, tmp_path: Path) -> Path:
    """The folder of another site, migrated and empty."""
    return tmp_path


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Path]:
    """The folder of another site, whose database has no tables."""
    with copied("", "bare", tmp_path) as name, using(name):
        yield tmp_path


@pytest.fixture
def sqlite_file(request: pytest.FixtureRequest) -> Path:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no file of its own")
    request.getfixturevalue("own_database")
    return Path(connection.settings_dict["NAME"])
