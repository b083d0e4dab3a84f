"""Checks names of an edition that readers cannot tell apart."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.rows import Rows
from exhibitors.domain.preflight.wording import Quoted
from exhibitors.models import Exhibitor
from exhibitors.search.normalise import name_key

_Named = tuple[Exhibitor, str]  # an exhibitor, and the field in which it bears the name


def names_alike(rows: Rows) -> Iterator[Finding]:
    """Names the same but for company form, spacing, punctuation, accents and case, in either language and across both.

    Exhibitors that are alike in Korean and in English are told once.
    """
    told: set[tuple[int, ...]] = set()
    for key, named in _by_key(rows).items():
        pks = tuple(sorted(exhibitor.pk for exhibitor, _field in named))
        if len(pks) > 1 and pks not in told:
            told.add(pks)
            yield _finding(key, pks, named)


def _by_key(rows: Rows) -> dict[str, list[_Named]]:
    """Who bears a name, Korean names first; an exhibitor with the same name in both languages counts once."""
    alike: dict[str, dict[int, _Named]] = defaultdict(dict)
    for field in ("name_ko", "name_en"):
        for exhibitor in rows.coming:
            if name := getattr(exhibitor, field):
                alike[name_key(name)].setdefault(exhibitor.pk, (exhibitor, field))
    return {key: list(named.values()) for key, named in alike.items()}


def _finding(key: str, pks: tuple[int, ...], named: list[_Named]) -> Finding:
    spellings = sorted({getattr(exhibitor, field) for exhibitor, field in named})
    if len(spellings) == 1:
        text = _("%(count)d exhibitors are named %(names)s.")
    else:
        text = _("%(names)s differ only in company form, spacing, punctuation, accents or case.")
    return Finding(
        Check.NAMES_ALIKE,
        tuple(Repair(exhibitor, field) for exhibitor, field in named),
        key_of(key, *pks),
        text,
        {"names": Quoted(spellings), "count": len(pks)},
    )
