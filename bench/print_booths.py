"""Prints 99 and 2,482 exhibitors in every style and order with Chromium and reads each PDF back.

`python3 dev.py bench print_booths`, with real names where EXPO_REAL_DATA is set. Every character of every page is
accounted for: each name as often as the database says, heading and page number on every page, no row cut; signs, print
runs and errata sheets have one code on each page. A misprint ends the run. Last result, all of it sound (2 cores, other
work at times, Python 3.11, Chromium 156, SQLite, 2,482 real names), in kB and seconds; a row of a page is a paragraph:

edition list              rows   HTML  gzip    PDF  pages   load  print   read
2024    hall               103     57     8    408      5    1.2    0.3    0.1
2024    booth              106     57     8    408      5    0.2    0.2    0.1
2024    name               103     57     9    406      5    0.2    0.2    0.0
2024    industry           108     59     8    406      5    0.2    0.3    0.0
2024    directory          103     64    13    534      5    0.2    0.5    0.1
2024    pages             1034    411    54   1123     99    0.5    1.0    0.2
2024    signs              102    315    33    606    102    0.5    0.6    0.1
2024    large              103     57     8    426     17    0.2    0.3    0.1
2024    large directory    103     64    13    570     21    0.2    0.4    0.1
2024    large pages       1034    411    54   1144    102    0.4    0.8    0.1
2024    large signs        102    315    33    607    102    0.5    0.5    0.1
2024    a3                 103     57     8    406      4    0.1    0.2    0.1
2024    a3 directory       103     64    13    529      3    0.2    0.3    0.1
2024    a3 pages          1034    411    54   1138     99    0.5    0.7    0.2
2024    a3 signs           102    315    33    609    102    0.4    0.5    0.1
2024    run                103     58     9    418      5    0.1    0.3    0.0
2024    errata              10     11     3    187      1    0.1    0.2    0.0
2021    hall              2656   1149   139   1308    104    1.5    2.3    0.4
2021    booth             3002   1451   143   1432    122    2.2    3.3    0.6
2021    name              2482   1232   131   1282    100    2.2    2.6    0.6
2021    industry          2482   1214   127   1235    100    2.3    2.4    0.5
2021    directory         2482   1077   128   1288     80    4.2    8.3    0.6
2021    pages            14025   7874   551   8793   2482   14.1   50.3    1.5
2021    signs             3002   8464   464   9569   3002   11.3   62.3    1.8
2021    large             2656   1149   139   1897    419    4.2    4.0    1.0
2021    large directory   2482   1077   128   1824    339    4.3    5.5    1.6
2021    large pages      14025   7875   551   9025   2482   33.1   76.2    1.9
2021    large signs       3002   8464   464   9614   3002   11.6   26.6    0.8
2021    a3                2656   1149   139   1232     73    1.1    1.5    0.2
2021    a3 directory      2482   1077   128   1204     43    1.6    2.7    0.3
2021    a3 pages         14025   7875   551   8975   2482    5.9   13.7    0.8
2021    a3 signs          3002   8464   464   9615   3002    6.2   23.6    1.3
2021    run               2656   1149   139   1488    112    1.6    2.0    0.4
2021    errata             249     64     9    419      8    1.2    0.4    0.1

With each code as a picture of its own, signs took 61 seconds to load.
"""

import gzip
import itertools
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db.models import Value  # noqa: E402
from django.db.models.functions import Concat  # noqa: E402
from playwright.sync_api import Page, sync_playwright  # noqa: E402

from bench import _serving  # noqa: E402
from tests.browser import paper  # noqa: E402
from tests.runner import find_chromium  # noqa: E402
from tests.scratch import clean_environment, scratch_folder  # noqa: E402

ORDERS = ("hall", "booth", "name", "industry")
STYLES = ("directory", "pages", "signs")
# Each list by the name under which it is told: its address, and the key of the names that are due on it.
LISTS = {
    **{order: (f"booths/?by={order}", order) for order in ORDERS},
    **{style: (f"{style}/", style) for style in STYLES},
    "large": ("booths/?size=large", "hall"),
    **{f"large {style}": (f"{style}/?size=large", style) for style in STYLES},
    "a3": ("booths/?paper=a3", "hall"),
    **{f"a3 {style}": (f"{style}/?paper=a3", style) for style in STYLES},
    "run": ("runs/1/", "run"),
    "errata": ("runs/1/errata/", "errata"),
}
CODE_ON_EVERY_PAGE = ("signs", "runs")
EDITIONS = ("2024", "2021")
DUE = "due.json"
REAL_LIST = Path("tidy", "krx-2021-with-english.csv")
PATIENCE = 120_000  # milliseconds
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def main() -> None:
    with scratch_folder() as scratch:
        environment = clean_environment(scratch) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
        command = [sys.executable, __file__, "fill"]
        subprocess.run(command, env=environment, cwd=ROOT, check=True)
        serving = _serving.serve(environment, workers=1, more=["--timeout=120"])
        with serving as (port, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("EXPO_CHROMIUM") or find_chromium(), args=CHROMIUM
            )
            measure(browser.new_page(base_url=f"http://127.0.0.1:{port}"), scratch)
            browser.close()


def fill() -> None:
    """Make the database: the sample, and a large edition of real or invented names, each with a print run.

    Then every tenth exhibitor is called otherwise, and a file says how often each name is due on which list.
    """
    django.setup()
    from tests.browser import editions  # noqa: PLC0415 Django is ready only now

    real = Path(os.environ.get("EXPO_REAL_DATA") or "nowhere") / REAL_LIST
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_sample", verbosity=0)
    companies = editions.read_companies(real) if real.is_file() else editions.invent_companies()
    editions.make_large_edition(companies, slug="2021")
    due = {edition: freeze_and_rename(edition) for edition in EDITIONS}
    (settings.VAR_DIR / DUE).write_text(json.dumps(due))


def freeze_and_rename(slug: str) -> dict[str, Counter[str]]:
    from exhibitors.domain.booth_list import Order  # noqa: PLC0415
    from exhibitors.models import Edition, Exhibitor  # noqa: PLC0415
    from tests.browser import due  # noqa: PLC0415
    from tests.factories import make_print_run  # noqa: PLC0415

    edition = Edition.objects.get(slug=slug)
    make_print_run(edition)
    frozen = due.names_in_list(edition, Order.HALL, "ko")
    renamed = Exhibitor.objects.public().filter(
        edition=edition, pk__in=list(edition.exhibitors.values_list("pk", flat=True))[::10]
    )
    errata = Counter(paper.squash(exhibitor.name_ko) for exhibitor in renamed)
    renamed.update(name_ko=Concat(Value("옛 "), "name_ko"))
    lists = {order: due.names_in_list(edition, Order(order), "ko") for order in ORDERS}
    styles = {style: due.names_of(edition, style, "ko") for style in STYLES}
    return lists | styles | {"run": frozen, "errata": errata}


def measure(page: Page, folder: Path) -> None:
    due = json.loads((folder / DUE).read_text())
    heads = {"rows": 6, "HTML": 7, "gzip": 6, "PDF": 7, "pages": 7, "load": 7, "print": 7, "read": 7}
    print(f"{'edition':8}{'list':16}" + "".join(f"{head:>{width}}" for head, width in heads.items()))
    for edition in EDITIONS:
        for name, (address, key) in LISTS.items():
            figures = measure_one(page, f"/ko/{edition}/print/{address}", due[edition][key], folder / "list.pdf")
            print(f"{edition:8}{name:16}{figures}", flush=True)


def measure_one(page: Page, address: str, due: dict[str, int], file: Path) -> str:
    moments = [time.perf_counter()]
    response = page.goto(address, timeout=PATIENCE)
    moments.append(time.perf_counter())
    page.pdf(path=file, prefer_css_page_size=True)
    moments.append(time.perf_counter())
    pages = paper.read_pages(file, paper.A3 if "a3" in address else paper.A4)
    moments.append(time.perf_counter())
    expected = paper.expect(page)
    rows = sum(paper.check(pages, expected))
    if Counter(expected.names) != due:
        raise paper.MisprintError(f"{address} has each name as often as {Counter(expected.names)}, not {due}")
    if any(part in address for part in CODE_ON_EVERY_PAGE) and set(paper.count_codes(file)) != {1}:
        raise paper.MisprintError(f"{address} has pages without a code or with several")
    html = response.body() if response else b""
    sizes = [len(html) / 1000, len(gzip.compress(html)) / 1000, file.stat().st_size / 1000]
    seconds = "".join(f"{later - earlier:7.1f}" for earlier, later in itertools.pairwise(moments))
    return f"{rows:6}{sizes[0]:7.0f}{sizes[1]:6.0f}{sizes[2]:7.0f}{len(pages):7}{seconds}"


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else main()
