"""The site as deploy/ puts it into production: nginx over TLS with its own files, gunicorn with its own."""

import os
import re
import secrets
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench import _serving
from tests.scratch import clean_environment

ROOT = Path(__file__).resolve().parent.parent
HOST = "expo.example.kr"
PATH = os.environ.get("PATH", "") + ":/usr/sbin"  # nginx stands there


def environment(folder: Path, database: str = "") -> dict[str, str]:
    """As in production: nginx's headers are believed."""
    folder.mkdir(exist_ok=True)
    own = {
        "DJANGO_SETTINGS_MODULE": "expo.settings",
        "EXPO_PRODUCTION": "1",
        "EXPO_SECRET_KEY": secrets.token_urlsafe(50),
        "EXPO_ALLOWED_HOSTS": HOST,
        "EXPO_BASE_URL": f"https://{HOST}",
        "PYTHONPATH": str(ROOT),
    }
    return clean_environment(folder) | own | ({"DATABASE_URL": database} if database else {})


@contextmanager
def gunicorn(env: Mapping[str, str]) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Two workers of four threads."""
    with _serving.serve(env) as served:
        yield served


@contextmanager
def nginx(folder: Path, upstream: str, ports: Sequence[int], *, files: Path | None = None) -> Iterator[int]:
    """The files of deploy/nginx on a port of their own, their addresses led to these ports; yield that port.

    `files` is the folder of what the site keeps, EXPO_VAR, where style sheets and pictures shall be served.
    """
    folder.mkdir()
    (folder / "snippets").mkdir()
    port = _free_port()
    for path in (ROOT / "deploy" / "nginx").iterdir():
        text = path.read_text().replace("/etc/ssl/expo", str(folder)).replace("/var/log/nginx", str(folder))
        text = text.replace("include snippets/", f"include {folder}/snippets/").replace(
            "/srv/expo/var", str(files or folder)
        )
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
    command: list[str | Path] = ["nginx", "-p", folder, "-c", folder / "nginx.conf", "-g", "daemon off;"]
    process = subprocess.Popen(command, env={"PATH": PATH}, stderr=subprocess.DEVNULL)
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
    types {{
        text/css css;
        application/javascript js;
        image/svg+xml svg;
        image/png png;
        image/webp webp;
    }}
    include {folder}/{upstream};
    include {folder}/expo.conf;
}}
"""
