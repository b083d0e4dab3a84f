"""Runs pytest on SQLite, on PostgreSQL and in a browser, and judges the three together, for `dev.py test`."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from tests.scratch import clean_environment, cluster, remove_dead_scratch, scratch_folder

PARTS = {"sqlite": "SQLite", "postgresql": "PostgreSQL", "browser": "browser"}
NO_TESTS_RAN = 5
DATABASE_ALONE = "EXPO_TESTS_OF_THE_DATABASE_ALONE"
NO_POSTGRESQL = "skipped: found neither PostgreSQL's initdb nor EXPO_TEST_DATABASE_URL"
NO_CHROMIUM = "skipped: found no chromium, chromium-browser or google-chrome on the PATH"


@dataclass(frozen=True)
class Result:
    """How one of PARTS went; without an exit code it was left out, for the reason in `line`."""

    part: str
    line: str
    code: int | None = None
    skips: Mapping[str, str] = field(default_factory=dict)  # by test the reason of its skip, empty where it ran


def run_all(python: Path, root: Path, *, required: Collection[str], arguments: Sequence[str]) -> bool:
    """Run every part that can be run here, print all and a summary, and return whether everything passed."""
    remove_dead_scratch()
    with scratch_folder() as scratch, contextlib.ExitStack() as ended_with_us:
        database_url = os.environ.get("EXPO_TEST_DATABASE_URL", "")
        database_url = database_url or ended_with_us.enter_context(cluster(scratch))
        chromium = os.environ.get("EXPO_CHROMIUM") or find_chromium()
        runs = {
            "sqlite": PytestRun("sqlite", scratch, {}),
            "postgresql": PytestRun("postgresql", scratch, {"DATABASE_URL": database_url, DATABASE_ALONE: "1"}),
            "browser": PytestRun("browser", scratch, {"EXPO_CHROMIUM": chromium}),
        }
        results = []
        if not database_url:
            del runs["postgresql"]
            results.append(Result("postgresql", NO_POSTGRESQL))
        if not chromium:
            del runs["browser"]
            results.append(Result("browser", NO_CHROMIUM))
        # Two at a time: PostgreSQL takes about as long as SQLite and the browser one after the other.
        for side_by_side in (("postgresql", "sqlite"), ("browser",)):
            for part in side_by_side:
                if part in runs:
                    ended_with_us.callback(runs[part].end)
                    runs[part].start(python, root, arguments)
            last = side_by_side[-1]
            if last in runs:
                results.append(runs[last].result())
        if "postgresql" in runs:
            results.append(runs["postgresql"].result())
    problems = find_problems(results, required=required, is_narrowed=bool(arguments))
    print_summary(results, problems)
    return not problems


def find_chromium() -> str:
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), "")


class PytestRun:
    """One run of pytest, its output kept in a file until it can be shown in one piece."""

    process: subprocess.Popen[bytes]

    def __init__(self, part: str, scratch: Path, env: Mapping[str, str]) -> None:
        self.part = part
        self.folder = scratch / part
        self.folder.mkdir()
        self.env = {**clean_environment(self.folder), **env}

    def start(self, python: Path, root: Path, arguments: Sequence[str]) -> None:
        print(f"Testing: {PARTS[self.part]} ...", flush=True)
        options = ["-m", "browser" if self.part == "browser" else "not browser"]
        options += ["-o", f"cache_dir=.pytest_cache/{self.part}", f"--basetemp={self.folder / 'tmp'}"]
        options += [f"--junitxml={self.folder / 'report.xml'}"]
        options += [f"--color={'yes' if sys.stdout.isatty() else 'no'}", *arguments]
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(
                [python, "-m", "pytest", *options],
                cwd=root,
                env=self.env,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def result(self) -> Result:
        """Wait for the end, print everything that pytest wrote, and read its report."""
        code = self.process.wait()
        output = (self.folder / "output").read_bytes()
        print(f"\n----- {PARTS[self.part]} -----", flush=True)
        sys.stdout.buffer.write(output)
        sys.stdout.buffer.flush()
        return Result(
            self.part,
            closing_line(output.decode(errors="replace")),
            code,
            read_skips(self.folder / "report.xml"),
        )

    def end(self) -> None:
        """Interrupt what still runs, as Ctrl-C would, so that pytest ends its servers and browsers."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def closing_line(output: str) -> str:
    """Return pytest's own count, as "12 passed in 0.34s"; where it wrote none, the last line there is."""
    lines = [line.strip("= ") for line in re.sub(r"\x1b\[[0-9;]*m", "", output).splitlines() if line.strip()]
    counts = [line for line in lines if re.fullmatch(r"(no tests ran|\d+ \w+).* in [0-9.]+s.*", line)]
    return [*lines, *counts][-1] if lines else "pytest wrote nothing"


def read_skips(report: Path) -> dict[str, str]:
    """Read from pytest's JUnit report, by test, why it was skipped; an expected failure has run."""
    if not report.exists():
        return {}
    skips = {}
    for case in ElementTree.parse(report).iter("testcase"):
        skipped = case.find("skipped[@type='pytest.skip']")
        reason = "" if skipped is None else skipped.get("message") or "no reason given"
        skips[f"{case.get('classname')}::{case.get('name')}"] = reason
    return skips


def find_problems(results: Sequence[Result], *, required: Collection[str], is_narrowed: bool) -> list[str]:
    """Say what makes the whole a failure. A narrowed run may find no tests in some parts, not in all of them."""
    problems = [problem for result in results if (problem := problem_of(result, required, is_narrowed))]
    if all(result.code in {None, NO_TESTS_RAN} for result in results):
        problems.append("no test ran anywhere")
    if {"postgresql", "browser"} <= set(required):
        never_ran = never_run(results).items()
        problems += [f"{test} never ran: {reason}" for test, reason in never_ran if "EXPO_REAL_DATA" not in reason]
    return problems


def problem_of(result: Result, required: Collection[str], is_narrowed: bool) -> str:
    title = PARTS[result.part]
    if result.code is None:
        return f"{title} is required, but {result.line}" if result.part in required else ""
    if result.code == NO_TESTS_RAN:
        is_optional = is_narrowed or (result.part == "browser" and "browser" not in required)
        return "" if is_optional else f"{title}: no tests ran"
    return f"{title}: pytest ended with code {result.code}" if result.code else ""


def never_run(results: Sequence[Result]) -> dict[str, str]:
    """Return why, by test, for those skipped wherever they stand; what is made for one database skips the other."""
    reasons: dict[str, str] = {}
    for result in results:
        for test, reason in result.skips.items():
            reasons[test] = reason if reasons.get(test, reason) else ""
    return {test: reason for test, reason in reasons.items() if reason}


def print_summary(results: Sequence[Result], problems: Sequence[str]) -> None:
    print("\n----- summary -----")
    by_part = {result.part: result.line for result in results}
    print("\n".join(f"{title}: {by_part[part]}" for part, title in PARTS.items() if part in by_part))
    for test, reason in never_run(results).items():
        print(f"skipped: {test}: {reason}")
    print("\n".join(["FAILED", *problems]) if problems else "All passed.", flush=True)
