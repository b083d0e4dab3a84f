"""How much of what pre-flight finds goes on a page, and where each finding leads to be mended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exhibitors.domain.preflight import Check, Finding, Group, Intended, Repair, digest
from exhibitors.models import Edition, Hall, PreflightMark

FOLDED_ABOVE = 10  # findings of a check
SHOWN = 20  # findings of a check on the page of all checks
PER_PAGE = 100  # findings on the page of one check

FORM_FIELDS: dict[str, Any] = {"booth_list": _("booths"), "industry_list": _("industries")}
"""Fields of the desk's forms that are no fields of the model."""


@dataclass(frozen=True)
class Link:
    """Where to mend a finding; without an address for who may not go there."""

    label: str
    address: str


@dataclass(frozen=True)
class Line:
    """A finding as the page shows it; with its mark where it is intended."""

    finding: Finding
    links: tuple[Link, ...]
    mark: PreflightMark | None = None


@dataclass(frozen=True)
class Section:
    """The findings of a check as the page shows them: not more than it has room for."""

    check: Check
    lines: tuple[Line, ...]
    open_total: int
    seen: str
    """The digest of all open findings, so that "all are intended" means those that there were to see."""
    intended: tuple[Line, ...]
    intended_total: int
    is_unfolded: bool
    address: str
    intended_address: str

    @property
    def has_more(self) -> bool:
        return len(self.lines) < self.open_total

    @property
    def has_more_intended(self) -> bool:
        return len(self.intended) < self.intended_total


def address_of(edition: Edition, check: Check | None = None, **parameters: str | int | None) -> str:
    """The page of an edition, of one check where it is given; parameters without value are left out."""
    page = reverse("admin:exhibitors_edition_preflight", args=[edition.pk])
    given = {"check": check.value if check else None, **parameters}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{page}?{query}" if query else page


class Shelf:
    """The sections of a page."""

    def __init__(self, request: HttpRequest, site: AdminSite, edition: Edition) -> None:
        self.edition = edition
        self.sections: list[Section] = []
        self.page: Page | None = None
        """Which part of the one check's findings is shown."""
        self.is_about_intended = bool(request.GET.get("intended"))
        self._request = request
        self._site = site
        self._rights: dict[tuple[type[Model], str], bool] = {}

    def put_excerpts(self, groups: Iterable[Group]) -> None:
        """The beginning of each group; long ones are folded, so that none drowns the others."""
        for group in groups:
            self._put(
                group, group.open[:SHOWN], group.intended[:SHOWN], is_unfolded=0 < len(group.open) <= FOLDED_ABOVE
            )

    def put_whole(self, group: Group | None) -> None:
        """All of a group, a page at a time: its open findings, or the intended ones where the address asks for them."""
        if group is None:
            return
        listed: Sequence[Finding | Intended] = group.intended if self.is_about_intended else group.open
        self.page = Paginator(listed, PER_PAGE).get_page(self._request.GET.get("page"))
        if self.is_about_intended:
            self._put(group, (), self.page.object_list, is_unfolded=True)
        else:
            self._put(group, self.page.object_list, group.intended[:SHOWN], is_unfolded=True)

    def page_address(self, number: int) -> str:
        section = self.sections[0]
        return address_of(self.edition, section.check, intended=int(self.is_about_intended), page=number)

    @property
    def earlier(self) -> str:
        """Where the page before this one is; empty on the first."""
        return self.page_address(self.page.previous_page_number()) if self.page and self.page.has_previous() else ""

    @property
    def later(self) -> str:
        return self.page_address(self.page.next_page_number()) if self.page and self.page.has_next() else ""

    def _put(self, group: Group, listed: Any, intended: Any, *, is_unfolded: bool) -> None:
        self.sections.append(
            Section(
                check=group.check,
                lines=tuple(Line(finding, self._links(finding)) for finding in listed),
                open_total=len(group.open),
                seen=digest(group.open),
                intended=tuple(Line(row.finding, self._links(row.finding), row.mark) for row in intended),
                intended_total=len(group.intended),
                is_unfolded=is_unfolded,
                address=address_of(self.edition, group.check),
                intended_address=address_of(self.edition, group.check, intended=1),
            )
        )

    def _links(self, finding: Finding) -> tuple[Link, ...]:
        return tuple(self._link(repair) for repair in finding.repairs)

    def _link(self, repair: Repair) -> Link:
        if repair.adds is not None:
            return Link(gettext("Add %(thing)s") % {"thing": repair.adds._meta.verbose_name}, self._add(repair))
        label = f"{repair.row} · {_label(repair)}" if repair.field else str(repair.row)
        return Link(label, self._change(repair))

    def _change(self, repair: Repair) -> str:
        model = type(repair.row)
        if not self._may(model, "view"):
            return ""
        form = reverse(f"admin:exhibitors_{model._meta.model_name}_change", args=[repair.row.pk])
        return f"{form}#id_{repair.field}" if repair.field else form

    def _add(self, repair: Repair) -> str:
        if repair.adds is None or not self._may(repair.adds, "add"):
            return ""
        place: dict[str, Any] = {"edition": self.edition.pk}
        if isinstance(repair.row, Hall):
            place["hall"] = repair.row.pk
        return f"{reverse(f'admin:exhibitors_{repair.adds._meta.model_name}_add')}?{urlencode(place)}"

    def _may(self, model: type[Model], action: str) -> bool:
        """Whether the organiser may go there; asked once a model, not once a finding."""
        if (model, action) not in self._rights:
            subject = self._site._registry[model]
            self._rights[model, action] = getattr(subject, f"has_{action}_permission")(self._request)
        return self._rights[model, action]


def _label(repair: Repair) -> str:
    field: Any = type(repair.row)._meta.get_field(repair.field) if repair.field not in FORM_FIELDS else None
    return str(capfirst(field.verbose_name if field else FORM_FIELDS[repair.field]))
