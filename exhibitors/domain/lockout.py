"""Locks out who guesses passwords: by account and address, by address, by account."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest

MAX_USERNAME = 255


class Limit(Enum):
    """What is counted together, with the number of failures within the cool-off time that locks it.

    An attacker elsewhere must not lock an organiser out: five failures lock an account for the attacker's address
    alone. An office of twenty shares one address: ten times as many lock that, and whoever gets in takes their own
    failures off the count. The limit of an account over all addresses stops guessing from many of them; to misuse it
    for locking somebody out takes twenty addresses, and ends by itself.
    """

    ACCOUNT_AND_ADDRESS = (("username", "ip_address"), 5)
    ADDRESS = (("ip_address",), 50)
    ACCOUNT = (("username",), 100)

    def __init__(self, fields: tuple[str, ...], failures: int) -> None:
        self.fields = fields
        self.failures = failures


@dataclass(frozen=True)
class Lock:
    """A limit that is reached, and the moment at which it no longer is."""

    limit: Limit
    until: datetime


def locks(*, username: str | None, address: str | None, now: datetime) -> Iterator[Lock]:
    """The limits that failed sign-ins have reached for this account and address. Three queries."""
    values = {"username": username, "ip_address": address}
    recent = AccessAttempt.objects.filter(attempt_time__gt=now - settings.AXES_COOLOFF_TIME)
    for limit in Limit:
        attempts = recent.filter(**{field: values[field] for field in limit.fields}).order_by("attempt_time", "pk")
        until = _end(attempts.values_list("attempt_time", "failures_since_start"), limit.failures)
        if until is not None:
            yield Lock(limit, until)


def _end(attempts: Iterable[tuple[datetime, int]], failures: int) -> datetime | None:
    """When the oldest attempts will have expired so far that the others are fewer than the limit."""
    counted = list(attempts)
    total = sum(count for _time, count in counted)
    until = None
    for time, count in counted:
        if total < failures:
            break
        total -= count
        until = time + settings.AXES_COOLOFF_TIME
    return until


def lock_of(request: HttpRequest, credentials: dict[str, Any] | None) -> Lock | None:
    """The lock that this attempt to sign in met, the longest where there are several."""
    found = _locks_of(request, credentials)
    return max(found, key=lambda lock: lock.until, default=None)


def _locks_of(request: Any, credentials: dict[str, Any] | None) -> list[Lock]:
    AxesProxyHandler.update_request(request)
    return list(
        locks(
            username=username_of(request, credentials), address=request.axes_ip_address, now=request.axes_attempt_time
        )
    )


def username_of(_request: HttpRequest, credentials: dict[str, Any] | None) -> str | None:
    """The account that somebody tries, cut to what the table of failures holds: the sign-in form takes any length."""
    username = (credentials or {}).get("username")
    return username[:MAX_USERNAME] if username else None


def release(usernames: Iterable[str]) -> None:
    """Forget the failed sign-ins of these accounts, from wherever they were tried."""
    AccessAttempt.objects.filter(username__in=list(usernames)).delete()


class LockoutHandler(AxesDatabaseHandler):
    """Counts failures by our limits, and keeps of each no more than account, address and time."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """The number of limits reached; AXES_FAILURE_LIMIT is one."""
        return len(_locks_of(request, credentials))

    def user_login_failed(self, sender: Any, credentials: dict[str, Any], request: Any = None, **kwargs: Any) -> None:
        if request is not None:
            # Nothing is decided by these, and one row for each account and address is enough.
            request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)

    def reset_user_attempts(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """After signing in forget the failures of this account at this address, and nobody else's."""
        username = username_of(request, credentials)
        count, _rows = AccessAttempt.objects.filter(username=username, ip_address=request.axes_ip_address).delete()
        return int(count)
