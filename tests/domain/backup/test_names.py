"""How backups are called, and which are removed."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from exhibitors.domain.backup import names

NOW = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)


def test_a_name_is_in_the_time_of_seoul() -> None:
    assert names.name_at(NOW) == "expo-2026-11-26T0930.tar"
    assert names.name_at(NOW - timedelta(hours=12)) == "expo-2026-11-25T2130.tar"


def test_the_newest_stay_and_other_files_are_not_touched(tmp_path: Path) -> None:
    others = {"expo-2026-11-20T0930.tar.gz", "my-expo-2026-11-20T0930.tar", "expo-2026-11-2.tar", "notes.txt"}
    backups = [f"expo-2026-11-2{day}T0930.tar" for day in range(1, 7)]
    for name in (*others, *backups):
        (tmp_path / name).touch()
    (tmp_path / "expo-2026-11-20T0930.tar").mkdir()

    removed = names.remove_older(tmp_path / backups[-1], 2)

    assert [path.name for path in removed] == backups[3::-1]
    assert {path.name for path in tmp_path.iterdir()} == {*others, *backups[4:], "expo-2026-11-20T0930.tar"}


def test_the_backup_just_made_stays_where_the_clock_was_wrong(tmp_path: Path) -> None:
    for name in ("expo-2026-11-26T0930.tar", "expo-2099-01-01T0000.tar"):
        (tmp_path / name).touch()

    names.remove_older(tmp_path / "expo-2026-11-26T0930.tar", 1)

    assert [path.name for path in tmp_path.iterdir()] == ["expo-2026-11-26T0930.tar"]


def test_what_a_killed_backup_left_goes_after_a_day(tmp_path: Path) -> None:
    for name, hours in {
        "expo-2026-11-24T0930.tar.part": 25,
        "expo-2026-11-26T0929.tar.part": 1,
        "other.part": 25,
    }.items():
        work = tmp_path / name
        work.mkdir()
        (work / "database.dump").touch()
        then = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(work / "database.dump", (then, then))
        os.utime(work, (then, then))

    names.remove_abandoned(tmp_path, NOW)

    assert {path.name for path in tmp_path.iterdir()} == {"expo-2026-11-26T0929.tar.part", "other.part"}
