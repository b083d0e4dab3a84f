"""The table of cases: queries of each kind over invented exhibitors, run on the reference in memory."""

import pytest

from exhibitors.search.steps import Step
from tests.search.directories import FOLDERS, Case, cases, directory

ALL = [(folder, case) for folder in FOLDERS for case in cases(folder)]


@pytest.mark.parametrize(("folder", "case"), ALL, ids=lambda value: getattr(value, "kind", value))
def test_query_finds_what_it_must_and_nothing_that_it_must_not(folder: str, case: Case) -> None:
    outcome = directory(folder).search(case.query)
    resolution = outcome.resolution

    names = [hit.entry.source.names[0] for hit in outcome.found]
    assert [name for name in case.expect if name not in names] == []
    assert [name for name in case.must_not if name in names] == []
    if case.top:
        assert names[0] == case.top
    if case.step:
        assert resolution.step == case.step
    if case.understood is not None:
        assert resolution.query is not None
        assert resolution.query.text == case.understood


@pytest.mark.parametrize("folder", FOLDERS)
def test_cases_speak_of_exhibitors_that_exist_and_check_something(folder: str) -> None:
    known = {entry.source.names[0] for entry in directory(folder).entries}
    for case in cases(folder):
        assert {*case.expect, *case.must_not, *filter(None, [case.top])} <= known, case
        assert case.expect or case.must_not or case.step, case


def test_query_without_letters_shows_everybody_in_order() -> None:
    outcome = directory("invented").search("%_!")

    assert outcome.resolution.step == Step.NO_QUERY
    sort_keys = [hit.entry.columns.sort_key for hit in outcome.found]
    assert len(sort_keys) == len(directory("invented").entries)
    assert sort_keys == sorted(sort_keys)
