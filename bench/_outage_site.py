"""What stands behind the door, to be broken and mended: PostgreSQL, Redis, workers of gunicorn, nginx."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import psycopg

from bench import _serving
from bench._outage_asking import HOST
from tests.redis_server import redis_server
from tests.scratch import clean_environment, find_postgresql, run_as_cluster_user

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


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """As in production: nginx's headers are believed."""
    folder.mkdir(exist_ok=True)
    own = {
        "DJANGO_SETTINGS_MODULE": "expo.settings",
        "EXPO_PRODUCTION": "1",
        "EXPO_SECRET_KEY": "x" * 50,
        "EXPO_ALLOWED_HOSTS": HOST,
        "EXPO_BASE_URL": f"https://{HOST}",
        "PYTHONPATH": str(ROOT),
    }
    return clean_environment(folder) | own | ({"DATABASE_URL": database} if database else {})


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


@contextmanager
def gunicorn(env: Mapping[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Two workers of four threads, with production's own file."""
    with _serving.serve(env, more=["--config", "deploy/gunicorn.conf.py"]) as served:
        yield served


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


@contextmanager
def nginx(folder: Path, upstream: str, ports: Sequence[int]) -> Iterator[int]:
    """The files of deploy/nginx on a port of their own, their addresses led to these ports; yield that port."""
    folder.mkdir()
    (folder / "snippets").mkdir()
    port = _free_port()
    for path in (ROOT / "deploy" / "nginx").iterdir():
        text = path.read_text().replace("/etc/ssl/expo", str(folder)).replace("/var/log/nginx", str(folder))
        text = text.replace("include snippets/", f"include {folder}/snippets/").replace("/srv/expo/var", str(folder))
        text = text.replace("listen 443", f"listen 127.0.0.1:{port}").replace("listen 80", f"listen unix:{folder}/80")
        text = re.sub(r"server (127\.0\.0\.1|10\.0\.0\.11):8000", f"server 127.0.0.1:{ports[0]}", text)
        text = text.replace("server 10.0.0.12:8000", f"server 127.0.0.1:{ports[-1]}")
        (folder / ("snippets" if path.name == "expo-proxy.conf" else ".") / path.name).write_text(text)
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder, upstream=upstream))
    certificate: list[str | Path] = [
        "-keyout",
        folder / "privkey.pem",
        "-out",
        folder / "fullchain.pem",
        "-subj",
        f"/CN={HOST}",
    ]
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run([*request, *certificate], check=True, capture_output=True)
    environ = {"PATH": os.environ.get("PATH", "") + ":/usr/sbin"}
    command: list[str | Path] = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    try:
        _serving.wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


_NGINX = """
pid {folder}/nginx.pid;
error_log stderr;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/{upstream};
    include {folder}/expo.conf;
}}
"""
