"""A folder, an environment and a PostgreSQL cluster that live as long as one run of the tests."""

import contextlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

if sys.platform != "win32":
    import pwd

# Short enough for the path of a socket, and open to the unprivileged user that PostgreSQL runs as.
TEMPORARY = Path("/tmp") if os.name == "posix" else Path(tempfile.gettempdir())
DEBIAN = Path("/usr/lib/postgresql")


@contextlib.contextmanager
def scratch_folder(place: Path = TEMPORARY) -> Iterator[Path]:
    """Yield a new folder whose name has our process in it, so that a later run can clear up after a killed one."""
    folder = Path(tempfile.mkdtemp(prefix=f"expo-dev-{os.getpid()}-", dir=place))
    folder.chmod(0o711)  # the cluster's user passes through
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def remove_dead_scratch(place: Path = TEMPORARY) -> None:
    """Remove what killed runs have left, their clusters too."""
    for folder in place.glob("expo-dev-*-*"):
        process = folder.name.split("-")[2]
        if process.isdecimal() and not is_alive(int(process)) and is_ours(folder):
            stop_cluster(folder)
            shutil.rmtree(folder, ignore_errors=True)


def is_alive(process: int) -> bool:
    if sys.platform == "win32":
        return True  # there os.kill would end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def is_ours(folder: Path) -> bool:
    return sys.platform == "win32" or folder.stat().st_uid == os.geteuid()


def clean_environment(var: Path) -> dict[str, str]:
    """Return the caller's environment without what steers the settings, so that nothing of the caller's is touched."""
    steering = ("EXPO_", "DJANGO_", "DATABASE_URL", "CACHE_URL", "EMAIL_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(steering)}
    if os.environ.get("EXPO_REAL_DATA"):
        env["EXPO_REAL_DATA"] = str(Path(os.environ["EXPO_REAL_DATA"]).absolute())
    return env | {"EXPO_VAR": str(var)}


@contextlib.contextmanager
def cluster(scratch: Path) -> Iterator[str]:
    """Start PostgreSQL on a socket in `scratch` and yield its URL, or an empty text where it is not installed."""
    programs = find_postgresql()
    if not programs:
        yield ""
        return
    home = scratch / "pg"
    home.mkdir(mode=0o700)
    user = cluster_user()
    if user:
        shutil.chown(home, user)
    try:
        start_cluster(programs, home)
        yield f"postgres://expo@{quote(str(home), safe='')}:5432/expo"
    finally:
        stop_cluster(scratch)


def find_postgresql() -> Path | None:
    """Return the folder of PostgreSQL's programs: those on the PATH, else the newest where Debian puts them."""
    if os.name != "posix":
        return None
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(DEBIAN.glob("*/bin"), key=version, reverse=True)
    if shutil.which("pg_config"):
        asked = subprocess.run(["pg_config", "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(asked.stdout.strip()))
    needed = ("initdb", "pg_ctl", "postgres")
    return next((folder for folder in folders if all((folder / name).exists() for name in needed)), None)


def version(programs: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", programs.parent.name)]


def cluster_user() -> str:
    """Return whom to run the cluster as, since PostgreSQL refuses root; empty where we are somebody else already."""
    if sys.platform == "win32" or os.geteuid():
        return ""
    users = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in users else "nobody"


def start_cluster(programs: Path, home: Path) -> None:
    data, log = home / "data", home / "log"
    options = ["--auth=trust", "--username=expo", "--encoding=UTF8", "--no-sync", f"--pgdata={data}"]
    made = run_as_cluster_user(programs / "initdb", *options, "--locale=C.UTF-8", home=home)
    if made.returncode:
        # Systems without glibc's C.UTF-8 have C everywhere.
        made = run_as_cluster_user(programs / "initdb", *options, "--locale=C", home=home)
    if made.returncode:
        sys.exit(f"PostgreSQL's initdb failed:\n{made.stdout}")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(f"listen_addresses = ''\nport = 5432\nunix_socket_directories = '{home}'\n")
        settings.write("fsync = off\nfull_page_writes = off\nsynchronous_commit = off\n")
    started = run_as_cluster_user(programs / "pg_ctl", "start", "--wait", f"--pgdata={data}", f"--log={log}", home=home)
    if started.returncode:
        sys.exit(f"PostgreSQL did not start:\n{started.stdout}{log.read_text() if log.exists() else ''}")


def stop_cluster(scratch: Path) -> None:
    data = scratch / "pg" / "data"
    programs = find_postgresql() if (data / "postmaster.pid").exists() else None
    if programs:
        # It is thrown away in a moment: no need for an orderly end.
        stop = ("stop", "--wait", "--mode=immediate", f"--pgdata={data}")
        run_as_cluster_user(programs / "pg_ctl", *stop, home=data.parent)


def run_as_cluster_user(program: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    identity: dict[str, Any] = {}
    if user := cluster_user():
        identity = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}
    output: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.run([program, *arguments], cwd=home, check=False, **output, **identity)
