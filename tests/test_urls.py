"""Where the desk lives, and that its address is written down nowhere else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import get_resolver
from pytest_django import Settings

import dev
from expo.environment import TAKEN_PATHS

ROOT = Path(__file__).resolve().parent.parent
MOVED = """
import django; django.setup()
from django.test import RequestFactory
from django.urls import Resolver404, resolve, reverse
from exhibitors.views.search_engines import robots
print(reverse("admin:index"), reverse("admin:login"))
print(robots(RequestFactory().get("/robots.txt")).content.decode().splitlines()[:2])
try:
    resolve("/admin/")
except Resolver404:
    print("gone")
"""


def test_a_moved_desk_is_there_alone_and_robots_are_not_told(tmp_path: Path) -> None:
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "expo.settings",
        "EXPO_VAR": str(tmp_path),
        "EXPO_ADMIN_PATH": "desk-of-2025",
        "EXPO_ALLOWED_HOSTS": "testserver",
    }

    ended = subprocess.run([sys.executable, "-c", MOVED], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert ended.stdout.splitlines() == [
        "/desk-of-2025/ /desk-of-2025/login/",
        "['User-agent: *', 'Disallow: /*?']",
        "gone",
    ]


def test_robots_are_told_of_the_address_that_everybody_knows(client: Client, settings: Settings) -> None:
    usual = client.get("/robots.txt").content.decode()
    settings.ADMIN_PATH = "desk-of-2025/"
    moved = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/\n" in usual
    assert moved == usual.replace("Disallow: /admin/\n", "")


def test_every_first_part_of_an_address_is_refused_to_the_desk() -> None:
    patterns = (str(pattern.pattern).lstrip("^") for pattern in get_resolver().url_patterns)
    first_parts = {re.split(r"[/.]", pattern)[0] for pattern in patterns}
    others = {part.removesuffix("-<int:number>") for part in first_parts} - {"", "admin"}

    assert others - TAKEN_PATHS == set()
    assert {code for code, _name in django_settings.LANGUAGES} - TAKEN_PATHS == set()
    assert others >= {"api", "media", "robots", "sitemap"}


def test_nothing_but_robots_names_the_usual_address() -> None:
    folders = ("expo", "exhibitors", "templates", "static")
    kinds = {".py", ".html", ".js", ".css", ".xml"}
    sources = [path for name in folders for path in (ROOT / name).rglob("*") if path.suffix in kinds]

    named = [str(path.relative_to(ROOT)) for path in sources if "/admin/" in path.read_text(encoding="utf-8")]

    assert len(sources) > 200
    assert named == ["exhibitors/views/search_engines.py"]


@pytest.mark.parametrize(("value", "shown"), [(None, "admin"), ("/desk-of-2025/", "desk-of-2025"), ("desk", "desk")])
def test_dev_py_tells_where_organisers_sign_in(value: str | None, shown: str) -> None:
    env = {} if value is None else {"EXPO_ADMIN_PATH": value}

    assert dev.desk_address("http://127.0.0.1:8000", env) == f"http://127.0.0.1:8000/{shown}/"
