"""What stands behind the door, to be broken and mended: PostgreSQL, Redis, workers of gunicorn."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from tests.redis_server import redis_server
from tests.scratch import find_postgresql, run_as_cluster_user

ROOT = Path(__file__).resolve().parent.parent
ORGANISERS = 3

_SET_UP = """
import django, json
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from exhibitors.models import Hall
def signed_in(number):
    client = Client()
    client.force_login(User.objects.create_superuser(f"organiser-{number}"))
    return client.cookies["sessionid"].value
halls = Hall.objects.filter(edition__slug="2024").order_by("pk")[:%d]
addresses = [f"/admin/exhibitors/hall/{hall.pk}/change/" for hall in halls]
print(json.dumps([(signed_in(number), address) for number, address in enumerate(addresses)]))
"""
_STORED = """
import django, json
django.setup()
from exhibitors.models import Hall
from reversion.models import Version
halls = Hall.objects.filter(edition__slug="2024")
print(json.dumps([[hall.name_ko for hall in halls],
    [version.field_dict["name_ko"] for hall in halls for version in Version.objects.get_for_object(hall)]]))
"""


def fill(env: Mapping[str, str]) -> list[tuple[str, str]]:
    """Load the sample, and return of each organiser the session and the address of a hall's form."""
    for words in (("migrate", "--verbosity=0"), ("load_sample",), ("collectstatic", "--no-input", "--verbosity=0")):
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, env=env, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return [(session, address) for session, address in json.loads(_run(_SET_UP % ORGANISERS, env))]


def stored(env: Mapping[str, str]) -> tuple[set[int], set[int]]:
    """The numbers that halls have now, and all that they ever had by their history."""
    now, ever = json.loads(_run(_STORED, env))
    return _numbers(now), _numbers(ever)


def _run(program: str, env: Mapping[str, str]) -> str:
    return subprocess.run(
        [sys.executable, "-c", program], env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


def _numbers(names: Sequence[str]) -> set[int]:
    return {int(found[1]) for name in names if (found := re.search(r" 개정(\d+)$", name))}


def kill_worker(server: subprocess.Popen[bytes]) -> None:
    os.kill(children(server.pid)[0], signal.SIGKILL)


def children(pid: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


class Postgres:
    """The cluster of tests.scratch, but one that keeps what it has confirmed."""

    def __init__(self, scratch: Path, url: str) -> None:
        self.home = scratch / "pg"
        self._programs = find_postgresql() or sys.exit("This needs PostgreSQL.")
        self.server = url.rpartition("/")[0]
        with psycopg.connect(f"{self.server}/postgres", autocommit=True) as administration:
            for setting in ("fsync", "full_page_writes", "synchronous_commit"):
                administration.execute(f"ALTER SYSTEM SET {setting} = on")
            administration.execute("SELECT pg_reload_conf()")
            administration.execute("CREATE DATABASE outage")
        self.url = f"{self.server}/outage"

    def kill(self) -> None:
        """End the postmaster and all of its children at once, as a lack of memory or of current may."""
        postmaster = int((self.home / "data" / "postmaster.pid").read_text().split()[0])
        for pid in [postmaster, *children(postmaster)]:
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        self._control("stop", "--mode=fast", "--wait")

    def start(self) -> float:
        """Return the moment from which it took connections."""
        self._control("start", "--no-wait", f"--log={self.home / 'log'}")
        while True:
            try:
                psycopg.connect(f"{self.server}/outage").close()
            except psycopg.OperationalError:
                time.sleep(0.005)
            else:
                return time.monotonic()

    def _control(self, *words: str) -> None:
        run_as_cluster_user(self._programs / "pg_ctl", *words, f"--pgdata={self.home / 'data'}", home=self.home)


class Redis:
    """One that can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "redis"
        self.url = f"unix://{self.socket}"
        self._open()

    def _open(self) -> None:
        self._running = redis_server(self.socket)
        self._process = self._running.__enter__()

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.socket.unlink(missing_ok=True)

    def start(self) -> float:
        self._open()
        return time.monotonic()

    def end(self) -> None:
        self._running.__exit__(None, None, None)
