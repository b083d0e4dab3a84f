"""Verbs on exhibitors: save, publish, withdraw."""

from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from exhibitors.domain import booths, history, indexing, slugs
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.models import Booth, Edition, Exhibitor, ExhibitorIndustry, Industry
from exhibitors.models.exhibitor import ExhibitorQuerySet


@recorded(Action.EDIT)
def save(
    exhibitor: Exhibitor,
    *,
    industries: Collection[Industry] | None = None,
    booth_list: Collection[Booth] | None = None,
    by: User | None = None,
) -> None:
    """Save a new or changed exhibitor whole: address, stored columns, industries and booths (None: as they are).

    Raises DomainError where an industry or a booth belongs to another edition.
    """
    indexing.lock([exhibitor.edition_id])
    if not exhibitor.slug:
        exhibitor.slug = slugs.exhibitor_slug(
            name_en=exhibitor.name_en,
            company_code=exhibitor.company_code,
            taken=taken_slugs(exhibitor.edition),
        )
    indexing.fill(exhibitor)
    exhibitor.save()
    if industries is not None:
        _set_industries(exhibitor, industries)
    if booth_list is not None:
        booths.place({exhibitor: booth_list}, by=by)
    indexing.refresh([exhibitor.pk])
    history.add_exhibitors([exhibitor.pk])


def taken_slugs(edition: Edition) -> set[str]:
    return set(Exhibitor.objects.filter(edition=edition).order_by().values_list("slug", flat=True))


def _set_industries(exhibitor: Exhibitor, industries: Iterable[Industry]) -> None:
    """Make these the exhibitor's only industries; links that stay are not touched."""
    wanted = {industry.pk: industry for industry in industries}
    for industry in wanted.values():
        if industry.edition_id != exhibitor.edition_id:
            message = _("Industry %(industry)s belongs to another edition than %(exhibitor)s.")
            raise DomainError(message % {"industry": industry, "exhibitor": exhibitor})
    links = ExhibitorIndustry.objects.filter(exhibitor=exhibitor)
    links.exclude(industry__in=wanted).delete()
    present = set(links.values_list("industry_id", flat=True))
    ExhibitorIndustry.objects.bulk_create(
        [ExhibitorIndustry(exhibitor=exhibitor, industry=wanted[pk]) for pk in wanted if pk not in present]
    )


@recorded(Action.PUBLISH)
def publish(exhibitors: ExhibitorQuerySet) -> int:
    """Make drafts and withdrawn exhibitors public; return how many were not yet."""
    return _set_state(exhibitors, Exhibitor.State.PUBLIC, reason="")


@recorded(Action.DRAFT)
def make_draft(exhibitors: ExhibitorQuerySet, *, reason: str) -> int:
    """Hide exhibitors until they are published again; return how many were not drafts."""
    return _set_state(exhibitors, Exhibitor.State.DRAFT, reason=reason)


@recorded(Action.WITHDRAW)
def withdraw(exhibitors: ExhibitorQuerySet, *, reason: str) -> int:
    """Tell readers that these exhibitors do not come; return how many were not withdrawn yet. Needs a reason."""
    if not reason.strip():
        raise DomainError(_("Say why the exhibitor is withdrawn."))
    return _set_state(exhibitors, Exhibitor.State.WITHDRAWN, reason=reason.strip())


def _set_state(exhibitors: ExhibitorQuerySet, state: Exhibitor.State, *, reason: str) -> int:
    rows = exhibitors.exclude(state=state).order_by("pk").select_for_update(of=("self",))
    changing = dict(rows.values_list("pk", "edition_id"))
    indexing.bump(set(changing.values()))
    changed = Exhibitor.objects.filter(pk__in=changing)
    changed.update(state=state, state_reason=reason, updated_at=timezone.now())
    history.add_exhibitors(changing)
    return len(changing)


@recorded(Action.DELETE)
def delete(exhibitors: Collection[Exhibitor], *, by: User | None = None) -> None:
    """Delete exhibitors for good, and log that they left their booths.

    Raises ProtectedError where products or collaborations hang on one: what a person wrote goes by that person's hand.
    """
    indexing.bump({exhibitor.edition_id for exhibitor in exhibitors})
    history.keep_before_deletion(exhibitors)
    booths.place(dict.fromkeys(exhibitors, ()), by=by)
    Exhibitor.objects.filter(pk__in=[exhibitor.pk for exhibitor in exhibitors]).delete()
