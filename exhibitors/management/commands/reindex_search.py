"""Rebuilds the stored search columns, or tells which of them are stale."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from exhibitors.domain import indexing
from exhibitors.models import Edition, Exhibitor, trigram
from exhibitors.models.exhibitor import ExhibitorQuerySet


class Command(BaseCommand):
    help = "Rebuild the columns that search reads, and PostgreSQL's trigram indexes where they are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edition", help="one edition's address; all editions without")
        parser.add_argument(
            "--check", action="store_true", help="change nothing, list stale rows, fail if there are any"
        )

    def handle(self, *, edition: str | None, check: bool, **options: Any) -> None:
        exhibitors = Exhibitor.objects.all()
        if edition is not None:
            if not Edition.objects.filter(slug=edition).exists():
                raise CommandError(f"There is no edition {edition!r}.")
            exhibitors = exhibitors.filter(edition__slug=edition)
        if check:
            self._check(exhibitors)
        else:
            self._rebuild(list(exhibitors.order_by("pk").values_list("pk", flat=True)))

    def _check(self, exhibitors: ExhibitorQuerySet) -> None:
        editions = dict(Edition.objects.values_list("pk", "slug"))
        stale = 0
        for exhibitor in indexing.stale(exhibitors):
            stale += 1
            self.stdout.write(f"stale: {editions[exhibitor.edition_id]} {exhibitor.slug} {exhibitor}")
        if stale:
            raise CommandError(f"{stale} exhibitors have stale search columns. Run manage.py reindex_search.")
        self.stdout.write("All search columns are up to date.")

    def _rebuild(self, pks: list[int]) -> None:
        done = stale = 0
        for start in range(0, len(pks), indexing.BATCH):
            batch = pks[start : start + indexing.BATCH]
            stale += indexing.refresh(batch)
            done += len(batch)
            self.stdout.write(f"{done} of {len(pks)} exhibitors read, {stale} rebuilt")
        if connection.vendor == "postgresql" and not trigram.create_indexes(connection):
            self.stderr.write("The trigram indexes are missing: CREATE EXTENSION pg_trgm was refused.")
