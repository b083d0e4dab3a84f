"""Companies of other editions that may be the same as new ones: proposed to a person, never linked silently."""

from dataclasses import dataclass

from exhibitors.domain.importing.differences import Difference
from exhibitors.models import Exhibitor
from exhibitors.search.normalise import name_key

BATCH = 500


@dataclass(frozen=True)
class Namesake:
    """A new exhibitor, and one of the same name in another edition."""

    name: str
    other_name: str
    other_edition: str  # slug


def find(difference: Difference) -> tuple[Namesake, ...]:
    """Return those with the same name as search normalises it, and not already the same code. A query per 500 rows."""
    by_key = {name_key(new.name): new for new in difference.new}
    keys = list(by_key)
    found: list[Namesake] = []
    for start in range(0, len(keys), BATCH):
        others = Exhibitor.objects.filter(name_key__in=keys[start : start + BATCH])
        others = others.exclude(edition__slug=difference.edition_slug)
        rows = others.order_by("sort_key", "edition__slug", "pk").values_list(
            "name_key", "name_ko", "name_en", "company_code", "edition__slug"
        )
        for key, name_ko, name_en, code, edition in rows:
            if not code or code != by_key[key].values.get("company_code"):
                found.append(Namesake(by_key[key].name, name_ko or name_en, edition))
    return tuple(found)
