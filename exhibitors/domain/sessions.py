"""When an organiser's session ends: some hours after signing in, and earlier where it lay idle."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

BEGAN_AT = "began_at"
SEEN_AT = "seen_at"
NOTED_EVERY = timedelta(minutes=1)  # an idle session may end so much earlier than the setting says


def begin_at_sign_in(*, request: HttpRequest, **_signal: object) -> None:
    """Start the clock; a handler of user_logged_in, since that alone knows of every way to sign in."""
    now = timezone.now().timestamp()
    request.session[BEGAN_AT] = request.session[SEEN_AT] = now


def has_ended(session: Any, now: datetime) -> bool:
    """Whether the session is too old or too idle; one without a beginning is from before there were limits."""
    began_at, seen_at = session.get(BEGAN_AT, 0), session.get(SEEN_AT, 0)
    age = timedelta(seconds=now.timestamp() - began_at)
    idle = timedelta(seconds=now.timestamp() - seen_at)
    return age >= settings.SESSION_LONGEST or idle >= settings.SESSION_IDLE


def note_use(session: Any, now: datetime) -> None:
    """Put the end off; not at each request, since that would cost each a write."""
    if now.timestamp() - session[SEEN_AT] >= NOTED_EVERY.total_seconds():
        session[SEEN_AT] = now.timestamp()
