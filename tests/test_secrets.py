"""What no file of the repository may hold."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

SECRETS = {
    "a secret key": r"SECRET_KEY[\"']?\]?\s*[:=]\s*[bfr]?[\"'](?!\$\()[^\"'{}]{8,}[\"'](?! \*)",
    "a private key": r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    "a password in an address": r"\b(?:postgres(?:ql)?|redis|smtp)://[^\s:@/{]+:(?!password@)[^\s@/{]+@",
    "a token of a service": r"\b(?:gh[pousr]_\w{30,}|AKIA[0-9A-Z]{16}|xox[bap]-\w{10,}|sk-\w{30,})",
}


def found_in(text: str) -> list[str]:
    return [name for name, pattern in SECRETS.items() if re.search(pattern, text)]


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.skipif(not shutil.which("git") or not (ROOT / ".git").exists(), reason="this is no clone")
def test_no_file_of_the_repository_holds_a_secret() -> None:
    files = [path for path in tracked_files() if path != Path(__file__)]

    found = {str(path.relative_to(ROOT)): found_in(path.read_text(errors="replace")) for path in files}

    assert len(files) > 300
    assert {name: what for name, what in found.items() if what} == {}
    assert [path.name for path in files if path.suffix in {".env", ".sqlite3", ".pem", ".key"}] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('SECRET_KEY = "django-insecure-abc"', ["a secret key"]),
        ("EXPO_SECRET_KEY='0123456789'", ["a secret key"]),
        ('{"SECRET_KEY": "0123456789"}', ["a secret key"]),
        ("-----BEGIN RSA PRIVATE KEY-----", ["a private key"]),
        ("DATABASE_URL=postgres://expo:hunter2@db/expo", ["a password in an address"]),
        ("postgres://user:password@host/name", []),
        ('SECRET_KEY = environment.secret_key(env.str("EXPO_SECRET_KEY", ""))', []),
    ],
)
def test_a_secret_would_be_found(text: str, expected: list[str]) -> None:
    assert found_in(text) == expected
