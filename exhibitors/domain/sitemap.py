"""The public pages that search engines should know. Nothing invented, hidden, withdrawn or filtered is among them.

Own code, not django.contrib.sitemaps: that takes the host from the request alone and makes six addresses by one
lookup each for every page; here the settings name the host and a page's languages differ by their prefix.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Model, OuterRef, Subquery
from django.urls import reverse
from django.utils import translation

from exhibitors.domain.editions import with_sample_mark
from exhibitors.models import (
    BoothAssignment,
    BoothMove,
    Collaboration,
    Edition,
    Exhibitor,
    Hall,
    Industry,
    Theme,
)
from exhibitors.models.exhibitor import ExhibitorQuerySet

LANGUAGES = ("ko", "en")
PREFIX = "/ko/"
LISTS = ("exhibitors", "halls", "industries", "changes")


@dataclass(frozen=True)
class Page:
    """A public page: its path after the language, and when what it shows was last changed, where that is known."""

    path: str
    changed_at: datetime | None


def may_be_indexed(exhibitor: Exhibitor) -> bool:
    """Whether nothing on an exhibitor's page is invented: neither the company nor a booth. Reads `places`."""
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    return not exhibitor.is_sample and not any(place.booth.is_sample for place in places)


def pages() -> list[Page]:
    """All pages that may be indexed, in a stable order. Six queries, however many there are."""
    editions = {edition.pk: edition for edition in with_sample_mark(Edition.objects.public().newest_first())}
    changed_at = {pk: edition.updated_at for pk, edition in editions.items()}
    with translation.override("ko"):
        exhibitors = list(_exhibitors(editions, changed_at))
        whole = {pk: edition for pk, edition in editions.items() if not edition.has_sample}  # type: ignore[attr-defined]
        return [
            Page(_path(reverse("editions")), max(changed_at.values(), default=None)),
            *(Page(_path(edition.get_absolute_url()), changed_at[pk]) for pk, edition in editions.items()),
            *(
                Page(_path(reverse(name, args=[edition.slug])), changed_at[pk])
                for pk, edition in whole.items()
                for name in LISTS
            ),
            *_parts(whole, changed_at),
            *exhibitors,
        ]


def _path(address: str) -> str:
    return address.removeprefix(PREFIX)


def _exhibitors(editions: dict[int, Edition], changed_at: dict[int, datetime]) -> Iterator[Page]:
    """Pages of exhibitors; an edition's own moment in `changed_at` becomes the newest of them."""
    rows = _real(Exhibitor.objects.public().in_public_editions()).annotate(moved_at=_moved_at())
    fields = rows.order_by("edition_id", "sort_key", "pk").values_list("edition_id", "slug", "updated_at", "moved_at")
    for edition, slug, updated_at, moved_at in fields:
        newest = max(updated_at, moved_at or updated_at)
        changed_at[edition] = max(changed_at[edition], newest)
        yield Page(_path(reverse("exhibitor", args=[editions[edition].slug, slug])), newest)


def _real(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Leave those for which `may_be_indexed` is true."""
    on_sample = BoothAssignment.objects.filter(exhibitor=OuterRef("pk"), booth__is_sample=True).order_by()
    return exhibitors.filter(~Exists(on_sample), is_sample=False)


def _moved_at() -> Subquery:
    moves = BoothMove.objects.filter(exhibitor=OuterRef("pk")).order_by("-moved_at")
    return Subquery(moves.values("moved_at")[:1])


def _parts(editions: dict[int, Edition], changed_at: dict[int, datetime]) -> Iterator[Page]:
    """Pages of halls, themes, industries and collaborations, which list exhibitors."""
    models: tuple[type[Model], ...] = (Hall, Theme, Industry, Collaboration)
    for model in models:
        for part in model._default_manager.filter(edition__in=editions):
            pk = part.edition_id  # type: ignore[attr-defined]
            part.edition = editions[pk]  # type: ignore[attr-defined]
            yield Page(_path(part.get_absolute_url()), changed_at[pk])  # type: ignore[attr-defined]
