"""A test is one transaction, and PostgreSQL notes a change of the data once in each."""

from django.db import connection


def next_transaction() -> None:
    """Let the next change be noted as that of another transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('expo.noted', '', true)")
