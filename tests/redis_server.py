"""A throw-away Redis on a socket of its own."""

import contextlib
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

PATIENCE = 10.0  # seconds

NO_REDIS = "redis-server is not installed"


@contextlib.contextmanager
def redis_server(socket: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a Redis that keeps nothing on disk, until the end of the block."""
    program = shutil.which("redis-server")
    assert program, NO_REDIS
    options = ["--port", "0", "--unixsocket", str(socket), "--save", "", "--appendonly", "no"]
    process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while not socket.exists():
            assert process.poll() is None, "redis-server ended"
            assert time.monotonic() < end, "redis-server did not start"
            time.sleep(0.01)
        yield process
    finally:
        process.terminate()
        process.wait()


def is_installed() -> bool:
    return shutil.which("redis-server") is not None
