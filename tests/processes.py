"""Runs Python in processes of its own on the database of the tests."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
_SET_UP = "import django; django.setup();"


def start(code: str, *, database: str = "", **options: object) -> subprocess.Popen[str]:
    """Start a process that runs `code` with Django set up, on the tests' database or another one of its server.

    Its rows must be committed for the process to see them, and its output is text.
    """
    environment = os.environ | {
        "DATABASE_URL": database_url(database),
        "DJANGO_SETTINGS_MODULE": "expo.settings",
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-c", _SET_UP + code],
        cwd=ROOT,
        env=environment,
        text=True,
        encoding="utf-8",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,  # type: ignore[call-overload]
    )


def finish(process: subprocess.Popen[str], typed: str = "") -> str:
    """Wait for the end and return what the process printed; its complaints are the failure's text."""
    output, complaints = process.communicate(typed, timeout=120)
    assert process.returncode == 0, complaints
    return output


def finish_all(processes: Sequence[subprocess.Popen[str]]) -> list[str]:
    """Wait for all, and end those that are left when one fails."""
    try:
        return [finish(process) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def database_url(name: str = "") -> str:
    settings = connection.settings_dict
    name = name or str(settings["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    user, password, host = (quote(str(settings[key]), safe="") for key in ("USER", "PASSWORD", "HOST"))
    port = f":{settings['PORT']}" if settings["PORT"] else ""
    return f"postgres://{user}{f':{password}' if password else ''}@{host}{port}/{name}"
