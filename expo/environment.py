"""Reads and checks the values that settings take from the environment."""

import os
import re
import secrets
from collections.abc import Collection, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def required_in_production(name: str, value: str, *, is_production: bool, example: str) -> str:
    """Return value, or stop with a sentence that says what to set."""
    if is_production and not value:
        raise ImproperlyConfigured(f"Set EXPO_{name} in production, for example EXPO_{name}={example}")
    return value


def secret_key(value: str, *, folder: Path, is_production: bool) -> str:
    """Return the key given, else (outside production) one made on the first run and kept in `folder`."""
    required_in_production("SECRET_KEY", value, is_production=is_production, example="a random text of 50 characters")
    if is_production:
        _refuse_weak_key(value, folder / "secret_key")
    return value or _generated_key(folder / "secret_key")


def _refuse_weak_key(value: str, generated: Path) -> None:
    if len(value) < 50:
        raise ImproperlyConfigured("EXPO_SECRET_KEY is too short for production: use at least 50 random characters.")
    if len(set(value)) < 16 or value.startswith("django-insecure-"):
        raise ImproperlyConfigured(
            "EXPO_SECRET_KEY is easy to guess: make one with "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    if generated.is_file() and generated.read_text().strip() == value:
        raise ImproperlyConfigured(
            f"EXPO_SECRET_KEY is the key of development, which lies in {generated}: make another one for production."
        )


def debug(*, is_wanted: bool, is_production: bool) -> bool:
    """Return whether Django shows its debug pages, which tell anybody the settings and the code."""
    if is_wanted and is_production:
        raise ImproperlyConfigured("EXPO_DEBUG shows strangers the code and the settings: unset it in production.")
    return is_wanted


def allowed_hosts(values: Sequence[str], *, is_production: bool) -> list[str]:
    """Return the names under which the site may be asked for; raise for what names none, or any in production."""
    hosts = [host.strip() for host in values if host.strip()]
    required_in_production("ALLOWED_HOSTS", ",".join(hosts), is_production=is_production, example="expo.example.kr")
    for host in hosts if is_production else ():  # a machine of a developer's may be called anything
        if host in {"*", "."}:
            raise ImproperlyConfigured(
                "EXPO_ALLOWED_HOSTS=* lets strangers choose the host that pages name: list the site's own host names."
            )
        if not _HOST.fullmatch(host):
            raise ImproperlyConfigured(
                f"EXPO_ALLOWED_HOSTS holds {host!r}: write host names alone, without https://, port or path, "
                "for example expo.example.kr"
            )
    return hosts


_HOST = re.compile(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)


def trusted_origins(values: Sequence[str], *, is_production: bool) -> list[str]:
    """Return the origins from which forms may be sent besides the site's own; raise for what is no origin."""
    origins = [origin.strip().rstrip("/") for origin in values if origin.strip()]
    for origin in origins:
        parts = urlsplit(origin)
        has_more = bool(parts.path or parts.query or parts.fragment or "@" in parts.netloc)
        schemes = {"https"} if is_production else {"http", "https"}
        if parts.scheme not in schemes or parts.netloc in {"", "*"} or has_more:
            raise ImproperlyConfigured(
                f"EXPO_CSRF_TRUSTED_ORIGINS holds {origin!r}: write origins with https:// and without a path, "
                "for example https://expo.example.kr"
            )
    return origins


def _generated_key(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        try:
            # A hard link either creates the whole file or fails: two first runs at once get the same key.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()


def base_url(value: str, *, is_production: bool) -> str:
    """Return the site's public address without its last slash; raise where it is none, or not https in production."""
    required_in_production("BASE_URL", value, is_production=is_production, example="https://expo.example.kr")
    parts = urlsplit(value)
    if value and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/")):
        raise ImproperlyConfigured("EXPO_BASE_URL must be an address like https://expo.example.kr, without a path.")
    if is_production and parts.scheme != "https":
        raise ImproperlyConfigured("EXPO_BASE_URL must start with https:// in production.")
    return value.rstrip("/")


def session_idle(value: str, *, longest: timedelta) -> timedelta:
    """Return the time after which an idle session ends; raise where it is no number of minutes that can be meant."""
    least, most = 5, longest // timedelta(minutes=1)
    minutes = int(value) if value.isascii() and value.isdecimal() and len(value) < 6 else 0
    if not least <= minutes <= most:
        raise ImproperlyConfigured(f"EXPO_SESSION_IDLE_MINUTES must be a whole number from {least} to {most}.")
    return timedelta(minutes=minutes)


def admin_path(value: str) -> str:
    """Return the first part of the desk's address with the slash after it; raise where something else lives there."""
    name = value.strip("/")
    if not re.fullmatch(r"[A-Za-z0-9-]+", name):
        raise ImproperlyConfigured("EXPO_ADMIN_PATH must be letters, digits and hyphens, for example desk-of-2025/")
    if name.casefold() in TAKEN_PATHS:
        raise ImproperlyConfigured(f"EXPO_ADMIN_PATH cannot be {name}: other pages live there.")
    return f"{name}/"


TAKEN_PATHS = {
    "ko",
    "en",
    "api",
    "code",
    "media",
    "static",
    "robots",
    "sitemap",
    "healthz",
    "readyz",
    "metrics",
}
"""First parts of addresses that are not the desk's, or could be taken for them."""


def metrics_token(value: str) -> str:
    """Return the word that Prometheus has to know, empty where nobody may ask; raise where it could be guessed."""
    if value and not re.fullmatch(r"[!-~]{32,}", value):
        raise ImproperlyConfigured(
            "EXPO_METRICS_TOKEN must be at least 32 letters, digits and signs without spaces, for example "
            "what `openssl rand -hex 32` prints."
        )
    return value


def one_of(name: str, value: str, choices: Collection[str]) -> str:
    if value not in choices:
        raise ImproperlyConfigured(f"EXPO_{name} must be {' or '.join(choices)}.")
    return value


def least_free(value: str) -> int:
    """Return in bytes the free space below which a machine is not ready; raise where it is no number of megabytes."""
    if not (value.isascii() and value.isdecimal() and len(value) < 9):
        raise ImproperlyConfigured("EXPO_LEAST_FREE_MB must be a whole number of megabytes, for example 200.")
    return int(value) * 1024 * 1024


def page_store_bytes(value: str) -> int:
    """Return how many bytes of pages a process keeps; raise where the value is no number of megabytes."""
    if not (value.isascii() and value.isdecimal() and len(value) < 5):
        raise ImproperlyConfigured("EXPO_PAGE_STORE_MB must be a whole number of megabytes from 0 (no store) to 9999.")
    return int(value) * 1024 * 1024


def caches(url: str) -> dict[str, dict[str, Any]]:
    """Return Django's caches for a CACHE_URL, with how long a request waits for a Redis that does not answer.

    The address goes to Redis' own library as it is, which understands passwords, TLS and sockets. Raises for other
    kinds of shared caches: memcached refuses values above a megabyte, and no page needs it.
    """
    if not url:
        return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    parts = urlsplit(url)
    if parts.scheme not in {"redis", "rediss", "unix"} or not (
        parts.path if parts.scheme == "unix" else parts.hostname
    ):
        raise ImproperlyConfigured(
            "CACHE_URL must name a Redis server, for example CACHE_URL=redis://localhost:6379/0 or "
            "CACHE_URL=unix:///run/redis/redis-server.sock"
        )
    waits = {"socket_timeout": 0.25, "socket_connect_timeout": 0.25}  # seconds; to make a page takes less
    return {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url, "OPTIONS": waits}}


def databases(config: dict[str, Any], *, is_serving: bool) -> dict[str, dict[str, Any]]:
    """Add to a parsed DATABASE_URL what was measured to be safe for its vendor.

    Time limits protect the visitors of a web server from each other; a management command has none but a lock's.
    """
    engine = config["ENGINE"]
    if engine == "django.db.backends.sqlite3":
        safe = _SQLITE
    elif engine == "django.db.backends.postgresql":
        safe = _POSTGRESQL_SERVING if is_serving else _POSTGRESQL
    else:
        raise ImproperlyConfigured("DATABASE_URL must name a SQLite or a PostgreSQL database.")
    return {"default": {**config, **safe, "OPTIONS": {**safe["OPTIONS"], **config.get("OPTIONS", {})}}}


_SQLITE: dict[str, Any] = {
    "ENGINE": "expo.sqlite_in_turn",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=134217728; "
            "PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000;"
        ),
    },
}

# A machine that vanishes says no goodbye: without these a request waits for it for a quarter of an hour.
_VANISHES = {"keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3, "tcp_user_timeout": 6000}
_POSTGRESQL: dict[str, Any] = {
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {"connect_timeout": 3, **_VANISHES, "options": "-c lock_timeout=10000"},
}
_POSTGRESQL_SERVING: dict[str, Any] = {
    **_POSTGRESQL,
    "OPTIONS": {
        "connect_timeout": 3,
        **_VANISHES,
        "options": "-c statement_timeout=5000 -c lock_timeout=2000 -c idle_in_transaction_session_timeout=10000",
    },
}
