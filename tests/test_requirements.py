"""What is installed: pinned with hashes, each with a reason, under licences that are known."""

import re
from pathlib import Path

import pytest

from tests import licences

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-pdf.txt")

# What the packages may be used under beside code of any licence; another one is looked at by somebody first.
CHOICE_OF_THREE = (
    "GNU General Public License v2 or later (GPLv2+) or GNU Lesser General Public License v2 or later (LGPLv2+) or "
    "Mozilla Public License 1.1 (MPL 1.1)"
)
KNOWN = {
    CHOICE_OF_THREE,
    "Apache Software License",
    "Apache-2.0 AND BSD-2-Clause",
    "Apache-2.0",
    "Apache-2.0 OR BSD-2-Clause",
    "BSD License",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-only",
    "MIT",
    "MIT License",
    "MIT-0",
    "MIT-CMU",
    "PSF-2.0",
    "Unlicense",
}


def entries(lock: str) -> list[str]:
    """Each requirement of a lock with the lines that go on with it."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / lock).read_text(), flags=re.MULTILINE)
    return [entry.strip() for entry in re.split(r"\n(?=\S)", text) if entry.strip()]


def wanted(source: str) -> list[tuple[str, str]]:
    """Names of a list of direct requirements, each with the reason beside it."""
    lines = [line for line in (ROOT / source).read_text().splitlines() if line and not line.startswith(("#", "-c"))]
    return [(re.split(r"[\[~=><]| ", line)[0].lower(), line.partition("#")[2].strip()) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_with_hashes(lock: str) -> None:
    pinned = re.compile(r"[\w.\[\]-]+==[\w.]+( ; [^\\]+)? \\\n(\s+--hash=sha256:[0-9a-f]{64}( \\\n)?)+")

    assert [entry for entry in entries(lock) if not pinned.fullmatch(entry)] == []
    assert len(entries(lock)) > 10


@pytest.mark.parametrize("lock", LOCKS)
def test_every_direct_requirement_is_locked_and_has_its_reason_beside_it(lock: str) -> None:
    direct = wanted(lock.replace(".txt", ".in"))
    locked = {name.lower() for name, _version in licences.locked(lock)}

    assert [name for name, reason in direct if len(reason) < 5] == []
    assert [name for name, _reason in direct if name not in locked] == []
    assert len(direct) > 0


def test_what_two_locks_hold_has_one_version() -> None:
    versions: dict[str, set[str]] = {}
    for lock in LOCKS:
        for name, version in licences.locked(lock):
            versions.setdefault(name, set()).add(version)

    assert {name: found for name, found in versions.items() if len(found) > 1} == {}


def test_the_list_of_licences_is_up_to_date() -> None:
    rows = re.findall(
        r"^\| ([^ ]+) \| ([^ ]+) \| (.+) \| <(https?://\S+)> \|$", licences.LIST.read_text(), re.MULTILINE
    )

    locked = {pair for lock in licences.LOCKS for pair in licences.locked(lock)}
    assert sorted((name, version) for name, version, _licence, _address in rows) == sorted(locked)
    assert {licence for _name, _version, licence, _address in rows} - KNOWN == set()


def test_the_list_says_what_the_packages_say() -> None:
    assert licences.LIST.read_text(encoding="utf-8") == licences.text()
