"""Gives booths of a hall other numbers, after a preview; who stands on them stays there."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from exhibitors.domain import history, indexing
from exhibitors.domain.booth_numbers import key
from exhibitors.domain.booths import BATCH
from exhibitors.domain.errors import DomainError
from exhibitors.domain.history import Action, recorded
from exhibitors.domain.renumbering_rules import BelowZeroError, Rule, Table, apply
from exhibitors.models import Booth, BoothAssignment, Exhibitor, Hall
from exhibitors.models.booth import booth_number_key

NOT_A_NUMBER = "\x01"  # no number may hold it, so a number that begins with it is nobody's


class Fault(StrEnum):
    """Why a booth cannot get the number that the rule gives it."""

    TWICE = "twice"
    TAKEN = "taken"
    EMPTY = "empty"
    BELOW_ZERO = "below_zero"
    NOT_ALLOWED = "not_allowed"


@dataclass(frozen=True)
class Line:
    """A booth of the selection with its number now and then, and who stands on it."""

    booth: int
    old: str
    new: str
    exhibitors: tuple[Exhibitor, ...] = ()
    fault: Fault | None = None

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


@dataclass(frozen=True)
class Preview:
    """What a rule would do to the booths of a hall; `unknown` are old numbers of a table that none of them has."""

    hall: Hall
    lines: tuple[Line, ...]
    unknown: tuple[str, ...]
    fingerprint: str

    @property
    def changed(self) -> list[Line]:
        return [line for line in self.lines if line.is_changed]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.fault]

    @property
    def may_be_applied(self) -> bool:
        return bool(self.changed) and not self.faulty and not self.unknown


def hall_of(booths: Iterable[int]) -> Hall:
    """The one hall of these booths. Raises DomainError where they stand in several. One query."""
    halls = list(Hall.objects.filter(booths__pk__among=list(booths)).select_related("edition").distinct()[:2])
    if not halls:
        raise DomainError(_("These booths are gone."))
    if len(halls) > 1:
        raise DomainError(
            _("These booths stand in several halls. Choose one hall in the list's filter, then mark its booths.")
        )
    return halls[0]


def preview(booths: Collection[int], rule: Rule) -> Preview:
    """Tell what `renumber` would do to the booths with these keys. Three queries.

    Raises DomainError where they stand in several halls.
    """
    hall = hall_of(booths)
    numbers = dict(Booth.objects.filter(hall=hall).order_by("number_key", "pk").values_list("pk", "number"))
    chosen = [pk for pk in numbers if pk in set(booths)]
    standing = _standing(chosen)
    lines = [_line(pk, numbers[pk], rule, standing.get(pk, ())) for pk in chosen]
    lines = _with_clashes(lines, numbers)
    unknown: tuple[str, ...] = ()
    if isinstance(rule, Table):
        known = {key(line.old) for line in lines}
        unknown = tuple(written for old, written in rule.written.items() if old not in known)
    return Preview(hall, tuple(lines), unknown, _fingerprint(hall, numbers, lines))


def _standing(booths: Sequence[int]) -> dict[int, tuple[Exhibitor, ...]]:
    found: dict[int, list[Exhibitor]] = defaultdict(list)
    rows = BoothAssignment.objects.filter(booth__pk__among=list(booths)).select_related("exhibitor")
    for row in rows.defer(*(f"exhibitor__{name}" for name in indexing.SEARCH_COLUMNS)).order_by(
        "exhibitor__sort_key", "exhibitor"
    ):
        found[row.booth_id].append(row.exhibitor)
    return {pk: tuple(exhibitors) for pk, exhibitors in found.items()}


def _line(pk: int, old: str, rule: Rule, exhibitors: tuple[Exhibitor, ...]) -> Line:
    if not old:
        return Line(pk, old, old, exhibitors)  # "number to follow" is no number that a rule could change
    try:
        new = apply(rule, old).strip()
    except BelowZeroError:
        return Line(pk, old, old, exhibitors, Fault.BELOW_ZERO)
    if not new:
        return Line(pk, old, new, exhibitors, Fault.EMPTY)
    return Line(pk, old, new, exhibitors, None if new == old or _is_allowed(new) else Fault.NOT_ALLOWED)


def _is_allowed(number: str) -> bool:
    try:
        Booth._meta.get_field("number").clean(number, None)
    except ValidationError:
        return False
    return True


def _with_clashes(lines: Sequence[Line], numbers: dict[int, str]) -> list[Line]:
    """The lines, those marked that would get a number which another booth of the hall has then."""
    changing = {line.booth for line in lines if line.is_changed}
    staying = {key(number) for pk, number in numbers.items() if pk not in changing}
    wanted = Counter(key(line.new) for line in lines if line.is_changed)
    marked = []
    for line in lines:
        fault = line.fault
        if line.is_changed and fault is None:
            fault = Fault.TAKEN if key(line.new) in staying else Fault.TWICE if wanted[key(line.new)] > 1 else None
        marked.append(Line(line.booth, line.old, line.new, line.exhibitors, fault))
    return marked


def _fingerprint(hall: Hall, numbers: dict[int, str], lines: Sequence[Line]) -> str:
    """The same for the same rule, the same booths, and the same exhibitors on them."""
    seen = [
        hall.pk,
        sorted(numbers.items()),
        [(line.booth, line.new, [exhibitor.pk for exhibitor in line.exhibitors]) for line in lines],
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


@recorded(Action.RENUMBER)
def renumber(
    booths: Collection[int],
    rule: Rule,
    *,
    fingerprint: str,
    by: User | None = None,  # noqa: ARG001 who wrote it is for the history
) -> Preview:
    """Give the booths the numbers that a preview showed, all of them or none; swaps work.

    Raises DomainError where anything is not as it was in the preview with this fingerprint, or is in the way. Costs 5
    queries, one per 500 booths, and what `indexing.refresh` does.
    """
    indexing.lock(Booth.objects.filter(pk__among=list(booths)).order_by().values_list("hall__edition", flat=True))
    seen = preview(booths, rule)
    if seen.fingerprint != fingerprint:
        raise DomainError(_("The booths or the rule changed since the preview. Nothing was renumbered; look again."))
    if not seen.may_be_applied:
        raise DomainError(_("The numbers clash, or nothing would change. Nothing was renumbered."))
    _write(seen.changed)
    indexing.refresh(exhibitor.pk for line in seen.changed for exhibitor in line.exhibitors)
    changed = Booth.objects.filter(pk__among=[line.booth for line in seen.changed])
    history.add(changed.select_related("hall").order_by("pk"))
    return seen


def _write(lines: Sequence[Line]) -> None:
    """In two steps: both databases compare each row that they write with those that still have their old number."""
    rows = Booth.objects.filter(pk__among=[line.booth for line in lines])
    rows.update(number=Concat(Value(NOT_A_NUMBER), Cast("pk", TextField()), output_field=TextField()))
    renumbered = [Booth(pk=line.booth, number=line.new, number_key=booth_number_key(line.new)) for line in lines]
    Booth.objects.bulk_update(renumbered, ["number", "number_key"], batch_size=BATCH)
