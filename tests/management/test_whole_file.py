"""Files that are written whole or not at all."""

from pathlib import Path

import pytest
from django.core.management import CommandError

from exhibitors.management.whole_file import whole_file


def test_the_file_gets_its_name_when_all_of_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"

    with whole_file(path, overwrite=False) as file:
        file.write(b"all")
        early = path.exists()

    assert not early
    assert path.read_bytes() == b"all"
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_the_file_that_was_there(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"old")

    def write() -> None:
        with whole_file(path, overwrite=True) as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_came_meanwhile_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"

    def write() -> None:
        with whole_file(path, overwrite=False) as file:
            file.write(b"mine")
            path.write_bytes(b"theirs")

    with pytest.raises(CommandError, match="--overwrite"):
        write()

    assert path.read_bytes() == b"theirs"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("name", ["missing/list.pdf", "."])
def test_where_nothing_can_be_written_is_said_before_the_work_begins(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError), whole_file(tmp_path / name, overwrite=False):
        pytest.fail("began to work")

    assert list(tmp_path.iterdir()) == []
