"""Editions whose exhibitors differ in all that facets and orders look at; the same ones for a seed."""

import random
from collections.abc import Sequence

from django.db import transaction

from exhibitors.models import Edition, Exhibitor
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry, make_theme


def make_varied(
    seed: int,
    *,
    exhibitors: int,
    names: Sequence[str],
    names_en: Sequence[str] = ("", "Zulu"),
    products: Sequence[str] = ("",),
    parts: int = 3,
) -> Edition:
    """Exhibitors in none, one or several of so many halls and industries, drafts among them, beside another edition.

    The first two halls have a theme.
    """
    chance = random.Random(seed)
    edition = make_edition()
    theme = make_theme(edition)
    halls = [make_hall(edition, f"hall-{n}", f"{n}관", theme=theme if n < 2 else None) for n in range(parts)]
    booths = [make_booth(hall, f"A-{n}") for hall in halls for n in range(9, 12)]
    industries = [make_industry(edition, f"industry-{n}", f"업종{n}") for n in range(parts)]
    with transaction.atomic():
        for number in range(exhibitors):
            make_exhibitor(
                edition,
                chance.choice(names) + chance.choice(["", f" {number}"]),
                name_en=chance.choice(names_en),
                main_products_ko=chance.choice(products),
                booths=chance.sample(booths, chance.choice([0, 1, 1, 2, 4])),
                industries=chance.sample(industries, chance.choice([0, 1, 1, 2, parts])),
                state=chance.choice([Exhibitor.State.PUBLIC] * 4 + [Exhibitor.State.DRAFT]),
            )
    other = make_edition("2023")
    make_exhibitor(other, booths=[make_booth(make_hall(other))], industries=[make_industry(other)])
    return edition


def some(chance: random.Random, values: Sequence[str]) -> tuple[str, ...]:
    """None, one or two values of a facet."""
    return tuple(chance.sample(values, chance.choice([0, 0, 1, 2])))
