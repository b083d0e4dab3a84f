"""Directories to search in tests: each folder of data/ holds exhibitors and the cases that speak of them."""

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from exhibitors.search.document import Source, split_list
from exhibitors.search.match import Entry, Outcome, entries, search, vocabulary_of
from exhibitors.search.typo import Vocabulary

DATA = Path(__file__).parent / "data"
FOLDERS = sorted(folder.name for folder in DATA.iterdir() if folder.is_dir())


@dataclass(frozen=True)
class Case:
    """A query and what it must find; the JavaScript of the offline copy is held to the same cases."""

    query: str
    kind: str
    expect: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    top: str | None = None
    step: str | None = None
    understood: str | None = None


@dataclass(frozen=True)
class Directory:
    entries: tuple[Entry, ...]
    vocabulary: Vocabulary

    def search(self, text: str) -> Outcome:
        return search(self.entries, text, self.vocabulary)

    def names(self, text: str) -> list[str]:
        return [hit.entry.source.names[0] for hit in self.search(text).found]


def sources(folder: str) -> list[Source]:
    with (DATA / folder / "exhibitors.csv").open(encoding="utf-8", newline="") as file:
        return [
            Source(
                names=tuple(filter(None, (row["name_ko"], row["name_en"]))),
                products=split_list(row["products"]),
                industries=split_list(row["industry"]),
                halls=split_list(row["hall"]),
                booths=split_list(row["booth"]),
                descriptions=tuple(filter(None, [row["description"]])),
            )
            for row in csv.DictReader(file)
        ]


@cache
def directory(folder: str) -> Directory:
    found = sources(folder)
    return Directory(entries(found), vocabulary_of(found))


def cases(folder: str) -> list[Case]:
    lines = (DATA / folder / "cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def _case(values: dict[str, Any]) -> Case:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    return Case(**fields)
