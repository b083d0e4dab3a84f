"""Settings refuse what is unsafe, with a sentence that says what to do."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.redis import RedisCache
from django.core.exceptions import ImproperlyConfigured

from expo import environment

ROOT = Path(__file__).resolve().parent.parent
GOOD_KEY = "abcdefghijklmnopqrstuvwxyz" * 2
POSTGRESQL = {"ENGINE": "django.db.backends.postgresql", "NAME": "expo"}


def test_a_development_key_is_made_once_and_kept(tmp_path: Path) -> None:
    first = environment.secret_key("", folder=tmp_path / "var", is_production=False)
    assert len(first) >= 50
    assert environment.secret_key("", folder=tmp_path / "var", is_production=False) == first
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o077 == 0
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret_key"]


@pytest.mark.parametrize("value", ["", "short"])
def test_production_demands_a_long_key(tmp_path: Path, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_SECRET_KEY"):
        environment.secret_key(value, folder=tmp_path, is_production=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("value", ["x" * 60, "password" * 10, "0123456789" * 6, f"django-insecure-{GOOD_KEY}"])
def test_production_demands_a_key_that_cannot_be_guessed(tmp_path: Path, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"easy to guess: make one with python3 -c 'import secrets"):
        environment.secret_key(value, folder=tmp_path, is_production=True)


def test_production_refuses_the_key_of_development(tmp_path: Path) -> None:
    key = environment.secret_key("", folder=tmp_path, is_production=False)
    with pytest.raises(ImproperlyConfigured, match="make another one for production"):
        environment.secret_key(key, folder=tmp_path, is_production=True)
    assert environment.secret_key(GOOD_KEY, folder=tmp_path, is_production=True) == GOOD_KEY


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("*", "lets strangers choose the host"),
        (".", "lets strangers choose the host"),
        ("https://expo.example.kr", "without https://, port or path"),
        ("expo.example.kr:8000", "without https://, port or path"),
        ("expo.example.kr/", "without https://, port or path"),
        ("*.example.kr", "without https://, port or path"),
        ("expo example", "without https://, port or path"),
    ],
)
def test_production_demands_plain_host_names(value: str, told: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=told):
        environment.allowed_hosts(["expo.example.kr", value], is_production=True)


@pytest.mark.parametrize("values", [[], [""], [" "]])
def test_production_demands_a_host_name(values: list[str]) -> None:
    with pytest.raises(ImproperlyConfigured, match="Set EXPO_ALLOWED_HOSTS in production, for example"):
        environment.allowed_hosts(values, is_production=True)


def test_host_names_addresses_and_whole_domains_are_taken() -> None:
    hosts = ["expo.example.kr", ".example.kr", "192.0.2.7", "[2001:db8::7]", "localhost"]
    assert environment.allowed_hosts([f" {host}" for host in hosts], is_production=True) == hosts
    assert environment.allowed_hosts(["*", "my_laptop"], is_production=False) == ["*", "my_laptop"]


@pytest.mark.parametrize(
    "value",
    [
        "expo.example.kr",
        "http://expo.example.kr",
        "https://",
        "https://*",
        "https://a.example/x",
        "https://a@b.example",
    ],
)
def test_production_demands_whole_origins(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"EXPO_CSRF_TRUSTED_ORIGINS holds .*: write origins with https://"):
        environment.trusted_origins([value], is_production=True)


def test_origins_are_taken_with_ports_and_wildcards_and_in_development_without_encryption() -> None:
    values = ["https://expo.example.kr", "https://*.example.kr:8443/"]
    assert environment.trusted_origins(values, is_production=True) == [values[0], "https://*.example.kr:8443"]
    assert environment.trusted_origins(["http://localhost:8000"], is_production=False) == ["http://localhost:8000"]


def test_debug_pages_are_of_development_alone() -> None:
    assert environment.debug(is_wanted=True, is_production=False) is True
    assert environment.debug(is_wanted=False, is_production=True) is False
    with pytest.raises(ImproperlyConfigured, match="unset it in production"):
        environment.debug(is_wanted=True, is_production=True)


UNSAFE = {
    "EXPO_SECRET_KEY": "x" * 60,
    "EXPO_ALLOWED_HOSTS": "*",
    "EXPO_BASE_URL": "http://expo.example",
    "EXPO_CSRF_TRUSTED_ORIGINS": "expo.example",
    "EXPO_DEBUG": "1",
}


def test_production_refuses_what_is_unsafe_and_says_what_to_do(tmp_path: Path) -> None:
    """Each value is looked at when the settings are read, one process for all."""
    code = """
import os, runpy
for name, value in UNSAFE.items():
    safe = os.environ.get(name)
    os.environ[name] = value
    try:
        runpy.run_module("expo.settings")
    except Exception as error:
        print(type(error).__name__, str(error).split()[0], sep=": ")
    os.environ.pop(name) if safe is None else os.environ.update({name: safe})
print(runpy.run_module("expo.settings")["ALLOWED_HOSTS"])
"""
    environ = {
        "PATH": os.environ["PATH"],
        "EXPO_VAR": str(tmp_path),
        "EXPO_PRODUCTION": "1",
        "EXPO_SECRET_KEY": GOOD_KEY,
        "EXPO_ALLOWED_HOSTS": "expo.example",
        "EXPO_BASE_URL": "https://expo.example",
    }
    command = [sys.executable, "-c", f"UNSAFE = {UNSAFE!r}\n{code}"]

    ended = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)

    names = [line.removeprefix("ImproperlyConfigured: ").split("=")[0] for line in ended.stdout.splitlines()]
    assert names == [*UNSAFE, "['expo.example']"]


@pytest.mark.parametrize("value", ["", "expo.example.kr", "http://expo.example.kr", "https://expo.example.kr/path"])
def test_production_demands_an_https_address_without_a_path(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_BASE_URL"):
        environment.base_url(value, is_production=True)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", ""), ("http://localhost:8000/", "http://localhost:8000"), ("https://a.example", "https://a.example")],
)
def test_development_takes_any_address_or_none(value: str, expected: str) -> None:
    assert environment.base_url(value, is_production=False) == expected


@pytest.mark.parametrize(("value", "minutes"), [("5", 5), ("120", 120), ("720", 720)])
def test_an_idle_session_ends_after_the_minutes_given(value: str, minutes: int) -> None:
    assert environment.session_idle(value, longest=timedelta(hours=12)) == timedelta(minutes=minutes)


@pytest.mark.parametrize("value", ["", "0", "4", "721", "-5", "1.5", "two", "2h", "１２０", "9" * 400])
def test_an_idle_time_that_cannot_be_meant_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_SESSION_IDLE_MINUTES must be a whole number from 5 to 720"):
        environment.session_idle(value, longest=timedelta(hours=12))


def test_a_web_server_limits_statements_and_a_command_does_not() -> None:
    def options(*, is_serving: bool) -> str:
        return str(environment.databases(dict(POSTGRESQL), is_serving=is_serving)["default"]["OPTIONS"]["options"])

    assert "statement_timeout=5000" in options(is_serving=True)
    assert "statement_timeout" not in options(is_serving=False)


@pytest.mark.parametrize("is_serving", [True, False])
def test_a_database_whose_machine_vanishes_is_given_up_after_seconds(is_serving: bool) -> None:
    options = environment.databases(dict(POSTGRESQL), is_serving=is_serving)["default"]["OPTIONS"]
    silence = options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"]
    assert (silence, options["tcp_user_timeout"], options["connect_timeout"]) == (11, 6000, 3)


def test_what_the_address_of_the_database_says_wins() -> None:
    config: dict[str, Any] = {**POSTGRESQL, "OPTIONS": {"sslmode": "require", "connect_timeout": 9}}
    options = environment.databases(config, is_serving=True)["default"]["OPTIONS"]
    assert (options["sslmode"], options["connect_timeout"]) == ("require", 9)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("redis://:a%40b@cache.example:6380/3", {"password": "a@b", "host": "cache.example", "port": 6380, "db": 3}),
        ("rediss://expo:word@cache.example", {"username": "expo", "password": "word", "host": "cache.example"}),
        ("unix:///run/redis-7/expo2.sock?db=1", {"path": "/run/redis-7/expo2.sock", "db": 1}),
    ],
)
def test_a_redis_is_reached_as_its_address_says(url: str, expected: dict[str, Any]) -> None:
    config = environment.caches(url)["default"]
    client = RedisCache(config["LOCATION"], config)._cache.get_client()
    told = client.connection_pool.connection_kwargs
    assert {name: told.get(name) for name in expected} == expected
    assert (told["socket_timeout"], told["socket_connect_timeout"]) == (0.25, 0.25)


def test_without_an_address_each_process_has_a_cache_of_its_own() -> None:
    assert environment.caches("") == {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.mark.parametrize("url", ["memcache://localhost", "redis:///run/redis.sock", "unix://", "localhost:6379"])
def test_other_caches_are_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CACHE_URL must name a Redis server"):
        environment.caches(url)


def test_other_databases_are_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="SQLite or a PostgreSQL"):
        environment.databases({"ENGINE": "django.db.backends.mysql"}, is_serving=False)


@pytest.mark.parametrize("value", ["admin", "admin/", "/desk-of-2025/", "Desk"])
def test_the_desk_may_be_moved(value: str) -> None:
    assert environment.admin_path(value) == f"{value.strip('/')}/"


@pytest.mark.parametrize("value", ["", "/", "a/b", "a b", "책상", "desk.php", "a_b", "^admin", "x\n"])
def test_the_desk_moves_to_letters_digits_and_hyphens_alone(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_ADMIN_PATH must be letters, digits and hyphens"):
        environment.admin_path(value)


@pytest.mark.parametrize("value", ["ko", "EN/", "api", "media", "static", "robots", "healthz", "readyz", "metrics"])
def test_the_desk_does_not_move_to_where_other_pages_live(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="other pages live there"):
        environment.admin_path(value)


@pytest.mark.parametrize("value", ["", "x" * 32, "0123456789abcdef" * 4])
def test_a_token_is_long_or_none(value: str) -> None:
    assert environment.metrics_token(value) == value


@pytest.mark.parametrize("value", ["x" * 31, "x" * 31 + " ", "토" * 40, "x" * 40 + "\n"])
def test_a_token_that_could_be_guessed_or_not_be_sent_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_METRICS_TOKEN must be at least 32"):
        environment.metrics_token(value)


def test_a_choice_is_one_of_those_offered() -> None:
    assert environment.one_of("LOG_FORMAT", "json", ("json", "line")) == "json"
    with pytest.raises(ImproperlyConfigured, match=r"EXPO_LOG_FORMAT must be json or line\."):
        environment.one_of("LOG_FORMAT", "xml", ("json", "line"))


def test_free_space_is_given_in_megabytes() -> None:
    assert [environment.least_free(value) for value in ("0", "200")] == [0, 209_715_200]


@pytest.mark.parametrize("value", ["", "-1", "1.5", "much", "９", "9" * 20])
def test_free_space_that_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="EXPO_LEAST_FREE_MB must be a whole number"):
        environment.least_free(value)
