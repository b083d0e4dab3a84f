"""What stands in deploy/ is read by the programs that it is for, and says what the settings say."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from expo import settings

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough: no database is asked")

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"
PATHS = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
NGINX = shutil.which("nginx", path=PATHS)
OPENSSL = shutil.which("openssl", path=PATHS)
SYSTEMD = shutil.which("systemd-analyze", path=PATHS)

needs_nginx = pytest.mark.skipif(not (NGINX and OPENSSL), reason="nginx or openssl is not installed")
needs_systemd = pytest.mark.skipif(not SYSTEMD, reason="systemd-analyze is not installed")

NGINX_CONF = """
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/{upstream};
    include {folder}/expo.conf;
}}
"""


def run(*command: str | Path, folder: Path = ROOT) -> tuple[int, str]:
    ended = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return ended.returncode, ended.stdout


# nginx


def nginx_folder(tmp_path: Path, upstream: str) -> Path:
    """A copy whose paths and ports lead into a folder of the test."""
    (tmp_path / "snippets").mkdir()
    for path in (DEPLOY / "nginx").iterdir():
        text = path.read_text().replace("/etc/ssl/expo", str(tmp_path)).replace("/var/log/nginx", str(tmp_path))
        text = re.sub(r"listen (\d+)", rf"listen unix:{tmp_path}/\1", text)
        text = text.replace("include snippets/", f"include {tmp_path}/snippets/")
        target = tmp_path / "snippets" if path.name == "expo-proxy.conf" else tmp_path
        (target / path.name).write_text(text)
    (tmp_path / "nginx.conf").write_text(NGINX_CONF.format(folder=tmp_path, upstream=upstream))
    key, certificate = tmp_path / "privkey.pem", tmp_path / "fullchain.pem"
    request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1"]
    code, said = run(OPENSSL or "", *request, "-subj", "/CN=expo.example.kr", "-keyout", key, "-out", certificate)
    assert code == 0, said
    return tmp_path


@needs_nginx
@pytest.mark.parametrize("upstream", ["upstream.conf", "upstream-two-machines.conf"])
def test_nginx_understands_its_files(tmp_path: Path, upstream: str) -> None:
    folder = nginx_folder(tmp_path, upstream)

    code, said = run(NGINX or "", "-t", "-p", folder, "-c", folder / "nginx.conf")

    complaints = [line for line in said.splitlines() if "[emerg]" in line or "[warn]" in line or "[alert]" in line]
    assert (code, complaints) == (0, [])


@needs_nginx
def test_nginx_would_not_understand_a_mistake(tmp_path: Path) -> None:
    folder = nginx_folder(tmp_path, "upstream.conf")
    site = folder / "expo.conf"
    site.write_text(site.read_text().replace("gzip_static on;", "gzip_statics on;"))

    code, said = run(NGINX or "", "-t", "-p", folder, "-c", folder / "nginx.conf")

    assert (code, 'unknown directive "gzip_statics"' in said) == (1, True)


def nginx(name: str) -> str:
    """A file of nginx without its comments."""
    return re.sub(r"(?m)(^|\s)#.*$", "", (DEPLOY / "nginx" / name).read_text())


def test_files_from_the_disk_have_the_headers_that_the_site_gives() -> None:
    told = dict(re.findall(r'add_header ([A-Za-z-]+) "?(.*?)"? always;', nginx("expo.conf")))

    assert told.pop("Content-Security-Policy").startswith("default-src 'none'; ")
    assert told == {
        "Cache-Control": "$expo_files_age",
        "X-Content-Type-Options": "nosniff",
        "X-Request-ID": "$request_id",
        "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
        "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
        "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
        "Permissions-Policy": django_settings.PERMISSIONS_POLICY,
    }


def test_nothing_that_a_client_says_of_itself_passes_nginx() -> None:
    told = dict(re.findall(r'proxy_set_header ([A-Za-z-]+) "?(.*?)"?;', nginx("expo-proxy.conf")))

    assert told == {
        "Host": "$host",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "$remote_addr",
        "X-Request-ID": "$request_id",
    }


def test_nginx_logs_no_query_and_nobody() -> None:
    variables = set(re.findall(r"\$(\w+)", nginx("expo.conf").partition("log_format")[2].partition(";")[0]))

    assert variables == {
        "time_iso8601",
        "request_id",
        "request_method",
        "uri",
        "status",
        "body_bytes_sent",
        "request_time",
    }


# systemd


def units(tmp_path: Path) -> list[Path]:
    """Copies that start programs which every machine with these tests has."""
    programs = Path(sys.executable).parent
    for path in (DEPLOY / "systemd").iterdir():
        (tmp_path / path.name).write_text(path.read_text().replace("/srv/expo/.venv/bin", str(programs)))
    return sorted(tmp_path.iterdir())


def verify(paths: list[Path]) -> tuple[int, list[str]]:
    """What systemd says of these units; it looks through those of the machine, too."""
    code, said = run(SYSTEMD or "", "verify", "--man=no", *paths)
    return code, [line for line in said.splitlines() if "expo" in line]


@needs_systemd
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    assert verify(units(tmp_path)) == (0, [])


@needs_systemd
def test_systemd_would_not_understand_a_mistake(tmp_path: Path) -> None:
    paths = units(tmp_path)
    service = tmp_path / "expo.service"
    service.write_text(service.read_text().replace("ProtectSystem=", "ProtectSytem="))

    _code, said = verify(paths)

    assert ["'ProtectSytem'" in line for line in said] == [True]


class Unit(configparser.RawConfigParser):
    def optionxform(self, optionstr: str) -> str:
        return optionstr


def read(path: Path) -> Unit:
    unit = Unit(strict=False)
    unit.read_string(path.read_text())
    return unit


@pytest.mark.parametrize("path", sorted((DEPLOY / "systemd").glob("*.service")), ids=lambda path: path.name)
def test_every_service_is_confined(path: Path) -> None:
    service = read(path)["Service"]

    assert [service[name] for name in ("User", "NoNewPrivileges", "ProtectSystem", "PrivateTmp", "ProtectHome")] == [
        "expo",
        "yes",
        "strict",
        "yes",
        "yes",
    ]
    assert (service["CapabilityBoundingSet"], "MemoryMax" in service) == ("", True)
    assert service["ReadWritePaths"].split()[0] == "/srv/expo/var"


def test_every_timer_starts_a_service() -> None:
    timers = {path.stem for path in (DEPLOY / "systemd").glob("*.timer")}
    once = {path.stem for path in (DEPLOY / "systemd").glob("*.service") if read(path)["Service"]["Type"] == "oneshot"}

    assert timers == once == {"expo-backup", "expo-clearsessions"}


def test_the_environment_file_names_settings_that_exist() -> None:
    named = set(re.findall(r"(?m)^(?:# )?((?:EXPO_|DATABASE_)\w+)=", (DEPLOY / "expo.env.example").read_text()))
    known = set(re.findall(r"(EXPO_\w+|DATABASE_URL)", (ROOT / "expo" / "settings.py").read_text()))

    assert named - known == set()
    assert named >= {"EXPO_PRODUCTION", "EXPO_SECRET_KEY", "EXPO_ALLOWED_HOSTS", "EXPO_BASE_URL", "DATABASE_URL"}
