"""The directory's filters: parses addresses into criteria and criteria into addresses."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from exhibitors.domain.criteria import INITIALS, Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.models import NO_VALUE, Exhibitor

MAX_QUERY = 100  # characters
MAX_VALUES = 100  # values of one parameter
PAGE_SIZE = 24


def default_sort() -> Sort:
    """Readers of English get the order of the names that they can read."""
    return Sort.NAME if get_language() == "ko" else Sort.NAME_EN


class LenientChoices(forms.MultipleChoiceField):
    """Takes the known values, and collects the others instead of refusing the whole form."""

    widget = forms.MultipleHiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.unknown: list[str] = []

    def clean(self, value: Any) -> tuple[str, ...]:
        values = list(dict.fromkeys(self.to_python(value)))[:MAX_VALUES]
        self.unknown = [v for v in values if not self.valid_value(v)]
        return tuple(v for v in values if self.valid_value(v))


class LenientFilter(django_filters.MultipleChoiceFilter):
    field_class = LenientChoices


class DirectoryFilterSet(django_filters.FilterSet):
    """Reads the parameters q, theme, hall, industry, initial and sort of one edition.

    Unknown parameters are ignored. An unknown value gives a message and selects nothing: a facet whose values are
    all unknown makes the list empty, never longer than asked for.
    """

    q = django_filters.CharFilter()
    theme = LenientFilter()
    hall = LenientFilter()
    industry = LenientFilter()
    initial = LenientFilter()
    sort = django_filters.CharFilter()

    def __init__(self, data: QueryDict, directory: Directory, *, default_sort: Sort = Sort.NAME) -> None:
        super().__init__(data, queryset=Exhibitor.objects.none())
        self.directory = directory
        self.default_sort = default_sort
        self.notices: list[str] = []
        self._offer(
            theme=[theme.code for theme in directory.themes],
            hall=[*(hall.code for hall in directory.halls), NO_VALUE],
            industry=[*(industry.slug for industry in directory.industries), NO_VALUE],
            initial=INITIALS,
        )

    def _offer(self, **choices: Any) -> None:
        for name, values in choices.items():
            self.form.fields[name].choices = [(value, value) for value in values]

    def criteria(self) -> Criteria:
        """Return what the address asks for; `notices` then holds a sentence for each part not understood."""
        self.notices = []
        query = self._query()
        values = {name: self._values(name) for name in ("theme", "hall", "industry", "initial")}
        return Criteria(
            query=query,
            is_exact=bool(query) and self.data.get("exact") == "1",
            themes=values["theme"],
            halls=values["hall"],
            industries=values["industry"],
            initials=values["initial"],
            sort=self._sort(usual=Sort.RELEVANCE if query else self.default_sort),
        )

    def _query(self) -> str:
        typed = printable(" ".join(self.data.get("q", "").split()))
        if len(typed) > MAX_QUERY:
            self.notices.append(_("Only the first %(count)s characters were searched.") % {"count": MAX_QUERY})
        return typed[:MAX_QUERY].strip()

    def _values(self, name: str) -> tuple[str, ...]:
        field = self.form.fields[name]
        known: tuple[str, ...] = field.clean(self.data.getlist(name))
        for value in field.unknown:
            shown = {"value": printable(value)[:40]}
            self.notices.append(_("This edition has no filter value “%(value)s”.") % shown)
        # One value that cannot occur keeps a facet of unknown values narrowing.
        return known if known or not field.unknown else ("",)

    def _sort(self, *, usual: Sort) -> Sort:
        asked = self.data.get("sort", "")
        if asked and asked not in set(Sort):
            self.notices.append(_("This order is not known. The list is in its usual order."))
        if asked not in set(Sort) or (asked == Sort.RELEVANCE and usual != Sort.RELEVANCE):
            return usual
        return Sort(asked)


def printable(text: str) -> str:
    """Drop what no database or terminal should meet: NUL, other control characters, lone surrogates."""
    return "".join(character for character in text if character.isprintable())


def query_string(criteria: Criteria, *, default_sort: Sort, **more: str | int) -> str:
    """Return the address part (with its leading ?) that `DirectoryFilterSet` reads back as these criteria."""
    pairs: list[tuple[str, str]] = [("q", criteria.query)] if criteria.query else []
    pairs += [("exact", "1")] if criteria.query and criteria.is_exact else []
    lists: Mapping[str, tuple[str, ...]] = {
        "theme": criteria.themes,
        "hall": criteria.halls,
        "industry": criteria.industries,
        "initial": criteria.initials,
    }
    pairs += [(name, value) for name, values in lists.items() for value in values if value]
    pairs += [("sort", criteria.sort)] if criteria.sort != usual_sort(criteria, default_sort) else []
    pairs += [(name, str(value)) for name, value in more.items()]
    return f"?{urlencode(pairs)}" if pairs else ""


def usual_sort(criteria: Criteria, default_sort: Sort) -> Sort:
    """The order that no address names: best first in a search, else the reader's own."""
    if criteria.query:
        return Sort.RELEVANCE
    return Sort.RELEVANCE if criteria.sort == Sort.RELEVANCE else default_sort
