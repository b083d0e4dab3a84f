"""Measures the search of 1,000, 10,000 and 100,000 exhibitors on SQLite and PostgreSQL; last results in README.md.

`python3 dev.py bench search [ROWS …]`. Each database is filled and measured by a process of its own.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first

from bench import _apart, _serving  # noqa: E402
from tests.scratch import clean_environment, cluster, scratch_folder  # noqa: E402

ROWS = {"SQLite": (1_000, 10_000), "PostgreSQL": (1_000, 10_000, 100_000)}
_SEPARATOR = "of"


def main(chosen: set[int]) -> None:
    print(_serving.heading())
    print("Milliseconds, median/95th percentile.")
    with scratch_folder() as scratch, cluster(scratch) as postgresql:
        for vendor, sizes in ROWS.items():
            for rows in sizes:
                if (vendor == "SQLite" or postgresql) and (not chosen or rows in chosen):
                    print(f"\n### {vendor}, {rows:,} exhibitors\n", flush=True)
                    _run_apart(rows, scratch / f"{vendor}-{rows}", postgresql if vendor == "PostgreSQL" else "")


def _run_apart(rows: int, folder: Path, url: str) -> None:
    folder.mkdir()
    environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
    if url:
        environment["DATABASE_URL"] = _apart.new_database(url, f"rows_{rows}")
    subprocess.run([sys.executable, __file__, _SEPARATOR, str(rows)], env=environment, cwd=ROOT, check=True)


def _measure(rows: int) -> None:
    django.setup()
    from bench._search_measuring import measure  # noqa: PLC0415 Django is ready only now

    measure(rows)


if __name__ == "__main__":
    if sys.argv[1:2] == [_SEPARATOR]:
        _measure(int(sys.argv[2]))
    else:
        main({int(rows) for rows in sys.argv[1:]})
