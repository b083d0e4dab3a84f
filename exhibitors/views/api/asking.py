"""What an address of the open data asks for: a selection and a page of it."""

from dataclasses import dataclass
from typing import Annotated

from django.http import QueryDict
from ninja import Field, Schema

from exhibitors.domain.criteria import INITIALS, Sort

PER_PAGE, MOST_PER_PAGE = 50, 200
LONGEST_NUMBER = 9  # digits; more would be no page of anything

# Numbers are documented as such but read as text: the open data answers a bad one as the pages do, with a notice.
Number = Annotated[str, Field(json_schema_extra={"type": "integer", "minimum": 1})]


class PageQuery(Schema):
    """Which page of a list is asked for."""

    page: Number = Field("1", description="Which page, from 1.")
    per_page: Number = Field(str(PER_PAGE), description=f"How many rows a page has, at most {MOST_PER_PAGE}.")


class ExhibitorQuery(PageQuery):
    """The filters of the pages: values of one parameter widen the list, different parameters narrow it."""

    q: str = Field("", description="Words to search for, in Korean or English; initials (ㅅㅊ) are understood.")
    exact: str = Field("", description="1: search exactly what is written, without correcting it.")
    theme: list[str] = Field([], description="Ids of themes, which stand for their halls.")
    hall: list[str] = Field([], description="Ids of halls; 'none' for exhibitors without a booth.")
    industry: list[str] = Field([], description="Ids of industries; 'none' for exhibitors without one.")
    initial: list[str] = Field([], description="First letters of names: " + " ".join(INITIALS))
    sort: str = Field("", description="The order: " + ", ".join(Sort) + ".")


@dataclass(frozen=True)
class Page:
    """A page of a list: its number from 1, how many rows a page has, how many there are in all."""

    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def rows(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)

    @property
    def in_address(self) -> dict[str, str | int]:
        """What the addresses of the other pages repeat."""
        return {} if self.size == PER_PAGE else {"per_page": self.size}


def page_of(asked: QueryDict, total: int) -> tuple[Page, list[str]]:
    """Return the page asked for, or the nearest that exists, with a notice for what was not understood."""
    notices = []
    size = _number(asked.get("per_page", ""), PER_PAGE)
    if size is None or size > MOST_PER_PAGE:
        notices.append(f"per_page is a number from 1 to {MOST_PER_PAGE}.")
        size = PER_PAGE if size is None else MOST_PER_PAGE
    number = _number(asked.get("page", ""), 1)
    last = Page(1, size, total).last
    shown = min(number or 1, last)
    if shown != number:
        notices.append(f"There is no such page. This is page {shown}.")
    return Page(shown, size, total), notices


def _number(text: str, usual: int) -> int | None:
    """The number that a text says; None where it says none from 1 on."""
    if not text:
        return usual
    if not (text.isascii() and text.isdigit()):
        return None
    return (int(text) or None) if len(text) <= LONGEST_NUMBER else 10**LONGEST_NUMBER
