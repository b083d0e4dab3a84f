"""Addresses become criteria and criteria become addresses."""

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibitors.domain.criteria import INITIALS, Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.forms.directory import DirectoryFilterSet, query_string
from tests.factories import make_edition, make_hall, make_industry, make_theme

OWN_SORTS = [sort for sort in Sort if sort != Sort.RELEVANCE]  # relevance is the usual order of a search alone

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory() -> Directory:
    edition = make_edition()
    make_hall(edition, "one", "1관", theme=make_theme(edition))
    make_hall(edition, "two", "2관")
    make_industry(edition, "food", "식품")
    loaded = Directory(edition)
    assert loaded.halls
    assert loaded.industries  # read now, so that the property below needs no database
    return loaded


def parsed(directory: Directory, address: str) -> Criteria:
    return DirectoryFilterSet(QueryDict(address), directory).criteria()


def test_reads_every_parameter(directory: Directory) -> None:
    address = "q=+a++b+&theme=cooperation&hall=two&hall=none&industry=food&initial=ㄱ&sort=booth"
    assert parsed(directory, address) == Criteria(
        query="a b",
        themes=("cooperation",),
        halls=("two", "none"),
        industries=("food",),
        initials=("ㄱ",),
        sort=Sort.BOOTH,
    )


def test_a_value_given_twice_counts_once(directory: Directory) -> None:
    assert parsed(directory, "hall=one&hall=one").halls == ("one",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(
    criteria=st.builds(
        Criteria,
        query=st.sampled_from(["", "가", "a&b=c", "100% +", "한 글"]),
        themes=st.sampled_from([(), ("cooperation",)]),
        halls=st.lists(st.sampled_from(["one", "two", "none"]), unique=True).map(tuple),
        industries=st.sampled_from([(), ("food",), ("none", "food")]),
        initials=st.lists(st.sampled_from(INITIALS), unique=True, max_size=3).map(tuple),
        sort=st.sampled_from(OWN_SORTS),
    ),
    default_sort=st.sampled_from(OWN_SORTS),
)
def test_an_address_reads_back_as_the_criteria_it_was_made_from(
    directory: Directory, criteria: Criteria, default_sort: Sort
) -> None:
    address = query_string(criteria, default_sort=default_sort)
    filters = DirectoryFilterSet(QueryDict(address.removeprefix("?")), directory, default_sort=default_sort)
    assert filters.criteria() == criteria
    assert filters.notices == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=150)
@given(name=st.sampled_from(["q", "theme", "hall", "industry", "initial", "sort", "page", "x"]), value=st.text())
def test_any_value_is_read_without_failing(directory: Directory, name: str, value: str) -> None:
    data = QueryDict(mutable=True)
    data.setlist(name, [value, value])
    criteria = DirectoryFilterSet(data, directory).criteria()
    assert "\x00" not in criteria.query
    assert len(criteria.query) <= 100


def test_the_usual_order_of_a_search_is_relevance_and_of_a_list_the_readers(directory: Directory) -> None:
    assert parsed(directory, "q=a").sort == Sort.RELEVANCE
    assert parsed(directory, "q=a&sort=name").sort == Sort.NAME
    assert parsed(directory, "").sort == Sort.NAME
    assert parsed(directory, "sort=relevance").sort == Sort.NAME


def test_taking_the_query_away_takes_its_order_away(directory: Directory) -> None:
    searched = parsed(directory, "q=a&hall=one")
    assert query_string(searched, default_sort=Sort.NAME) == "?q=a&hall=one"
    assert query_string(replace(searched, query=""), default_sort=Sort.NAME) == "?hall=one"
    assert query_string(replace(searched, sort=Sort.NAME), default_sort=Sort.NAME) == "?q=a&hall=one&sort=name"


def test_an_exact_search_is_asked_for_in_the_address(directory: Directory) -> None:
    assert parsed(directory, "q=a&exact=1").is_exact
    assert not parsed(directory, "exact=1").is_exact
    assert query_string(parsed(directory, "q=a&exact=1"), default_sort=Sort.NAME) == "?q=a&exact=1"
