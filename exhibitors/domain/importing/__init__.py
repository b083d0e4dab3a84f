"""Imports spreadsheets: read → choose sheet and columns → parse rows → compare with the edition → apply.

Nothing is written before `apply`; what it writes is what the `Difference` shows.
"""

from exhibitors.domain.importing.applying import Applied, apply
from exhibitors.domain.importing.columns import Column, Heading, IgnoredColumn, choose_sheet
from exhibitors.domain.importing.comparing import compare
from exhibitors.domain.importing.differences import Difference, Options
from exhibitors.domain.importing.encodings import ENCODINGS
from exhibitors.domain.importing.errors import EditionChangedError, FileRefusedError
from exhibitors.domain.importing.files import read
from exhibitors.domain.importing.limits import check_size
from exhibitors.domain.importing.previews import Preview, preview
from exhibitors.domain.importing.problems import Problem, Reason
from exhibitors.domain.importing.reports import describe
from exhibitors.domain.importing.rows import parse
from exhibitors.domain.importing.sheets import Sheet, Spreadsheet

__all__ = [
    "ENCODINGS",
    "Applied",
    "Column",
    "Difference",
    "EditionChangedError",
    "FileRefusedError",
    "Heading",
    "IgnoredColumn",
    "Options",
    "Preview",
    "Problem",
    "Reason",
    "Sheet",
    "Spreadsheet",
    "apply",
    "check_size",
    "choose_sheet",
    "compare",
    "describe",
    "parse",
    "preview",
    "read",
]
