"""How large a spreadsheet may be, and the sentences that say so."""

from django.db import models
from django.utils.translation import gettext as _

from exhibitors.domain.importing.errors import FileRefusedError

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 10_000  # with content, under the heading
MAX_COLUMNS = 256
MAX_LAST_ROW = 20_000  # of a sheet, blank rows included: a reader holds every cell up to the last one in memory


def max_length(model: type[models.Model], name: str) -> int:
    """Return how many characters a field of text may have."""
    field = model._meta.get_field(name)
    if not isinstance(field, models.CharField | models.TextField) or not field.max_length:
        raise TypeError(name)
    return field.max_length


def check_size(size: int) -> None:
    """Refuse a file of more bytes than MAX_BYTES."""
    if size > MAX_BYTES:
        raise FileRefusedError(_("The file is larger than %(limit)d MB. Divide it.") % {"limit": MAX_BYTES // 1024**2})


def check_rows(count: int) -> None:
    if count > MAX_ROWS:
        raise FileRefusedError(_("The sheet has more than %(limit)d rows. Divide it.") % {"limit": MAX_ROWS})


def check_extent(last_row: int, last_column: int) -> None:
    """Refuse a sheet whose content reaches further than this, counted from 1."""
    if last_row > MAX_LAST_ROW:
        message = _("The sheet has content in row %(row)d; the last row that is read is %(limit)d.")
        raise FileRefusedError(message % {"row": last_row, "limit": MAX_LAST_ROW})
    if last_column > MAX_COLUMNS:
        message = _("The sheet has content in column %(column)d; the last column that is read is %(limit)d.")
        raise FileRefusedError(message % {"column": last_column, "limit": MAX_COLUMNS})
