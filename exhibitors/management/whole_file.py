"""Files that commands write whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


@contextmanager
def whole_file(path: Path, *, overwrite: bool) -> Iterator[BinaryIO]:
    """Yield a file that gets its name when the block has ended well; a failure leaves what was there before.

    Raises CommandError where the name is taken and may not be overwritten, before the block too, or on a failing disk.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        _check(path, overwrite=overwrite)
        with draft.open("xb") as file:
            yield file
        _check(path, overwrite=overwrite)
        draft.replace(path)
    except FileExistsError as error:
        message = _("%(path)s is there already. Replace it with --overwrite.")
        raise CommandError(message % {"path": path}) from error
    except OSError as error:
        message = _("%(path)s cannot be written: %(reason)s")
        raise CommandError(message % {"path": path, "reason": error.strerror or error}) from error
    finally:
        draft.unlink(missing_ok=True)


def _check(path: Path, *, overwrite: bool) -> None:
    if not overwrite and path.exists():
        raise FileExistsError
