"""Editions as readers meet them: which they may see, and what today means for one."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from exhibitors.domain import data_version
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.kept import Kept
from exhibitors.models import Booth, Edition, Exhibitor
from exhibitors.models.edition import EditionQuerySet


def with_sample_mark(editions: EditionQuerySet) -> EditionQuerySet:
    """Add `has_sample`: whether anything invented is still in the edition."""
    exhibitors = Exhibitor.objects.filter(edition=OuterRef("pk"), is_sample=True).order_by()
    booths = Booth.objects.filter(hall__edition=OuterRef("pk"), is_sample=True).order_by()
    return editions.annotate(has_sample=Q(is_sample=True) | Q(Exists(exhibitors)) | Q(Exists(booths)))


_kept: Kept[Edition] = Kept(16)


def by_slug(slug: str) -> Edition:
    """The edition of an address, hidden or not, with its sample mark; read once for a version of the data.

    It says itself of which version it is (`version`), for whoever keeps what is its. Raises Edition.DoesNotExist.
    """
    version = data_version.settled()

    def read() -> Edition:
        edition = with_sample_mark(Edition.objects.all()).get(slug=slug)
        edition.version = version  # type: ignore[attr-defined]
        return edition

    return _kept.get(slug, version, read)


@recorded(Action.EDIT)
def save(edition: Edition) -> None:
    """Save an edition, but never the counter that others raise: an old value would hide what changed meanwhile."""
    if edition._state.adding:
        edition.save()
        return
    own = [field.name for field in Edition._meta.concrete_fields if not field.primary_key]
    edition.save(update_fields=[name for name in own if name != "search_version"])


class Phase(StrEnum):
    UNDATED = "undated"
    UPCOMING = "upcoming"
    OPENS_TODAY = "opens_today"
    OPEN_TODAY = "open_today"  # no opening hours are known
    OPEN_NOW = "open_now"
    CLOSED_FOR_TODAY = "closed_for_today"
    OVER = "over"


@dataclass(frozen=True)
class Today:
    """The state of an edition at a moment; `days` to the first day where it is upcoming."""

    phase: Phase
    days: int = 0


def today(edition: Edition, now: datetime) -> Today:
    """Tell the state of the edition at `now`, by the clock of the expo's own time zone."""
    local = timezone.localtime(now)
    if edition.starts_on is None:
        return Today(Phase.UNDATED)
    last_day = edition.ends_on or edition.starts_on
    if local.date() < edition.starts_on:
        return Today(Phase.UPCOMING, days=(edition.starts_on - local.date()).days)
    if local.date() > last_day:
        return Today(Phase.OVER)
    return Today(_phase_of_day(edition, local.time(), is_last=local.date() == last_day))


def today_until(edition: Edition, now: datetime) -> datetime:
    """The next moment at which `today` may say something else: an opening, a closing or midnight."""
    local = timezone.localtime(now)
    clocks = [clock for clock in (edition.opens_at, edition.closes_at) if clock is not None and clock > local.time()]
    if clocks:
        return timezone.make_aware(datetime.combine(local.date(), min(clocks)))
    return timezone.make_aware(datetime.combine(local.date() + timedelta(days=1), time.min))


def _phase_of_day(edition: Edition, clock: time, *, is_last: bool) -> Phase:
    if edition.opens_at is None or edition.closes_at is None:
        return Phase.OPEN_TODAY
    if clock < edition.opens_at:
        return Phase.OPENS_TODAY
    if clock < edition.closes_at:
        return Phase.OPEN_NOW
    return Phase.OVER if is_last else Phase.CLOSED_FOR_TODAY
