"""Keeps the stored columns of exhibitors true to what they are computed from."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import F, Prefetch, Q, QuerySet

from exhibitors.domain.migrating import Plan, is_complete
from exhibitors.models import (
    Booth,
    BoothAssignment,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Hall,
    Industry,
    Product,
    Theme,
)
from exhibitors.models.exhibitor import ExhibitorQuerySet
from exhibitors.search import document, normalise

NAME_COLUMNS = ["name_key", "sort_key", "sort_key_en", "initial", "initial_en"]
SEARCH_COLUMNS = ["name_plain", "name_keys", "head_keys", "text_keys", "initials", "search_version"]
ORDER_COLUMNS = ["first_booth"]
COLUMNS = [*NAME_COLUMNS, *SEARCH_COLUMNS, *ORDER_COLUMNS]
BATCH = 500
NO_BOOTH = "~"  # comes after all digits

Part = Product | Booth | Hall | Theme | Industry


def fill(exhibitor: Exhibitor) -> bool:
    """Set what follows from the names alone and tell whether any of it changed. Does not save, asks no database."""
    before = _values(exhibitor, NAME_COLUMNS)
    shown, shown_en = exhibitor.name_ko or exhibitor.name_en, exhibitor.name_en or exhibitor.name_ko
    exhibitor.name_key = _fitting("name_key", normalise.name_key(shown))
    exhibitor.sort_key = _fitting("sort_key", normalise.sort_key(shown))
    exhibitor.sort_key_en = _fitting("sort_key_en", normalise.sort_key(shown_en))
    exhibitor.initial = normalise.initial(shown)
    exhibitor.initial_en = normalise.initial(shown_en)
    return before != _values(exhibitor, NAME_COLUMNS)


def _fitting(column: str, text: str) -> str:
    """One sign can become many letters (㎏, ﷺ), and PostgreSQL refuses what is longer than its column."""
    return text[: _LIMITS[column]]


_LIMITS = {field.name: field.max_length for field in Exhibitor._meta.fields if field.name in NAME_COLUMNS}


class Stand(Protocol):
    """What is searched of a booth, however it was read."""

    @property
    def hall(self) -> Hall: ...

    @property
    def number(self) -> str: ...

    @property
    def number_key(self) -> str: ...


@dataclass(frozen=True)
class Parts:
    """What an exhibitor is searched by beside its own texts; of products names and texts in both languages."""

    products: Iterable[object]
    industries: Iterable[Industry]
    booths: Iterable[Stand]


def fill_search(exhibitor: Exhibitor, parts: Parts) -> bool:
    """Set what follows from the parts too, and tell whether any of it changed. Saves nothing, asks nobody; 0.2 ms."""
    before = _values(exhibitor, [*SEARCH_COLUMNS, *ORDER_COLUMNS])
    exhibitor.first_booth = _first_booth(parts.booths)
    columns = document.build(source(exhibitor, parts))
    for name in SEARCH_COLUMNS[:-1]:
        setattr(exhibitor, name, getattr(columns, name))
    exhibitor.search_version = document.PIPELINE_VERSION
    return before != _values(exhibitor, [*SEARCH_COLUMNS, *ORDER_COLUMNS])


def _first_booth(booths: Iterable[Stand]) -> str:
    """A text by which exhibitors stand in the order of their first booths."""
    keys = (f"{booth.hall.position:010} {booth.hall.code} {booth.number_key}" for booth in booths)
    return min(keys, default=NO_BOOTH)


def _values(exhibitor: Exhibitor, columns: Iterable[str]) -> list[object]:
    return [getattr(exhibitor, column) for column in columns]


def source(exhibitor: Exhibitor, parts: Parts) -> document.Source:
    """What of an exhibitor can be searched, in an order that no database decides."""
    booths = sorted(parts.booths, key=lambda booth: (booth.hall.position, booth.hall.code, booth.number_key))
    halls = {booth.hall.code: booth.hall for booth in booths}
    themes = {hall.theme.code: hall.theme for hall in halls.values() if hall.theme is not None}
    industries = sorted(parts.industries, key=lambda industry: (industry.position, industry.slug))
    products = list(parts.products)
    return document.Source(
        names=_both(exhibitor, "name"),
        products=tuple(_products(exhibitor, products)),
        industries=tuple(name for industry in industries for name in _both(industry, "name")),
        halls=tuple(name for place in (*halls.values(), *themes.values()) for name in _both(place, "name")),
        booths=tuple(booth.number for booth in booths if booth.number),
        descriptions=(
            *_both(exhibitor, "introduction"),
            *(text for product in products for text in _both(product, "text")),
        ),
    )


def source_of(exhibitor: Exhibitor) -> document.Source:
    """The source of an exhibitor that was read through `with_parts`. Asks no database."""
    return source(exhibitor, parts_of(exhibitor))


def parts_of(exhibitor: Exhibitor) -> Parts:
    """The parts of an exhibitor that was read through `with_parts`. Asks no database."""
    places: list[BoothAssignment] = exhibitor.places  # type: ignore[attr-defined]
    return Parts(
        products=exhibitor.products.all(),
        industries=[link.industry for link in exhibitor.industry_links.all()],
        booths=[row.booth for row in places],
    )


def _both(row: object, field: str) -> tuple[str, ...]:
    return tuple(text for text in (getattr(row, f"{field}_ko"), getattr(row, f"{field}_en")) if text)


def names(exhibitors: ExhibitorQuerySet) -> Iterator[document.Source]:
    """What a mistyped word may have meant: the names of each, and each product once. Two queries."""
    known: set[str] = set()

    def new(*texts: str) -> tuple[str, ...]:
        found = tuple(text for text in dict.fromkeys(texts) if text and text not in known)
        known.update(found)
        return found

    lines = exhibitors.values_list("name_ko", "name_en", "main_products_ko", "main_products_en")
    for *both, main_ko, main_en in lines.iterator():
        listed = new(*document.split_list(main_ko), *document.split_list(main_en))
        yield document.Source(names=tuple(filter(None, both)), products=listed)
    products = Product.objects.filter(exhibitor__in=exhibitors.order_by().values("pk")).order_by("pk")
    for pair in products.values_list("name_ko", "name_en").iterator():
        if unknown := new(*pair):
            yield document.Source(names=(), products=unknown)


def _products(exhibitor: Exhibitor, products: Iterable[object]) -> Iterator[str]:
    for line in _both(exhibitor, "main_products"):
        yield from document.split_list(line)
    for product in products:
        yield from _both(product, "name")


def with_parts(exhibitors: ExhibitorQuerySet) -> ExhibitorQuerySet:
    """Read with each exhibitor all that it is searched by, booths as `places`: three more queries."""
    return exhibitors.prefetch_related(
        Prefetch("products", Product.objects.order_by("position", "pk")),
        Prefetch("assignments", BoothAssignment.objects.select_related("booth__hall__theme"), to_attr="places"),
        Prefetch("industry_links", ExhibitorIndustry.objects.select_related("industry")),
    )


def lock(editions: Collection[int] | QuerySet[Any, int]) -> None:
    """Let nobody else write what is searched of these editions until the transaction ends. One query.

    Every verb that changes what is searched begins with it: of two at once, the one that renames a hall and the one
    that puts an exhibitor into it, neither would see what the other does. Readers don't wait.
    """
    rows = Edition.objects.select_for_update(no_key=True).filter(pk__in=editions).order_by("pk")
    list(rows.values_list("pk"))


def refresh(pks: Iterable[int]) -> int:
    """Recompute the stored columns of these exhibitors and save those that were stale; return how many were.

    Every verb that changes what is searched ends with it, inside its own transaction. Six queries per 500.
    """
    stale = 0
    for batch in _batches(sorted(set(pks))):
        stale += _refresh(Exhibitor.objects.filter(pk__in=batch))
    return stale


@transaction.atomic
def _refresh(exhibitors: ExhibitorQuerySet) -> int:
    lock(exhibitors.order_by().values_list("edition", flat=True))
    return _save(list(_stale(exhibitors)))


def _stale(exhibitors: ExhibitorQuerySet) -> Iterator[Exhibitor]:
    for exhibitor in with_parts(exhibitors.order_by("pk")):
        is_changed = fill(exhibitor)
        if fill_search(exhibitor, parts_of(exhibitor)) or is_changed:
            yield exhibitor


def _save(exhibitors: list[Exhibitor]) -> int:
    """Every row is there, so each insertion becomes an update: far fewer words than a CASE for each column."""
    Exhibitor.objects.bulk_create(
        exhibitors, batch_size=BATCH, update_conflicts=True, unique_fields=["pk"], update_fields=COLUMNS
    )
    bump({exhibitor.edition_id for exhibitor in exhibitors})
    return len(exhibitors)


def bump(editions: Iterable[int]) -> None:
    """Tell every process that the words of these editions have changed."""
    Edition.objects.filter(pk__in=list(editions)).update(search_version=F("search_version") + 1)


def edition_of(part: Part) -> int:
    """Primary key of the edition that a row belongs to."""
    match part:
        case Product():
            return part.exhibitor.edition_id
        case Booth():
            return part.hall.edition_id
        case Hall() | Theme() | Industry():
            return part.edition_id


def dependents(part: Part) -> list[int]:
    """Primary keys of the exhibitors that are searched by a text of this row. One query."""
    match part:
        case Product():
            return [part.exhibitor_id]
        case Booth():
            condition = Q(assignments__booth=part)
        case Hall():
            condition = Q(assignments__booth__hall=part)
        case Theme():
            condition = Q(assignments__booth__hall__theme=part)
        case Industry():
            condition = Q(industry_links__industry=part)
    return list(Exhibitor.objects.filter(condition).order_by().values_list("pk", flat=True).distinct())


def left_by(part: Part) -> list[int]:
    """The exhibitor that a product is leaving, before the change is saved. One query for products, none for others."""
    if not isinstance(part, Product):
        return []  # the others go nowhere without their exhibitors
    return list(Product.objects.filter(pk=part.pk).order_by().values_list("exhibitor", flat=True))


def stale(exhibitors: ExhibitorQuerySet) -> Iterator[Exhibitor]:
    """Those of the exhibitors whose stored columns are not what they would be if built now. Five queries per 500."""
    for batch in _batches(list(exhibitors.order_by("pk").values_list("pk", flat=True))):
        yield from _stale(Exhibitor.objects.filter(pk__in=batch))


def refresh_after_migration(*, plan: Plan | None = None, **_signal: object) -> None:
    """Rebuild what an older version of this program stored, so that an upgrade leaves nobody unfindable.

    A handler of post_migrate. One query where all is of this version.
    """
    if not is_complete(plan):
        return
    outdated = Exhibitor.objects.exclude(search_version=document.PIPELINE_VERSION).order_by()
    refresh(outdated.values_list("pk", flat=True))


def _batches(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(pks), BATCH):
        yield pks[start : start + BATCH]
