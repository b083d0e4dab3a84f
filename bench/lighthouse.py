"""What Lighthouse says of every kind of public page, as a phone on slow 4G and as a desk, in both languages.

`python3 dev.py bench lighthouse`, or of some pages: `python3 dev.py bench lighthouse -- home list`. It needs node,
nginx, openssl and Chromium, and gets Lighthouse from npm, of a fixed version, into a folder that is removed at the end.
The site runs as in production: deploy's nginx over TLS, HTTP/2 and HSTS in front of gunicorn, the page store on; each
visit is a first one. Of this machine alone are the certificate, signed by itself, and the way from the host's name to
nginx: Chromium is told of both. The sample is shown without its marks, as search engines are kept away from whatever
is marked. So are they from narrowed lists and from print, which has to be: there the mark for SEO leaves out whether a
page may be indexed, and one that may be is a fault.
It fails where accessibility, best practices or SEO is below 100, a page jumps about or has a fault. LCP is Lighthouse's
estimate from how this machine did; for a phone: a new host, round trips of 150 ms, 1.6 Mbit/s, a processor four times
slower. `first_paint` has a slow line itself.
"""

import json
import math
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first
from django.core.management import call_command  # noqa: E402

from bench import _production, _serving  # noqa: E402
from tests.runner import find_chromium  # noqa: E402
from tests.scratch import scratch_folder  # noqa: E402

LIGHTHOUSE = "lighthouse@12.8.2"  # the last one for Node 18 and 20: 13 asks for Node 22
PAGES = {
    "home": "/{language}/2024/",
    "list": "/{language}/2024/exhibitors/",
    "narrowed": "/{language}/2024/exhibitors/?q=a&hall=export",
    "exhibitor": "/{language}/2024/exhibitors/gureum-mulle-textile/",
    "pictures": "/{language}/2023/exhibitors/everything-precision-co-ltd/",
    "halls": "/{language}/2024/halls/",
    "hall": "/{language}/2024/halls/export/",
    "booth": "/{language}/2024/b/cooperation-1/A-01/",
    "industries": "/{language}/2024/industries/",
    "changes": "/{language}/2024/changes/",
    "print": "/{language}/2024/print/booths/",
    "archive": "/{language}/",
    "open data": "/api/v1/",
}
KEPT_OUT = {"narrowed", "print"}  # by robots.txt and by a tag: the same exhibitors are in the plain list
FORMS = {"phone": [], "desk": ["--preset=desktop"]}
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")
INDEXABLE, PAINT, SHIFT = "is-crawlable", "largest-contentful-paint", "cumulative-layout-shift"
MOST_SHIFT = 0.02
TRIES = 3
CHROMIUM = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--ignore-certificate-errors",
]


@dataclass(frozen=True)
class Marks:
    """What one run says: marks of 100, milliseconds, the cumulative layout shift, and what cost marks."""

    marks: Mapping[str, int]
    paint: float
    shift: float
    faults: Sequence[str]

    def __str__(self) -> str:
        marks = " | ".join(str(self.marks[category]) for category in CATEGORIES)
        return f"{marks} | {self.paint:.0f} | {self.shift:.3f}"

    @property
    def is_good(self) -> bool:
        whole = all(self.marks[category] == 100 for category in CATEGORIES if category != "performance")
        return whole and self.shift < MOST_SHIFT and not self.faults


def main() -> None:
    missing = [name for name in ("node", "npm", "nginx", "openssl") if not shutil.which(name, path=_production.PATH)]
    if missing:
        sys.exit(f"This needs {' and '.join(missing)}.")
    wanted = sys.argv[1:] or list(PAGES)
    if unknown := set(wanted) - set(PAGES):
        sys.exit(f"There is no {', '.join(sorted(unknown))}. There is: {', '.join(PAGES)}")
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch:
        program = install(scratch)
        files = scratch / "site"
        environment = _production.environment(files)
        subprocess.run([sys.executable, __file__, "fill"], env=environment, cwd=ROOT, check=True)
        with (
            _production.gunicorn(environment) as (port, _),
            _production.nginx(scratch / "nginx", "upstream.conf", [port], files=files) as door,
        ):
            print(f"\n| page | form | {' | '.join(CATEGORIES)} | LCP, ms | CLS |\n|{'---|' * (len(CATEGORIES) + 4)}")
            passed = [measure(program, door, name, scratch) for name in wanted]
    if not all(passed):
        sys.exit("Some pages are not as they shall be.")


def install(scratch: Path) -> Path:
    folder = scratch / "lighthouse"
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund")
    subprocess.run(["npm", "install", "--prefix", folder, *quiet, LIGHTHOUSE], check=True, stdout=subprocess.DEVNULL)
    return folder / "node_modules" / ".bin" / "lighthouse"


def fill() -> None:
    """Make the database: the sample without its marks, and an edition whose exhibitor has pictures."""
    django.setup()
    from exhibitors.models import Booth, Collaboration, Edition, Exhibitor, Hall  # noqa: PLC0415 Django is ready only now
    from tests.browser.editions import make_mixed_edition  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    call_command("load_sample", verbosity=0)
    for model in (Edition, Hall, Booth, Exhibitor, Collaboration):
        model.objects.update(is_sample=False)
    make_mixed_edition()


def measure(program: Path, door: int, name: str, scratch: Path) -> bool:
    """Print a line for each language and form; tell whether all are good."""
    passed = True
    for path in dict.fromkeys(PAGES[name].format(language=language) for language in ("ko", "en")):
        language = "both" if path.startswith("/api/") else path[1:3]
        for form, options in FORMS.items():
            report = ask(program, door, path, options, scratch / "report.json")
            result = judge(report, is_kept_out=name in KEPT_OUT)
            print(f"| {name}, {language} | {form} | {result} |", flush=True)
            print("".join(f"    {fault}\n" for fault in result.faults), end="", flush=True)
            passed = passed and result.is_good
    return passed


def ask(program: Path, door: int, path: str, options: Sequence[str], output: Path) -> dict[str, Any]:
    """Return the report of a page, seen by a new Chromium, and by another one where that failed or saw no paint."""
    flags = [*CHROMIUM, f"--host-resolver-rules='MAP {_production.HOST}:443 127.0.0.1:{door}'"]
    command = [str(program), f"https://{_production.HOST}{path}", *options, "--quiet", "--no-enable-error-reporting"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"]
    command += ["--output=json", f"--output-path={output}"]
    chromium = {"CHROME_PATH": os.environ.get("EXPO_CHROMIUM") or find_chromium()}
    for _ in range(TRIES):
        ran = subprocess.run(command, env=os.environ | chromium, check=False, capture_output=True, text=True)
        report: dict[str, Any] = {} if ran.returncode else json.loads(output.read_text())
        if report and all("numericValue" in report["audits"][name] for name in (PAINT, SHIFT)):
            return report
        print(ran.stderr or report["audits"][PAINT], file=sys.stderr, flush=True)
    sys.exit(f"Lighthouse could not measure {path}.")


def judge(report: Mapping[str, Any], *, is_kept_out: bool) -> Marks:
    marks, faults = {}, list(report["runWarnings"])
    for category in CATEGORIES:
        scores = dict(scores_of(report, category))
        if category == "seo" and is_kept_out and scores.pop(INDEXABLE).value > 0:
            faults.append("may be indexed, and shall not")
        weight = sum(score.weight for score in scores.values())
        marks[category] = math.floor(100 * sum(score.weight * score.value for score in scores.values()) / weight)
        if category != "performance":
            faults += [f"{name}: {score.value}" for name, score in scores.items() if score.value < 1]
    paint, shift = (report["audits"][name]["numericValue"] for name in (PAINT, SHIFT))
    return Marks(marks, paint, shift, faults)


@dataclass(frozen=True)
class Score:
    weight: float
    value: float


def scores_of(report: Mapping[str, Any], category: str) -> Iterator[tuple[str, Score]]:
    """The audits that count; one that broke is not passed, one that does not concern the page is left out."""
    for part in report["categories"][category]["auditRefs"]:
        audit = report["audits"][part["id"]]
        if part["weight"] and audit["scoreDisplayMode"] == "error":
            yield part["id"], Score(part["weight"], 0)
        elif part["weight"] and audit["score"] is not None:
            yield part["id"], Score(part["weight"], audit["score"])


if __name__ == "__main__":
    fill() if sys.argv[1:] == ["fill"] else main()
