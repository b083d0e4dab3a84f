"""What visitors and organisers notice while something behind the site breaks, is mended, or is asked for too much.

`python3 dev.py bench outage`, or some of it: `python3 dev.py bench outage -- killed two`. It needs Redis and nginx.
Six readers ask all the time; three organisers each save a hall every second or so, and send once more what was answered
with 503, by the page that says so. At the end the database is asked for all that was said to be saved. A page is wrong
that is neither what was first seen (but for the numbers that organisers write) nor that with the notice, or that lacks,
without the notice, what was saved a second before. Last: of 3,492 none wrong, nothing lost; README.md has the rest.
"""

import asyncio
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import _outage_site as site  # noqa: E402 the path comes first
from bench import _serving  # noqa: E402
from bench._outage_asking import Door, Organiser, Readers, Seen, ask, connect  # noqa: E402
from bench._production import environment, gunicorn, nginx  # noqa: E402
from tests.scratch import cluster, scratch_folder  # noqa: E402

READERS, PAUSE = 6, 0.1  # below the hundred requests a second that nginx takes from one address
BEFORE, AWAY, AFTER = 2.0, 3.0, 5.0  # seconds
SLOW, SILENT = 20, 200
WRITES = 20
IN_A_ROW = 8  # answers of a gunicorn by which both of its workers are believed to know
ROOM = "24m"  # of the disk that becomes full

numbers = count(1000, 1000)  # that organisers write


@dataclass
class Stage:
    """A filled database, and who works on it."""

    env: dict[str, str]
    organisers: list[tuple[str, str]]
    lines: list[str] = field(default_factory=list)


def main() -> None:
    wanted = sys.argv[1:]
    missing = [name for name in ("redis-server", "openssl") if not shutil.which(name)]
    if missing:
        sys.exit(f"This needs {' and '.join(missing)}.")
    print(_serving.heading(), flush=True)
    with scratch_folder() as scratch, cluster(scratch) as url:
        postgres = site.Postgres(scratch, url)
        env = environment(scratch / "postgres", postgres.url)
        stage = Stage(env, site.fill(env))
        for name, scenario in SCENARIOS.items():
            if not wanted or name in wanted:
                scenario(stage, postgres, scratch)


# One line of figures


def measure(what: str, stage: Stage, door: Door, breaking: Callable[[], float | None]) -> None:
    """Let readers and organisers work, break something among them, and print what they met."""
    readers = Readers(door)
    first = next(numbers)
    organisers = [
        Organiser(door, session, address, first + 100 * place, readers)
        for place, (session, address) in enumerate(stage.organisers)
    ]
    mended = asyncio.run(_work(readers, organisers, breaking))
    print(f"{what}: {told_of_readers(readers.seen, mended)}", flush=True)
    if organisers:
        print(f"    {told_of_organisers(organisers, stage.env)}", flush=True)


async def _work(
    readers: Readers, organisers: Sequence[Organiser], breaking: Callable[[], float | None]
) -> float | None:
    await readers.look_first()
    ended = asyncio.Event()
    working = [asyncio.create_task(readers.read(ended, PAUSE)) for _ in range(READERS)]
    working += [asyncio.create_task(organiser.work(ended)) for organiser in organisers]
    await asyncio.sleep(BEFORE)
    mended = await asyncio.to_thread(breaking)
    await asyncio.sleep(AFTER)
    ended.set()
    await asyncio.gather(*working)
    return mended


def told_of_readers(seen: Sequence[Seen], mended: float | None) -> str:
    statuses = Counter(one.status for one in seen)
    told = ", ".join(f"{status or 'no answer'}: {times}" for status, times in sorted(statuses.items()))
    seconds = sorted(one.ended - one.began for one in seen)
    line = f"{len(seen)} requests ({told}), {sum(one.has_notice for one in seen)} with the notice,"
    line += f" {sum(one.is_wrong for one in seen)} wrong; p99 {seconds[int(len(seconds) * 0.99)] * 1000:.0f} ms"
    if mended is None:
        return line
    fresh = [one.ended for one in seen if one.began >= mended and one.status == 200 and not one.has_notice]
    old = [one.ended for one in seen if one.ended >= mended and (one.status != 200 or one.has_notice)]
    line += f"; first fresh page {min(fresh) - mended:.2f} s after it was back" if fresh else "; none fresh"
    return line + (f", last old one {max(old) - mended:.2f} s" if old else ", no old one")


def told_of_organisers(organisers: Sequence[Organiser], env: Mapping[str, str]) -> str:
    saved = {number for organiser in organisers for number in organiser.saved}
    now, ever = site.stored(env)
    lost = (saved - ever) | ({organiser.saved[-1] for organiser in organisers if organiser.saved} - now)
    strange = [status for organiser in organisers for status in organiser.strange]
    line = f"organisers: {len(saved)} saved, of these {sum(one.again for one in organisers)} sent more than once"
    line += f" ({sum(one.twice for one in organisers)} had been saved the first time);"
    line += f" 503: {sum(one.refused for one in organisers)}, no answer: {sum(one.unanswered for one in organisers)},"
    return line + f" other: {strange or 0}; lost: {sorted(lost) or 0}"


# What breaks


def killed(stage: Stage, postgres: site.Postgres, _scratch: Path) -> None:
    def breaking() -> float:
        postgres.kill()
        time.sleep(AWAY)
        return postgres.start()

    with gunicorn(stage.env) as (port, _):
        measure("PostgreSQL killed (-9) and started", stage, Door(port), breaking)


def stopped(stage: Stage, postgres: site.Postgres, _scratch: Path) -> None:
    def breaking() -> float:
        postgres.stop()
        time.sleep(AWAY)
        return postgres.start()

    with gunicorn(stage.env) as (port, _):
        measure("PostgreSQL stopped (fast) and started", stage, Door(port), breaking)


def full(_stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    disk = scratch / "disk"
    with small_disk(disk) as is_mounted:
        if not is_mounted:
            print("SQLite, disk full: left out, since only root may mount a small disk.")
            return
        env = environment(scratch / "sqlite", f"sqlite:///{disk / 'expo.sqlite3'}")
        stage = Stage(env, site.fill(env))

        def breaking() -> float:
            filler = disk / "filler"
            with suppress(OSError), filler.open("wb", buffering=0) as file:
                while file.write(b"x" * 4096):
                    pass
            time.sleep(AWAY)
            filler.unlink()
            return time.monotonic()

        with gunicorn(stage.env) as (port, _):
            measure("SQLite, disk full and room again", stage, Door(port), breaking)


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    folder.mkdir()
    command: list[str | Path] = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", folder]
    is_mounted = subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", folder], check=False)


def redis(stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    shared = site.Redis(scratch)

    def breaking() -> None:
        shared.kill()
        time.sleep(AWAY)
        shared.start()

    try:
        with gunicorn(stage.env | {"CACHE_URL": shared.url}) as (port, _):
            measure("Redis killed and started", stage, Door(port), breaking)
    finally:
        shared.end()


def worker(stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    with gunicorn(stage.env) as (port, server), nginx(scratch / "worker", "upstream.conf", [port]) as outer:

        def breaking() -> None:
            for _ in range(3):
                site.kill_worker(server)
                time.sleep(2)

        measure("three workers killed (-9)", stage, Door(port), breaking)
        measure("three workers killed (-9), behind nginx", stage, Door(outer, is_nginx=True), breaking)


def reload(stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    with gunicorn(stage.env) as (port, server), nginx(scratch / "reload", "upstream.conf", [port]) as outer:

        def breaking() -> None:
            for _ in range(2):
                server.send_signal(signal.SIGHUP)
                time.sleep(4)

        measure("reloaded twice (HUP)", stage, Door(port), breaking)
        measure("reloaded twice (HUP), behind nginx", stage, Door(outer, is_nginx=True), breaking)


def slow(stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    calm = Stage(stage.env, [])
    with gunicorn(stage.env) as (port, _), nginx(scratch / "slow", "upstream.conf", [port]) as outer:
        for door, where in ((Door(outer, is_nginx=True), "behind nginx"), (Door(port), "straight at gunicorn")):
            measure(f"{SLOW} slow and {SILENT} silent clients, {where}", calm, door, lambda: asyncio.run(crowd(door)))  # noqa: B023 called at once


async def crowd(door: Door) -> None:
    connections = await asyncio.gather(*(connect(door) for _ in range(SLOW + SILENT)))
    request = b"GET /ko/2024/ HTTP/1.1\r\n"
    for second in range(8):
        for _, writer in connections[:SLOW]:
            writer.write(request[second : second + 1])
        await asyncio.sleep(1)
    for _, writer in connections:
        writer.close()


# Two machines


def two(stage: Stage, _postgres: site.Postgres, scratch: Path) -> None:
    shared = site.Redis(scratch)
    try:
        for name, env in (("without Redis", stage.env), ("with Redis", stage.env | {"CACHE_URL": shared.url})):
            with (
                gunicorn(env) as (one, _),
                gunicorn(env | {"EXPO_VAR": str(second_folder(stage, scratch))}) as (other, _),
                nginx(scratch / name.replace(" ", "-"), "upstream-two-machines.conf", [one, other]) as outer,
            ):
                door = Door(outer, is_nginx=True)
                seconds, readers = asyncio.run(write_and_look(stage, door, Door(one), Door(other)))
            print(
                f"two gunicorns, {name}: of {WRITES} writes through one, a page asked for at the other showed it if it"
                f" was asked {statistics.median(seconds) * 1000:.0f} ms (median) or {max(seconds) * 1000:.0f} ms (at"
                f" most) after the answer to the writer; meanwhile, through nginx:"
                f" {told_of_readers(readers.seen, None)}",
                flush=True,
            )
    finally:
        shared.end()


def second_folder(stage: Stage, scratch: Path) -> Path:
    """The other machine has files of its own."""
    folder = scratch / "other"
    shutil.copytree(stage.env["EXPO_VAR"], folder, dirs_exist_ok=True)
    return folder


async def write_and_look(stage: Stage, door: Door, one: Door, other: Door) -> tuple[list[float], Readers]:
    readers = Readers(door)
    await readers.look_first()
    ended = asyncio.Event()
    working = [asyncio.create_task(readers.read(ended, PAUSE)) for _ in range(READERS)]
    seconds = [await write_once(stage, readers, one, other) for _ in range(WRITES)]
    ended.set()
    await asyncio.gather(*working)
    return seconds, readers


async def write_once(stage: Stage, readers: Readers, one: Door, other: Door) -> float:
    """Return from when on a page that is asked for at the other has it, in seconds after the writer was answered."""
    session, address = stage.organisers[0]
    organiser = Organiser(one, session, address, next(numbers), readers)
    opened = await ask(one, address, session=session)
    await organiser.save(opened.text)
    saved = asked = time.monotonic()
    fresh = 0
    while fresh < IN_A_ROW:
        is_fresh = f" 개정{organiser.number}" in (await ask(other, "/ko/2024/exhibitors/")).text
        fresh = fresh + 1 if is_fresh else 0
        asked = asked if is_fresh else time.monotonic()
    await asyncio.sleep(0.3)
    return asked - saved


SCENARIOS = {scenario.__name__: scenario for scenario in (killed, stopped, full, redis, worker, reload, slow, two)}

if __name__ == "__main__":
    main()
