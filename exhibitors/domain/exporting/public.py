"""A reader's selection as rows of cells: what the public pages show, and nothing else."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from exhibitors.domain import listing
from exhibitors.domain.criteria import Criteria
from exhibitors.domain.directory import Directory
from exhibitors.domain.exporting.columns import ADDRESS, PRODUCTS, PUBLIC, SAMPLE
from exhibitors.domain.exporting.rows import CHUNK, cells_of
from exhibitors.domain.importing.cells import written
from exhibitors.domain.importing.rows import TEXT_FIELDS
from exhibitors.domain.importing.wording import SEPARATOR
from exhibitors.models import Product


def public_rows(
    directory: Directory, criteria: Criteria, language: str, address: Callable[[str], str]
) -> Iterator[list[str]]:
    """Yield the cells of each exhibitor selected, in the order of the selection."""
    keys = listing.keys_of(directory, criteria)
    products = _products(keys, language)
    with translation.override(language):
        sample = _("sample")
    for cells in cells_of(_texts(directory, keys), keys, directory.edition, language):
        cells[PRODUCTS] = SEPARATOR.join(products.get(cells["pk"], ()))
        cells[ADDRESS] = address(cells["slug"])
        cells[SAMPLE] = sample if cells["is_sample"] else ""
        yield [written(cells[column.name]) for column in PUBLIC]


def _texts(directory: Directory, keys: list[int]) -> Iterator[dict[str, Any]]:
    """Each exhibitor's own columns, never those of all at once."""
    columns = ("slug", "is_sample", *TEXT_FIELDS)
    for start in range(0, len(keys), CHUNK):
        for row in listing.columns_of(directory, keys[start : start + CHUNK], *columns):
            yield dict(zip(("pk", *columns), row, strict=True))


def _products(pks: list[int], language: str) -> Mapping[int, list[str]]:
    """The names of each exhibitor's products, in the other language where they have none in this one."""
    rows = Product.objects.filter(exhibitor__pk__among=pks).order_by("position", "pk")
    names = ("name_en", "name_ko") if language == "en" else ("name_ko", "name_en")
    found: dict[int, list[str]] = {}
    for pk, name, other in rows.values_list("exhibitor_id", *names):
        found.setdefault(pk, []).append(name or other)
    return found
