"""Writes the booth lists of 99 and 2,482 exhibitors as PDF without a browser and reads each back.

`python3 dev.py bench print_pdf`, with real names where EXPO_REAL_DATA is set. Every character of every page was
accounted for: each name as often as in the list, heading and page number on every page, no row cut. The seconds and
the memory are those of the whole command, from its start to the file. Last result (2 shared cores, Python 3.11,
WeasyPrint 70, SQLite, real names; others were at work):

edition list        rows  pages     kB  seconds    MB
2024    hall         103      5    382      3.5   217
2024    booth        106      5    385      3.5   217
2024    name         103      5    385      3.7   218
2024    industry     108      5    383      4.2   218
2024    a3           103      4    380      3.6   217
2021    hall        2656    105   1560     24.1   537
2021    booth       3002    122   1858     35.7   638
2021    name        2482    100   1638     28.0   566
2021    industry    2482    103   1521     21.8   619
2021    a3          2656     73   1489     27.9   531
"""

import os
import re
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first
from django.test import Client  # noqa: E402

from tests.browser import paper  # noqa: E402
from tests.browser.paper import Expected  # noqa: E402
from tests.management import printed  # noqa: E402
from tests.scratch import clean_environment, scratch_folder  # noqa: E402

LISTS = {
    **{order: (f"--by={order}", f"by={order}") for order in ("hall", "booth", "name", "industry")},
    "a3": ("--paper=a3", "paper=a3"),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d\d\d:\d\d")  # differs between the page and the PDF


def main() -> None:
    with scratch_folder() as scratch:
        environment = clean_environment(scratch) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
        scripts: tuple[list[str | Path], ...] = (
            [ROOT / "bench" / "print_booths.py", "fill"],
            [__file__, "measure", scratch],
        )
        for script in scripts:
            subprocess.run([sys.executable, *script], env=environment, cwd=ROOT, check=True)


def measure(folder: Path) -> None:
    django.setup()
    client = Client(SERVER_NAME="localhost")
    print(f"{'edition':8}{'list':10}{'rows':>6}{'pages':>7}{'kB':>7}{'seconds':>9}{'MB':>6}", flush=True)
    for edition in ("2024", "2021"):
        for name in LISTS:
            print(measure_one(client, edition, name, folder / "list.pdf"), flush=True)


def measure_one(client: Client, edition: str, name: str, file: Path) -> str:
    option, parameter = LISTS[name]
    seconds, memory = write(file, edition, option)
    pages = paper.read_pages(file, paper.A3 if name == "a3" else paper.A4)
    expected = undated(printed.expect(client, f"/ko/{edition}/print/booths/?{parameter}"))
    rows = sum(paper.check([MOMENT.sub("", page) for page in pages], expected))
    size = file.stat().st_size / 1000
    return f"{edition:8}{name:10}{rows:6}{len(pages):7}{size:7.0f}{seconds:9.1f}{memory:6.0f}"


def write(file: Path, edition: str, option: str) -> tuple[float, float]:
    """Run the command; return its seconds and the most memory it held, in MB."""
    options = [f"--edition={edition}", option, "--overwrite"]
    command: list[str | Path] = [sys.executable, "manage.py", "print_booths_pdf", file, *options]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit("The command failed.")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def undated(expected: Expected) -> Expected:
    sections = tuple(replace(section, head=MOMENT.sub("", section.head)) for section in expected.sections)
    return Expected(MOMENT.sub("", expected.top), sections)


if __name__ == "__main__":
    measure(Path(sys.argv[2])) if sys.argv[1:2] == ["measure"] else main()
