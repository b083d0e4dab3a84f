"""What today means for an edition."""

from datetime import UTC, date, datetime, time

import pytest

from exhibitors.domain.editions import Phase, Today, today
from exhibitors.models import Edition

DAYS = {"starts_on": date(2024, 10, 22), "ends_on": date(2024, 10, 25)}
HOURS = {"opens_at": time(10), "closes_at": time(17)}


def seoul(day: int, hour: int) -> datetime:
    return datetime(2024, 10, day, hour - 9 if hour >= 9 else hour + 15, tzinfo=UTC).replace(
        day=day if hour >= 9 else day - 1
    )


@pytest.mark.parametrize(
    ("edition", "now", "expected"),
    [
        (Edition(), seoul(22, 12), Today(Phase.UNDATED)),
        (Edition(**DAYS), seoul(19, 23), Today(Phase.UPCOMING, days=3)),
        (Edition(**DAYS), seoul(22, 1), Today(Phase.OPEN_TODAY)),
        (Edition(**DAYS), seoul(25, 23), Today(Phase.OPEN_TODAY)),
        (Edition(**DAYS), seoul(26, 1), Today(Phase.OVER)),
        (Edition(**DAYS, **HOURS), seoul(22, 9), Today(Phase.OPENS_TODAY)),
        (Edition(**DAYS, **HOURS), seoul(22, 10), Today(Phase.OPEN_NOW)),
        (Edition(**DAYS, **HOURS), seoul(22, 17), Today(Phase.CLOSED_FOR_TODAY)),
        (Edition(**DAYS, **HOURS), seoul(25, 17), Today(Phase.OVER)),
        (Edition(starts_on=date(2024, 10, 22)), seoul(23, 12), Today(Phase.OVER)),
    ],
)
def test_tells_the_phase_by_the_clock_in_seoul(edition: Edition, now: datetime, expected: Today) -> None:
    assert today(edition, now) == expected
