"""Real lists survive being imported, exported and imported again.

The lists are not in the repository: EXPO_REAL_DATA names their folder.
"""

from pathlib import Path

import pytest

from exhibitors.domain import importing
from exhibitors.domain.importing import Options
from exhibitors.models import Edition, Exhibitor
from tests.domain.exporting.spreadsheets import NO_CHANGES, WAYS, changes, exported, read_again

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("pattern", "exhibitors"),
    [
        ("krx-2021-xlsx/*.xlsx", 2477),
        ("krx-konex-2021-xls/*.xls", 144),
        ("tidy/epc-show-2026.csv", 369),
        ("tidy/esri-uc-2026.csv", 308),
        ("tidy/india-ai-impact-2026.csv", 349),
        ("tidy/k-pet-fair-suwon-2026.csv", 41),
        ("tidy/sibf-2026.csv", 445),
        ("tidy/smart-biz-expo-facts.csv", 28),
    ],
)
def test_a_real_list_that_is_exported_and_imported_again_is_unchanged(
    real_data: Path, pattern: str, exhibitors: int
) -> None:
    data = next(real_data.glob(pattern)).read_bytes()
    importing.apply(importing.preview(data, "2024", Options(create=True, skip_problems=True)).difference)
    edition = Edition.objects.get()

    found = {way: read_again(exported(edition, *way)).difference for way in WAYS}

    assert {way: changes(difference) for way, difference in found.items()} == dict.fromkeys(WAYS, NO_CHANGES)
    assert {difference.unchanged for difference in found.values()} == {exhibitors}


@pytest.mark.parametrize("pattern", ["tidy/esri-uc-2026.csv", "tidy/sibf-2026.csv"])
def test_a_real_list_moves_to_an_empty_edition_whole(real_data: Path, pattern: str) -> None:
    data = next(real_data.glob(pattern)).read_bytes()
    importing.apply(importing.preview(data, "2024", Options(create=True, skip_problems=True)).difference)
    moved = read_again(exported(Edition.objects.get()), "2025", create=True).difference
    importing.apply(moved)

    assert moved.problems == ()
    assert placed("2025") == placed("2024")


def placed(edition: str) -> list[tuple[str, ...]]:
    """Each exhibitor's texts, with halls, booths and industries by name."""
    rows = Exhibitor.objects.filter(edition__slug=edition).prefetch_related("booths__hall", "industries")
    return sorted(
        (
            *(getattr(row, name) for name in importing.rows.TEXT_FIELDS),
            *sorted(f"{booth.hall.name_ko} {booth.number}" for booth in row.booths.all()),
            *sorted(industry.name_ko for industry in row.industries.all()),
        )
        for row in rows
    )
