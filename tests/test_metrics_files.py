"""Processes that count together: each on its own, and whoever follows a dead one goes on where it stopped."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from prometheus_client import CollectorRegistry, multiprocess

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough: no database is asked")

ROOT = Path(__file__).resolve().parent.parent
COUNT = """
import os, sys
from pathlib import Path
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
from prometheus_client import Counter, Gauge, values
from expo.metrics_files import Slots
slots = Slots(Path(sys.argv[1]), server=sys.argv[2])
values.ValueClass = values.MultiProcessValue(slots.own)
done, busy = Counter("done", "d", registry=None), Gauge("busy", "b", registry=None, multiprocess_mode="livesum")
if sys.argv[3:] == ["fork"]:
    if os.fork() == 0:
        done.inc(10)
        os._exit(0)
    os.wait()
done.inc()
busy.inc()
print(slots.own(), flush=True)
sys.stdin.read()
"""
Worker = subprocess.Popen[str]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., tuple[Worker, str]]]:
    """Starts a process that counts one and is busy until it is ended; also returns its number."""
    started: list[Worker] = []

    def start(server: str = "first", *arguments: str) -> tuple[Worker, str]:
        command = [sys.executable, "-c", COUNT, str(tmp_path), server, *arguments]
        worker = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(worker)
        assert worker.stdout
        return worker, worker.stdout.readline().strip()

    yield start
    for worker in started:
        end(worker)


def end(worker: Worker) -> None:
    worker.kill()
    worker.communicate()


def told(folder: Path) -> tuple[float | None, float | None]:
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry, path=str(folder))
    return registry.get_sample_value("done_total"), registry.get_sample_value("busy")


def test_the_numbers_of_the_dead_are_taken_over_with_their_counts(
    start: Callable[..., tuple[Worker, str]], tmp_path: Path
) -> None:
    first, first_number = start()
    _second, second_number = start()
    both = told(tmp_path)

    end(first)
    _third, third_number = start()

    assert (first_number, second_number, both) == ("0", "1", (2, 2))
    assert (third_number, told(tmp_path)) == ("0", (3, 2))
    assert len(list(tmp_path.glob("counter_*.db"))) == 2


@pytest.mark.parametrize(("server", "counted"), [("first", (3, 1)), ("second", (1, 1))])
def test_counting_goes_on_while_the_server_lives_though_all_workers_died(
    start: Callable[..., tuple[Worker, str]], tmp_path: Path, server: str, counted: tuple[float, float]
) -> None:
    workers = [worker for worker, _number in (start(), start())]
    for worker in workers:
        end(worker)

    _worker, number = start(server)

    assert (number, told(tmp_path)) == ("0", counted)


def test_a_forked_process_counts_under_a_number_of_its_own(
    start: Callable[..., tuple[Worker, str]], tmp_path: Path
) -> None:
    _parent, number = start("first", "fork")

    assert (number, told(tmp_path)) == ("0", (11, 1))
    assert len(list(tmp_path.glob("counter_*.db"))) == 2
