"""Exhibitors as rows of cells."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils import translation

from exhibitors.domain.exporting.columns import BOOTHS, COLUMNS, HALL, INDUSTRIES
from exhibitors.domain.importing.cells import written
from exhibitors.domain.importing.registry import Named
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.domain.importing.stock import Place, place
from exhibitors.domain.importing.wording import Wording
from exhibitors.domain.standing import standing_of
from exhibitors.models import Edition, Exhibitor, ExhibitorIndustry, Hall, Industry

CHUNK = 500


def rows(exhibitors: QuerySet[Exhibitor], edition: Edition, language: str) -> Iterator[list[str]]:
    """Yield the cells of each exhibitor, by name; those of other editions are left out.

    8 queries, however many exhibitors; their texts are never all in memory.
    """
    # By their keys: of queries inside queries PostgreSQL may think, right after an import, that they find one row.
    pks = list(exhibitors.filter(edition=edition).order_by().values_list("pk", flat=True))
    order = "sort_key_en" if language == "en" else "sort_key"
    chosen = Exhibitor.objects.filter(pk__among=pks).order_by(order, "pk")
    states = _states(language)
    texts = chosen.values("pk", "state", "state_reason", *TEXT_FIELDS).iterator(CHUNK)
    for cells in cells_of(texts, pks, edition, language):
        cells["state"] = states[cells["state"]]
        yield [written(cells[column.name]) for column in COLUMNS]


def cells_of(
    exhibitors: Iterable[dict[str, Any]], pks: list[int], edition: Edition, language: str
) -> Iterator[dict[str, Any]]:
    """Add to each of the exhibitors with these keys its halls, booths and industries. 6 queries."""
    places, slugs = _places(pks), _slugs(pks)
    words = wording(edition, language)  # after what stands in halls, so that none is missing
    for cells in exhibitors:
        pk = cells["pk"]
        cells[HALL], cells[BOOTHS] = words.booth_cells(places.get(pk, ()))
        cells[INDUSTRIES] = words.industry_cell(slugs.get(pk, ()))
        yield cells


def wording(edition: Edition, language: str) -> Wording:
    """Return the names of the edition's halls and industries. Two queries."""
    halls = Hall.objects.filter(edition=edition).order_by("position", "code")
    industries = Industry.objects.filter(edition=edition).order_by("position", "slug")
    return Wording(
        language,
        halls=[Named(*row) for row in halls.values_list("code", "name_ko", "name_en")],
        industries=[Named(*row) for row in industries.values_list("slug", "name_ko", "name_en")],
    )


def _places(pks: list[int]) -> Mapping[int, set[Place]]:
    rows = standing_of(pks)
    codes = dict(Hall.objects.filter(pk__in={one.hall for one in rows}).order_by().values_list("pk", "code"))
    found: dict[int, set[Place]] = {}
    for one in rows:
        if one.hall in codes:
            found.setdefault(one.exhibitor, set()).add(place(codes[one.hall], one.number))
    return found


def _slugs(pks: list[int]) -> Mapping[int, list[str]]:
    links = ExhibitorIndustry.objects.filter(exhibitor__pk__among=pks).order_by("pk")
    found: dict[int, list[str]] = {}
    for pk, slug in links.values_list("exhibitor_id", "industry__slug"):
        found.setdefault(pk, []).append(slug)
    return found


def _states(language: str) -> dict[Any, str]:
    with translation.override(language):
        return {state.value: str(state.label) for state in Exhibitor.State}
