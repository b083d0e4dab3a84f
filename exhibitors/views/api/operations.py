"""The addresses of the open data."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import translation
from ninja import Query, Router
from ninja.errors import HttpError

from exhibitors import models
from exhibitors.domain import facets, listing, open_data
from exhibitors.domain.addresses import absolute, site_of
from exhibitors.domain.collaborations import with_public_members
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.editions import with_sample_mark
from exhibitors.domain.readings import Reading
from exhibitors.forms.directory import DirectoryFilterSet, query_string
from exhibitors.views.api import schemas
from exhibitors.views.api.asking import ExhibitorQuery, Page, PageQuery, page_of
from exhibitors.views.api.writing import Writer

router = Router()
MISSING = {404: schemas.Problem}
GONE = MISSING | {410: schemas.Problem}


@router.get("/editions/", response=list[schemas.Edition], summary="All public editions, newest first")
def editions(request: HttpRequest) -> list[schemas.Edition]:
    rows = with_sample_mark(models.Edition.objects.public().newest_first())
    return [Writer(site_of(request), row.slug).edition(row) for row in rows]


@router.get("/editions/{slug:edition}/", response={200: schemas.Edition, **MISSING}, summary="One edition")
def edition(request: HttpRequest, edition: str) -> schemas.Edition:
    row = public_edition(edition)
    return _writer(request, row).edition(row)


@router.get("/editions/{slug:edition}/halls/", response={200: list[schemas.Hall], **MISSING}, summary="All halls")
def halls(request: HttpRequest, edition: str) -> list[schemas.Hall]:
    row = public_edition(edition)
    return [_writer(request, row).hall(hall) for hall in Directory(row).halls]


@router.get(
    "/editions/{slug:edition}/industries/", response={200: list[schemas.Industry], **MISSING}, summary="All industries"
)
def industries(request: HttpRequest, edition: str) -> list[schemas.Industry]:
    row = public_edition(edition)
    return [_writer(request, row).industry(industry) for industry in Directory(row).industries]


@router.get(
    "/editions/{slug:edition}/exhibitors/",
    response={200: schemas.Exhibitors, **MISSING},
    summary="Exhibitors, with the filters and the search of the pages",
)
def exhibitors(request: HttpRequest, edition: str, asked: Query[ExhibitorQuery]) -> schemas.Exhibitors:
    row = public_edition(edition)
    directory = Directory(row)
    filters = DirectoryFilterSet(request.GET, directory, default_sort=Sort.NAME)
    with translation.override("en"):  # what is wrong with an address is told in one language
        criteria, notices = filters.criteria(), filters.notices
    total = facets.total(directory, criteria)
    page, page_notices = page_of(request.GET, total)
    found = open_data.whole(listing.page(directory, criteria, page.rows, Reading(open_data.told)))
    writer = _writer(request, row)
    return schemas.Exhibitors.model_construct(
        **_links(request, page, criteria),
        notices=[*notices, *page_notices],
        items=[writer.exhibitor(exhibitor) for exhibitor in found],
    )


@router.get(
    "/editions/{slug:edition}/exhibitors/{slug:exhibitor}/",
    response={200: schemas.Exhibitor, **GONE},
    summary="One exhibitor; 410 where it has withdrawn",
)
def exhibitor(request: HttpRequest, edition: str, exhibitor: str) -> schemas.Exhibitor:
    row = public_edition(edition)
    for found in open_data.whole(open_data.told(models.Exhibitor.objects.filter(edition=row, slug=exhibitor))):
        if found.exhibitor.state == models.Exhibitor.State.WITHDRAWN:
            raise HttpError(410, "This exhibitor has withdrawn from this edition.")
        if found.exhibitor.is_public:
            return _writer(request, row).exhibitor(found)
    raise Http404


@router.get(
    "/editions/{slug:edition}/products/",
    response={200: schemas.Products, **MISSING},
    summary="The products of all exhibitors",
)
def products(request: HttpRequest, edition: str, asked: Query[PageQuery]) -> schemas.Products:
    row = public_edition(edition)
    found = open_data.public_products(row)
    page, notices = page_of(request.GET, found.count())
    writer = _writer(request, row)
    items = [writer.product(product) for product in found[page.rows]]
    return schemas.Products(**_links(request, page, Criteria()), notices=notices, items=items)


@router.get(
    "/editions/{slug:edition}/collaborations/",
    response={200: list[schemas.Collaboration], **MISSING},
    summary="All collaborations",
)
def collaborations(request: HttpRequest, edition: str) -> list[schemas.Collaboration]:
    row = public_edition(edition)
    return [_writer(request, row).collaboration(story) for story in with_public_members(row)]


@router.get(
    "/editions/{slug:edition}/collaborations/{slug:collaboration}/",
    response={200: schemas.Collaboration, **MISSING},
    summary="One collaboration",
)
def collaboration(request: HttpRequest, edition: str, collaboration: str) -> schemas.Collaboration:
    row = public_edition(edition)
    found = get_object_or_404(with_public_members(row), slug=collaboration)
    return _writer(request, row).collaboration(found)


def public_edition(slug: str) -> models.Edition:
    """The edition, where it is public: nobody is signed in here, organisers neither. One query."""
    return get_object_or_404(with_sample_mark(models.Edition.objects.public().filter(slug=slug)))


def _writer(request: HttpRequest, edition: models.Edition) -> Writer:
    return Writer(site_of(request), edition.slug)


def _links(request: HttpRequest, page: Page, criteria: Criteria) -> dict[str, Any]:
    """Where this page is in its list, with the addresses of those around it; they repeat what was understood."""

    def address(number: int) -> str | None:
        if not 1 <= number <= page.last:
            return None
        more: dict[str, str | int] = page.in_address | ({"page": number} if number > 1 else {})
        return absolute(request, request.path) + query_string(criteria, default_sort=Sort.NAME, **more)

    around = {"next": address(page.number + 1), "previous": address(page.number - 1)}
    return {"total": page.total, "page": page.number, "pages": page.last, **around}


def whole_list(request: HttpRequest, edition: models.Edition, asked: QueryDict, default_sort: Sort) -> Iterator[bytes]:
    """The selection of a list's address on one page, told in the language of the address; read a piece at a time."""
    directory = Directory(edition)
    filters = DirectoryFilterSet(asked, directory, default_sort=default_sort)
    keys = listing.keys_of(directory, filters.criteria())
    place: dict[str, Any] = {"page": 1, "pages": 1, "next": None, "previous": None}
    empty = schemas.Exhibitors.model_construct(total=len(keys), **place, notices=filters.notices, items=[])
    head, tail = empty.model_dump_json().rsplit("[]", 1)
    yield f"{head}[".encode()
    writer, separator = _writer(request, edition), ""
    for start in range(0, len(keys), PIECE):
        for item in _items(writer, keys[start : start + PIECE]):
            yield f"{separator}{item}".encode()
            separator = ","
    yield f"]{tail}".encode()


PIECE = 500  # exhibitors


def _items(writer: Writer, keys: Sequence[int]) -> Iterator[str]:
    rows = open_data.told(models.Exhibitor.objects.public().filter(pk__in=keys).order_by())
    found = {row.exhibitor.pk: row for row in open_data.whole(rows)}
    return (writer.exhibitor(found[key]).model_dump_json() for key in keys if key in found)
