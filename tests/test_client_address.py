"""From which address a request comes: what a client writes into its own headers does not count."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from expo import client_address

ROOT = Path(__file__).resolve().parent.parent
BEHIND_NGINX = "HTTP_X_FORWARDED_FOR"


def address(remote: str, forwarded: str | None = None) -> str | None:
    headers = {} if forwarded is None else {"x-forwarded-for": forwarded}
    return client_address.of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote))


@pytest.mark.parametrize(("production", "header"), [("0", "None"), ("1", BEHIND_NGINX)])
def test_a_header_counts_in_production_alone(production: str, header: str, tmp_path: Path) -> None:
    env = {
        "EXPO_VAR": str(tmp_path),
        "EXPO_PRODUCTION": production,
        "EXPO_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 2,
        "EXPO_ALLOWED_HOSTS": "expo.example",
        "EXPO_BASE_URL": "https://expo.example",
    }
    code = "from expo import settings; print(settings.CLIENT_ADDRESS_HEADER)"

    output = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, check=True)

    assert output.stdout.decode().strip() == header


def test_outside_production_a_forged_header_does_not_help(settings: Settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = None

    assert address("203.0.113.7", "198.51.100.9") == "203.0.113.7"


@pytest.mark.parametrize("forwarded", ["198.51.100.9", "8.8.8.8, 198.51.100.9", "nonsense,198.51.100.9 "])
def test_behind_nginx_the_last_address_counts(forwarded: str, settings: Settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = BEHIND_NGINX

    assert address("127.0.0.1", forwarded) == "198.51.100.9"


@pytest.mark.parametrize("forwarded", [None, "", "198.51.100.9,", "198.51.100.9, nonsense", "' OR 1=1"])
def test_without_a_usable_header_the_connection_counts(forwarded: str | None, settings: Settings) -> None:
    settings.CLIENT_ADDRESS_HEADER = BEHIND_NGINX

    assert address("127.0.0.1", forwarded) == "127.0.0.1"


def test_an_ipv6_address_counts_as_its_network() -> None:
    assert address("2001:db8:1:2:aaaa::1") == address("2001:db8:1:2:bbbb::2") == "2001:db8:1:2::"
    assert address("2001:db8:1:3::1") == "2001:db8:1:3::"
    assert address("::ffff:203.0.113.7") == "203.0.113.7"


def test_a_local_socket_has_no_address() -> None:
    assert address("") is None
