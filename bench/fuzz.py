"""Asks and uploads what nobody would by mistake, on SQLite and PostgreSQL: errors of ours, hangs, memory.

`python3 dev.py bench fuzz [-- --requests 20000 --files 500 --seed 20241022 --only PostgreSQL]`. The same seed makes the
same requests and files (see tests/fuzzing); a small slice of them is part of the tests. Requests go through the whole
application, the page store included, from nobody, readers, editors and administrators; every two thousand the rows are
made anew. It fails where there is an error of ours, where one answer takes longer than LONGEST, or where the process
grows beyond MOST_MEMORY. Each database is tried by a process of its own. Last result (2026-11-26, 2 shared cores,
Python 3.11, seed 20241022): nothing was wrong.

            requests  200   302   400  403   404   405   others  most work  memory
SQLite      20,000    4358  4507  524  2693  3262  4206  450     0.19 s     131 MB
PostgreSQL  20,000    4358  4507  524  2693  3262  4206  450     0.19 s     126 MB

            files     taken  refused  most work  memory
SQLite      500       73     427      1.9 s      419 MB
PostgreSQL  500       73     427      1.9 s      410 MB
"""

import argparse
import os
import platform
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import django  # noqa: E402 the path comes first

from bench import _apart  # noqa: E402
from tests.light import light_settings  # noqa: E402
from tests.scratch import clean_environment, cluster, scratch_folder  # noqa: E402

LONGEST = 15  # seconds of work for one answer, of a file for its five; others at work on the machine do not count
STUCK = 150  # seconds for it on the clock
MOST_MEMORY = 700  # megabytes of the process at its largest


def main() -> None:
    options = command_line()
    print(f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    failed = []
    with scratch_folder() as scratch, cluster(scratch) as postgresql:
        for vendor, url in (("SQLite", ""), ("PostgreSQL", postgresql)):
            if options.only in {None, vendor} and (url or vendor == "SQLite"):
                folder = scratch / vendor
                folder.mkdir()
                environment = clean_environment(folder) | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
                environment |= {"DATABASE_URL": _apart.new_database(url, "fuzz")} if url else {}
                command = [sys.executable, __file__, *sys.argv[1:], "--here", vendor]
                if subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode:
                    failed.append(vendor)
    sys.exit(f"Failed: {', '.join(failed)}" if failed else 0)


def command_line() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20241022)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    parser.add_argument("--here", help=argparse.SUPPRESS)
    return parser.parse_args()


def fuzz(options: argparse.Namespace) -> None:
    """Try the database that the environment names."""
    django.setup()
    with light_settings():
        from bench import _fuzzing  # noqa: PLC0415 Django is ready only now

        watch = Watch()
        _fuzzing.prepare()
        watch.report("requests", _fuzzing.ask(watch, options.requests, options.seed), options.here)
        watch.report("files", _fuzzing.upload(watch, options.files, options.seed), options.here)
        sys.exit(1 if watch.problems else 0)


def memory() -> float:
    """The most that the process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class TooLongError(BaseException):
    """Not an Exception: nothing on the way shall take it for one of its own."""


class Watch:
    """Measures each answer, ends one that takes too long, and remembers what went wrong."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self._began = time.perf_counter()
        self._longest = (0.0, "")
        self._largest = (0.0, "")  # growth in MB
        self._reasons: list[str] = []
        for number in (signal.SIGPROF, signal.SIGALRM):
            signal.signal(number, self._too_long)

    def _too_long(self, *_signal: Any) -> None:
        raise TooLongError

    def note_exception(self, **_signal: Any) -> None:
        """For Django's signal: the reason of the next status of 500."""
        self._reasons.append(traceback.format_exc(limit=-4))

    def measure(self, what: Any, ask: Any) -> Any:
        """What `ask()` returns; None where it hangs or raises."""
        began, before = time.process_time(), memory()
        self._reasons.clear()
        signal.setitimer(signal.ITIMER_PROF, LONGEST)
        signal.setitimer(signal.ITIMER_REAL, STUCK)
        try:
            return ask()
        except TooLongError:
            self.complain("took too long", what)
        except Exception:
            self._reasons.append(traceback.format_exc(limit=-4))
            self.complain("raised", what)
        finally:
            for timer in (signal.ITIMER_PROF, signal.ITIMER_REAL):
                signal.setitimer(timer, 0)
            self._largest = max(self._largest, (memory() - before, str(what)[:150]))
            self._longest = max(self._longest, (time.process_time() - began, str(what)[:150]))
        return None

    def complain(self, why: str, what: Any) -> None:
        self.problems.append(why)
        print(f"\n{why}: {what}\n{''.join(self._reasons)}", flush=True)

    def report(self, kind: str, outcomes: Counter[Any], vendor: str) -> None:
        if memory() > MOST_MEMORY:
            self.complain("memory", f"{memory():.0f} MB; the most at once: {self._largest}")
        told = ", ".join(f"{outcome}: {count}" for outcome, count in sorted(outcomes.items(), key=str))
        seconds, what = self._longest
        print(f"{vendor}: {outcomes.total()} {kind} in {time.perf_counter() - self._began:.0f} s. {told}.")
        print(
            f"  most work {seconds:.2f} s: {what}; at most {memory():.0f} MB; problems: {len(self.problems)}",
            flush=True,
        )
        self._began, self._longest, self._largest = time.perf_counter(), (0.0, ""), (0.0, "")


if __name__ == "__main__":
    chosen = command_line()
    fuzz(chosen) if chosen.here else main()
