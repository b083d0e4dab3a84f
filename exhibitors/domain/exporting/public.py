"""A reader's selection as rows of cells: what the public pages show, and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory, find, selected
from exhibitors.domain.exporting.columns import ADDRESS, PRODUCTS, PUBLIC, SAMPLE
from exhibitors.domain.exporting.rows import cells_of
from exhibitors.domain.importing.cells import written
from exhibitors.domain.importing.wording import SEPARATOR
from exhibitors.models import Product


def public_rows(
    directory: Directory, criteria: Criteria, language: str, address: Callable[[str], str]
) -> Iterator[list[str]]:
    """Yield the cells of each exhibitor selected, in the order of the selection."""
    pks = list(selected(directory, criteria).values_list("pk", flat=True))
    products = _products(pks, language)
    with translation.override(language):
        sample = _("sample")
    unnarrowed = replace(criteria, themes=(), halls=(), industries=(), initials=())  # the keys are what these select
    chosen = find(directory, unnarrowed).filter(pk__among=pks)
    for cells in cells_of(chosen, pks, directory.edition, language, "slug", "is_sample"):
        cells[PRODUCTS] = SEPARATOR.join(products.get(cells["pk"], ()))
        cells[ADDRESS] = address(cells["slug"])
        cells[SAMPLE] = sample if cells["is_sample"] else ""
        yield [written(cells[column.name]) for column in PUBLIC]


def _products(pks: list[int], language: str) -> Mapping[int, list[str]]:
    """The names of each exhibitor's products, in the other language where they have none in this one."""
    rows = Product.objects.filter(exhibitor__pk__among=pks).order_by("position", "pk")
    names = ("name_en", "name_ko") if language == "en" else ("name_ko", "name_en")
    found: dict[int, list[str]] = {}
    for pk, name, other in rows.values_list("exhibitor_id", *names):
        found.setdefault(pk, []).append(name or other)
    return found
