"""What has to be known before rows of a database that may be an older version's are touched."""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

Plan = Sequence[tuple[Migration, bool]]


def is_complete(plan: Plan | None) -> bool:
    """Whether `migrate` has run, and nothing is left to be migrated: else rows are not to be touched.

    Tests and `flush` send the signal too, without a plan.
    """
    return plan is not None and is_up_to_date()


def is_up_to_date(database: BaseDatabaseWrapper = connection) -> bool:
    """Whether the database has every migration of this program. One query, and two that look for their table."""
    executor = MigrationExecutor(database)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
