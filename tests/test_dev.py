"""dev.py and the runner behind `dev.py test`, as far as they can be tried without a network."""

import ast
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

import dev
from tests import scratch
from tests.runner import (
    Result,
    closing_line,
    find_chromium,
    find_problems,
    never_run,
    print_summary,
    read_skips,
)

needs_postgresql = pytest.mark.skipif(not scratch.find_postgresql(), reason="PostgreSQL is not installed")
needs_gettext = pytest.mark.skipif(not all(map(shutil.which, dev.GETTEXT)), reason="gettext is not installed")

PASSED = Result("sqlite", "3 passed", 0)
BOTH = {"postgresql", "browser"}


def run_python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=dev.ROOT, capture_output=True, encoding="utf-8", check=False)


def test_too_old_a_python_is_told_which_one_to_install() -> None:
    ended = run_python("import runpy, sys; sys.version_info = (3, 9, 2); runpy.run_path('dev.py', run_name='__main__')")

    assert ended.returncode == 1
    assert ended.stderr.startswith("Python 3.11 or newer is needed and this is 3.9: install it from https://")
    assert "Python 3.11 이상이 필요합니다" in ended.stderr


def test_an_old_python_can_read_as_far_as_that_sentence() -> None:
    assert ast.parse((dev.ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_venv_module_is_named_with_its_package(module: str) -> None:
    ended = run_python(f"import sys; sys.modules[{module!r}] = None; import dev; dev.make_venv()")

    assert ended.returncode == 1
    assert "sudo apt install python3-venv" in ended.stderr.splitlines()[0]
    assert "설치해 주세요" in ended.stderr.splitlines()[1]


def test_requirements_are_installed_only_when_the_lock_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("# nothing\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    dev.ensure_environment("requirements.txt")
    first = capsys.readouterr().out
    dev.ensure_environment("requirements.txt")
    second = capsys.readouterr().out
    lock.write_text("# nothing, in other words\n")
    dev.ensure_environment("requirements.txt")
    third = capsys.readouterr().out

    assert (first, second, third) == (
        "Installing requirements.txt ...\n",
        "",
        "Installing requirements.txt ...\n",
    )


def test_a_lock_that_cannot_be_installed_is_tried_again_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "requirements.txt").write_text("/no-such-folder/none-1.0-py3-none-any.whl\n")
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "VENV", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))

    with pytest.raises(SystemExit, match="pip install"):
        dev.ensure_environment("requirements.txt")

    assert not (tmp_path / "requirements.txt.installed").exists()


def test_a_port_in_use_is_named_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit, match=f"Port {port} is in use. Choose another: python3 dev.py run --port "):
            dev.claim_port("127.0.0.1", port)


def test_a_host_that_is_not_this_machine_is_named() -> None:
    with pytest.raises(SystemExit, match=r"Cannot listen on 203\.0\.113\.1, port 8000: "):
        dev.claim_port("203.0.113.1", 8000)


@pytest.mark.parametrize(
    "words",
    [
        ["run", "--port", "0"],
        ["run", "--port", "65536"],
        ["run", "--port", "x"],
        ["test", "--require", "oracle"],
        [],
    ],
)
def test_nonsense_on_the_command_line_is_refused(words: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        dev.command_line().parse_args(words)

    assert refused.value.code == 2


def test_several_parts_can_be_required() -> None:
    assert dev.command_line().parse_args(["test", "--require", "postgresql,browser"]).require == BOTH


@pytest.mark.parametrize(
    ("results", "required", "is_narrowed", "problems"),
    [
        ([PASSED], set(), False, []),
        ([PASSED, Result("browser", "skipped: none here")], set(), False, []),
        (
            [PASSED, Result("browser", "skipped: none here")],
            {"browser"},
            False,
            ["browser is required, but skipped: none here"],
        ),
        (
            [PASSED, Result("postgresql", "1 failed", 1)],
            set(),
            False,
            ["PostgreSQL: pytest ended with code 1"],
        ),
        ([PASSED, Result("postgresql", "error", 4)], set(), True, ["PostgreSQL: pytest ended with code 4"]),
        (
            [PASSED, Result("postgresql", "killed", -9)],
            set(),
            False,
            ["PostgreSQL: pytest ended with code -9"],
        ),
        ([PASSED, Result("postgresql", "no tests ran", 5)], set(), False, ["PostgreSQL: no tests ran"]),
        ([PASSED, Result("browser", "no tests ran", 5)], set(), False, []),
        ([PASSED, Result("browser", "no tests ran", 5)], {"browser"}, False, ["browser: no tests ran"]),
        ([PASSED, Result("browser", "no tests ran", 5)], {"browser"}, True, []),
        ([Result("sqlite", "no tests ran", 5)], set(), True, ["no test ran anywhere"]),
    ],
)
def test_what_makes_a_run_fail(
    results: list[Result], required: set[str], is_narrowed: bool, problems: list[str]
) -> None:
    assert find_problems(results, required=required, is_narrowed=is_narrowed) == problems


def test_a_test_that_ran_nowhere_fails_only_where_everything_is_required() -> None:
    result = Result("sqlite", "3 passed, 1 skipped", 0, {"test_a": "no mood", "test_b": ""})

    assert find_problems([result], required=BOTH - {"browser"}, is_narrowed=True) == []
    assert find_problems([result], required=BOTH, is_narrowed=True) == ["test_a never ran: no mood"]


def test_a_test_without_the_real_data_may_be_skipped_everywhere() -> None:
    result = Result("sqlite", "1 skipped", 0, {"test_a": "EXPO_REAL_DATA names no folder of real lists"})

    assert find_problems([result], required=BOTH, is_narrowed=True) == []


@pytest.mark.parametrize("elsewhere", [{"test_a": ""}, {"test_a": "", "test_b": "only elsewhere"}])
def test_a_test_that_ran_in_one_part_may_be_skipped_in_another(elsewhere: dict[str, str]) -> None:
    here = Result("sqlite", "", 0, {"test_a": "only on PostgreSQL"})
    there = Result("postgresql", "", 0, elsewhere)

    assert "test_a" not in never_run([here, there])
    assert "test_a" not in never_run([there, here])


def test_skips_are_read_from_pytests_report(tmp_path: Path) -> None:
    (tmp_path / "test_three.py").write_text(
        "import pytest\n"
        "def test_runs(): pass\n"
        "def test_skips(): pytest.skip('for a reason')\n"
        "@pytest.mark.xfail\n"
        "def test_fails(): assert 0\n"
    )
    report = tmp_path / "report.xml"

    pytest_there = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "no:django",
        f"--rootdir={tmp_path}",
        "-c",
        os.devnull,
    ]
    subprocess.run(
        [*pytest_there, "-p", "no:cacheprovider", f"--junitxml={report}", tmp_path],
        capture_output=True,
        check=True,
        cwd=tmp_path,
    )

    assert read_skips(report) == {
        "test_three::test_runs": "",
        "test_three::test_skips": "for a reason",
        "test_three::test_fails": "",
    }


def test_without_a_report_nothing_is_known_about_skips(tmp_path: Path) -> None:
    assert read_skips(tmp_path / "report.xml") == {}


def test_the_summary_has_a_line_for_each_part_and_what_was_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    results = [
        Result("browser", "skipped: none here"),
        Result("sqlite", "3 passed, 1 skipped in 0.12s", 0, {"test_a": "no mood"}),
    ]

    print_summary(results, [])
    print_summary(results[:1], ["no test ran anywhere"])

    assert capsys.readouterr().out == (
        "\n----- summary -----\n"
        "SQLite: 3 passed, 1 skipped in 0.12s\n"
        "browser: skipped: none here\n"
        "skipped: test_a: no mood\n"
        "All passed.\n"
        "\n----- summary -----\n"
        "browser: skipped: none here\n"
        "FAILED\n"
        "no test ran anywhere\n"
    )


@pytest.mark.parametrize(
    ("output", "line"),
    [
        (
            "...\n== short test summary info ==\n=== 1 failed, 2 passed in 0.12s ===\n",
            "1 failed, 2 passed in 0.12s",
        ),
        (
            "\x1b[32m\x1b[1m3 passed\x1b[0m\x1b[32m in 61.20s (0:01:01)\x1b[0m\n",
            "3 passed in 61.20s (0:01:01)",
        ),
        ("==== no tests ran in 0.01s ====\n", "no tests ran in 0.01s"),
        ("==== 3 passed in 0.01s ====\nException ignored\n+---\n", "3 passed in 0.01s"),
        ("ImportError: no such thing\n\n", "ImportError: no such thing"),
        ("", "pytest wrote nothing"),
    ],
)
def test_a_parts_line_is_pytests_own_count(output: str, line: str) -> None:
    assert closing_line(output) == line


def test_tests_do_not_see_the_callers_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("EXPO_SECRET_KEY", "EXPO_VAR", "DATABASE_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE"):
        monkeypatch.setenv(name, "the caller's")
    monkeypatch.setenv("EXPO_REAL_DATA", "lists")

    environment = scratch.clean_environment(tmp_path)

    assert "the caller's" not in environment.values()
    assert environment["EXPO_VAR"] == str(tmp_path)
    assert environment["EXPO_REAL_DATA"] == str(Path.cwd() / "lists")


def make_programs(folder: Path, *names: str) -> Path:
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).touch(mode=0o755)
    return folder


def test_the_newest_complete_postgresql_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(scratch, "DEBIAN", tmp_path)
    make_programs(tmp_path / "9.6" / "bin", "initdb", "pg_ctl", "postgres")
    newest = make_programs(tmp_path / "15" / "bin", "initdb", "pg_ctl", "postgres")
    make_programs(tmp_path / "16" / "bin", "psql")

    assert scratch.find_postgresql() == newest


def test_a_link_on_the_path_leads_to_the_programs_beside_its_target(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = make_programs(tmp_path / "there", "initdb", "pg_ctl", "postgres")
    make_programs(tmp_path / "path").joinpath("initdb").symlink_to(programs / "initdb")
    monkeypatch.setenv("PATH", str(tmp_path / "path"))

    assert scratch.find_postgresql() == programs


def test_without_postgresql_and_chromium_there_is_nothing_to_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(scratch, "DEBIAN", tmp_path)

    with scratch.cluster(tmp_path) as url:
        assert url == ""
    assert find_chromium() == ""


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder near the root for scratch folders, apart from those of tests that run at the same time."""
    with scratch.scratch_folder() as folder:
        yield folder


def connect(folder: Path) -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(host=str(folder / "pg"), port=5432, user="expo", dbname="postgres", autocommit=True)


@needs_postgresql
def test_a_cluster_speaks_utf8_and_is_gone_afterwards() -> None:
    with scratch.scratch_folder() as folder:
        with scratch.cluster(folder) as url:
            connection = connect(folder)
            answer = connection.execute("SHOW server_encoding").fetchone()
        assert_ended(connection)

    assert url == f"postgres://expo@{quote(str(folder / 'pg'), safe='')}:5432/expo"
    assert answer == ("UTF8",)
    assert not folder.exists()


def assert_ended(connection: psycopg.Connection[tuple[str]]) -> None:
    """Where a cluster has ended, so have its connections."""
    with connection, pytest.raises(psycopg.OperationalError):
        connection.execute("SELECT 1")


HOLD_A_CLUSTER = """
import sys
import dev
from pathlib import Path
from tests.scratch import cluster, scratch_folder
dev.leave_cleanly_on_signals()
with scratch_folder(Path(sys.argv[1])) as folder, cluster(folder):
    print(folder, flush=True)
    sys.stdin.read()
"""


def hold_a_cluster(place: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a process that keeps a cluster until it is ended; also return the cluster's folder."""
    command = [sys.executable, "-c", HOLD_A_CLUSTER, str(place)]
    process = subprocess.Popen(command, cwd=dev.ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


@needs_postgresql
def test_sigterm_ends_the_cluster_and_removes_its_folder(place: Path) -> None:
    process, folder = hold_a_cluster(place)
    connection = connect(folder)

    with process:
        process.terminate()

    assert process.returncode == 128 + signal.SIGTERM
    assert not folder.exists()
    assert_ended(connection)


@needs_postgresql
def test_what_a_killed_run_left_is_cleared_up_by_the_next_and_a_living_ones_is_not(place: Path) -> None:
    living, kept = hold_a_cluster(place)
    killed, folder = hold_a_cluster(place)
    with killed:
        killed.kill()
    connection = connect(folder)

    scratch.remove_dead_scratch(place)
    with connect(kept) as other:
        answer = other.execute("SHOW server_encoding").fetchone()
    with living:
        living.terminate()

    assert answer == ("UTF8",)
    assert not folder.exists()
    assert_ended(connection)


CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Halls"
msgstr "전시관"

msgid "Booths"
msgstr ""

msgid ""
"First line\\n"
"Second line"
msgstr ""

#, fuzzy
#| msgid "Sort by booths"
msgid "Sort by booth"
msgstr "부스순"

#~ msgid "Stands"
#~ msgstr "부스"
"""


@needs_gettext
def test_unfinished_messages_are_listed_by_what_they_lack(tmp_path: Path) -> None:
    catalogue = tmp_path / "django.po"
    catalogue.write_text(CATALOGUE, encoding="utf-8")

    assert dev.unfinished_messages(catalogue) == [
        "untranslated: Booths",
        "untranslated: First line\\nSecond line",
        "fuzzy: Sort by booth",
        "obsolete: Stands",
    ]
