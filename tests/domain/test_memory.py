"""What large pieces of work have left goes back to the system."""

import subprocess
import sys

import pytest

from exhibitors.domain import memory

HOLES = """
import ctypes
from pathlib import Path
from exhibitors.domain import memory

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

pieces = [ctypes.create_string_buffer(2000) for _ in range(40_000)]
del pieces[:-1]
before = resident()
memory.give_back()
print(before - resident() > 60_000_000)
"""


@pytest.mark.skipif(memory._trim is None, reason="only glibc keeps what was freed")
def test_memory_below_what_is_still_in_use_is_given_back() -> None:
    """The last piece stays, so that what was freed lies below it, where nothing gives it back by itself."""
    told = subprocess.run([sys.executable, "-c", HOLES], capture_output=True, text=True, check=True)
    assert told.stdout == "True\n"


def test_where_there_is_no_such_call_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "_trim", None)
    memory.give_back()
