#!/usr/bin/env python3
"""Runs, tests and checks the project on a machine that has just Python: `python3 dev.py --help`."""

# The whole file has to parse on Python 3.6, so that an old one reaches this sentence.
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "Python 3.11 or newer is needed and this is {}.{}: install it from https://www.python.org/downloads/\n"
        "Python 3.11 이상이 필요합니다. https://www.python.org/downloads/ 에서 설치해 주세요.".format(
            *sys.version_info[:2]
        )
    )

import argparse
import errno
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.runner import PARTS, run_all
from tests.scratch import clean_environment, scratch_folder

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PROGRAMS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = PROGRAMS / ("python.exe" if os.name == "nt" else "python")
VAR = Path(os.environ.get("EXPO_VAR") or ROOT / "var").absolute()
RUNTIME = ("requirements.txt",)
DEVELOPMENT = ("requirements.txt", "requirements-dev.txt", "requirements-pdf.txt")
CATALOGUE = Path("exhibitors/locale/ko/LC_MESSAGES/django.po")


# The virtual environment


def ensure_environment(*locks: str) -> None:
    """Make .venv and install the locked requirements; quick where that has been done."""
    if not is_usable_venv():
        make_venv()
    for lock in locks:
        digest = hashlib.sha256((ROOT / lock).read_bytes()).hexdigest()
        stamp = VENV / f"{lock}.installed"
        if not stamp.exists() or stamp.read_text() != digest:
            print(f"Installing {lock} ...", flush=True)
            options = ["--require-hashes", "--quiet", "--no-input", "--disable-pip-version-check"]
            must_run([PYTHON, "-m", "pip", "install", *options, "-r", ROOT / lock])
            stamp.write_text(digest)


def is_usable_venv() -> bool:
    try:
        probe = "import pip, sys; sys.exit(sys.version_info < (3, 11))"
        return subprocess.run([PYTHON, "-c", probe], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sys.exit(
            "Python's venv module is missing: on Debian and Ubuntu install it with: sudo apt install python3-venv\n"
            "Python의 venv 모듈이 없습니다. 다음 명령으로 설치해 주세요: sudo apt install python3-venv"
        )
    print("Making .venv ...", flush=True)
    must_run([sys.executable, "-m", "venv", "--clear", VENV])


def must_run(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path = ROOT) -> None:
    """Run a program that speaks for itself; where it fails, stop and name it."""
    if subprocess.run(command, env=env, cwd=cwd, check=False).returncode:
        words = [Path(word).name if index == 0 else str(word) for index, word in enumerate(command)]
        sys.exit(f"This failed, for the reason given above: {' '.join(words)}")


# run, organiser


def run_site(options: argparse.Namespace) -> None:
    if os.name == "nt":
        sys.exit("gunicorn, the server, does not run on Windows: use WSL (wsl --install) and start this there.")
    listener = claim_port(options.host, options.port)
    hosts = reachable_hosts(options.host)
    address = f"http://{hosts[0]}:{options.port}"
    env = os.environ | {"EXPO_VAR": str(VAR)}
    env.setdefault("EXPO_BASE_URL", address)
    env.setdefault("EXPO_ALLOWED_HOSTS", ",".join([*hosts, "localhost", "127.0.0.1", "[::1]"]))
    ensure_environment(*RUNTIME)
    prepare_site(env)
    print(f"The directory is at {address}/ - Ctrl-C stops it.")
    print(f"Organisers sign in at {desk_address(address, env)} - accounts: python3 dev.py organiser", flush=True)
    serve(listener, env)


def desk_address(address: str, env: Mapping[str, str]) -> str:
    return f"{address}/{env.get('EXPO_ADMIN_PATH', 'admin').strip('/')}/"


def claim_port(host: str, port: int) -> socket.socket:
    """Return a socket that the server will take over; stop with a sentence where the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family, backlog=2048)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is in use. Choose another: python3 dev.py run --port {port % 65535 + 1}")
        sys.exit(f"Cannot listen on {host}, port {port}: {error.strerror}.")
    listener.set_inheritable(True)
    return listener


def reachable_hosts(host: str) -> list[str]:
    """Names under which browsers may ask for the site; with all interfaces, this machine's address in its network."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104
        return [f"[{host}]" if ":" in host else host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            # Sends nothing: the system only chooses the interface that leads outside.
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return ["127.0.0.1", socket.gethostname()]
        return [probe.getsockname()[0], socket.gethostname()]


def prepare_site(env: Mapping[str, str]) -> None:
    must_run([PYTHON, "manage.py", "migrate", "--no-input", "--verbosity", "0"], env=env)
    must_run([PYTHON, "manage.py", "load_sample", "--if-empty"], env=env)
    stamp = VAR / "static.installed"
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted((ROOT / "static").rglob("*")):
        digest.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
    if not (VAR / "static").exists() or not stamp.exists() or stamp.read_text() != digest.hexdigest():
        must_run([PYTHON, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"], env=env)
        stamp.write_text(digest.hexdigest())


def serve(listener: socket.socket, env: Mapping[str, str]) -> None:
    """Become gunicorn, so that signals reach it and nothing is left behind."""
    workers = min(2 * (os.cpu_count() or 1), 4)
    command = [PYTHON, "-m", "gunicorn", "expo.wsgi:application", "--bind", f"fd://{listener.fileno()}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--workers", str(workers)]
    command += ["--max-requests", "5000", "--max-requests-jitter", "500"]
    # Loaded once for all workers: it answers sooner, and an error at the start is told once.
    command += ["--preload", "--log-level", "warning", "--no-control-socket"]
    if Path("/dev/shm").is_dir():  # noqa: S108
        command += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    os.chdir(ROOT)
    os.execve(PYTHON, [str(word) for word in command], dict(env))  # noqa: S606


def make_organiser(options: argparse.Namespace) -> None:
    ensure_environment(*RUNTIME)
    env = os.environ | {"EXPO_VAR": str(VAR)}
    must_run([PYTHON, "manage.py", "migrate", "--no-input", "--verbosity", "0"], env=env)
    name = ["--username", options.username] if options.username else []
    sys.exit(subprocess.call([PYTHON, "manage.py", "create_organiser", *name], env=env, cwd=ROOT))


# test


def run_tests(options: argparse.Namespace) -> None:
    ensure_environment(*DEVELOPMENT)
    passed = run_all(PYTHON, ROOT, required=options.require, arguments=options.passed_on)
    sys.exit(0 if passed else 1)


# lint, messages, licences, bench


def lint(options: argparse.Namespace) -> None:
    ensure_environment(*DEVELOPMENT)
    check, fix = ([], ["--fix"]) if options.fix else (["--check"], [])
    templates = sorted((ROOT / "templates").rglob("*.html"))
    checks: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "--quiet", *fix],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--quiet", *check],
        "djade": [PROGRAMS / "djade", "--target-version", "5.2", *check, *templates],
        "mypy": [PYTHON, "-m", "mypy", "--no-error-summary"],
        "missing migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "messages": [PYTHON, "dev.py", "messages", "--check"],
    }
    failed = []
    with scratch_folder() as scratch:
        for name, command in checks.items():
            print(f"Checking: {name}", flush=True)
            if subprocess.run(command, cwd=ROOT, env=clean_environment(scratch), check=False).returncode:
                failed.append(name)
    sys.exit(f"Failed: {', '.join(failed)}" if failed else 0)


def messages(options: argparse.Namespace) -> None:
    ensure_environment(*DEVELOPMENT)
    missing = [name for name in GETTEXT if not shutil.which(name)]
    if missing:
        sys.exit(f"gettext's programs are missing ({', '.join(missing)}): sudo apt install gettext")
    with scratch_folder() as scratch:
        if options.check:
            problems = catalogue_problems(scratch)
            sys.exit("\n".join(problems) if problems else 0)
        fresh = extract_messages(scratch, "--no-obsolete")
        if without_date(fresh) != without_date(ROOT / CATALOGUE):
            shutil.copyfile(fresh, ROOT / CATALOGUE)
        compile_messages((ROOT / CATALOGUE).with_suffix(".mo"))
        print("\n".join(unfinished_messages(fresh)) or "Every message is translated.")


GETTEXT = ("xgettext", "msguniq", "msgmerge", "msgattrib", "msgfmt", "msgunfmt")


def extract_messages(scratch: Path, *more: str) -> Path:
    """Return the catalogue that the sources ask for now, made in a copy so that the tree stays as it is."""
    copy = scratch / "tree"
    for folder in ("exhibitors", "expo", "templates"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    options = ["--locale", "ko", "--add-location", "file", "--no-wrap", "--verbosity", "0"]
    env = clean_environment(scratch / "var") | {"DJANGO_SETTINGS_MODULE": "expo.settings"}
    must_run([PYTHON, "-m", "django", "makemessages", *options, *more], env=env, cwd=copy)
    return copy / CATALOGUE


def catalogue_problems(scratch: Path) -> list[str]:
    fresh = extract_messages(scratch)
    problems = unfinished_messages(fresh)
    if without_date(fresh) != without_date(ROOT / CATALOGUE):
        problems.append(f"{CATALOGUE} is out of date: python3 dev.py messages")
    # Compared as text, since other versions of msgfmt arrange the same messages differently.
    compiled = compile_messages(scratch / "current.mo")
    if output_of("msgunfmt", compiled) != output_of("msgunfmt", (ROOT / CATALOGUE).with_suffix(".mo")):
        problems.append(f"{CATALOGUE.with_suffix('.mo')} is out of date: python3 dev.py messages")
    return problems


def unfinished_messages(catalogue: Path) -> list[str]:
    """One line for each message that is untranslated, uncertain, or no longer asked for."""
    kinds = {
        "untranslated": ("--untranslated", "--no-obsolete"),
        "fuzzy": ("--only-fuzzy", "--no-obsolete"),
        "obsolete": ("--only-obsolete",),
    }
    texts = {kind: output_of("msgattrib", "--no-wrap", *kinds[kind], catalogue) for kind in kinds}
    return [f"{kind}: {message}" for kind, text in texts.items() for message in message_ids(text)]


def message_ids(catalogue: str) -> list[str]:
    """The msgids in a PO text, each joined over its lines, the header's empty one left out."""
    joined = re.sub(r'"\n(#~ )?"', "", catalogue)
    found = re.findall(r'^(?:#~ )?msgid "(.*)"$', joined, flags=re.MULTILINE)
    return [message for message in found if message]


def without_date(catalogue: Path) -> str:
    text = catalogue.read_text(encoding="utf-8") if catalogue.exists() else ""
    return re.sub(r'^"POT-Creation-Date:.*\n', "", text, flags=re.MULTILINE)


def compile_messages(target: Path) -> Path:
    must_run(["msgfmt", "--check-format", "-o", target, ROOT / CATALOGUE])
    return target


def output_of(*command: str | Path) -> str:
    return subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8", check=False).stdout


def licences(_options: argparse.Namespace) -> None:
    ensure_environment(*DEVELOPMENT)
    must_run([PYTHON, "-m", "tests.licences"])


def bench(options: argparse.Namespace) -> None:
    scripts = {path.stem: path for path in sorted((ROOT / "bench").glob("[!_]*.py"))}
    if options.name and options.name not in scripts:
        sys.exit(f"There is no bench/{options.name}.py. There is: {', '.join(scripts) or 'none yet'}")
    if not options.name:
        print("\n".join(scripts) or "There are no measurements yet.")
        return
    ensure_environment(*DEVELOPMENT)
    must_run([PYTHON, scripts[options.name], *options.passed_on], env=os.environ | {"PYTHONPATH": str(ROOT)})


# The command line


def command_line() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Runs, tests and checks the project.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    command = commands.add_parser("run", help="serve the site on this machine, with the sample edition")
    command.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets phones in the same network in")
    command.add_argument("--port", default=8000, type=port_number)
    command.set_defaults(command=run_site)

    command = commands.add_parser("organiser", help="make an organiser's account; asks for name and password")
    command.add_argument("--username", help="where no terminal can ask; the password is then read from the input")
    command.set_defaults(command=make_organiser)

    command = commands.add_parser("test", help="test everything on SQLite, PostgreSQL and in Chromium")
    command.epilog = "What follows -- goes to pytest."
    require = "fail where one of these cannot be tested: postgresql,browser"
    command.add_argument("--require", default=set(), type=part_names, metavar="PARTS", help=require)
    command.set_defaults(command=run_tests)

    command = commands.add_parser("lint", help="check style, format, types, migrations and messages")
    command.add_argument("--fix", action="store_true", help="apply the format and the safe corrections")
    command.set_defaults(command=lint)

    command = commands.add_parser("messages", help="bring the Korean messages up to date with the sources")
    command.add_argument("--check", action="store_true", help="change nothing; list what is unfinished")
    command.set_defaults(command=messages)

    command = commands.add_parser("licences", help="write LICENSES.md: what the site runs on, and under which terms")
    command.set_defaults(command=licences)

    command = commands.add_parser("bench", help="list the measurements, or run one")
    command.epilog = "What follows -- goes to it."
    command.add_argument("name", nargs="?")
    command.set_defaults(command=bench)
    return parser


def port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise argparse.ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def part_names(text: str) -> set[str]:
    names = set(text.split(","))
    if not names <= set(PARTS):
        raise argparse.ArgumentTypeError(f"choose from {', '.join(PARTS)}")
    return names


def main() -> None:
    leave_cleanly_on_signals()
    words = sys.argv[1:]
    dashes = words.index("--") if "--" in words else len(words)
    options = command_line().parse_args(words[:dashes])
    options.passed_on = words[dashes + 1 :]
    try:
        options.command(options)
    except KeyboardInterrupt:
        sys.exit(130)


def leave_cleanly_on_signals() -> None:
    """Turn them into an exception, so that every `finally` ends its children and removes its folders."""
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _frame: sys.exit(128 + number))


if __name__ == "__main__":
    main()
