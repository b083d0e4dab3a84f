"""A gunicorn of one worker, asked as a browser asks."""

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds; a loaded machine is no failure
CSRF = "a" * 32


@dataclass(frozen=True)
class Answer:
    status: int
    text: str


@dataclass(frozen=True)
class Served:
    port: int

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, "", {})

    def post(self, address: str, fields: Mapping[str, str], session: str = "") -> Answer:
        cookies = f"{settings.CSRF_COOKIE_NAME}={CSRF}; {settings.SESSION_COOKIE_NAME}={session}"
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, urlencode({**fields, "csrfmiddlewaretoken": CSRF}), headers)

    def _ask(self, method: str, address: str, body: str, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(method, address, body, dict(headers))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read().decode())

    def get_until(self, address: str, is_awaited: Callable[[Answer], bool]) -> list[Answer]:
        """Ask again and again until an answer is the awaited one; return all, that one last."""
        answers = [self.get(address)]
        end = time.monotonic() + PATIENCE
        while not is_awaited(answers[-1]):
            assert time.monotonic() < end, answers[-1]
            answers.append(self.get(address))
        return answers


@contextlib.contextmanager
def served(var: Path, database: str, application: str = "expo.wsgi", **environment: str) -> Iterator[Served]:
    """Serve a database; `var` becomes a folder with the names of static files that pages need."""
    (var / "static").mkdir(parents=True)
    files = [str(path.relative_to(ROOT / "static")) for path in (ROOT / "static").rglob("*") if path.is_file()]
    manifest = {"paths": {name: name for name in files}, "version": "1.1", "hash": ""}
    (var / "static" / "staticfiles.json").write_text(json.dumps(manifest))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"EXPO_VAR": str(var), "DATABASE_URL": database, "EXPO_SECRET_KEY": settings.SECRET_KEY}
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listener:
        port, number = listener.getsockname()[1], listener.fileno()
        options = [f"--bind=fd://{number}", "--workers=1", "--worker-class=gthread", "--threads=4"]
        command = [sys.executable, "-m", "gunicorn", application, *options, "--no-control-socket", "--log-level=error"]
        process = subprocess.Popen(command, cwd=ROOT, env={**kept, **own, **environment}, pass_fds=[number])
    try:
        yield Served(port)
    finally:
        process.terminate()
        process.wait()
