"""Counts are true: each is the length of the list that its value opens."""

import random
from dataclasses import replace

import pytest

from exhibitors.domain import directory as directories
from exhibitors.domain import facets
from exhibitors.domain.criteria import INITIALS, Criteria, Facet
from exhibitors.domain.directory import Directory
from exhibitors.models import NO_VALUE, Edition
from tests.domain.varied import make_varied, some
from tests.factories import make_edition

pytestmark = pytest.mark.django_db

NAMES = ["가람", "까치", "나루", "다온", "㈜라온", "마루", "Basalt", "24시", "★별", "하늘", "쌍용", "Öl"]


@pytest.fixture
def directory() -> Directory:
    names_en = ["", "Zulu", "Alpha Co.", "9 Lives"]
    return Directory(make_varied(7, exhibitors=60, names=NAMES, names_en=names_en, parts=4))


def length(directory: Directory, criteria: Criteria) -> int:
    return len(list(directories.find(directory, criteria)))


def random_criteria(chance: random.Random) -> Criteria:
    return Criteria(
        query=chance.choice(["", "", "라", "Zulu"]),
        themes=some(chance, ["cooperation", "unknown"]),
        halls=some(chance, ["hall-0", "hall-2", NO_VALUE, "unknown"]),
        industries=some(chance, ["industry-0", "industry-3", NO_VALUE]),
        initials=some(chance, ["ㄱ", "ㅎ", "Z", "0-9", "other"]),
    )


@pytest.mark.parametrize("seed", range(25))
def test_every_count_is_the_length_of_the_list_it_opens(directory: Directory, seed: int) -> None:
    criteria = random_criteria(random.Random(seed))
    counts = facets.count(directory, criteria)
    assert counts.total == length(directory, criteria)
    for hall in [*(hall.code for hall in directory.halls), NO_VALUE]:
        alone = replace(criteria.without_facet(Facet.HALL), halls=(hall,))
        assert counts.halls.get(hall, 0) == length(directory, alone), hall
    for theme in directory.themes:
        alone = replace(criteria.without_facet(Facet.HALL), themes=(theme.code,))
        assert counts.themes.get(theme.code, 0) == length(directory, alone), theme
    for industry in [*(row.slug for row in directory.industries), NO_VALUE]:
        alone = replace(criteria, industries=(industry,))
        assert counts.industries.get(industry, 0) == length(directory, alone), industry
    for initial in INITIALS:
        assert counts.initials.get(initial, 0) == length(directory, replace(criteria, initials=(initial,))), initial


def test_an_empty_edition_counts_nothing() -> None:
    counts = facets.count(Directory(make_edition()), Criteria())
    assert counts.total == 0
    assert not any({**counts.halls, **counts.industries, **counts.initials}.values())


def test_a_selection_of_unknown_values_counts_nothing_in_all(directory: Directory) -> None:
    counts = facets.count(directory, Criteria(halls=("",), industries=("",), initials=("",)))
    assert counts.total == 0


def test_the_edition_of_the_counts_is_the_directorys(directory: Directory) -> None:
    other = Directory(Edition.objects.get(slug="2023"))
    assert facets.count(other, Criteria()).total == 1
