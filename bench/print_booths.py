"""Prints 99 and 2,482 exhibitors in every style and order with Chromium and reads each PDF back.

`python3 dev.py bench print_booths`, with real names where EXPO_REAL_DATA is set. Every character of every page was
accounted for: each name as often as in the list, heading and page number on every page, no row cut. Last result
(2 shared cores, Python 3.11, Chromium 156, SQLite; others were at work), seconds and kB:

edition order      rows   HTML  gzip    PDF  pages   load  print   read
2024    hall        103     55     8    407      5    0.8    0.5    1.1
2024    booth       106     55     8    408      5    0.2    0.4    1.1
2024    name        103     55     8    404      4    0.2    0.5    1.1
2024    industry    108     57     8    405      5    0.2    0.4    1.1
2021    hall       2656   1145   138   1299    104    2.3    4.1   21.0
2021    booth      3002   1448   142   1421    122    2.9    6.5   25.8
2021    name       2482   1229   130   1274    100    2.2    4.1   18.3
2021    industry   2482   1209   126   1225    100    3.3    4.0   20.5

The other styles of 2021, once, on a machine busy with other tests (load, print): directory 74 pages 4.0, 8.7; pages
2482 pages 7.4, 41.5; signs 3002 pages 5.1, 43.3. With each code as a picture of its own, signs took 61 to load.
"""

import gzip
import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first
from django.core.management import call_command  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from tests.browser import paper  # noqa: E402
from tests.runner import find_chromium  # noqa: E402
from tests.scratch import clean_environment, scratch_folder  # noqa: E402

LISTS = {
    **{order: f"booths/?by={order}" for order in ("hall", "booth", "name", "industry")},
    "directory": "directory/",
    "pages": "pages/",
    "signs": "signs/",
    "large": "booths/?size=large",
    "a3": "directory/?paper=a3",
}
REAL_LIST = Path("tidy", "krx-2021-with-english.csv")
PATIENCE = 120_000  # milliseconds
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def main() -> None:
    with scratch_folder() as scratch:
        environment = clean_environment(scratch) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
        command = [sys.executable, __file__, "fill"]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        with serve(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("EXPO_CHROMIUM") or find_chromium(), args=CHROMIUM
            )
            measure(browser.new_page(base_url=address), scratch)
            browser.close()


def fill() -> None:
    """Make the database: the sample, and a large edition of real or invented names."""
    django.setup()
    from tests.browser import editions  # noqa: PLC0415 Django is ready only now

    real = Path(os.environ.get("EXPO_REAL_DATA") or "nowhere") / REAL_LIST
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_sample", verbosity=0)
    companies = editions.read_companies(real) if real.is_file() else editions.invent_companies()
    editions.make_large_edition(companies, slug="2021")


@contextmanager
def serve(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "expo.wsgi", f"--bind=127.0.0.1:{port}", "--log-level=warning"]
    server = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start.")


def measure(page: Page, folder: Path) -> None:
    print(
        f"{'edition':8}{'list':10}{'rows':>6}{'HTML':>7}{'gzip':>6}{'PDF':>7}{'pages':>7}{'load':>7}{'print':>7}{'read':>7}"
    )
    for edition in ("2024", "2021"):
        for name in LISTS:
            print(measure_one(page, edition, name, folder / "list.pdf"), flush=True)


def measure_one(page: Page, edition: str, name: str, file: Path) -> str:
    moments = [time.perf_counter()]
    response = page.goto(f"/ko/{edition}/print/{LISTS[name]}", timeout=PATIENCE)
    moments.append(time.perf_counter())
    page.pdf(path=file, prefer_css_page_size=True)
    moments.append(time.perf_counter())
    printed = file.stat().st_size
    paper.print_to(page, file)  # anew, without the drawn codes
    again = time.perf_counter()
    pages = paper.read_pages(file, paper.A3 if name == "a3" else paper.A4)
    reading = time.perf_counter() - again
    rows = sum(paper.check(pages, paper.expect(page)))
    html = response.body() if response else b""
    sizes = [len(html) / 1000, len(gzip.compress(html)) / 1000, printed / 1000]
    seconds = [*(later - earlier for earlier, later in itertools.pairwise(moments)), reading]
    return f"{edition:8}{name:10}{rows:6}{sizes[0]:7.0f}{sizes[1]:6.0f}{sizes[2]:7.0f}{len(pages):7}" + "".join(
        f"{each:7.1f}" for each in seconds
    )


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else main()
