"""Checks booths and halls."""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight.findings import Check, Finding, Repair, key_of
from exhibitors.domain.preflight.rows import Rows, is_coming
from exhibitors.domain.preflight.wording import Listed
from exhibitors.models import Booth
from exhibitors.search.normalise import booth_keys, normalise


def booth_twice(rows: Rows) -> Iterator[Finding]:
    """The same number written differently in one hall; two halls may both have an A-01."""
    alike: dict[tuple[int, str], list[Booth]] = defaultdict(list)
    for booth in rows.booths:
        if spelling := spelling_of(booth.number):
            alike[booth.hall_id, spelling].append(booth)
    for booths in alike.values():
        if len(booths) > 1:
            yield Finding(
                Check.BOOTH_TWICE,
                tuple(Repair(booth, "number") for booth in booths),
                key_of(*sorted(booth.pk for booth in booths), *sorted(booth.number for booth in booths)),
                _("%(hall)s has the same booth number in different spellings: %(numbers)s"),
                {"hall": booths[0].hall, "numbers": Listed([booth.number for booth in booths])},
            )


def spelling_of(number: str) -> str:
    """The same for A-01, a1 and Ａ 1, but not for A-1-1 and A-11, whose letters and digits alone are the same."""
    digits = [str(int(run)) for run in re.findall(r"\d+", normalise(number))]
    keys = booth_keys(number)
    return f"{keys} {'-'.join(digits)}" if keys else ""


def booth_shared(rows: Rows) -> Iterator[Finding]:
    """Several on one booth. The booth without a number stands for many that are still to come."""
    for booth in rows.booths:
        exhibitors = [row for row in rows.standing.get(booth.pk, ()) if is_coming(row)]
        facilities = rows.facilities.get(booth.pk, [])
        if not booth.number or not exhibitors or len(exhibitors) + len(facilities) < 2:
            continue
        yield Finding(
            Check.BOOTH_SHARED,
            (*(Repair(row, "booth_list") for row in exhibitors), *(Repair(row, "booth") for row in facilities)),
            key_of(booth.pk, *sorted(row.pk for row in exhibitors), *(f"facility {row.pk}" for row in facilities)),
            _("%(booth)s is shared: %(sharing)s"),
            {"booth": booth, "sharing": Listed([*exhibitors, *facilities])},
        )


def booth_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        if not rows.places.get(exhibitor.pk):
            yield Finding(
                Check.BOOTH_MISSING,
                (Repair(exhibitor, "booth_list"),),
                key_of(exhibitor.pk),
                _("%(exhibitor)s has no booth, and therefore no hall."),
                {"exhibitor": exhibitor},
            )


def number_missing(rows: Rows) -> Iterator[Finding]:
    for exhibitor in rows.public:
        for booth in rows.places.get(exhibitor.pk, ()):
            if not booth.number:
                yield Finding(
                    Check.NUMBER_MISSING,
                    (Repair(exhibitor, "booth_list"),),
                    key_of(exhibitor.pk, booth.pk),
                    _("%(exhibitor)s: the number of its booth in %(hall)s is still to follow."),
                    {"exhibitor": exhibitor, "hall": booth.hall},
                )


def hall_empty(rows: Rows) -> Iterator[Finding]:
    halls = {booth.hall_id for booth in rows.booths}
    for hall in rows.halls:
        if hall.pk not in halls:
            yield Finding(
                Check.HALL_EMPTY,
                (Repair(hall), Repair(hall, adds=Booth)),
                key_of(hall.pk),
                _("%(hall)s has no booths."),
                {"hall": hall},
            )


def booth_empty(rows: Rows) -> Iterator[Finding]:
    """Nobody stands there who may still come, and no facility does; the booth without a number is none to stand on."""
    for booth in rows.booths:
        standing = rows.standing.get(booth.pk, [])
        if not booth.number or booth.pk in rows.facilities or any(map(is_coming, standing)):
            continue
        text = _("%(booth)s is left to withdrawn exhibitors: %(standing)s") if standing else _("%(booth)s is free.")
        yield Finding(
            Check.BOOTH_EMPTY,
            (Repair(booth), *(Repair(row, "booth_list") for row in standing)),
            key_of(booth.pk, *sorted(row.pk for row in standing)),
            text,
            {"booth": booth, "standing": Listed(standing)},
        )
