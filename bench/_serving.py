"""Runs gunicorn for a measurement, and a crowd that asks it."""

import asyncio
import os
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE = "expo.wsgi:application"
PATIENCE = 60.0  # seconds for one answer


@contextmanager
def serve(
    environment: Mapping[str, str], *, workers: int = 2, application: str = SITE, more: Sequence[str] = ()
) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Yield the port, on loopback, and the process of a gunicorn with production's own file.

    What it logs is written and thrown away.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = ["--config=deploy/gunicorn.conf.py", f"--bind=127.0.0.1:{port}", f"--workers={workers}"]
    options += ["--log-level=error", "--max-requests=0", *more]
    command = [sys.executable, "-m", "gunicorn", application, *options]
    own = {"EXPO_LOG_FORMAT": "json", "MALLOC_ARENA_MAX": "2", "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, env={**environment, **own}, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, server
    finally:
        server.terminate()
        server.wait()


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not start.")


@dataclass
class Results:
    """What became of requests: their seconds, and how often each status came; 0 where no answer did."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def percentile(self, share: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(len(self.seconds) * share))]

    def __str__(self) -> str:
        told = ", ".join(f"{status or 'no answer'}: {count}" for status, count in sorted(self.statuses.items()))
        times = " ".join(f"p{round(share * 100)} {self.percentile(share) * 1000:.0f}" for share in (0.5, 0.95, 0.99))
        return f"{len(self.seconds)} requests ({told}); ms: {times} max {max(self.seconds) * 1000:.0f}"


async def ask(port: int, path: str, results: Results, headers: Mapping[str, str] | None = None) -> bytes:
    """Ask for a page on a connection of its own, as a phone does that arrives, and note how that went."""
    began = time.perf_counter()
    status, body = 0, b""
    try:
        async with asyncio.timeout(PATIENCE):
            status, body = await _exchange(port, path, headers or {})
    except (OSError, TimeoutError, asyncio.IncompleteReadError):
        pass  # counted as no answer
    results.seconds.append(time.perf_counter() - began)
    results.statuses[status] += 1
    return body


async def _exchange(port: int, path: str, headers: Mapping[str, str]) -> tuple[int, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        lines = {"Host": "localhost", "Accept-Encoding": "gzip", "Connection": "close", **headers}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        writer.write(f"GET {path} HTTP/1.1\r\n{head}\r\n".encode())
        await writer.drain()
        answer = await reader.read()
    finally:
        writer.close()
    first, _, rest = answer.partition(b"\r\n")
    if not first:
        raise ConnectionResetError
    return int(first.split()[1]), rest.partition(b"\r\n\r\n")[2]


async def visitors(count: int, within: float, visit: Callable[[int], Awaitable[None]]) -> None:
    """Let so many visitors arrive evenly within these seconds, and wait until all have gone."""

    async def arrive(number: int) -> None:
        await asyncio.sleep(number * within / count)
        await visit(number)

    await asyncio.gather(*(arrive(number) for number in range(count)))


def heading() -> str:
    load = os.getloadavg()[0]
    return f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, load {load:.1f} at the start, {_speed()}"


def _speed() -> str:
    """A fixed piece of work, by which results of different moments and machines can be compared."""
    times = []
    for _ in range(20):
        began = time.perf_counter()
        sum(number * number for number in range(200_000))
        times.append((time.perf_counter() - began) * 1000)
    return f"200,000 squares in {statistics.median(times):.1f} ms"


def memory_of_workers(server: subprocess.Popen[bytes]) -> list[float]:
    """Megabytes of each worker, without the database file that it maps."""
    children = subprocess.run(["pgrep", "-P", str(server.pid)], capture_output=True, text=True, check=False)
    return [_resident(int(pid)) for pid in children.stdout.split()]


def _resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("RssAnon:"))
