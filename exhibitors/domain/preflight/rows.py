"""An edition's rows as the checks read them: each table once."""

from collections import defaultdict
from dataclasses import dataclass

from exhibitors.models import (
    Booth,
    BoothAssignment,
    Collaboration,
    CollaborationMember,
    Edition,
    Exhibitor,
    ExhibitorIndustry,
    Facility,
    Hall,
    Product,
)

EXHIBITOR_COLUMNS = (
    "edition_id",
    "name_ko",
    "name_en",
    "main_products_ko",
    "main_products_en",
    "homepage",
    "phone",
    "email",
    "logo",
    "logo_alt_ko",
    "logo_alt_en",
    "state",
    "state_reason",
    "sort_key",
)
PICTURE_COLUMNS = ("picture", "picture_alt_ko", "picture_alt_en")


@dataclass(frozen=True)
class Rows:
    """The rows of an edition, all in the order in which findings are listed."""

    edition: Edition
    exhibitors: list[Exhibitor]
    halls: list[Hall]
    booths: list[Booth]
    products: list[Product]
    collaborations: list[Collaboration]
    standing: dict[int, list[Exhibitor]]
    """Exhibitors by booth."""
    places: dict[int, list[Booth]]
    """Booths by exhibitor."""
    facilities: dict[int, list[Facility]]
    """Facilities by booth."""
    members: dict[int, list[Exhibitor]]
    """Exhibitors by collaboration."""
    with_industry: frozenset[int]
    """Exhibitors that are listed under any industry."""

    @property
    def public(self) -> list[Exhibitor]:
        return [exhibitor for exhibitor in self.exhibitors if exhibitor.is_public]

    @property
    def coming(self) -> list[Exhibitor]:
        """Public exhibitors and drafts, which may still become public."""
        return [exhibitor for exhibitor in self.exhibitors if is_coming(exhibitor)]


def is_coming(exhibitor: Exhibitor) -> bool:
    return exhibitor.state != Exhibitor.State.WITHDRAWN


def read(edition: Edition) -> Rows:
    """Read all that the checks look at. Nine queries, however many rows there are.

    What somebody adds between two of them is left out, to be seen the next time.
    """
    exhibitors = {
        row.pk: row
        for row in Exhibitor.objects.filter(edition=edition).only(*EXHIBITOR_COLUMNS).order_by("sort_key", "pk")
    }
    halls = {row.pk: row for row in Hall.objects.filter(edition=edition).order_by("position", "code")}
    booths = _booths(edition, halls)
    places = _booths_by_exhibitor(edition, booths)
    return Rows(
        edition=edition,
        exhibitors=list(exhibitors.values()),
        halls=list(halls.values()),
        booths=list(booths.values()),
        products=_products(edition, exhibitors),
        collaborations=list(
            Collaboration.objects.filter(edition=edition)
            .only("edition_id", "title_ko", "title_en", *PICTURE_COLUMNS)
            .order_by("position", "slug")
        ),
        standing=_exhibitors_by_booth(exhibitors, places),
        places=places,
        facilities=_facilities(edition),
        members=_members(edition, exhibitors),
        with_industry=frozenset(
            ExhibitorIndustry.objects.filter(exhibitor__edition=edition)
            .order_by()
            .values_list("exhibitor", flat=True)
            .distinct()
        ),
    )


def _booths(edition: Edition, halls: dict[int, Hall]) -> dict[int, Booth]:
    """In natural order of the numbers, hall by hall; each hall is one object, whatever stands in it."""
    booths = Booth.objects.filter(hall__edition=edition).only("hall_id", "number")
    in_order = booths.order_by("hall__position", "hall__code", "number_key", "pk")
    found = {booth.pk: booth for booth in in_order if booth.hall_id in halls}
    for booth in found.values():
        booth.hall = halls[booth.hall_id]
    return found


def _booths_by_exhibitor(edition: Edition, booths: dict[int, Booth]) -> dict[int, list[Booth]]:
    pairs = BoothAssignment.objects.filter(exhibitor__edition=edition).order_by().values_list("exhibitor", "booth")
    position = {pk: index for index, pk in enumerate(booths)}
    known = [pair for pair in pairs if pair[1] in booths]
    places: dict[int, list[Booth]] = defaultdict(list)
    for exhibitor, booth in sorted(known, key=lambda pair: position[pair[1]]):
        places[exhibitor].append(booths[booth])
    return dict(places)


def _exhibitors_by_booth(
    exhibitors: dict[int, Exhibitor], places: dict[int, list[Booth]]
) -> dict[int, list[Exhibitor]]:
    standing: dict[int, list[Exhibitor]] = defaultdict(list)
    for pk, exhibitor in exhibitors.items():
        for booth in places.get(pk, ()):
            standing[booth.pk].append(exhibitor)
    return dict(standing)


def _products(edition: Edition, exhibitors: dict[int, Exhibitor]) -> list[Product]:
    rows = Product.objects.filter(exhibitor__edition=edition).only(
        "exhibitor_id", "name_ko", "name_en", *PICTURE_COLUMNS
    )
    in_order = rows.order_by("exhibitor__sort_key", "exhibitor_id", "position", "pk")
    products = [product for product in in_order if product.exhibitor_id in exhibitors]
    for product in products:
        product.exhibitor = exhibitors[product.exhibitor_id]
    return products


def _facilities(edition: Edition) -> dict[int, list[Facility]]:
    facilities: dict[int, list[Facility]] = defaultdict(list)
    for row in Facility.objects.filter(edition=edition, booth__isnull=False).order_by("position", "slug"):
        if row.booth_id is not None:
            facilities[row.booth_id].append(row)
    return dict(facilities)


def _members(edition: Edition, exhibitors: dict[int, Exhibitor]) -> dict[int, list[Exhibitor]]:
    links = CollaborationMember.objects.filter(collaboration__edition=edition).order_by("position", "pk")
    members: dict[int, list[Exhibitor]] = defaultdict(list)
    for collaboration, exhibitor in links.values_list("collaboration", "exhibitor"):
        if exhibitor in exhibitors:
            members[collaboration].append(exhibitors[exhibitor])
    return dict(members)
