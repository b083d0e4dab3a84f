"""Requests per second of pages from the store beside an empty WSGI application, and the CPU of a page made anew.

`python3 dev.py bench page_store`; needs wrk. Both servers are gunicorns of two workers, asked in turn in one run. On
two cores any of them, the empty application too, falls to a third of its rate in some rounds, by how the system happens
to share the cores among server and asker; so the ratios are those of the best rounds.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first

from bench import _serving  # noqa: E402
from tests.scratch import clean_environment, scratch_folder  # noqa: E402

ROWS = 10_000
ROUNDS = 10
SECONDS = 3
LIST = f"/ko/bench-{ROWS}/exhibitors/"
QUERIES = ("", "page=3", "hall=hall-3", "q=정밀", "q=가온전자", "q=ㄱㅇㅈㅈ")
EMPTY = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "2")])
    return [b"ok"]
"""


def main() -> None:
    if not shutil.which("wrk"):
        sys.exit("This needs wrk: sudo apt install wrk")
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch:
        environment = clean_environment(scratch) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
        run_apart(environment, "fill")
        compare(environment, scratch)
        run_apart(environment, "anew")


def run_apart(environment: dict[str, str], part: str) -> None:
    subprocess.run([sys.executable, __file__, part], env=environment, cwd=ROOT, check=True)


def fill() -> None:
    django.setup()
    from bench import _search_database  # noqa: PLC0415 Django is ready only now

    _search_database.fill(ROWS)


def compare(environment: dict[str, str], scratch: Path) -> None:
    (scratch / "empty_application.py").write_text(EMPTY)
    often = ["--worker-connections=1000", "--keep-alive=5"]  # else the connections would cost more than the pages
    options = [f"--pythonpath={scratch}", *often]
    rates: dict[str, list[float]] = {"empty": [], "list": [], "list, 304": []}
    with (
        _serving.serve(environment, application="empty_application:application", more=options) as (empty, _),
        _serving.serve(environment, more=often) as (site, server),
    ):
        etag = etag_of(site)
        for _ in range(ROUNDS):
            rates["empty"].append(rate(empty, "/"))
            rates["list"].append(rate(site, LIST))
            rates["list, 304"].append(rate(site, LIST, f"If-None-Match: {etag}"))
        memory = _serving.memory_of_workers(server)
    for name, values in rates.items():
        ratio = max(values) / max(rates["empty"])
        print(
            f"{name:10}{max(values):8.0f} requests/s, median {statistics.median(values):.0f}; ratio {ratio:.2f}",
            flush=True,
        )
    print(f"workers: {', '.join(f'{size:.0f} MB' for size in memory)}")


def etag_of(port: int) -> str:
    command = ["curl", "-sI", "-H", "Accept-Encoding: gzip", f"http://127.0.0.1:{port}{LIST}"]
    head = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"^etag: (\S+)", head, re.MULTILINE | re.IGNORECASE)
    return found[1] if found else sys.exit("The list has no ETag.")


def rate(port: int, path: str, *headers: str) -> float:
    given = [word for header in ("Accept-Encoding: gzip", *headers) for word in ("-H", header)]
    command = ["wrk", "-t1", "-c32", f"-d{SECONDS}", *given, f"http://127.0.0.1:{port}{path}"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output and not headers:
        sys.exit(output)
    return float(re.findall(r"Requests/sec:\s+([0-9.]+)", output)[0])


def anew() -> None:
    """CPU of pages of 24 cards with facets, and with a search, without any store, in this process."""
    os.environ["EXPO_SERVING"] = "1"
    django.setup()
    from expo.requests import Handler  # noqa: PLC0415
    from tests.page_store.asking import ask  # noqa: PLC0415

    handler = Handler()
    for query in QUERIES:
        milliseconds = []
        for _ in range(30):
            began = time.process_time()
            answer = ask(handler, LIST, quote(query, safe="="))
            milliseconds.append((time.process_time() - began) * 1000)
        cards = answer.text.count('class="card__name"')
        print(
            f"made anew: ?{query:12}{cards:3} cards, {statistics.median(milliseconds):5.1f} ms of CPU,"
            f" {min(milliseconds):5.1f} at least"
        )


if __name__ == "__main__":
    {"fill": fill, "anew": anew}.get("".join(sys.argv[1:2]), main)()
