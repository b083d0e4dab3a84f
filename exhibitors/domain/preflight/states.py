"""Checks who and what readers do not see."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.rows import Rows
from exhibitors.models import Exhibitor


def hidden_edition(rows: Rows) -> Iterator[Finding]:
    if not rows.edition.is_public:
        yield Finding(
            Check.EDITION_HIDDEN,
            (Repair(rows.edition, "is_public"),),
            key_of("hidden"),
            _("The edition is hidden: readers see nothing of it."),
        )


def not_current(rows: Rows) -> Iterator[Finding]:
    """A hidden edition cannot be current, so it is not told so."""
    if rows.edition.is_public and not rows.edition.is_current:
        yield Finding(
            Check.NOT_CURRENT,
            (Repair(rows.edition, "is_current"),),
            key_of("not current"),
            _("The edition is not the current one: the address / does not lead to it."),
        )


def not_public(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.exhibitors:
        if not exhibitor.is_public:
            yield Finding(
                Check.NOT_PUBLIC,
                (Repair(exhibitor),),
                key_of(exhibitor.pk, exhibitor.state, exhibitor.state_reason),
                _SENTENCES[exhibitor.state, bool(exhibitor.state_reason)],
                {"exhibitor": exhibitor, "reason": exhibitor.state_reason},
            )


_SENTENCES: dict[tuple[str, bool], object] = {
    (Exhibitor.State.DRAFT, False): _("%(exhibitor)s is a draft."),
    (Exhibitor.State.DRAFT, True): _("%(exhibitor)s is a draft: %(reason)s"),
    (Exhibitor.State.WITHDRAWN, True): _("%(exhibitor)s is withdrawn: %(reason)s"),
}
"""By state and whether a reason is given; the database demands one of the withdrawn."""
