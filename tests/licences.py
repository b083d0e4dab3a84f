"""Writes LICENSES.md, the list of what the site runs on, for `dev.py licences`."""

import re
from importlib.metadata import PackageMetadata, metadata
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "LICENSES.md"
LOCKS = {
    "requirements.txt": "What the site needs",
    "requirements-pdf.txt": "What `print_booths_pdf` needs besides",
}

# Packages for other systems and Pythons, which are not installed where the list is written.
ELSEWHERE = {
    "async-timeout": ("Apache-2.0", "https://github.com/aio-libs/async-timeout"),
    "brotlicffi": ("MIT", "https://github.com/python-hyper/brotlicffi"),
    "tzdata": ("Apache-2.0", "https://github.com/python/tzdata"),
}

HEAD = """# Licences

The packages that the site runs on, with the licence that each states. None of their code is part of this repository;
pip installs them unchanged. `python3 dev.py licences` writes this list, and a test compares it with the locks.
"""
PREFERRED = ("homepage", "home", "repository", "source", "source code", "code", "github", "documentation")
LOCKED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", re.MULTILINE | re.IGNORECASE)


class Package(NamedTuple):
    name: str
    version: str
    licence: str
    homepage: str


def main() -> None:
    LIST.write_text(text(), encoding="utf-8")


def text() -> str:
    """The whole list, made from the locks and from what the installed packages say of themselves."""
    listed: set[str] = set()
    parts = [HEAD]
    for lock, title in LOCKS.items():
        found = [package(name, version) for name, version in locked(lock) if name not in listed]
        listed |= {one.name for one in found}
        rows = "".join(f"| {one.name} | {one.version} | {one.licence} | <{one.homepage}> |\n" for one in found)
        parts.append(f"## {title}\n\n| package | version | licence | address |\n|---|---|---|---|\n{rows}")
    return "\n".join(parts)


def locked(lock: str) -> list[tuple[str, str]]:
    """Names and versions of a lock, in its order."""
    return [(match[1], match[2]) for match in LOCKED.finditer((ROOT / lock).read_text(encoding="utf-8"))]


def package(name: str, version: str) -> Package:
    if name in ELSEWHERE:
        return Package(name, version, *ELSEWHERE[name])
    said = metadata(name)
    return Package(name, version, licence_of(said), homepage_of(said))


def licence_of(said: PackageMetadata) -> str:
    """The expression where there is one, else the classifiers, else a short text; empty where nothing is stated."""
    classifiers = [
        line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or () if line.startswith("License")
    ]
    stated = (_one(said, "License-Expression"), " or ".join(classifiers), _one(said, "License").split("\n")[0])
    return next(filter(None, stated), "")


def homepage_of(said: PackageMetadata) -> str:
    labelled = dict(
        line.lower().split(", ", 1)[:1] + line.split(", ", 1)[1:] for line in said.get_all("Project-URL") or ()
    )
    return _one(said, "Home-page") or next((labelled[label] for label in PREFERRED if label in labelled), "")


def _one(said: PackageMetadata, field: str) -> str:
    return str(said[field] or "") if field in said else ""


if __name__ == "__main__":
    main()
