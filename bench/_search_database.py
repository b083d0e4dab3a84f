"""Stores an invented edition in the database of the settings."""

from collections.abc import Iterator, Sequence
from itertools import count, islice

from django.core.management import call_command
from django.db import connection, transaction

from bench import _invented
from bench._invented import Firm
from exhibitors.domain import indexing
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
from exhibitors.models.booth import booth_number_key

_BATCH = 1000
_HALLS_OF_A_THEME = 3
_HALLS_WITH_A_THEME = _HALLS_OF_A_THEME * len(_invented.THEMES)


def fill(number: int) -> None:
    """Make an empty database, and the static files, into a site with an edition of so many that can be searched."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    index(store(number))
    settle()


def store(number: int) -> Edition:
    """Write an edition of so many public exhibitors, their search columns still empty."""
    edition = Edition.objects.create(slug=f"bench-{number}", name_ko=f"{number}개사 엑스포", is_public=True)
    halls, industries = _make_halls(edition), _make_industries(edition)
    numbers = count()
    for firms in _batches(_invented.firms(number)):
        with transaction.atomic():
            exhibitors = Exhibitor.objects.bulk_create(
                Exhibitor(
                    edition=edition,
                    slug=f"firm-{next(numbers)}",
                    name_ko=firm.name_ko,
                    name_en=firm.name_en,
                    main_products_ko=firm.main_products_ko,
                    main_products_en=firm.main_products_en,
                    introduction_ko=firm.introduction_ko,
                    introduction_en=firm.introduction_en,
                    state=Exhibitor.State.PUBLIC,
                )
                for firm in firms
            )
            pairs = list(zip(exhibitors, firms, strict=True))
            _store_booths(halls, pairs)
            _store_industries(industries, pairs)
            _store_products(pairs)
    return edition


def index(edition: Edition) -> int:
    """Build every stored column, as an import does at its end; return how many exhibitors it was."""
    return indexing.refresh(Exhibitor.objects.filter(edition=edition).values_list("pk", flat=True))


def settle() -> None:
    """Gather PostgreSQL's statistics, as it does by itself a minute after a big import. SQLite does without."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _batches(firms: Iterator[Firm]) -> Iterator[list[Firm]]:
    while batch := list(islice(firms, _BATCH)):
        yield batch


def _make_halls(edition: Edition) -> list[Hall]:
    """Three halls a theme; the last have none."""
    themes = Theme.objects.bulk_create(
        Theme(edition=edition, code=f"theme-{place}", name_ko=ko, name_en=en, position=place)
        for place, (ko, en) in enumerate(_invented.THEMES)
    )
    return Hall.objects.bulk_create(
        Hall(
            edition=edition,
            theme=themes[place // _HALLS_OF_A_THEME] if place < _HALLS_WITH_A_THEME else None,
            code=f"hall-{place}",
            name_ko=ko,
            name_en=en,
            position=place,
        )
        for place, (ko, en) in enumerate(_invented.HALLS)
    )


def _make_industries(edition: Edition) -> list[Industry]:
    return Industry.objects.bulk_create(
        Industry(edition=edition, slug=f"industry-{place}", name_ko=ko, name_en=en, position=place)
        for place, (ko, en) in enumerate(_invented.INDUSTRIES)
    )


_Pairs = Sequence[tuple[Exhibitor, Firm]]


def _store_booths(halls: Sequence[Hall], pairs: _Pairs) -> None:
    standing = [(exhibitor, hall, number) for exhibitor, firm in pairs for hall, number in firm.booths]
    booths = Booth.objects.bulk_create(
        Booth(hall=halls[hall], number=number, number_key=booth_number_key(number)) for _, hall, number in standing
    )
    BoothAssignment.objects.bulk_create(
        BoothAssignment(exhibitor=exhibitor, booth=booth)
        for (exhibitor, _, _), booth in zip(standing, booths, strict=True)
    )


def _store_industries(industries: Sequence[Industry], pairs: _Pairs) -> None:
    ExhibitorIndustry.objects.bulk_create(
        ExhibitorIndustry(exhibitor=exhibitor, industry=industries[place])
        for exhibitor, firm in pairs
        for place in firm.industries
    )


def _store_products(pairs: _Pairs) -> None:
    Product.objects.bulk_create(
        Product(
            exhibitor=exhibitor,
            name_ko=product.name_ko,
            name_en=product.name_en,
            text_ko=product.text_ko,
            position=position,
        )
        for exhibitor, firm in pairs
        for position, product in enumerate(firm.products)
    )
