"""The desk's front page: what an organiser needs now, for one edition."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from exhibitors.admin.import_pages import outcome
from exhibitors.admin.importing import RIGHTS
from exhibitors.admin.lookup import pk_or_none
from exhibitors.admin.preflight import address_of
from exhibitors.domain import editions, history, preflight
from exhibitors.domain.search import vain
from exhibitors.models import Edition, ImportRun
from exhibitors.models.search import MAX_WORD

DAYS = 30  # of searches without result
SHOWN = 8  # rows of each list


@dataclass(frozen=True)
class Missed:
    """A search that found nothing, how often, and the address that makes a synonym of it."""

    query: str
    count: int
    synonym: str


def context(request: HttpRequest) -> dict[str, Any]:
    """What the page shows; parts that the organiser may not see are left out. Some 20 queries, 10 of pre-flight."""
    user: Any = request.user
    if not user.has_perm("exhibitors.view_edition"):
        return {}
    all_editions = list(Edition.objects.newest_first())
    edition = _chosen(request, all_editions)
    if edition is None:
        return {"may_add_edition": user.has_perm("exhibitors.add_edition"), "is_empty": True}
    may_see_exhibitors = user.has_perm("exhibitors.view_exhibitor")
    counts = preflight.counts(edition) if may_see_exhibitors else None
    open_by_check = counts.open_by_check if counts else {}
    return {
        "edition": edition,
        "other_editions": [other for other in all_editions if other != edition],
        "today": editions.today(edition, timezone.now()),
        "counts": counts,
        "checks": [(check, count, address_of(edition, check)) for check, count in open_by_check.items()],
        "missed": _missed(edition) if user.has_perm("exhibitors.view_vainsearch") else None,
        "may_add_synonym": user.has_perm("exhibitors.add_synonym"),
        "imports": _imports(edition) if user.has_perm("exhibitors.view_importrun") else None,
        "may_import": user.has_perms(RIGHTS),
        "recent": history.recent(SHOWN, [model for model in history.KEPT if _may_view(user, model)]),
    }


def _chosen(request: HttpRequest, all_editions: list[Edition]) -> Edition | None:
    """The edition that the address names, else the current one, else the newest."""
    asked = pk_or_none(request.GET.get("edition"))
    named = [edition for edition in all_editions if edition.pk == asked]
    current = [edition for edition in all_editions if edition.is_current]
    return next(iter((*named, *current, *all_editions)), None)


def _may_view(user: Any, model: type[Model]) -> bool:
    return bool(user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"))


def _imports(edition: Edition) -> list[tuple[ImportRun, str]]:
    """The edition's last imports, each with what came of it."""
    runs = ImportRun.objects.for_lists().filter(edition=edition).order_by("-started_at", "-pk")[:SHOWN]
    return [(run, outcome(run)) for run in runs]


def _missed(edition: Edition) -> list[Missed]:
    since = timezone.localdate() - timedelta(days=DAYS)
    add = reverse("admin:exhibitors_synonym_add")
    return [
        Missed(query, count, f"{add}?{urlencode({'edition': edition.pk, 'one': query[:MAX_WORD]})}")
        for query, count in vain.most_wanted(edition, since=since, limit=SHOWN)
    ]
