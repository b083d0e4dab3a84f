"""2,000 visitors within a minute, three pages each, while organisers import 4,000 rows and edit all the time.

`python3 dev.py bench opening_day`, on SQLite and on PostgreSQL: one gunicorn of two workers with four threads each;
every visitor has connections of their own. First with a cold store: the server has just started, and many come at once.
"""

import asyncio
import csv
import json
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


from bench import _apart, _invented, _serving  # noqa: E402
from bench._serving import Results  # noqa: E402
from tests.scratch import clean_environment, cluster, scratch_folder  # noqa: E402

VISITORS, WITHIN, PAGES = 2000, 60.0, 3
COLD_VISITORS, COLD_WITHIN = 200, 5.0
IMPORTED = 4000
STAYS = 5.0  # seconds that a visitor reads a page

# What people open, how many of a hundred; {slug} is one of the exhibitors, {q} one of the searches.
MIX = (
    (25, "/ko/2024/"),
    (25, "/ko/2024/exhibitors/"),
    (8, "/ko/2024/exhibitors/?hall=export"),
    (6, "/ko/2024/exhibitors/?industry=food-beverage"),
    (16, "/ko/2024/exhibitors/?q={q}"),
    (16, "/ko/2024/exhibitors/{slug}/"),
    (2, "/en/2024/exhibitors/"),
    (2, "/ko/2024/halls/innovation/"),
)
SEARCHES = ("에바", "떡", "전기", "백제", "ev", "ㅇㄸㅁㅇ")

EDITS = """
import itertools, time
from exhibitors.domain import exhibitors as verbs
from exhibitors.models import Exhibitor
exhibitors = list(Exhibitor.objects.filter(edition__slug="2024")[:20])
for number in itertools.count():
    exhibitor = exhibitors[number % 20]
    exhibitor.main_products_ko = f"품목 {number}"
    verbs.save(exhibitor)
    print(number + 1, flush=True)
    time.sleep(1)
"""


def main() -> None:
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch, cluster(scratch) as url:
        for vendor in ("SQLite", "PostgreSQL"):
            if vendor == "SQLite" or url:
                measure(vendor, scratch / vendor, url)


def measure(vendor: str, folder: Path, url: str) -> None:
    folder.mkdir()
    environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
    if vendor == "PostgreSQL":
        environment["DATABASE_URL"] = _apart.new_database(url, "opening_day")
    manage(environment, "migrate", "--verbosity=0")
    manage(environment, "load_sample", "--verbosity=0")
    manage(environment, "collectstatic", "--no-input", "--verbosity=0")
    rows = write_rows(folder / "rows.csv")
    slugs = read_slugs(environment)
    with _serving.serve(environment) as (port, server):
        print(
            f"{vendor}, cold, {COLD_VISITORS} in {COLD_WITHIN:.0f} s: {crowd(port, slugs, COLD_VISITORS, COLD_WITHIN)}",
            flush=True,
        )
        with editing(environment) as edits, importing(environment, rows) as imported:
            results = crowd(port, slugs, VISITORS, WITHIN)
        memory = ", ".join(f"{size:.0f} MB" for size in _serving.memory_of_workers(server))
    print(f"{vendor}, {VISITORS} in {WITHIN:.0f} s: {results}")
    print(
        f"{vendor}, meanwhile: {edits[-1]} edits, import ended with {imported.returncode}; workers: {memory}",
        flush=True,
    )


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )


def read_slugs(environment: dict[str, str]) -> list[str]:
    listed = subprocess.run(
        [sys.executable, "manage.py", "search_exhibitors", "--edition=2024", "a", "ㅇ", "ㄱ", "ㅅ"],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    found = [exhibitor["slug"] for line in listed.stdout.splitlines() for exhibitor in json.loads(line)["exhibitors"]]
    return sorted(set(found))


def write_rows(path: Path) -> Path:
    """A list of invented companies, as an organiser would import it into the next edition."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["회사명", "전시관", "부스", "업종", "주요품목"])
        for number, firm in enumerate(_invented.firms(IMPORTED)):
            name = f"{firm.name_ko or firm.name_en} {number}"
            lines.writerow(
                [name, "", f"전시관 {number % 5}", f"A-{number}", f"업종 {number % 9}", firm.main_products_ko]
            )
    return path


@contextmanager
def importing(environment: dict[str, str], rows: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "manage.py",
        "import_exhibitors",
        str(rows),
        "--edition=2025",
        "--create",
        "--skip-problems",
    ]
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    yield process
    process.wait()


@contextmanager
def editing(environment: dict[str, str]) -> Iterator[list[str]]:
    code = f"import django; django.setup()\n{EDITS}"
    process = subprocess.Popen(
        [sys.executable, "-c", code], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    done: list[str] = ["0"]
    yield done
    process.terminate()
    done += (process.communicate()[0] or "").split()


def crowd(port: int, slugs: Sequence[str], count: int, within: float) -> Results:
    """Let visitors come, each look at some pages of the mix, and return what they got."""
    results = Results()
    chance = random.Random(2024)  # noqa: S311 the same crowd each time
    weights, addresses = zip(*MIX, strict=True)
    wanted = [
        path.format(slug=chance.choice(slugs), q=quote(chance.choice(SEARCHES)))
        for path in chance.choices(addresses, weights, k=PAGES * count)
    ]

    async def visit(number: int) -> None:
        for path in wanted[number::count]:
            await _serving.ask(port, path, results)
            await asyncio.sleep(STAYS)

    asyncio.run(_serving.visitors(count, within, visit))
    return results


if __name__ == "__main__":
    main()
