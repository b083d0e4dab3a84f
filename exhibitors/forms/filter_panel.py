"""The filters as shown: values with their counts, chips of the active ones, orders, pages."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.criteria import (
    DIGITS,
    HANGUL_INITIALS,
    LATIN_INITIALS,
    OTHER,
    Criteria,
    Sort,
)
from exhibitors.domain.directory import Directory
from exhibitors.domain.facets import Counts
from exhibitors.forms.directory import PAGE_SIZE, query_string, usual_sort
from exhibitors.models import NO_VALUE, Hall, Theme
from exhibitors.models.fields import LocalText, pick

SORT_LABELS = {
    Sort.RELEVANCE: _("Best match"),
    Sort.NAME: _("By name (가나다)"),
    Sort.BOOTH: _("By booth number"),
    Sort.NAME_EN: _("By English name"),
}


@dataclass(frozen=True)
class Value:
    """A filter value: its parameter, name, the length of the list that it opens, and the address that toggles it."""

    parameter: str
    code: str
    label: LocalText | str
    count: int
    is_selected: bool
    toggle: str
    colour: str = ""
    children: tuple["Value", ...] = field(default=())

    @property
    def is_disabled(self) -> bool:
        return not self.count and not self.is_selected


@dataclass(frozen=True)
class Chip:
    """An active filter and the address without it."""

    label: LocalText | str
    remove: str


@dataclass(frozen=True)
class Link:
    label: str
    address: str
    is_current: bool = False


@dataclass(frozen=True)
class Panel:
    """Everything around the list of results; addresses are relative to the list's own."""

    halls: tuple[Value, ...]
    industries: tuple[Value, ...]
    initials: tuple[Value, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[Link, ...]
    clear: str
    query_string: str
    hidden_sort: str
    """The order as a form carries it along; empty where it is the usual one."""

    @property
    def hall_chips(self) -> tuple[Value, ...]:
        return _choice(self.halls)

    @property
    def index(self) -> tuple[Value, ...]:
        return _choice(self.initials)


def _choice(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """The values that find something; none where there is one alone, which would narrow nothing."""
    enabled = tuple(value for value in values if not value.is_disabled)
    return enabled if len(enabled) > 1 or any(value.is_selected for value in enabled) else ()


def build(directory: Directory, criteria: Criteria, counts: Counts, *, default_sort: Sort) -> Panel:
    """Prepare the panel; costs no query beyond the directory's own."""
    builder = _Builder(directory, criteria, counts, default_sort)
    halls, industries, initials = tuple(builder.halls()), tuple(builder.industries()), tuple(builder.initials())
    return Panel(
        halls=halls,
        industries=industries,
        initials=initials,
        chips=tuple(builder.chips((*halls, *industries, *initials))),
        sorts=tuple(builder.sorts()),
        clear=query_string(Criteria(sort=criteria.sort), default_sort=default_sort) or "?",
        query_string=query_string(criteria, default_sort=default_sort),
        hidden_sort="" if criteria.sort == usual_sort(criteria, default_sort) else criteria.sort,
    )


@dataclass(frozen=True)
class _Builder:
    directory: Directory
    criteria: Criteria
    counts: Counts
    default_sort: Sort

    def halls(self) -> Iterable[Value]:
        """Themes with their halls below, then halls of no theme, then 'to follow'; in the organisers' order."""
        tops = {hall.theme or hall: None for hall in self.directory.halls}
        for top in sorted(tops, key=lambda row: (row.position, row.code)):
            if isinstance(top, Theme):
                children = tuple(self._hall(hall) for hall in self.directory.halls if hall.theme == top)
                count = self.counts.themes.get(top.code, 0)
                yield self._value("theme", top.code, pick(top, "name"), count, children=children)
            else:
                yield self._hall(top)
        yield self._value("hall", NO_VALUE, gettext("Hall to follow"), self.counts.halls.get(NO_VALUE, 0))

    def _hall(self, hall: Hall) -> Value:
        return self._value("hall", hall.code, pick(hall, "name"), self.counts.halls.get(hall.code, 0), hall.colour)

    def industries(self) -> Iterable[Value]:
        counts = self.counts.industries
        for industry in self.directory.industries:
            yield self._value("industry", industry.slug, pick(industry, "name"), counts.get(industry.slug, 0))
        yield self._value("industry", NO_VALUE, gettext("Industry to follow"), counts.get(NO_VALUE, 0))

    def initials(self) -> Iterable[Value]:
        """The script that the reader uses first."""
        scripts = (HANGUL_INITIALS, LATIN_INITIALS)
        first, second = scripts if get_language() == "ko" else reversed(scripts)
        for initial in (*first, *second, DIGITS, OTHER):
            label = gettext("Other") if initial == OTHER else initial
            yield self._value("initial", initial, label, self.counts.initials.get(initial, 0))

    def _value(
        self,
        parameter: str,
        code: str,
        label: LocalText | str,
        count: int,
        colour: str = "",
        children: tuple[Value, ...] = (),
    ) -> Value:
        field_name = _FIELDS[parameter]
        toggled = self._address(self.criteria.toggled(field_name, code))
        is_selected = code in getattr(self.criteria, field_name)
        return Value(parameter, code, label, count, is_selected, toggled, colour, children)

    def chips(self, values: Iterable[Value]) -> Iterable[Chip]:
        if self.criteria.query:
            yield Chip(f"“{self.criteria.query}”", self._address(replace(self.criteria, query="")))
        for value in values:
            for one in (value, *value.children):
                if one.is_selected:
                    yield Chip(one.label, one.toggle)

    def sorts(self) -> Iterable[Link]:
        orders = (sort for sort in Sort if self.criteria.query or sort != Sort.RELEVANCE)
        for sort in orders:
            address = self._address(replace(self.criteria, sort=sort))
            yield Link(str(SORT_LABELS[sort]), address, is_current=sort == self.criteria.sort)

    def _address(self, criteria: Criteria) -> str:
        return query_string(criteria, default_sort=self.default_sort) or "?"


_FIELDS = {"theme": "themes", "hall": "halls", "industry": "industries", "initial": "initials"}


@dataclass(frozen=True)
class Pages:
    """Which part of the list is shown; numbers count from 1."""

    number: int
    last: int
    total: int
    links: tuple[Link | None, ...]
    previous: str
    next: str

    @property
    def start(self) -> int:
        return (self.number - 1) * PAGE_SIZE

    @property
    def stop(self) -> int:
        return self.number * PAGE_SIZE


def paginate(asked: str, total: int, criteria: Criteria, *, default_sort: Sort) -> tuple[Pages, bool]:
    """Return the page asked for, or the nearest that exists, and whether it is the one asked for."""
    last = max(1, -(-total // PAGE_SIZE))
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    shown = min(max(number, 1), last)

    def address(page: int) -> str:
        more = {"page": page} if page > 1 else {}
        return query_string(criteria, default_sort=default_sort, **more) or "?"

    links = tuple(
        None if page is None else Link(str(page), address(page), page == shown) for page in _near(shown, last)
    )
    pages = Pages(
        number=shown,
        last=last,
        total=total,
        links=links,
        previous=address(shown - 1) if shown > 1 else "",
        next=address(shown + 1) if shown < last else "",
    )
    return pages, asked in {"", str(shown)}


def _near(shown: int, last: int) -> list[int | None]:
    """First, last and the pages around the one shown; None for a gap."""
    wanted = sorted({1, last, *range(max(1, shown - 1), min(last, shown + 1) + 1)})
    numbers: list[int | None] = []
    for page in wanted:
        if numbers and page - (numbers[-1] or 0) > 1:
            numbers.append(None)
        numbers.append(page)
    return numbers
