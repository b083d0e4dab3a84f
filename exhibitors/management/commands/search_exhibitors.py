"""Searches an edition and prints what is found, a JSON line a query."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from exhibitors.domain import directory as directories
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.indexing import source_of, with_parts
from exhibitors.models import Edition, Exhibitor
from exhibitors.search.query import Query
from exhibitors.search.reasons import reasons
from exhibitors.search.steps import Resolution


class Command(BaseCommand):
    help = "Search an edition, also a hidden one, as its visitors do. Without a QUERY, standard input has one a line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", required=True, help="the edition's address, such as 2024")
        parser.add_argument("queries", nargs="*", metavar="QUERY")

    def handle(self, *, edition: str, queries: list[str], **options: Any) -> None:
        found = Edition.objects.filter(slug=edition).first()
        if found is None:
            raise CommandError(f"There is no edition {edition!r}.")
        for query in queries or _lines():
            # A directory remembers what it has searched; a new one for each, as there may be very many lines.
            self.stdout.write(_json(_answer(Directory(found), query)))
            self.stdout.flush()


def _lines() -> Iterator[str]:
    for line in sys.stdin.buffer:
        yield line.decode("utf-8", "surrogateescape").rstrip("\r\n")


def _json(answer: dict[str, Any]) -> str:
    """One line of JSON; bytes that were no UTF-8 came as lone surrogates, and leave as their escapes."""
    return json.dumps(answer, ensure_ascii=False).encode("utf-8", "backslashreplace").decode("utf-8")


def _answer(directory: Directory, typed: str) -> dict[str, Any]:
    criteria = Criteria(query=typed, sort=Sort.RELEVANCE)
    hits = directory.hits(criteria)
    rows = with_parts(directories.find(directory, criteria)) if hits.query else ()
    return {
        "query": typed,
        "step": hits.resolution.step,
        "understood": _understood(hits.resolution),
        "exhibitors": [_row(row, hits.query) for row in rows if hits.query],
    }


def _understood(resolution: Resolution) -> dict[str, Any]:
    query, other = resolution.query, resolution.other_layout
    return {
        "query": query.text if query else "",
        "words": [word.text for word in query.words] if query else [],
        "other_layout": other.text if other else None,
        "word_counts": dict(resolution.word_counts),
    }


def _row(exhibitor: Exhibitor, query: Query) -> dict[str, Any]:
    why = reasons(query, source_of(exhibitor))
    return {
        "slug": exhibitor.slug,
        "name_ko": exhibitor.name_ko,
        "name_en": exhibitor.name_en,
        "why": [{"field": reason.field, "value": reason.value, "synonym": reason.synonym} for reason in why],
    }
