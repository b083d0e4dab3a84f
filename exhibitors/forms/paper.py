"""How a selection is put on paper: style, order, paper and size of print, as addresses ask for them and as links."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.booth_list import Order
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.forms.directory import query_string
from exhibitors.forms.filter_panel import Link
from exhibitors.models import Edition


class Style(StrEnum):
    """What is printed; the value is the last part of its address."""

    BOOTHS = "booths"
    DIRECTORY = "directory"
    PAGES = "pages"
    SIGNS = "signs"


class Paper(StrEnum):
    A4 = "a4"
    A3 = "a3"


class Size(StrEnum):
    NORMAL = "normal"
    LARGE = "large"


ORDERS = {
    Style.BOOTHS: (Order.HALL, Order.BOOTH, Order.NAME, Order.INDUSTRY),
    Style.DIRECTORY: (Order.NAME, Order.HALL, Order.INDUSTRY),
    Style.PAGES: (Order.NAME, Order.HALL),
    Style.SIGNS: (Order.HALL, Order.BOOTH, Order.NAME),
}
"""The orders in which a style makes sense, its usual one first."""


@dataclass(frozen=True)
class Layout:
    style: Style
    order: Order
    paper: Paper = Paper.A4
    size: Size = Size.NORMAL

    @property
    def is_large(self) -> bool:
        return self.size == Size.LARGE

    @property
    def is_a3(self) -> bool:
        return self.paper == Paper.A3

    @property
    def title(self) -> str:
        return str(_STYLE_TITLES[self.style])


def read(data: QueryDict, style: Style, criteria: Criteria) -> tuple[Layout, list[str]]:
    """Return the layout that an address asks for, and a sentence for each part not understood."""
    by, paper, size = (data.get(name, "") for name in ("by", "paper", "size"))
    notices = [
        sentence
        for asked, known, sentence in (
            (by, ORDERS[style], gettext("This order is not known.")),
            (paper, tuple(Paper), gettext("This paper is not known. The list is laid out for A4.")),
            (size, tuple(Size), gettext("This size of print is not known. The list is in normal print.")),
        )
        if asked and asked not in known
    ]
    layout = Layout(
        style,
        order=Order(by) if by in ORDERS[style] else _usual_order(style, criteria),
        paper=Paper(paper) if paper in set(Paper) else Paper.A4,
        size=Size(size) if size in set(Size) else Size.NORMAL,
    )
    return layout, notices


def _usual_order(style: Style, criteria: Criteria) -> Order:
    """The style's own; who had the list in the order of the booths gets it by hall."""
    return Order.HALL if criteria.sort == Sort.BOOTH else ORDERS[style][0]


@dataclass(frozen=True)
class Toolbar:
    """What else the same selection can be: links above the paper, on the screen alone."""

    back: str
    orders: tuple[Link, ...]
    styles: tuple[Link, ...]
    papers: tuple[Link, ...]
    sizes: tuple[Link, ...]


def toolbar(edition: Edition, criteria: Criteria, layout: Layout, *, default_sort: Sort) -> Toolbar:
    def link(label: object, **changes: object) -> Link:
        other = replace(layout, **changes)  # type: ignore[arg-type]
        return Link(str(label), _parameters(criteria, other, default_sort), is_current=other == layout)

    return Toolbar(
        back=query_string(criteria, default_sort=default_sort),
        orders=tuple(link(_ORDER_LABELS[order], order=order) for order in ORDERS[layout.style]),
        styles=tuple(_style_link(edition, criteria, layout, style, default_sort) for style in Style),
        papers=tuple(link(paper.upper(), paper=paper) for paper in Paper),
        sizes=tuple(link(label, size=size) for size, label in _SIZE_LABELS.items()),
    )


def _style_link(edition: Edition, criteria: Criteria, layout: Layout, style: Style, default_sort: Sort) -> Link:
    order = layout.order if layout.order in ORDERS[style] else _usual_order(style, criteria)
    parameters = _parameters(criteria, replace(layout, style=style, order=order), default_sort)
    address = reverse(f"print_{style}", args=[edition.slug])
    return Link(str(_STYLE_TITLES[style]), f"{address}{parameters}", is_current=style == layout.style)


def _parameters(criteria: Criteria, layout: Layout, default_sort: Sort) -> str:
    more: dict[str, str] = {"paper": layout.paper} if layout.is_a3 else {}
    more |= {"size": layout.size} if layout.is_large else {}
    return query_string(criteria, default_sort=default_sort, by=layout.order, **more)


_STYLE_TITLES = {
    Style.BOOTHS: _("Booth list"),
    Style.DIRECTORY: _("Directory"),
    Style.PAGES: _("Exhibitor pages"),
    Style.SIGNS: _("Booth signs"),
}
_ORDER_LABELS = {
    Order.HALL: _("By hall"),
    Order.BOOTH: _("By booth number"),
    Order.NAME: _("By name"),
    Order.INDUSTRY: _("By industry"),
}
_SIZE_LABELS = {Size.NORMAL: _("Normal print"), Size.LARGE: _("Large print")}
