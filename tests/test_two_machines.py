"""Two gunicorns that share a database and Redis: what is written through one is read through the other."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.db import connection
from django.test import Client

from exhibitors.models import Hall
from tests.admin.pages import fields_of, form_of
from tests.factories import make_edition, make_exhibitor, make_hall, make_organiser
from tests.processes import database_url
from tests.redis_server import NO_REDIS, is_installed, redis_server
from tests.served import served

LIST = "/ko/2024/exhibitors/"

pytestmark = [
    pytest.mark.skipif(not is_installed(), reason=NO_REDIS),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough: what is told does not pass the database"),
]


def test_what_is_written_through_one_is_told_to_the_other(client: Client, own_database: str, tmp_path: Path) -> None:
    edition = make_edition()
    hall = make_hall(edition, name_ko="혁신관")
    make_exhibitor(edition, booths=[])
    client.force_login(make_organiser())
    session = client.cookies["sessionid"].value
    typed = fields_of(client.get(form_of(hall))) | {"name_ko": "수출관", "_save": "Save"}
    with TemporaryDirectory(dir="/tmp") as folder, redis_server(Path(folder, "redis")):
        cache = f"unix://{folder}/redis"
        with (
            served(tmp_path / "one", database_url(own_database), "tests.hourly", CACHE_URL=cache) as one,
            served(tmp_path / "other", database_url(own_database), "tests.hourly", CACHE_URL=cache) as other,
        ):
            before = other.get(f"/ko/2024/halls/{hall.code}/")
            saved = one.post(form_of(hall), typed, session)
            assert (saved.status, Hall.objects.get().name_ko) == (302, "수출관"), saved
            answers = other.get_until(f"/ko/2024/halls/{hall.code}/", lambda answer: answer != before)

    assert (before.status, "혁신관" in before.text) == (200, True)
    assert (answers[-1].status, "수출관" in answers[-1].text) == (200, True)
