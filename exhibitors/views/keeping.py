"""What a view tells the page store of its answer; without a store in front it is told to nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

ENVIRON = "expo.keeping"


@dataclass
class Keeping:
    """How long an answer may be shown to others while the data stay as they are; for good where nothing is said."""

    until: datetime | None = None
    is_refused: bool = False


def keep_until(request: HttpRequest, moment: datetime) -> None:
    """The page speaks of the time, and is another one from a moment on."""
    if keeping := request.META.get(ENVIRON):
        keeping.until = moment


def as_of(request: HttpRequest) -> datetime:
    """The moment for paper to name as that of its data: for a minute, as long as it is called so, the same to all."""
    now = timezone.now()
    keep_until(request, now.replace(second=0, microsecond=0) + timedelta(minutes=1))
    return now


def do_not_keep(request: HttpRequest) -> None:
    if keeping := request.META.get(ENVIRON):
        keeping.is_refused = True
