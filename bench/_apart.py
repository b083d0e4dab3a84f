"""Runs a measurement in a process of its own for each database, which gets an empty one that it may do anything to."""

import subprocess
import sys
from pathlib import Path

import psycopg

from tests.scratch import clean_environment, cluster, scratch_folder

ROOT = Path(__file__).resolve().parent.parent
_PROGRAM = "import sys, django; django.setup(); from bench.{module} import measure; measure(*map(int, sys.argv[1:]))"


def run(module: str, *numbers: int, vendors: tuple[str, ...] = ("SQLite", "PostgreSQL")) -> None:
    """Call `measure` of a module of this folder with these numbers on each database; stop where it fails."""
    with scratch_folder() as scratch, cluster(scratch) as url:
        for vendor in vendors:
            if vendor == "PostgreSQL" and not url:
                print("PostgreSQL is not installed here.")
                continue
            folder = scratch / vendor
            folder.mkdir()
            environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
            if vendor == "PostgreSQL":
                environment["DATABASE_URL"] = new_database(url, "bench")
            command = [sys.executable, "-c", _PROGRAM.format(module=module), *map(str, numbers)]
            subprocess.run(command, env=environment | {"PYTHONPATH": str(ROOT)}, cwd=ROOT, check=True)


def new_database(url: str, name: str) -> str:
    """Make an empty database on the server of `url` and return its own URL."""
    server = url.rpartition("/")[0]
    with psycopg.connect(f"{server}/postgres", autocommit=True) as administration:
        administration.execute(f"CREATE DATABASE {name}")
    return f"{server}/{name}"
