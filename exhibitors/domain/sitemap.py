"""The public pages that search engines should know. Nothing invented, hidden, withdrawn or filtered is among them.

Own code, not django.contrib.sitemaps: that takes the host from the request alone and makes six addresses by one
lookup each for every page; here the settings name the host and a page's languages differ by their prefix.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Max, Model, OuterRef, Subquery, Value
from django.urls import reverse
from django.utils import translation

from exhibitors.domain import data_version
from exhibitors.domain.addresses import part_paths
from exhibitors.domain.editions import with_sample_mark
from exhibitors.domain.kept import Kept
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

_moments: Kept[dict[int, datetime]] = Kept(1)  # to find the newest of all changes all exhibitors are read


@dataclass(frozen=True)
class Page:
    """A public page: its path after the language, and when what it shows was last changed, where that is known."""

    path: str
    changed_at: datetime | None


def may_be_indexed(exhibitor: Exhibitor) -> bool:
    """Whether nothing on an exhibitor's page is invented: neither the company nor a booth. Reads `places`."""
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    return not exhibitor.is_sample and not any(place.booth.is_sample for place in places)


class Pages:
    """All pages that may be indexed, in a stable order: of the site and its editions, then of exhibitors as they came.

    Only those asked for are read, so that one of many files costs what it holds; who comes later changes the last file
    alone. Three queries tell how many pages there are.
    """

    def __init__(self) -> None:
        found = with_sample_mark(Edition.objects.public().newest_first())
        self._editions = {edition.pk: edition for edition in found}

    def __len__(self) -> int:
        return len(self._common) + _real_exhibitors().count()

    def __getitem__(self, places: slice) -> list[Page]:
        """The pages of a slice with a start and a stop. One query for exhibitors, and three for others."""
        start, stop = (max(0, place - len(self._common)) for place in (places.start, places.stop))
        return [*self._others(places), *(self._exhibitors(start, stop) if stop else ())]

    def _others(self, places: slice) -> Iterator[Page]:
        paths = self._common[places]
        changed_at = _moments.get("all", data_version.settled(), self._changed_at) if paths else {}
        newest = max((moment for moment in changed_at.values()), default=None)
        for path, edition in paths:
            yield Page(path, newest if edition is None else changed_at[edition])

    @cached_property
    def _common(self) -> list[tuple[str, int | None]]:
        """Paths of all pages but those of exhibitors, with the edition that each shows; the archive shows all."""
        whole = {pk: edition for pk, edition in self._editions.items() if not edition.has_sample}  # type: ignore[attr-defined]
        with translation.override("ko"):
            return [
                (_path(reverse("editions")), None),
                *((_path(edition.get_absolute_url()), pk) for pk, edition in self._editions.items()),
                *((_path(reverse(name, args=[own.slug])), pk) for pk, own in whole.items() for name in LISTS),
                *_parts(whole),
            ]

    def _changed_at(self) -> dict[int, datetime]:
        """When an edition or one of its exhibitors was last changed."""
        real = _real_exhibitors().order_by()
        changed = real.values_list("edition").annotate(Max("updated_at"))
        moves = BoothMove.objects.filter(exhibitor__in=real).order_by()
        moved = moves.values_list("exhibitor__edition").annotate(Max("moved_at"))
        newest = {pk: edition.updated_at for pk, edition in self._editions.items()}
        for edition, moment in (*changed, *moved):
            if edition in newest:
                newest[edition] = max(newest[edition], moment)
        return newest

    def _exhibitors(self, start: int, stop: int) -> Iterator[Page]:
        chosen = _real_exhibitors().order_by("pk").values("pk")[start:stop]
        rows = Exhibitor.objects.filter(pk__in=chosen).annotate(moved_at=_moved_at()).order_by("pk")
        with translation.override("ko"):
            paths = {pk: part_paths("exhibitor", edition.slug) for pk, edition in self._editions.items()}
        for edition, slug, updated_at, moved_at in rows.values_list("edition", "slug", "updated_at", "moved_at"):
            if edition in paths:
                yield Page(_path(paths[edition](slug)), max(updated_at, moved_at or updated_at))


def _path(address: str) -> str:
    return address.removeprefix(PREFIX)


def _real_exhibitors() -> ExhibitorQuerySet:
    """Those for whom `may_be_indexed` is true."""
    on_sample = BoothAssignment.objects.filter(booth__is_sample=True).order_by().values("exhibitor")
    return Exhibitor.objects.public().in_public_editions().filter(is_sample=False).exclude(pk__in=on_sample)


def _moved_at() -> Subquery:
    moves = BoothMove.objects.filter(exhibitor=OuterRef("pk")).order_by("-moved_at")
    return Subquery(moves.values("moved_at")[:1])


def _parts(editions: dict[int, Edition]) -> Iterator[tuple[str, int]]:
    """Pages of halls, themes, industries and collaborations, which list exhibitors. One query."""
    rows = [
        model._default_manager.filter(edition__in=editions)
        .order_by()
        .values_list(Value(kind), "edition", "position", code)
        for kind, (model, code, _view) in enumerate(_PARTS)
    ]
    with translation.override("ko"):
        for kind, edition, _position, code in sorted(rows[0].union(*rows[1:], all=True)):
            yield _path(reverse(_PARTS[kind][2], args=[editions[edition].slug, code])), edition


_PARTS: tuple[tuple[type[Model], str, str], ...] = (
    (Hall, "code", "hall"),
    (Theme, "code", "theme"),
    (Industry, "slug", "industry"),
    (Collaboration, "slug", "collaboration"),
)
"""Models, the field by which their addresses know them, and their views."""
