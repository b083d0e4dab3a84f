"""Every real list with exhibitors imports, with these numbers; the second run changes nothing.

The lists are not in the repository: EXPO_REAL_DATA names their folder.
"""

from pathlib import Path

import pytest

from exhibitors.domain import importing
from exhibitors.domain.importing import Options, Reason
from exhibitors.domain.importing.differences import NewExhibitor
from exhibitors.models import Booth, Edition, Exhibitor, Hall, Industry

pytestmark = pytest.mark.django_db

REPEATED, HOMEPAGE, HALL = Reason.REPEATED_IN_FILE, Reason.NOT_A_HOMEPAGE, Reason.HALL_NAME
Counts = tuple[int, int, int]  # halls, booths, industries


@pytest.mark.parametrize(
    ("pattern", "form", "rows", "exhibitors", "problems", "counts"),
    [
        ("krx-2021-xlsx/*.xlsx", "xlsx", 2482, 2477, {HOMEPAGE: 5}, (0, 0, 159)),
        ("krx-konex-2021-xls/*.xls", "html", 144, 144, {}, (0, 0, 56)),
        ("ces-2026/*.csv", "csv", 4177, 4175, {HALL: 1, HOMEPAGE: 1}, (16, 2888, 49)),
        ("expowest-2025-xlsx/*.xlsx", "xlsx", 3243, 3203, {REPEATED: 40}, (1, 3098, 0)),
        ("k-pet-fair-suwon-2026/*.csv", "csv", 41, 34, {Reason.NO_NAME: 6, REPEATED: 1}, (1, 34, 13)),
        ("tidy/ces-2026.csv", "csv", 4177, 4154, {REPEATED: 21, HALL: 1, HOMEPAGE: 1}, (16, 2873, 49)),
        ("tidy/epc-show-2026.csv", "csv", 373, 369, {REPEATED: 3, Reason.BOOTH_SHORTHAND: 1}, (17, 323, 0)),
        ("tidy/esri-uc-2026.csv", "csv", 321, 308, {REPEATED: 13}, (1, 613, 16)),
        ("tidy/expowest-2025.csv", "csv", 3243, 3203, {REPEATED: 40}, (2, 3098, 0)),
        ("tidy/india-ai-impact-2026.csv", "csv", 350, 349, {REPEATED: 1}, (10, 347, 8)),
        ("tidy/k-pet-fair-suwon-2026.csv", "csv", 41, 41, {}, (4, 41, 13)),
        ("tidy/krx-2021-with-english.csv", "csv", 2482, 2477, {HOMEPAGE: 5}, (0, 0, 159)),
        ("tidy/krx-konex-2021.csv", "csv", 144, 144, {}, (0, 0, 56)),
        ("tidy/sibf-2026.csv", "csv", 451, 445, {HOMEPAGE: 3, REPEATED: 3}, (2, 255, 49)),
        ("tidy/smart-biz-expo-facts.csv", "csv", 36, 28, {REPEATED: 8}, (10, 10, 0)),
    ],
)
def test_a_real_list_imports_once(
    real_data: Path,
    pattern: str,
    form: str,
    rows: int,
    exhibitors: int,
    problems: dict[Reason, int],
    counts: Counts,
) -> None:
    data = next(real_data.glob(pattern)).read_bytes()
    options = Options(create=True, skip_problems=True)

    first = importing.preview(data, "real", options)
    importing.apply(first.difference)
    second = importing.preview(data, "real", options).difference

    edition = Edition.objects.get()
    assert (first.format, first.difference.rows_read) == (form, rows)
    assert Exhibitor.objects.filter(edition=edition).public().count() == exhibitors
    assert first.difference.rows_by_reason == problems
    assert (Hall.objects.count(), Booth.objects.count(), Industry.objects.count()) == counts
    assert (second.new, second.changed, second.unchanged) == ((), (), exhibitors)
    assert second.rows_by_reason == problems


def test_the_real_lists_keep_what_their_quirks_endanger(real_data: Path) -> None:
    options = Options(create=True, skip_problems=True)
    values: dict[str, NewExhibitor] = {}
    for pattern in ("krx-2021-xlsx/*.xlsx", "ces-2026/*.csv", "expowest-2025-xlsx/*.xlsx"):
        new = importing.preview(next(real_data.glob(pattern)).read_bytes(), "real", options).difference.new
        values |= {exhibitor.name: exhibitor for exhibitor in new}

    assert values["DRB동일"].values["company_code"] == "004840"
    assert values["DRB동일"].values["main_products_ko"] == "고무벨트(V벨트,콘베이어벨트,평벨트),프라스틱제품 제조,판매"
    assert sorted(place.number for place in values["3 Seasons Fruit LLC"].places) == ["1105", "5604"]
    assert {place.number for place in values["100 Coconuts"].places} == {"4691"}
    assert max(len(exhibitor.places) for exhibitor in values.values()) == 21
    dashed = [e for e in values.values() if e.values.get("introduction_en", "").startswith("-")]
    assert len(dashed) == 3  # the fourth is a dash alone
