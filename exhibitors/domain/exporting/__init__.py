"""Exports exhibitors of an edition as a spreadsheet that the import reads back without a change, and a template;
for readers, what the public pages show of a selection.

Headings are in Korean or English; `domain.importing` finds the columns by them.
"""

from exhibitors.domain.exporting.files import Format, file_name, template_name, write, write_public, write_template
from exhibitors.domain.exporting.selection import edition_of, editions_of

__all__ = [
    "Format",
    "edition_of",
    "editions_of",
    "file_name",
    "template_name",
    "write",
    "write_public",
    "write_template",
]
