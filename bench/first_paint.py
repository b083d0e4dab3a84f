"""When a page's largest part is seen on a phone that comes for the first time over slow 4G, and how far pages jump.

`python3 dev.py bench first_paint`; needs nginx, openssl and Chromium. The site runs as in production, as `lighthouse`
has it. Chromium itself makes the line slow: round trips of 150 ms, 1.6 Mbit/s down, 750 kbit/s up. Three visits a page,
each in a browser that knows nothing; it fails where the middle one is above a second or a page jumps.
"""

import os
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import (  # noqa: E402 the path comes first
    _production,
    _serving,
    lighthouse,
)
from tests.runner import find_chromium  # noqa: E402
from tests.scratch import scratch_folder  # noqa: E402

VISITS = 3
LATEST = 1000  # milliseconds
PHONE = {"width": 375, "height": 800}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
SEEN = """() => new Promise((resolve) => {
    let shift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) shift += entry.value;
    }).observe({type: "layout-shift", buffered: true});
    new PerformanceObserver((list) => resolve([list.getEntries().at(-1).startTime, shift]))
        .observe({type: "largest-contentful-paint", buffered: true});
})"""


def main() -> None:
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch, site(scratch) as door, chromium(door) as browser:
        print("\n| page | LCP, ms | CLS |\n|---|---|---|")
        passed = [measure(browser, name) for name in lighthouse.PAGES]
    if not all(passed):
        sys.exit("Some pages are not as they shall be.")


@contextmanager
def site(scratch: Path) -> Iterator[int]:
    files = scratch / "site"
    environment = _production.environment(files)
    subprocess.run([sys.executable, lighthouse.__file__, "fill"], env=environment, cwd=ROOT, check=True)
    with (
        _production.gunicorn(environment) as (port, _),
        _production.nginx(scratch / "nginx", "upstream.conf", [port], files=files) as door,
    ):
        yield door


@contextmanager
def chromium(door: int) -> Iterator[Browser]:
    program = os.environ.get("EXPO_CHROMIUM") or find_chromium()
    way = f"--host-resolver-rules=MAP {_production.HOST}:443 127.0.0.1:{door}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*lighthouse.CHROMIUM, way])
        yield browser
        browser.close()


def measure(browser: Browser, name: str) -> bool:
    path = lighthouse.PAGES[name].format(language="ko")
    visit(browser, path)  # made once, as the page store has it
    seen = [visit(browser, path) for _ in range(VISITS)]
    paint, shift = statistics.median(time for time, _ in seen), max(shift for _, shift in seen)
    print(f"| {name} | {paint:.0f} | {shift:.3f} |", flush=True)
    return paint < LATEST and shift < lighthouse.MOST_SHIFT


def visit(browser: Browser, path: str) -> tuple[float, float]:
    context = browser.new_context(viewport=PHONE, ignore_https_errors=True)  # type: ignore[arg-type]
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_4G)
    page.goto(f"https://{_production.HOST}{path}")
    paint, shift = page.evaluate(SEEN)
    context.close()
    return float(paint), float(shift)


if __name__ == "__main__":
    main()
