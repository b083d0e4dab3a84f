"""Bringing to the disk what a power cut must not take back."""

import os
from pathlib import Path


def bring_to_disk(folder: Path) -> None:
    """Make the names in a folder last, which syncing its files does not."""
    if os.name == "posix":  # Windows cannot open folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
