"""Every kind of public page made anew for 8 visitors at once: 10,000 exhibitors on SQLite, 100,000 on PostgreSQL.

`python3 dev.py bench pages -- [ROWS-ON-SQLITE ROWS-ON-POSTGRESQL]`. One gunicorn of two workers without a page store.
Of exhibitors and of names searched for, each is another one; of words that every tenth exhibitor has, there are eight.
What lists everything on no pages (whole lists as files and on paper) is asked for one hall. Milliseconds, and what is
sent.
"""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first

from bench import _apart, _invented, _serving  # noqa: E402
from bench._serving import Results  # noqa: E402
from exhibitors.search.company_forms import strip_company_form  # noqa: E402
from tests.scratch import clean_environment, cluster, scratch_folder  # noqa: E402

ROWS = (10_000, 100_000)
AT_ONCE = 8
COMMON = ("산업", "로봇", "스마", "친환", "테크", "정밀", "식품", "전자")
SEARCHED = "/ko/{e}/exhibitors/?q={name}"
EACH = 25  # requests of each visitor for each page
PAGES = (
    "/ko/{e}/",
    "/ko/{e}/exhibitors/",
    "/ko/{e}/exhibitors/?page=7",
    "/ko/{e}/exhibitors/?hall=hall-3&industry=industry-2",
    "/ko/{e}/exhibitors/?sort=booth",
    "/ko/{e}/exhibitors/?q={common}",
    SEARCHED,
    "/ko/{e}/exhibitors/firm-{n}/",
    "/ko/{e}/halls/",
    "/ko/{e}/halls/hall-3/",
    "/ko/{e}/themes/theme-1/",
    "/ko/{e}/industries/",
    "/ko/{e}/industries/industry-2/",
    "/ko/{e}/changes/",
    "/ko/{e}/suggestions/?q={name}",
    "/ko/",
    "/api/v1/editions/{e}/exhibitors/",
    "/ko/{e}/print/booths/?hall=hall-3&industry=industry-2",
    "/ko/{e}/exhibitors.csv?hall=hall-3&industry=industry-2",
    "/ko/{e}/print/booths/?hall=hall-3",
    "/ko/{e}/exhibitors.csv?hall=hall-3",
    "/sitemap-1.xml",
)


def main(sqlite: int, postgresql: int) -> None:
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch, cluster(scratch) as url:
        for vendor, rows in (("SQLite", sqlite), ("PostgreSQL", postgresql)):
            if rows and (vendor == "SQLite" or url):
                measure(vendor, rows, scratch / vendor, url)


def measure(vendor: str, rows: int, folder: Path, url: str) -> None:
    folder.mkdir()
    environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings", "EXPO_PAGE_STORE_MB": "0"}
    if vendor == "PostgreSQL":
        environment["DATABASE_URL"] = _apart.new_database(url, "pages")
    subprocess.run([sys.executable, __file__, "fill", str(rows)], env=environment, cwd=ROOT, check=True)
    print(f"\n{vendor}, {rows:,} exhibitors", flush=True)
    with _serving.serve(environment) as (port, server):
        asyncio.run(crowd(port, addresses(SEARCHED, rows), 6))
        time.sleep(rows / 5000)  # each worker learns the edition's words meanwhile
        for page in PAGES:
            paths = addresses(page, rows)
            asyncio.run(crowd(port, paths, 6))
            results, size = asyncio.run(crowd(port, paths, EACH))
            print(f"{page:54}{size / 1000:7.1f} kB  {results}", flush=True)
        memory = ", ".join(f"{size:.0f} MB" for size in _serving.memory_of_workers(server))
    print(f"workers: {memory}", flush=True)


def addresses(page: str, rows: int) -> Iterator[str]:
    """The page again and again, with other words each time where it has any."""
    names = dict.fromkeys(strip_company_form(firm.name_ko)[:3] for firm in _invented.firms(300))
    named, common = list(map(quote, names)), list(map(quote, COMMON))
    for number in count():
        words = {"name": named[number % len(named)], "common": common[number % len(common)]}
        yield page.format(e=f"bench-{rows}", n=number * 37 % rows, **words)


async def crowd(port: int, paths: Iterator[str], each: int) -> tuple[Results, int]:
    results = Results()
    sizes: list[int] = []

    async def visit() -> None:
        sizes.extend([len(await _serving.ask(port, next(paths), results)) for _ in range(each)])

    await asyncio.gather(*(visit() for _ in range(AT_ONCE)))
    return results, max(sizes)


def fill(rows: int) -> None:
    django.setup()
    from bench import _search_database  # noqa: PLC0415 Django is ready only now

    _search_database.fill(rows)


if __name__ == "__main__":
    words = sys.argv[1:]
    if words[:1] == ["fill"]:
        fill(int(words[1]))
    else:
        main(*([int(word) for word in words] or ROWS))
