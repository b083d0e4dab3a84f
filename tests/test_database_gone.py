"""PostgreSQL goes away under a gunicorn and comes back: readers have their pages, and no form is lost."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.factories import make_edition, make_exhibitor
from tests.processes import database_url
from tests.scratch import cluster, find_postgresql, run_as_cluster_user, scratch_folder, stop_cluster
from tests.served import served

LIST = "/ko/2024/exhibitors/"
NOTICE = re.compile(r'<p class="banner" role="status">지금은 새 내용을 읽을 수 없습니다[^<]*</p>')

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or find_postgresql() is None, reason="a PostgreSQL of its own is taken away"
)


@pytest.fixture
def scratch() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield folder


def copy_to(server: str, name: str) -> str:
    """Copy a database of the tests to another server, and return its address there."""
    programs = find_postgresql() or Path()
    target = server.rpartition("/")[0] + "/gone"
    with psycopg.connect(server.rpartition("/")[0] + "/postgres", autocommit=True) as administration:
        administration.execute("CREATE DATABASE gone")
    dump: list[str | Path] = [programs / "pg_dump", "--format=custom", "--compress=0", database_url(name)]
    dumped = subprocess.run(dump, check=True, stdout=subprocess.PIPE).stdout
    subprocess.run([programs / "pg_restore", "--no-owner", f"--dbname={target}"], input=dumped, check=True)
    return target


def start_again(scratch: Path) -> None:
    home = scratch / "pg"
    options = ["--wait", f"--pgdata={home / 'data'}", f"--log={home / 'log'}"]
    started = run_as_cluster_user((find_postgresql() or Path()) / "pg_ctl", "start", *options, home=home)
    assert started.returncode == 0, started.stdout


def test_pages_go_on_a_form_comes_back_and_then_all_is_as_before(
    own_database: str, scratch: Path, tmp_path: Path
) -> None:
    make_exhibitor(make_edition(), "구름공방")
    typed = {"username": "kim", "next": "/admin/"}
    with cluster(scratch) as server, served(tmp_path / "var", copy_to(server, own_database)) as site:
        before = site.get(LIST)
        stop_cluster(scratch)
        old = site.get_until(LIST, lambda answer: answer != before)[-1]
        refused = site.post("/admin/login/", {**typed, "password": "not-a-real-secret-9"})
        unknown = site.get("/ko/2024/")
        start_again(scratch)
        after = site.get_until(LIST, lambda answer: answer != old)[-1]

    assert (before.status, "구름공방" in before.text) == (200, True)
    assert (old.status, NOTICE.sub("", old.text), len(NOTICE.findall(old.text))) == (200, before.text, 1)
    assert (refused.status, unknown.status) == (503, 503)
    kept = dict(re.findall(r'<textarea name="([^"]*)" hidden>\n(.*?)</textarea>', refused.text, re.DOTALL))
    assert {name: kept.get(name) for name in typed} == typed
    assert "not-a-real-secret-9" not in refused.text
    assert after == before
