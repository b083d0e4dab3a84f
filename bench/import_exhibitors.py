"""Measures an import of 4,000 and 10,000 rows on SQLite and PostgreSQL: seconds, peak memory, how long it locks.

`python3 dev.py bench import_exhibitors`. Each database and size is a process of its own: a first import, then the same
file with every introduction changed. Last result (2026-11-26, 2 cores, Python 3.11, PostgreSQL 15, one process of the
fuzz measurement beside it); what is written is kept in the history too:

    database        rows   read, compare   write  locked  CPU locked  peak MB
    SQLite          4000            0.68    2.57    1.53        1.49      164  new
    SQLite          4000            0.95    3.10    1.30        1.26      222  changed
    SQLite         10000            1.64    6.11    3.72        3.62      255  new
    SQLite         10000            2.38    7.28    3.11        3.04      399  changed
    PostgreSQL      4000            0.76    3.58    2.57        1.69      146  new
    PostgreSQL      4000            1.01    3.11    1.32        0.53      176  changed
    PostgreSQL     10000            1.84    9.20    6.77        4.81      236  new
    PostgreSQL     10000            2.20    7.81    3.48        1.78      314  changed
"""

import csv
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROWS = (4_000, 10_000)
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from bench import _apart  # noqa: E402
from tests.scratch import clean_environment, cluster, scratch_folder  # noqa: E402


def main() -> None:
    print(f"{'database':12}{'rows':>8}{'read, compare':>16}{'write':>8}{'locked':>8}{'CPU locked':>12}{'peak MB':>9}")
    with scratch_folder() as scratch, cluster(scratch) as postgresql:
        for vendor, url in (("SQLite", ""), ("PostgreSQL", postgresql)):
            for rows in ROWS:
                if vendor == "SQLite" or url:
                    run_apart(vendor, rows, scratch / f"{vendor}-{rows}", url)


def run_apart(vendor: str, rows: int, folder: Path, url: str) -> None:
    folder.mkdir()
    environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
    if url:
        environment["DATABASE_URL"] = _apart.new_database(url, f"rows_{rows}")
    command = [sys.executable, __file__, vendor, str(rows)]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


def measure(vendor: str, rows: int) -> None:
    django.setup()
    from exhibitors.domain import importing  # noqa: PLC0415 Django is ready only now

    call_command("migrate", verbosity=0)
    for label, data in (("new", spreadsheet(rows)), ("changed", spreadsheet(rows, "둘째 소개"))):
        watch = LockWatch()
        started = time.perf_counter()
        preview = importing.preview(data, f"bench-{rows}", importing.Options(create=True))
        compared = time.perf_counter()
        with connection.execute_wrapper(watch):
            importing.apply(preview.difference)
        written = time.perf_counter()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{vendor:12}{rows:>8}{compared - started:>16.2f}{written - compared:>8.2f}"
            f"{written - watch.locked_at:>8.2f}{time.process_time() - watch.cpu_at:>12.2f}{peak:>9.0f}  {label}",
            flush=True,
        )


class LockWatch:
    """Notes when the first statement ran that keeps others from writing, by the clock and in CPU seconds."""

    locked_at = cpu_at = float("inf")

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 Django's signature
        if sql.startswith(("BEGIN", "INSERT")) or " FOR UPDATE" in sql:
            self.locked_at = min(self.locked_at, time.perf_counter())
            self.cpu_at = min(self.cpu_at, time.process_time())
        return execute(sql, params, many, context)


def spreadsheet(rows: int, introduction: str = "소개") -> bytes:
    """A CSV of invented firms: every tenth on two booths, every third booth shared, two industries each."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(["업체코드", "업체명", "영문명", "전시관", "부스", "업종", "주요품목", "소개", "홈페이지", "지역"])
    for number in range(rows):
        booth = f"A-{number // 3 * 2}" + (f", A-{number // 3 * 2 + 1}" if number % 10 == 0 else "")
        writer.writerow(
            [
                f"B{number:05}",
                f"주식회사 시험업체{number:05}",
                f"Test Company {number:05} Co., Ltd.",
                f"{number % 8 + 1}관",
                booth,
                f"업종{number % 20}; 업종{number % 7 + 20}",
                "협동로봇, 전기차충전기, 약밥·떡류",
                f"{introduction} {number}. " + "공장을 혁신해 좋은 제품을 만듭니다. " * 12,
                f"https://firm{number}.example",
                "경기도",
            ]
        )
    return file.getvalue().encode()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        measure(sys.argv[1], int(sys.argv[2]))
    else:
        main()
