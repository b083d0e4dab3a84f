"""Why an exhibitor was found: in which of its fields each word of the query stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from exhibitors.search.company_forms import strip_company_form
from exhibitors.search.document import Source
from exhibitors.search.normalise import aligned, booth_keys, initials, keys
from exhibitors.search.query import Kind, Query, Word, text_needle

Field = Literal["name", "booth", "product", "industry", "hall", "description"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A value of the exhibitor as it is shown, and the synonym of the typed word by which it was found, if any."""

    field: Field
    value: str
    synonym: str | None = None


def reasons(query: Query, source: Source) -> tuple[Reason, ...]:
    """One for each word, without repetitions; one alone where a field holds the joined words. A name comes before
    any other field, so whoever shows the name can leave those out.
    """
    if len(query.words) > 1 and (whole := _reason(query.joined, source)):
        return (whole,)
    found = (_reason(word, source) for word in query.words)
    return tuple(dict.fromkeys(reason for reason in found if reason))


def _reason(word: Word, source: Source) -> Reason | None:
    for field, value in _values(source):
        if _stands_in(word, field, value):
            return Reason(field, value)
    for synonym in word.synonyms:
        for field, value in _values(source):
            if _has_text(synonym, field, value):
                return Reason(field, value, synonym)
    return None


def _values(source: Source) -> Iterator[tuple[Field, str]]:
    yield from (("name", value) for value in source.names)
    yield from (("booth", value) for value in source.booths)
    yield from (("product", value) for value in source.products)
    yield from (("industry", value) for value in source.industries)
    yield from (("hall", value) for value in source.halls)
    yield from (("description", value) for value in source.descriptions)


def _stands_in(word: Word, field: Field, value: str) -> bool:
    if word.kind is Kind.FULL:
        return _has_text(word.text, field, value)
    by_initials = field in ("name", "product") and word.initials in initials(_searched(field, value))
    if word.kind is Kind.INITIALS:
        return by_initials
    by_keys = field != "description" and word.keys in keys(_searched(field, value))
    return by_keys or (word.kind is Kind.MIXED and by_initials)


def _has_text(text: str, field: Field, value: str) -> bool:
    if field == "description":
        return text_needle(text) in aligned(value)
    if field == "booth" and booth_keys(text) == booth_keys(value):
        return True
    return keys(text) in keys(_searched(field, value)) or keys(text) in keys(value)


def _searched(field: Field, value: str) -> str:
    return strip_company_form(value) if field == "name" else value
