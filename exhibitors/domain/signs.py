"""Signs for booths and doors: one for each booth and exhibitor of the directory's selection."""

from collections.abc import Callable

from exhibitors.domain import booth_list
from exhibitors.domain.booth_list import Order, Row
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory


def build(directory: Directory, criteria: Criteria, order: Order) -> tuple[Row, ...]:
    """Return a row for each sign, each with one place, or with none where the booth is to follow. Six queries."""
    listed = booth_list.build(directory, criteria, Order.BOOTH)
    rows = (row for section in listed.sections for row in section.rows if row.exhibitor is not None)
    return tuple(sorted(rows, key=_key(criteria, order)))


def _key(criteria: Criteria, order: Order) -> Callable[[Row], tuple[object, ...]]:
    """What the rows, which come in the order of their numbers, are sorted by."""
    match order:
        case Order.HALL:
            return _hall_key
        case Order.NAME if criteria.sort == Sort.NAME_EN:
            return lambda row: (row.exhibitor.sort_key_en, row.exhibitor.pk) if row.exhibitor else ()
        case Order.NAME:
            return lambda row: (row.exhibitor.sort_key, row.exhibitor.pk) if row.exhibitor else ()
        case _:
            return lambda row: ()


def _hall_key(row: Row) -> tuple[object, ...]:
    """The organisers' order of the halls; without a booth last."""
    if not row.places:
        return (True, 0, "")
    hall = row.places[0].booth.hall
    return (False, hall.position, hall.code)
