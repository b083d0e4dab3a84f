"""How backups are called, and which of a folder are old enough to go."""

import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

_NAME = re.compile(r"expo-\d{4}-\d\d-\d\dT\d{4}\.tar", re.ASCII)
UNFINISHED = ".part"
_ABANDONED = timedelta(days=1)


def name_at(moment: datetime) -> str:
    """By the clock of the site's time zone, so that names are in the order of time."""
    return f"expo-{timezone.localtime(moment):%Y-%m-%dT%H%M}.tar"


def remove_older(newest: Path, keep: int) -> list[Path]:
    """Keep the newest and those before it, `keep` in all; return which were removed. Other files are left alone."""
    others = [path for path in _named(newest.parent) if path != newest]
    old = sorted(others, reverse=True)[keep - 1 :]
    for path in old:
        path.unlink()
    return old


def _named(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if _NAME.fullmatch(path.name) and path.is_file()]


def remove_abandoned(folder: Path, now: datetime) -> None:
    """Remove what killed backups have left; one that is being made still grows."""
    for path in folder.iterdir():
        if _NAME.fullmatch(path.name.removesuffix(UNFINISHED)) and path.is_dir():
            changed_at = max(found.stat().st_mtime for found in (path, *path.iterdir()))
            if changed_at < (now - _ABANDONED).timestamp():
                shutil.rmtree(path)
