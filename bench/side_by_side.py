"""The same 10,000 exhibitors searched here, in Datasette and in a plain Django list: milliseconds, and what is found.

`python3 dev.py bench side_by_side`; downloads Datasette into an environment of its own. One process each on one
SQLite file, asked in turn by one reader over HTTP; ours without its page store. Datasette searches an FTS5 table of
the same texts (trigrams, so that parts of Korean words are found) and counts the halls as a facet.
"""

import asyncio
import os
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first

from bench import _serving  # noqa: E402
from bench._invented_queries import queries  # noqa: E402
from bench._serving import Results  # noqa: E402
from tests.scratch import clean_environment, scratch_folder  # noqa: E402

ROWS = 10_000
DATASETTE = "datasette==0.65.5"
COUNTS = {
    "ours": r'id="count">.*?<strong>([\d,]+)</strong>',
    "Datasette": r"<h3>\s*([\d,]+) rows?",
    "plain Django": r"<p>(\d+)</p>",
}
FIELDS = {"ours": "q", "Datasette": "_search", "plain Django": "q"}
COPIED = """
CREATE TABLE exhibitors AS
    SELECT e.id, e.name_ko, e.name_en, e.main_products_ko, h.name_ko AS hall, b.number AS booth,
        (SELECT group_concat(p.name_ko, ' ') FROM site.exhibitors_product p WHERE p.exhibitor_id = e.id) AS products
    FROM site.exhibitors_exhibitor e
    LEFT JOIN site.exhibitors_boothassignment a ON a.id =
        (SELECT min(id) FROM site.exhibitors_boothassignment WHERE exhibitor_id = e.id)
    LEFT JOIN site.exhibitors_booth b ON b.id = a.booth_id
    LEFT JOIN site.exhibitors_hall h ON h.id = b.hall_id;
CREATE UNIQUE INDEX exhibitors_id ON exhibitors (id);
CREATE INDEX exhibitors_hall ON exhibitors (hall);
CREATE VIRTUAL TABLE exhibitors_fts USING fts5(
    name_ko, name_en, main_products_ko, products, booth, content="exhibitors", content_rowid="id", tokenize='trigram'
);
INSERT INTO exhibitors_fts (exhibitors_fts) VALUES ('rebuild');
"""


def main() -> None:
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch:
        environment = clean_environment(scratch) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
        subprocess.run([sys.executable, __file__, "fill"], env=environment, cwd=ROOT, check=True)
        copy(scratch / "expo.sqlite3", scratch / "copy.db")
        plain = "bench._plain_site:application"
        ours = environment | {"EXPO_PAGE_STORE_MB": "0"}
        with (
            _serving.serve(ours, workers=1) as (site, _),
            _serving.serve(environment, workers=1, application=plain) as (simple, _),
            datasette(scratch) as other,
        ):
            addresses = {
                "ours": (site, f"/ko/bench-{ROWS}/exhibitors/?"),
                "Datasette": (other, "/copy/exhibitors?_facet=hall&_size=24"),
                "plain Django": (simple, "/?"),
            }
            ask(site, f"/ko/bench-{ROWS}/exhibitors/?q={quote('가온')}", COUNTS["ours"])
            time.sleep(5)  # it learns the edition's words meanwhile
            compare(addresses, {"(the list)": [""] * 8, **queries(ROWS)})


def fill() -> None:
    django.setup()
    from bench import _search_database  # noqa: PLC0415 Django is ready only now

    _search_database.fill(ROWS)


def copy(site: Path, target: Path) -> None:
    with closing(sqlite3.connect(target)) as database:
        database.execute("ATTACH ? AS site", [str(site)])
        database.executescript(COPIED)


@contextmanager
def datasette(scratch: Path) -> Iterator[int]:
    """Yield the port of a Datasette that serves the copy."""
    folder = scratch / "datasette"
    venv.create(folder, with_pip=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", "--no-input", DATASETTE], check=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(folder / "bin" / "datasette"), "serve", str(scratch / "copy.db"), f"--port={port}"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ))
    try:
        _serving.wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def compare(addresses: Mapping[str, tuple[int, str]], asked: Mapping[str, Sequence[str]]) -> None:
    print("\n| query |" + "".join(f" {name}, ms | found |" for name in addresses))
    print("|---|" + "---|---|" * len(addresses))
    for kind, texts in asked.items():
        cells = []
        for name, (port, path) in addresses.items():
            answers = [
                ask(port, path + (f"&{FIELDS[name]}={quote(text)}" if text else ""), COUNTS[name]) for text in texts
            ]
            median = statistics.median(seconds for seconds, _ in answers) * 1000
            cells.append(f" {median:.0f} | {statistics.median_high(found for _, found in answers)} |")
        print(f"| {kind} |" + "".join(cells), flush=True)


def ask(port: int, path: str, count: str) -> tuple[float, int]:
    """Return the seconds that a page takes, and how many it says that it found."""
    results = Results()
    began = time.perf_counter()
    body = asyncio.run(_serving.ask(port, path, results, {"Accept-Encoding": "identity"}))
    seconds = time.perf_counter() - began
    if results.statuses[200] != 1:
        sys.exit(f"{path} was answered with {results}")
    found = re.search(count, body.decode(), re.DOTALL)
    return seconds, int(found[1].replace(",", "")) if found else 0


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else main()
