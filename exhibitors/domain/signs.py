"""Signs for booths and doors: one for each booth and exhibitor of the directory's selection."""

from collections.abc import Callable
from typing import Any

from exhibitors.domain import booth_list
from exhibitors.domain.booth_list import Order, Row
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory


def build(directory: Directory, criteria: Criteria, order: Order) -> tuple[Row, ...]:
    """Return a row for each sign, each with one place, or with none: booth to follow. Ten queries at most."""
    listed = booth_list.build(directory, criteria, Order.BOOTH)
    rows = (row for section in listed.sections for row in section.rows if row.exhibitor is not None)
    return tuple(sorted(rows, key=_KEYS[order])) if order in _KEYS else tuple(rows)


def _name_key(row: Row) -> int:
    return row.exhibitor.rank if row.exhibitor else 0


def _hall_key(row: Row) -> tuple[object, ...]:
    """The organisers' order of the halls; without a booth last."""
    if not row.places:
        return (True, 0, "")
    hall = row.places[0].hall
    return (False, hall.position, hall.code)


_KEYS: dict[Order, Callable[[Row], Any]] = {Order.HALL: _hall_key, Order.NAME: _name_key}
"""What the rows, which come in the order of their numbers, are sorted by."""
