"""The tables of search cases, stored in a database and searched there."""

from exhibitors.domain import directory as directories
from exhibitors.domain.criteria import Criteria, Sort
from exhibitors.domain.directory import Directory
from exhibitors.domain.search.finding import Hits
from exhibitors.models import Booth, Edition, Industry
from exhibitors.search.document import Source
from tests.factories import make_booth, make_edition, make_exhibitor, make_hall, make_industry
from tests.search.directories import sources


def stored(folder: str) -> Directory:
    """The exhibitors of a table in the database, in the table's order."""
    edition = make_edition()
    found = sources(folder)
    halls = {name: make_hall(edition, f"hall-{n}", name) for n, name in enumerate(_names(found, "halls"))}
    industries = {
        name: make_industry(edition, f"industry-{n}", name) for n, name in enumerate(_names(found, "industries"))
    }
    booths: dict[tuple[str, str], Booth] = {}
    for source in found:
        own = [(source.halls[0], number) for number in source.booths] if source.halls else []
        for hall, number in own:
            booths.setdefault((hall, number), make_booth(halls[hall], number))
        _store(edition, source, [booths[place] for place in own], [industries[name] for name in source.industries])
    return Directory(edition)


def _names(found: list[Source], field: str) -> list[str]:
    return list(dict.fromkeys(name for source in found for name in getattr(source, field)))


def _store(edition: Edition, source: Source, booths: list[Booth], industries: list[Industry]) -> None:
    ko, en = (source.names[0], source.names[1]) if len(source.names) > 1 else (source.names[0], "")
    make_exhibitor(
        edition,
        ko,
        name_en=en,
        booths=booths,
        industries=industries,
        main_products_ko=";".join(source.products),
        introduction_ko="".join(source.descriptions),
    )


def search(directory: Directory, text: str, sort: Sort = Sort.RELEVANCE) -> tuple[Hits, list[str]]:
    criteria = Criteria(query=text, sort=sort)
    found = directories.find(directory, criteria)
    return directory.hits(criteria), [row.name_ko for row in found]
