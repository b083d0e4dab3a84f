"""PostgreSQL's programs: which are taken, and what is said where there are none."""

from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation

from exhibitors.domain.backup import programs
from exhibitors.domain.errors import DomainError


def test_a_server_newer_than_all_programs_is_told_what_to_install() -> None:
    with translation.override("en"), pytest.raises(DomainError) as caught:
        programs.find(99)

    beginning, _found, end = str(caught.value).partition("Found: ")
    assert beginning == "pg_dump, pg_restore and psql of PostgreSQL 99 or newer are needed here. "
    assert end.endswith("Install them, on Debian and Ubuntu with: apt install postgresql-client-99")


def install(folder: Path, major: int) -> None:
    for name in ("pg_dump", "pg_restore", "psql"):
        program = folder / name
        program.write_text(f"#!/bin/sh\necho '{name} (PostgreSQL) {major}.4 (Debian)'\n")
        program.chmod(0o755)


def test_the_oldest_that_understands_the_server_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    install(tmp_path, 98)

    assert programs.find(97) == programs.Programs(tmp_path, 98)
    with pytest.raises(DomainError):
        programs.find(99)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no programs")
def test_a_program_that_fails_is_quoted() -> None:
    found = programs.find(15)

    with translation.override("en"), pytest.raises(DomainError) as caught:
        found.run("pg_dump", "--no-such-option")

    assert str(caught.value).startswith("PostgreSQL's pg_dump failed: ")
    assert "no-such-option" in str(caught.value)
