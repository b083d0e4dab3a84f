"""Counts are true: each is the length of the list that its value opens."""

import random
from dataclasses import replace

import pytest

from exhibitors.domain import directory as directories
from exhibitors.domain import facets
from exhibitors.domain.criteria import INITIALS, Criteria, Facet
from exhibitors.domain.directory import Directory
from exhibitors.models import NO_VALUE, Edition, Exhibitor
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_theme

pytestmark = pytest.mark.django_db

NAMES = ["가람", "까치", "나루", "다온", "㈜라온", "마루", "Basalt", "24시", "★별", "하늘", "쌍용", "Öl"]


@pytest.fixture
def directory() -> Directory:
    """Exhibitors in none, one or several halls and industries, with what could leak in place."""
    chance = random.Random(7)
    edition = make_edition()
    theme = make_theme(edition)
    halls = [
        make_hall(edition, f"hall-{number}", f"{number}관", theme=theme if number < 2 else None) for number in range(4)
    ]
    booths = [make_booth(hall, f"A-{number}") for hall in halls for number in range(3)]
    industries = [make_industry(edition, f"industry-{number}", f"업종{number}") for number in range(4)]
    for _ in range(60):
        make_exhibitor(
            edition,
            chance.choice(NAMES),
            name_en=chance.choice(["", "Zulu", "Alpha Co.", "9 Lives"]),
            booths=chance.sample(booths, chance.choice([0, 1, 1, 2, 4])),
            industries=chance.sample(industries, chance.choice([0, 1, 1, 3])),
            state=chance.choice([Exhibitor.State.PUBLIC] * 4 + [Exhibitor.State.DRAFT]),
        )
    other = make_edition("2023")
    make_exhibitor(other, booths=[make_booth(make_hall(other))], industries=[make_industry(other)])
    return Directory(edition)


def length(directory: Directory, criteria: Criteria) -> int:
    return len(list(directories.find(directory, criteria)))


def random_criteria(chance: random.Random) -> Criteria:
    def some(values: list[str]) -> tuple[str, ...]:
        return tuple(chance.sample(values, chance.choice([0, 0, 1, 2])))

    return Criteria(
        query=chance.choice(["", "", "라", "Zulu"]),
        themes=some(["cooperation", "unknown"]),
        halls=some(["hall-0", "hall-2", NO_VALUE, "unknown"]),
        industries=some(["industry-0", "industry-3", NO_VALUE]),
        initials=some(["ㄱ", "ㅎ", "Z", "0-9", "other"]),
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
