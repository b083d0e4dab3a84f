"""What handlers of post_migrate have to know before they touch rows."""

from collections.abc import Sequence

from django.db import connection
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor

Plan = Sequence[tuple[Migration, bool]]


def is_complete(plan: Plan | None) -> bool:
    """Whether `migrate` has run, and nothing is left to be migrated: else the tables are not those of the models.

    Tests and `flush` send the signal too, without a plan.
    """
    if plan is None:
        return False
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
