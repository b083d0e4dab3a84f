"""The site as production starts it: gunicorn with its file, all lines of the log JSON, metrics of all workers."""

import http.client
import json
import os
import re
import socket
import string
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.db import connection as database

ROOT = Path(__file__).resolve().parent.parent
TOKEN = "a-token-of-at-least-32-characters"
pytestmark = pytest.mark.skipif(database.vendor != "sqlite", reason="it is served on a SQLite database of its own")
GIVEN = "0123456789abcdef0123456789abcdef"


@dataclass
class Server:
    process: subprocess.Popen[str]
    lines: list[dict[str, Any]] = field(default_factory=list)
    port: int = 0

    def wait_for(self, start: str) -> dict[str, Any]:
        """Read the log until a line says this."""
        assert self.process.stderr
        for text in self.process.stderr:
            self.lines.append(json.loads(text))
            if self.lines[-1]["message"].startswith(start):
                return self.lines[-1]
        raise AssertionError(f"it ended before it said {start}")

    def get(self, address: str, **headers: str) -> tuple[int, str, str]:
        """Status, request id and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", address, headers={name.replace("_", "-"): text for name, text in headers.items()})
        answer = connection.getresponse()
        body = answer.read().decode()
        connection.close()
        return answer.status, answer.headers["X-Request-ID"], body


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Two workers on a database without tables, with the names of static files that an error page needs."""
    var = tmp_path_factory.mktemp("var")
    (var / "static").mkdir()
    paths = {f"css/{name}.css": f"css/{name}.css" for name in ("tokens", "base", "layout", "components")}
    manifest = {"paths": paths, "version": "1.1", "hash": ""}
    (var / "static" / "staticfiles.json").write_text(json.dumps(manifest))
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env = kept | {
        "EXPO_VAR": str(var),
        "EXPO_PRODUCTION": "1",
        "EXPO_SECRET_KEY": string.printable[:62],
        "EXPO_ALLOWED_HOSTS": "expo.example",
        "EXPO_BASE_URL": "https://expo.example",
        "EXPO_METRICS_TOKEN": TOKEN,
        "GUNICORN_CMD_ARGS": "--bind=127.0.0.1:0 --workers=2",
    }
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "expo.wsgi"]
    with subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True) as process:
        # Ends the waiting for a line that does not come.
        watch = threading.Timer(60, process.kill)
        watch.start()
        server = Server(process)
        listening = re.search(r":(\d+) ", server.wait_for("Listening at: ")["message"])
        assert listening
        server.port = int(listening[1])
        yield server
        process.terminate()
        process.communicate()
        watch.cancel()


def test_it_lives_and_is_not_ready_without_its_tables(server: Server) -> None:
    assert server.get("/healthz")[::2] == (200, "ok\n")
    assert server.get("/readyz")[::2] == (503, "database: ok\nmigrations: failed\ndisk: ok\n")


def test_nginx_gives_the_id_that_answers_and_log_have(server: Server) -> None:
    status, own, _body = server.get("/ko/?q=typed-words", Host="expo.example", X_Request_ID=GIVEN)
    line = server.wait_for("GET unknown 301")

    assert (status, own) == (301, GIVEN)
    assert (line["request_id"], line["logger"], line["status"]) == (GIVEN, "expo.requests", 301)


def test_an_error_is_told_by_its_id_and_without_words(server: Server) -> None:
    asked = {"Host": "expo.example", "X_Forwarded_Proto": "https"}
    status, own, _body = server.get("/ko/2024/?q=typed-words", **asked)
    line = server.wait_for("Service Unavailable")

    assert (status, line["request_id"], line["level"]) == (503, own, "ERROR")
    assert line["error"][0] == "django.db.utils.OperationalError"


def test_what_is_no_request_is_told_without_its_text(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall("GET /?q=typed-words-비밀 HTTP/1.1\r\n\r\n".encode())
        answer = connection.recv(100)
    line = server.wait_for("Invalid request")

    assert answer.startswith(b"HTTP/1.1 400 ")
    assert (line["logger"], line["message"]) == ("gunicorn.error", "Invalid request")


def test_any_worker_tells_what_all_have_counted(server: Server) -> None:
    for _ in range(12):
        server.get("/nothing", Host="elsewhere.example")

    status, _own, told = server.get("/metrics", Authorization=f"Bearer {TOKEN}")

    assert status == 200
    assert 'expo_requests_total{method="GET",status="400",view="unknown"} 12.0' in told.splitlines()


def test_every_line_of_the_log_was_json_without_what_was_typed(server: Server) -> None:
    text = json.dumps(server.lines)

    assert {"gunicorn.error", "expo.requests", "expo.health"} <= {line["logger"] for line in server.lines}
    assert "typed-words" not in text
