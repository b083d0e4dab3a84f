"""Backs the site up into one file and restores it: the database, the pictures, and a list of what has to be there.

What signs sessions, the secret key, is left out: it belongs to a machine, and another one signs everybody out, no more.
"""

from exhibitors.domain.backup.archive import read as check
from exhibitors.domain.backup.making import Made, make
from exhibitors.domain.backup.manifest import Manifest
from exhibitors.domain.backup.reports import describe
from exhibitors.domain.backup.restoring import restore

__all__ = ["Made", "Manifest", "check", "describe", "make", "restore"]
